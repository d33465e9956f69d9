"""The refs and times that the triggers of a pipeline are for.

https://zuul-ci.org/docs/zuul/latest/drivers/gerrit.html#attr-pipeline.trigger.gerrit-source.ref
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from groundrules.ci.zuul.reading.beginnings import beginning_of
from groundrules.ci.zuul.reading.nodesets import FaultError
from groundrules.ci.zuul.reading.objects import Mistake
from groundrules.ci.zuul.reading.patterns import patterns_of
from groundrules.ci.zuul.reading.shapes import Fault, listed
from groundrules.yamlsource import Mapping, untagged

TAGS = "refs/tags/"
TIMER, REF, CHANGE = "timer", "ref", "change"
STARTS = (TIMER, REF, CHANGE)
"""What can start a pipeline: a timer, the update of a ref, or any other event of a change."""

EXPRESSIONS = ("event", "comment", "branch", "ref")
"""The keys of an event whose values are expressions."""


def names_tags(triggers: Any) -> bool:
    """Return whether the ``ref`` of a trigger can match tags."""
    return any("refs/tags" in str(ref) for refs in _values(triggers, "ref") for ref in refs)


def tag_refs(triggers: Any) -> tuple[str, ...]:
    """Return the expressions for refs if every event is for tags only; else none."""
    events = _values(triggers, "ref")  # no value is every ref
    if not all(refs and all(map(_is_for_tags, refs)) for refs in events):
        return ()
    return tuple(dict.fromkeys(_text(ref) for refs in events for ref in refs))


def check_expressions(triggers: Any, mistakes: list[Mistake]) -> None:
    """Check the expressions that all drivers read (``make_regex`` in zuul/driver/util.py).

    Raises `FaultError` for those that are invalid, which lose the pipeline.
    """
    faults: list[Fault] = []
    for _, event in _events(triggers):
        for key in EXPRESSIONS if isinstance(event, Mapping) else ():
            if key in event and all(map(_is_expression, listed(untagged(event[key])))):
                try:
                    patterns_of(event, key, mistakes)
                except FaultError as error:
                    faults += error.faults
    FaultError.raise_for(faults)


def _is_expression(item: Any) -> bool:
    text = item.get("regex") if isinstance(item, Mapping) else item
    return isinstance(text, str)


def _events(triggers: Any) -> Iterator[tuple[str, Any]]:
    """Yield each event with its driver."""
    for driver, events in triggers.items() if isinstance(triggers, Mapping) else ():
        yield from ((str(driver), event) for event in listed(untagged(events)))


def _values(triggers: Any, key: str) -> list[list[Any]]:
    """Return the values under a key of each event."""
    return [_listed(event, key) for _, event in _events(triggers)]


def _listed(event: Any, key: str) -> list[Any]:
    return [*listed(untagged(event.get(key)))] if isinstance(event, Mapping) else []


def _text(ref: Any) -> str:
    ref = untagged(ref)
    return str(ref.get("regex") if isinstance(ref, Mapping) else ref)


def _is_for_tags(ref: Any) -> bool:
    ref = untagged(ref)
    if isinstance(ref, Mapping) and ref.get("negate"):
        return False
    return start_of(_text(ref)).startswith(TAGS)


def start_of(pattern: str) -> str:
    """Return how every ref starts that an expression for tags matches; empty for other refs."""
    beginning = beginning_of(pattern)
    if not beginning and "|" not in pattern and pattern.removeprefix("^").startswith(TAGS):
        return TAGS  # an expression for Python's engine
    return TAGS if beginning == TAGS.rstrip("/") else beginning


def timers_of(triggers: Any) -> Iterator[str]:
    """Yield the times of timer triggers.

    https://zuul-ci.org/docs/zuul/latest/drivers/timer.html#attr-pipeline.trigger.timer
    """
    events = listed(triggers.get("timer")) if isinstance(triggers, Mapping) else []
    for event in events:
        time = event.get("time") if isinstance(event, Mapping) else None
        if isinstance(time, str):
            yield str(time)


def starts_of(triggers: Any) -> tuple[str, ...]:
    """Return what starts a pipeline, of `STARTS`; empty without a trigger.

    The items of a timer, and those of a ref that was updated in Gerrit, have no changed files:
    ``Ref`` in zuul/model.py and ``GerritConnection._getBranch``.
    """
    kinds = {
        REF if untagged(name) == "ref-updated" else CHANGE
        for driver, event in _events(triggers)
        for name in _listed(event, "event")
        if driver != TIMER
    }
    kinds |= {TIMER for driver, _ in _events(triggers) if driver == TIMER}
    return tuple(start for start in STARTS if start in kinds)
