"""Possible edits for a change of a text; `proof` uses the first one with the right meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from groundrules.fix import Change, Remove, Rename, Replace, Route, Write
from groundrules.text import Value, double_quoted, single_quoted, yaml_word
from groundrules.yamlsource.spans import Node


class NoWayError(Exception):
    """The value of a route cannot be changed; the message says why."""


class SharedValueError(NoWayError):
    """The value, or one that contains it, is shared through an alias."""


class Edit(NamedTuple):
    """New text between two offsets; ``word`` is the value in it, as it is written."""

    start: int
    end: int
    new: str = ""
    word: str = ""


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with edits of different places.  Raises `NoWayError` if two overlap."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise NoWayError("two changes are at the same place")
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def edits(text: str, root: Node, change: Change) -> Iterator[Edit]:
    """Yield edits for the change, the best style first; some may change the meaning.

    ``root`` is the parsed text.
    """
    holder = node_at(root, change.route[:-1])
    last = change.route[-1]
    match change:
        case Write(value=value):
            yield from _written(text, holder, last, value)
        case Rename(key=key):
            entry = holder.keys.get(str(last))
            if entry is None:
                raise NoWayError(f"there is no key {last}")
            yield from _replaced(text, entry[0], key)
        case Remove():
            yield from _removed(text, holder, last)
        case Replace(old=old, new=new):
            node = node_at(holder, (last,))
            new_text = text[node.start : node.end].replace(old, new)
            yield Edit(node.start, node.end, new_text)


def start_of(root: Node, route: Route) -> int:
    """Return the offset of the value at ``route``, or of the last existing part of the route."""
    node = root
    for step in route:
        try:
            node = node_at(node, (step,))
        except NoWayError:
            break
    return node.start


def node_at(node: Node, route: Route) -> Node:
    """Return the node at ``route`` below a node; raises `NoWayError` if it cannot be changed."""
    for step in route:
        if node.kind == "alias":
            break
        if isinstance(step, int) and node.kind == "sequence" and step < len(node.items):
            node = node.items[step]
        elif isinstance(step, str) and step in node.keys:
            node = node.keys[step][1]
        else:
            raise NoWayError(f"there is no {step}")
    if node.kind == "alias":
        raise SharedValueError("it is shared through an alias")
    return node


def is_shared(root: Node, route: Route) -> bool:
    """Return whether an alias is on the way to the holder of a value."""
    try:
        node_at(root, route[:-1])
    except SharedValueError:
        return True
    except NoWayError:
        return False
    return False


def _written(text: str, holder: Node, last: str | int, value: Value) -> Iterator[Edit]:
    if isinstance(last, str) and holder.kind == "mapping" and last not in holder.keys:
        yield from _added(text, holder, f"{last}: ", value)
        return
    if last == len(holder.items) and holder.kind == "sequence":
        yield from _added(text, holder, "" if holder.flow else "- ", value)
        return
    old = node_at(holder, (last,))
    if old.kind != "scalar" or old.style in ("|", ">"):
        raise NoWayError("it is not a value on one line")
    yield from _replaced(text, old, value)


def _replaced(text: str, old: Node, value: Value) -> Iterator[Edit]:
    space = "" if old.start < old.end or text[old.start - 1 : old.start].isspace() else " "
    for word in _spellings(value, old.style):
        yield Edit(old.start, old.end, f"{space}{word}", word)


def _added(text: str, holder: Node, key: str, value: Value) -> Iterator[Edit]:
    """Yield edits that add a new key, or item, after the last one."""
    if not holder.items:
        at = holder.start + 1
        yield from (Edit(at, at, f"{key}{word}", word) for word in _spellings(value))
    elif holder.flow:
        at = holder.items[-1].end
        yield from (Edit(at, at, f", {key}{word}", word) for word in _spellings(value))
    else:
        indent = " " * column_of(text, holder.start)
        for word in _spellings(value):
            line = f"{indent}{key}{word}{newline_of(text)}"
            yield lines_below(text, holder.items[-1].end, line)._replace(word=word)


def _removed(text: str, holder: Node, last: str | int) -> Iterator[Edit]:
    """Yield edits that remove a key or item: its lines, or its part between two commas."""
    starts = [item.start for item in holder.items]
    if isinstance(last, int):
        node_at(holder, (last,))
        first, value, width = starts[last], holder.items[last], 1
    elif last in holder.keys:
        first, value, width = holder.keys[last][0].start, holder.keys[last][1], 2
    else:
        raise NoWayError(f"there is no key {last}")
    at = starts.index(first)
    following = starts[at + width : at + width + 1]
    if not holder.flow:
        yield Edit(line_start(text, first), line_end(text, value.end))
    if following:
        yield Edit(first, following[0])
    elif at:
        yield Edit(holder.items[at - 1].end, value.end)


def _spellings(value: Value, style: str = "") -> list[str]:
    """Return possible notations of a value: like the old one, plain, and in quotes."""
    if isinstance(value, tuple):
        return [f"[{', '.join(value)}]", yaml_word(value)]
    if not isinstance(value, str):
        return [yaml_word(value)]
    single, double = single_quoted(value), double_quoted(value)
    if not value.isprintable():
        return [double]
    return {"'": [single, double], '"': [double]}.get(style, [value, single, double])


def line_start(text: str, at: int) -> int:
    """Return the start of the line with the offset."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Return where the next line begins."""
    return at if text[at - 1 : at] == "\n" else text.find("\n", at) + 1 or len(text)


def column_of(text: str, at: int) -> int:
    """Return the column of an offset, from 0."""
    return at - line_start(text, at)


def newline_of(text: str) -> str:
    """Return the line end of a text."""
    return "\r\n" if "\r\n" in text else "\n"


def lines_below(text: str, at: int, new: str) -> Edit:
    """Return the edit that writes lines below the one with the offset."""
    at, newline = line_end(text, at), newline_of(text)
    if text[at - 1 : at] != "\n":  # the last line has no end
        new = f"{newline}{new.removesuffix(newline)}"
    return Edit(at, at, new)
