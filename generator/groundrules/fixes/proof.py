"""Verifies that a new text has the old values with exactly the change, and the same comments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from groundrules.fix import Change, Fix, Remove, RenameJob, Replace, Write
from groundrules.fixes.edits import Edit, NoWayError, edits, with_edits
from groundrules.yamlsource import ParsedYaml, Problem, Tagged, comments, read
from groundrules.yamlsource.spans import parsed

_PLAIN = re.compile(r"\w[\w .+/-]*")


class FixRefusedError(Exception):
    """A fix is not made; the message says why."""


def fixed(text: str, fix: Fix) -> str:
    """Return the text with the fix; raises `FixRefusedError` if it cannot be verified."""
    for change in fix.changes:
        if isinstance(change, RenameJob):
            raise FixRefusedError(f"cannot {change} in one file alone")
        text = _changed(text, change)
    return text


def together(text: str, changes: Iterable[Change]) -> str | None:
    """Return the text with many changes, verified together, or None.

    Each change uses its most likely edit.  If one has another meaning, two overlap, or one is
    impossible, it is unknown which one failed; `fixed` then reports each.
    """
    try:
        wanted, root = plain_values(text), parsed(text)
        made: list[Edit] = []
        for change in changes:
            made.append(_likeliest(edits(text, root, change), change))
            wanted = _wanted(wanted, change)
        after = with_edits(text, made)
    except (NoWayError, Problem, StopIteration):
        return None
    if len({edit.start for edit in made}) < len(made):
        return None
    return after if comment_texts(after) == comment_texts(text) and _means(after, wanted) else None


def _likeliest(candidates: Iterable[Edit], change: Change) -> Edit:
    """Return the first edit whose value parses as intended on its own, or the first edit.

    Raises `StopIteration` if there is none.
    """
    every = list(candidates)
    value = getattr(change, "value", getattr(change, "key", None))
    fits = (edit for edit in every if edit.word and _reads(edit.word, value))
    return next(fits, None) or next(iter(every))


def _reads(word: str, value: Any) -> bool:
    if word == value and not _PLAIN.fullmatch(word):
        return False  # it could have another meaning in brackets, or next to a colon
    meant = list(value) if isinstance(value, tuple) else value
    return _means(word, plain(meant))


def _changed(text: str, change: Change) -> str:
    try:
        values = plain_values(text)
        wanted = _wanted(values, change)
        notes = comment_texts(text)
        candidates = [with_edits(text, [edit]) for edit in edits(text, parsed(text), change)]
    except (NoWayError, Problem) as error:
        raise FixRefusedError(f"cannot {change}: {error}") from None
    means = [candidate for candidate in candidates if _means(candidate, wanted)]
    for candidate in means:
        if comment_texts(candidate) == notes:
            return candidate
    reason = "a comment would be lost" if means else "the file would have another meaning"
    raise FixRefusedError(f"cannot {change}: {reason}; do it by hand")


def comment_texts(text: str) -> list[str]:
    """Return the comments of a text, in order."""
    return [comment.text for comment in comments(text)]


def _means(text: str, wanted: Any) -> bool:
    try:
        return bool(plain_values(text) == wanted)
    except Problem:
        return False


def plain_values(text: str) -> Any:
    """Return the values of a text so that 1, 1.0 and true differ, and nothing is shared."""
    return plain(verified_value(read(text.encode("utf-8"))))


def verified_value(source: ParsedYaml) -> Any:
    """Return the value of a text.  Raises `Problem` if a key is repeated or a scalar unreadable."""
    for problem in (*source.duplicates, *source.unreadable):
        raise problem
    return source.value


def plain(value: Any) -> Any:
    """Return a value so that it can be compared: scalars with their type, copies of the others."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Tagged):
        return value.tag, plain(value.value)
    return type(value), value if isinstance(value, str) else repr(value)


def is_same(one: Any, other: Any) -> bool:
    """Return whether two values are equal as `plain` values, without copying them."""
    if one is other:
        return True
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and len(one) == len(other)
            and all(key in other and is_same(item, other[key]) for key, item in one.items())
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, Tagged):
        return (
            isinstance(other, Tagged) and one.tag == other.tag and is_same(one.value, other.value)
        )
    if type(one) is not type(other):
        return False
    return bool(one == other if isinstance(one, str) else repr(one) == repr(other))


def _wanted(values: Any, change: Change) -> Any:
    """Return ``values`` with the change applied to the values."""
    *above, last = change.route
    holder = values
    try:
        for step in above:
            holder = holder[step]
        if isinstance(change, Write):
            _write(holder, last, change.value)
        elif isinstance(change, Remove):
            del holder[last]
        elif isinstance(change, Replace):
            kind, old_text = holder[last]
            holder[last] = kind, old_text.replace(change.old, change.new)
        else:
            _rename(holder, last, change.key)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise NoWayError("the file has no such value") from None
    return values


def _write(holder: Any, last: Any, value: Any) -> None:
    new = plain(list(value) if isinstance(value, tuple) else value)
    if isinstance(holder, list) and last == len(holder):
        holder.append(new)
    else:
        holder[last] = new


def _rename(holder: dict[Any, Any], old: Any, new: str) -> None:
    value = holder.pop(old)
    if new in holder:
        raise NoWayError(f"there is also a key {new}")
    holder[new] = value
