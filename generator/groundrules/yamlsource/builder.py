"""`Builder`: the parser's events → values with places, within limits."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, NoReturn

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from groundrules.text import verbatim
from groundrules.yamlsource.impossible_dates import why_no_date
from groundrules.yamlsource.merges import Merges
from groundrules.yamlsource.scalars import CORE, UnreadableScalarError, constructed, implicit
from groundrules.yamlsource.values import (
    Limits,
    Mapping,
    Mark,
    ParsedYaml,
    Place,
    Problem,
    Sequence,
    Tagged,
    place_of,
    untagged,
)


class Anchored(NamedTuple):
    """The value of an anchor, and the cost of an alias to it."""

    value: Any
    values: int
    depth: int


class Builder:
    """Builds values from the events of a text; ``next_event`` returns the next one."""

    def __init__(self, next_event: Callable[[], Any], bounds: Limits) -> None:
        self.next = next_event
        self.bounds, self.most = bounds, bounds.values
        self.values = self.depth = self.deepest = 0
        self.anchors: dict[str, Anchored | None] = {}  # None: not complete yet
        self.duplicates: list[Problem] = []
        self.unreadable: list[Problem] = []
        self.tagged: list[tuple[Tagged, Place]] = []
        self.merges = Merges()
        self.has_other_keys = False

    def document(self) -> ParsedYaml:
        """Return the one document of the text."""
        self.next()  # the start of the stream
        if type(self.next()) is StreamEndEvent:
            return ParsedYaml(None, Place(1, 1))
        event = self.next()
        place, value = _place(event), self.value(event)
        self.next()  # the end of the document
        if type(event := self.next()) is DocumentStartEvent:
            refuse(event, "a second document starts here; keep one document in a file")
        return ParsedYaml(
            value,
            place,
            tuple(self.duplicates),
            tuple(self.unreadable),
            tuple(self.tagged),
            tuple(self.merges.depends),
            # a mapping that is written in a merge is never constructed, so it is not checked either
            has_simple_keys=not (
                self.has_other_keys
                or self.merges.has_nested
                or (self.duplicates and self.merges.has_any)
            ),
        )

    def value(self, event: Any) -> Any:
        """Return the value that starts with ``event``."""
        kind = type(event)
        if kind is ScalarEvent and event.anchor is None:  # 80 % are scalars
            return self.scalar(event)
        if kind is AliasEvent:
            return self.alias(event)
        if event.anchor:
            return self.anchored(event, kind)
        return self.collection(event, kind)

    def anchored(self, event: Any, kind: type) -> Any:
        """Return the value of ``event``, and store it under its anchor."""
        if event.anchor in self.anchors:  # PyYAML rejects it too
            refuse(event, f"the anchor &{event.anchor} is defined twice; rename one of them")
        self.anchors[event.anchor] = None
        values, deepest, self.deepest = self.values, self.deepest, self.depth
        value = self.scalar(event) if kind is ScalarEvent else self.collection(event, kind)
        cost = Anchored(value, self.values - values, self.deepest - self.depth)
        self.anchors[event.anchor] = cost
        self.deepest = max(deepest, self.deepest)
        return value

    def alias(self, event: Any) -> Any:
        """Return the value of an alias."""
        name = event.anchor
        if name not in self.anchors:
            refuse(
                event,
                f"unknown alias *{name}; quote text that begins with '*'",
            )
        anchored = self.anchors[name]
        if anchored is None:
            refuse(event, f"the alias *{name} is inside its own anchor; remove it")
        self.count(event, anchored.values)
        self.reach(event, self.depth + anchored.depth)
        return anchored.value

    def scalar(self, event: Any) -> Any:
        """Return a scalar; keep an invalid date or number as text, and report it."""
        self.values += 1
        if self.values > self.most:
            self.count(event, 0)
        text = event.value
        try:
            if event.implicit[0]:
                return implicit(text)
            tag = event.tag
            if tag is None or tag == "!":
                return text
            return constructed(tag, text) if tag.startswith(CORE) else self.tag(event, text)
        except UnreadableScalarError as error:
            unread = f"{_shortened(text)} cannot be read: {error}; quote it for text"
            self.unreadable.append(Problem(why_no_date(text) or unread, *_place(event)))
            return text

    def collection(self, event: Any, kind: type) -> Any:
        """Return a mapping or list, with its custom tag if it has one."""
        self.count(event, 1)
        self.depth += 1
        self.reach(event, self.depth)
        value = self.mapping(event) if kind is MappingStartEvent else self.sequence(event)
        self.depth -= 1
        tag = event.tag
        if tag is None or tag in ("!", f"{CORE}map", f"{CORE}seq"):
            return value
        if tag.startswith(CORE):
            refuse(event, f"the tag !!{tag.removeprefix(CORE)} is not supported here")
        return self.tag(event, value)

    def tag(self, event: Any, value: Any) -> Tagged:
        """Return a value with a custom tag, and record it."""
        tagged = Tagged(event.tag, value)
        self.tagged.append((tagged, _place(event)))
        return tagged

    def sequence(self, event: Any) -> Sequence:
        """Return a list with the places of its items."""
        value = Sequence()
        value.place = _place(event)
        value._marks = marks = []
        while type(item := self.next()) is not SequenceEndEvent:
            marks.append(item.start_mark)
            value.append(self.value(item))
        return value

    def mapping(self, event: Any) -> Mapping:
        """Return a mapping with the places of its keys and values."""
        value = Mapping()
        value.place = _place(event)
        marks: dict[Any, tuple[Mark, Mark]] = {}
        value._marks = marks
        merged: list[list[Mapping]] = []
        while type(key_event := self.next()) is not MappingEndEvent:
            if _merges(key_event):
                merged.append(self.merged(self.next()))
                merged_at = key_event
                continue
            key = self.key(key_event)
            item_event = self.next()
            item = self.value(item_event)
            if key in marks:
                self.duplicate(key_event, key, place_of(marks[key][0]).line)
            value[key] = item
            marks[key] = (key_event.start_mark, item_event.start_mark)
        return self.merges.merge(value, merged, _place(merged_at)) if merged else value

    def key(self, event: Any) -> Any:
        """Return a key of a mapping."""
        kind = type(event)
        if kind is not ScalarEvent and kind is not AliasEvent:
            refuse(
                event,
                "a key must be a single word or number, not a list or mapping; "
                "quote text that begins with '{' or '['",
            )
        key = self.value(event)
        if type(key) is str:  # nearly all; checking for Hashable is slow
            return key
        self.has_other_keys = True
        if not isinstance(key, Hashable) or isinstance(key, Tagged):
            refuse(event, "a key must be a single word or number without a tag")
        return key

    def duplicate(self, event: Any, key: Any, first: int) -> None:
        """Report that ``key`` is repeated; it was first on line ``first``."""
        name = _shortened(getattr(event, "value", str(key)))
        message = f"the key {name} is written twice (first on line {first}); keep one of them"
        self.duplicates.append(Problem(message, *_place(event)))

    def merged(self, event: Any) -> list[Mapping]:
        """Return the mappings that ``<<`` merges."""
        value = untagged(self.value(event))  # PyYAML ignores tags in a merge
        mappings = [untagged(item) for item in value] if isinstance(value, Sequence) else [value]
        if not all(isinstance(mapping, Mapping) for mapping in mappings):
            refuse(event, "'<<' takes a mapping or a list of mappings, such as *anchor")
        return mappings

    def count(self, event: Any, values: int) -> None:
        """Reject more values than the limits allow."""
        self.values += values
        if self.values > self.bounds.values:
            limit = f"{self.bounds.values:,}"
            refuse(
                event, f"the file has more than {limit} values once aliases are followed; split it"
            )

    def reach(self, event: Any, depth: int) -> None:
        """Reject deeper nesting than the limits allow."""
        if depth > self.deepest:
            self.deepest = depth
            if depth > self.bounds.depth:
                refuse(
                    event,
                    f"more than {self.bounds.depth} lists and mappings are nested here; "
                    "write fewer levels",
                )


def refuse(event: Any, message: str) -> NoReturn:
    """Reject the text because of ``event``."""
    raise Problem(message, *_place(event))


def _merges(event: Any) -> bool:
    return type(event) is ScalarEvent and event.value == "<<" and event.implicit[0]


def _place(event: Any) -> Place:
    return place_of(event.start_mark)


def _shortened(text: str) -> str:
    return verbatim(text if len(text) <= 40 else f"{text[:37]}...")
