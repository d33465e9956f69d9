"""reStructuredText for pages: escaped text, headings, links, and prose of records."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from groundrules.pages.own_sentences import is_own_sentence
from groundrules.pages.source_words import words_for
from groundrules.prose.record_text import PLAIN, is_simple, lines_of, normal

if TYPE_CHECKING:
    from groundrules.records.expectation import Scope
    from groundrules.records.fields import Record
    from groundrules.records.manual import Manual


MOST_KNOWN = 16_384  # short texts, most of which are on many pages
TEXT_ROLE = "text"
"""The role of a record's text that has the words of a sentence of this program."""


class Rst(str):
    """Text that is reStructuredText; templates escape all other text."""

    __slots__ = ()


class Said(str):
    """A record's text of one line; it is escaped, and not translated as words of this program."""

    __slots__ = ()


def joined(names: Iterable[str]) -> Said:
    """Return the names of a record, such as its tags, as one text."""
    return Said(", ".join(names))


# A colon or @ inside a word would make it a link, and docutils knows javascript: too.
_SPECIAL = re.compile(r"[\\*`|_@]|:(?=\S)|(?<=:):")
_START = re.compile(r"\s*(?:[^\w\s\\]|\w+(?=[.)](?:\s|$)))")


def escape(value: object) -> str:
    """Return ``value`` escaped, so that reStructuredText shows its characters.

    The rules are those of the specification's "escaping mechanism" and "inline markup
    recognition rules" (docutils, reStructuredText Markup Specification).
    """
    if isinstance(value, Rst):
        return value
    text = "" if value is None else _escaped(str(value))
    if isinstance(value, Said) and is_own_sentence(text):
        return f":ci:{TEXT_ROLE}:`{_in_role(value)}`"
    return text


@lru_cache(maxsize=MOST_KNOWN)
def _escaped(text: str) -> str:
    text = _one_line(text)
    if PLAIN.fullmatch(text):
        return text
    text = _SPECIAL.sub(r"\\\g<0>", text)
    if text.startswith("\\\\"):  # four of them would be a transition
        return f"\\ {text}"
    if match := _START.match(text):
        at = match.end() - 1 if not text[match.end() - 1].isalnum() else match.end()
        text = f"{text[:at]}\\{text[at:]}"
    return text


def _one_line(text: str) -> str:
    return " ".join(lines_of(text))


def literal(text: str) -> Rst:
    """Return ``text`` as a literal, with any characters."""
    text = _one_line(text).strip()
    return Rst(f"``{text}``" if PLAIN.fullmatch(text) else f":literal:`{_in_role(text)}`")


def doc(page: str, title: str) -> Rst:
    """Return a reference to a page, from the root of the manual."""
    return Rst(f":doc:`{_in_role(title)} <{page}>`")


def heading(text: str, line: str = "=") -> Rst:
    """Return ``text`` as a heading underlined with ``line``."""
    title = escape(type(text)(text.strip()))
    wide = (
        0 if title.isascii() else sum(unicodedata.east_asian_width(each) in "WF" for each in title)
    )
    return Rst(f"{title}\n{line * max(len(title) + wide, 4)}\n")


def prose(text: str, indent: int = 0) -> Rst:
    """Return a record's text as a block whose lines after the first are indented by ``indent``.

    A directive around it tells Sphinx who wrote it, and the file and line, except for text that
    cannot have a mistake or be taken for a sentence of this program.  `Rst` is such a sentence.
    """
    if isinstance(text, Rst) or (is_simple(text) and not is_own_sentence(text)):
        return Rst(text)
    lines = ["", *lines_of(normal(text))]
    margin = " " * (indent + 3)
    return Rst("\n".join([".. ci:prose::", *(f"{margin}{each}".rstrip() for each in lines)]))


def code_marks(text: str) -> Rst:
    """Return plain text in which backquotes mark code as reStructuredText."""
    parts = text.split("`")
    return Rst(
        "".join(literal(each) if odd % 2 else escape(each) for odd, each in enumerate(parts))
    )


def code_block(text: str) -> Rst:
    """Return ``text`` as the content of a directive that shows it literally."""
    return Rst("".join(f"   {line}\n" if line else "\n" for line in lines_of(text)))


def ref(kind: str, name: str, title: str | None = None) -> Rst:
    """Return a reference to a record."""
    if title is None:
        return Rst(f":ci:{kind}:`{name}`")
    return Rst(f":ci:{kind}:`{_in_role(title)} <{name}>`")


def jobs(graph: str, names: Iterable[str]) -> Rst:
    """Return references to jobs of a graph, with commas between them."""
    return Rst(f":ci:jobs:`{' '.join(f'{graph}/{name}' for name in names)}`")


def named(kind: str, pattern: str) -> Rst:
    """Return a reference to a record, or the text of a pattern."""
    return Rst(f"``{pattern}``") if "*" in pattern else ref(kind, pattern)


def scope(of: Scope) -> Rst:
    """Return references to the platforms and labels that something is true for."""
    platforms = (named("platform", name) for name in of.platforms)
    return Rst(", ".join((*platforms, *(named("label", name) for name in of.labels))))


def holds(label: str, title: str) -> Rst:
    """Return a link to the matrix, which shows the expectations for one label."""
    return Rst(f":ci:holds:`{_in_role(title)} <{label}>`")


def compare(labels: Iterable[str]) -> Rst:
    """Return a link to the matrix that compares labels; its text is the last one's name."""
    names = list(labels)
    return Rst(f":ci:holds:`{names[-1]} <{','.join(names)}>`")


def beside(title: str, file: str) -> Rst:
    """Return a link to a file of the site."""
    return Rst(f":ci:beside:`{_in_role(title)} <{file}>`")


def row(label: str) -> Rst:
    """Return the anchor of a label in the table of its platform."""
    return Rst(f":ci:row:`{label}`")


def edge(graph: str, number: int, word: str) -> Rst:
    """Return the kind of a dependency, linked to the arrow with that number in the diagram."""
    return Rst(f":ci:edge:`{graph}-{number} {word}`")


def share(number: int, largest: int) -> Rst:
    """Return a number that is shown with its share of the largest one as a bar."""
    return Rst(f":ci:share:`{number} {largest}`")


def badge(word: str) -> Rst:
    """Return a word such as ``guaranteed`` as a mark with a symbol."""
    return Rst(f":ci:badge:`{word}`")


def evidence(entries: Iterable[str], titles: Mapping[str, str] = MappingProxyType({})) -> Rst:
    """Return links to sessions and pages, separated by semicolons, each once.

    ``titles`` are those of addresses; the others are put into words.
    """
    return Rst("; ".join(_evidence(entry, titles) for entry in dict.fromkeys(entries)))


def _evidence(entry: str, titles: Mapping[str, str]) -> str:
    kind, _, name = entry.partition(":")
    return ref("session", name) if kind == "session" else link(entry, titles.get(entry))


def link(address: str, title: str | None = None) -> Rst:
    """Return a link; unless there is a title, its text says what the address leads to."""
    return Rst(f"`{_in_role(title or words_for(address))} <{address}>`__")


def written_in(kind: str, name: str, record: Record, manual: Manual) -> Rst:
    """Return the data file of a record, which HTML shows with its line, linked to its editor.

    The page does not contain the line, because it changes with every edit above it, and all other
    pages of the file would have to be written again.
    """
    what = f"{kind} {name} {manual.edit or ''}".rstrip()
    return Rst(f":ci:origin:`{_in_role(record.path)} <{what}>`")


@lru_cache(maxsize=MOST_KNOWN)
def _in_role(text: str) -> str:
    """Escape what ends a role or begins its address; ``!`` in front would unmake the link."""
    return re.sub(r"^!|[\\`<>]", r"\\\g<0>", _one_line(text).strip())
