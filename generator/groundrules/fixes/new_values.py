"""New values as the lines of a block, in the style of Zuul's files, with comments."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from groundrules.fix import Route
from groundrules.yamlsource.writing import flow_text

WIDTH = 79
"""The width of comments."""


def is_in_one_line(value: Any) -> bool:
    """Return whether a value is no collection, or an empty one, or one with a tag."""
    return not isinstance(value, (dict, list)) or not value


def block_text(value: Any, column: int, route: Route, remarks: Mapping[Route, str]) -> str:
    """Return a mapping or list in block style; ``route`` is its route, or that of its only item.

    A remark is a comment before the item at its route.
    """
    return "".join(f"{line}\n" for line in _lines(value, column, route, remarks))


def _lines(value: Any, column: int, route: Route, remarks: Mapping[Route, str]) -> Iterator[str]:
    pad = " " * column
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _entry(f"{pad}{flow_text(key)}:", item, column, (*route, key), remarks)
        return
    single = len(value) == 1 and bool(route) and isinstance(route[-1], int)
    for index, item in enumerate(value):
        place = route if single else (*route, index)
        yield from _comment(remarks.get(place, ""), pad)
        if is_in_one_line(item):
            yield f"{pad}- {flow_text(item)}"
        else:
            first, *rest = _lines(item, column + 2, place, remarks)
            yield f"{pad}- {first.lstrip(' ')}"
            yield from rest


def _entry(
    head: str, value: Any, column: int, route: Route, remarks: Mapping[Route, str]
) -> Iterator[str]:
    if is_in_one_line(value):
        yield f"{head} {flow_text(value)}"
    else:
        yield head
        yield from _lines(value, column + 2, route, remarks)


def _comment(text: str, pad: str) -> Iterator[str]:
    words = " ".join(text.split())
    yield from textwrap.wrap(
        words,
        WIDTH,
        initial_indent=f"{pad}# ",
        subsequent_indent=f"{pad}# ",
        break_long_words=False,
        break_on_hyphens=False,
    )
