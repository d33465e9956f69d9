"""`inserted`: new items and keys in the text of a data file, with every other byte kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from groundrules.fix import Route
from groundrules.fixes.edits import (
    Edit,
    NoWayError,
    column_of,
    line_end,
    lines_below,
    newline_of,
    node_at,
    with_edits,
)
from groundrules.fixes.proof import FixRefusedError, comment_texts, plain, plain_values
from groundrules.records.fields import Record
from groundrules.records.shape import ordered_keys
from groundrules.yamlsource import Problem, yaml_text
from groundrules.yamlsource.spans import Node, parsed
from groundrules.yamlsource.writing import flow_text

_COMMENT_LINES = re.compile(r"(?:[ \t]*\r?\n)*([ \t]*)#[^\n]*(?:\n|\Z)")


class Insertion(Struct, frozen=True):
    """A new item of a list, or a new key of a mapping, with its value.

    ``route`` ends with the key, or with an index: the item is inserted before the one that has
    this index, or at the end.  A key is inserted after the keys that precede it in ``order``; it
    is the last one if ``order`` is empty.
    """

    route: Route
    value: Any
    order: Sequence[str] = ()

    def __str__(self) -> str:
        return f"{flow_text(self.value)} as {'.'.join(map(str, self.route))}"


def appended(
    record: Record, key: str, values: Sequence[Any], route: Route = ()
) -> Iterator[Insertion]:
    """Yield the insertions of items at the end of a list of a record, which may have no list.

    ``route`` leads to the record.
    """
    if key in record.model_fields_set:
        end = len(getattr(record, key))
        yield from (Insertion((*route, key, end), value) for value in values)
    elif values:
        yield Insertion((*route, key), values, ordered_keys(type(record)))


def inserted(text: str, insertions: Sequence[Insertion]) -> str:
    """Return the text with all insertions; those at the same place keep their order.

    Every route is one of the text as it is.  The result is verified: it parses as the old values
    with exactly the insertions, and has the same comments.  Otherwise `FixRefusedError` is
    raised, and a caller can try fewer insertions.
    """
    try:
        wanted = plain_values(text)
        _insert_values(wanted, insertions)
        after = _insert_text(text, insertions)
        if plain_values(after) != wanted:
            raise NoWayError("the file would have another meaning")
        if comment_texts(after) != comment_texts(text):
            raise NoWayError("a comment would be lost")
    except (NoWayError, Problem) as error:
        places = ", ".join(map(str, insertions))
        raise FixRefusedError(f"cannot add {places}: {error}; do it by hand") from None
    return after


def _insert_values(values: Any, insertions: Sequence[Insertion]) -> None:
    """Insert into plain values; from the last index to the first, so that indexes stay valid."""
    places = [(_holder(values, one.route), one.route[-1], plain(one.value)) for one in insertions]
    for holder, last, value in sorted(places, key=_index)[::-1]:
        if isinstance(holder, list) and isinstance(last, int) and 0 <= last <= len(holder):
            holder.insert(last, value)
        elif isinstance(holder, dict) and isinstance(last, str) and last not in holder:
            holder[last] = value
        else:
            raise NoWayError("the file has no place for it")


def _index(place: tuple[Any, str | int, Any]) -> int:
    return place[1] if isinstance(place[1], int) else 0


def _holder(values: Any, route: Route) -> Any:
    try:
        for step in route[:-1]:
            values = values[step]
    except (IndexError, KeyError, TypeError):
        raise NoWayError("the file has no place for it") from None
    return values


def _insert_text(text: str, insertions: Sequence[Insertion]) -> str:
    """Insert into the text; at the same offset, what is deeper comes first."""
    root = parsed(text)
    deepest_first = sorted(insertions, key=lambda insertion: -len(insertion.route))
    return with_edits(text, [_edit(text, root, insertion) for insertion in deepest_first])


def _edit(text: str, root: Node, insertion: Insertion) -> Edit:
    holder = node_at(root, insertion.route[:-1])
    last = insertion.route[-1]
    if holder.flow:
        return _in_brackets(holder, _before(holder, insertion), _flow_item(insertion))
    value = {last: insertion.value} if isinstance(last, str) else [insertion.value]
    return _on_lines(text, holder, _before(holder, insertion), value)


def _before(holder: Node, insertion: Insertion) -> int:
    """Return how many nodes of the holder precede the insertion; two for each key."""
    last = insertion.route[-1]
    if isinstance(last, int):
        return last
    if last not in insertion.order:
        return len(holder.items)
    earlier = set(insertion.order[: insertion.order.index(last)])
    keys = list(holder.keys)
    return 2 * max((at for at, key in enumerate(keys, 1) if key in earlier), default=0)


def _flow_item(insertion: Insertion) -> str:
    last = insertion.route[-1]
    if isinstance(last, int):
        return flow_text(insertion.value)
    return flow_text({last: insertion.value}).removeprefix("{").removesuffix("}")


def _in_brackets(holder: Node, count: int, item: str) -> Edit:
    if not holder.items:
        at = holder.start + 1
        return Edit(at, at, item)
    if count == 0:
        at = holder.items[0].start
        return Edit(at, at, f"{item}, ")
    at = holder.items[count - 1].end
    return Edit(at, at, f", {item}")


def _on_lines(text: str, holder: Node, count: int, value: Any) -> Edit:
    newline, column = newline_of(text), column_of(text, holder.start)
    new = yaml_text(value, indent=column).replace("\n", newline)
    if count == 0:  # the first line of a collection can start after the dash of an item
        return Edit(holder.start, holder.start, f"{new.lstrip(' ')}{' ' * column}")
    at = _end_of_item(text, holder, count, column)
    gap = newline if _is_spaced(text, holder, count) else ""
    return lines_below(text, at, f"{gap}{new}")


def _end_of_item(text: str, holder: Node, count: int, column: int) -> int:
    """Return the end of the lines of an item, with the comments below that are deeper than it."""
    at = line_end(text, holder.items[count - 1].end)
    while (comment := _COMMENT_LINES.match(text, at)) and len(comment[1]) > column:
        at = comment.end()
    return at


def _is_spaced(text: str, holder: Node, count: int) -> bool:
    """Return whether an empty line separates an item of a list from the one before it."""
    if holder.kind != "sequence" or count < 2:
        return False
    between = text[holder.items[count - 2].end : holder.items[count - 1].start]
    return re.search(r"\n[ \t]*\r?\n", between) is not None
