"""`yaml_text`: plain values → YAML in the house style of data files.

The root and the items of lists are block mappings.  A short mapping below a key and a short list
of words are flow collections on one line; a text is plain, quoted only if YAML 1.1 would read
it otherwise, and folded if it is long.  ``groundrules fmt`` changes nothing in such a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from groundrules.text import double_quoted, single_quoted
from groundrules.yamlsource.block_scalars import STEP, folded_lines, literal_lines, needs_indicator
from groundrules.yamlsource.scalars import is_text
from groundrules.yamlsource.values import Tagged
from groundrules.yamlsource.widths import columns, filled

WIDTH = 100

# characters with a meaning at the start of a plain scalar, anywhere in it, and in flow style
_START = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`=]|<<|\.\.\.")
_INSIDE = re.compile(r":(?:\s|$)|\s#")
_FLOW = re.compile(r"[,\[\]{}]|:(?=[,\[\]{}])")
_SENTENCE = re.compile(r", |\.$")
_representer: Any = yaml.representer.SafeRepresenter()


def yaml_text(value: Any, *, indent: int = 0, width: int = WIDTH) -> str:
    """Return plain values as YAML, each line indented by ``indent``; keys keep their order.

    Reading the text gives the same values, with tuples as lists.  No line is longer than
    ``width`` unless a word of it is.
    """
    return "".join(f"{line}\n" for line in _Writer(width).root(value, indent))


class _Writer:
    """Writes values as lines; ``indent`` is that of the collection or text that is written."""

    def __init__(self, width: int) -> None:
        self.width = width

    def root(self, value: Any, indent: int) -> Iterator[str]:
        if _is_block(value):
            return self.block(value, indent)
        pad = " " * indent
        if isinstance(value, str) and not needs_indicator(value):
            first, *rest = self.text(value, indent, indent + STEP)
            return iter((f"{pad}{first}", *rest))
        return iter([f"{pad}{flow_text(value)}"])

    def block(self, value: Any, indent: int) -> Iterator[str]:
        """Yield the lines of a mapping or list in block style."""
        pad = " " * indent
        if isinstance(value, dict):
            for key, item in value.items():
                yield from self.entry(f"{pad}{scalar(key)}:", item, indent)
            return
        for item in value:
            if _is_block(item) and not self.fits(item, indent + STEP, of_key=False):
                first, *rest = self.block(item, indent + STEP)
                yield from (f"{pad}- {first.lstrip(' ')}", *rest)
            else:
                yield from self.entry(f"{pad}-", item, indent)

    def entry(self, head: str, value: Any, indent: int) -> Iterator[str]:
        """Yield the lines of a key or dash with its value."""
        if _is_block(value) and not self.fits(value, columns(head) + 1):
            yield head
            yield from self.block(value, indent + STEP)
        elif isinstance(value, str):
            first, *rest = self.text(value, columns(head) + 1, indent + STEP)
            yield from (f"{head} {first}", *rest)
        else:
            yield f"{head} {flow_text(value)}"

    def fits(self, value: Any, column: int, *, of_key: bool = True) -> bool:
        """Return whether a collection is written in flow style, from ``column`` on."""
        if isinstance(value, dict) and not of_key:
            return False
        items = value.values() if isinstance(value, dict) else value
        if not all(_is_short(item, within=value) for item in items):
            return False
        return column + columns(flow_text(value)) <= self.width

    def text(self, value: str, column: int, indent: int) -> list[str]:
        """Return a text from ``column`` on, and its further lines, which have an ``indent``."""
        word = scalar(value)
        is_long = column + columns(word) > self.width
        if "\n" in value and _is_literal(value):
            return literal_lines(value, indent, "" if value.endswith("\n") else "-")
        if is_long and len(filled(value, self.width - indent)) > 1:
            return folded_lines(value, indent, self.width, "-")
        return [word]


def scalar(value: Any, *, in_flow: bool = False) -> str:
    """Return a scalar on one line; text is quoted only if it would not be read as this text."""
    if not isinstance(value, str):
        return str(_representer.represent_data(value).value)
    if not value.isprintable():
        return double_quoted(value)
    return value if _is_plain(value, in_flow=in_flow) else single_quoted(value)


def flow_text(value: Any) -> str:
    """Return a value on one line, collections in flow style; it can have custom tags."""
    if isinstance(value, Tagged):
        return f"{value.tag} {flow_text(value.value)}"
    if isinstance(value, dict):
        entries = (f"{scalar(key, in_flow=True)}: {flow_text(item)}" for key, item in value.items())
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(flow_text, value))}]"
    return scalar(value, in_flow=True)


def _is_plain(text: str, *, in_flow: bool) -> bool:
    if text != text.strip() or _START.match(text) or _INSIDE.search(text):
        return False
    if in_flow and _FLOW.search(text):
        return False
    return is_text(text)


def _is_block(value: Any) -> bool:
    return isinstance(value, (dict, list, tuple)) and bool(value)


def _is_short(item: Any, within: Any) -> bool:
    """Return whether a flow collection can have an item: a word, or in a mapping a list of them."""
    if isinstance(item, (list, tuple)):
        return isinstance(within, dict) and all(_is_short(inner, item) for inner in item)
    if isinstance(item, str):
        return "\n" not in item and (isinstance(within, dict) or not _SENTENCE.search(item))
    return not _is_block(item)


def _is_literal(text: str) -> bool:
    """Return whether a literal block can hold a text: all of it is visible, and it has an end."""
    lines = text.removesuffix("\n").split("\n")
    return all(line.replace("\t", " ").isprintable() for line in lines) and bool(lines[-1].strip())
