"""Explains what is wrong with a text that is not YAML, at the place to change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

import yaml

from groundrules.yamlsource.places import lines_of
from groundrules.yamlsource.tokens import tokens
from groundrules.yamlsource.values import Place, Problem, place_of

# a message of libyaml → an explanation for the author of the text
_MEANINGS = {
    "block sequence entries are not allowed in this context": (
        "a list cannot begin here; put '- ' on a line of its own, or the value in quotes"
    ),
    "could not find expected ':'": "this key has no ': ' after it; add it, or quote the text",
    "did not find expected '-' indicator": "this is not an item of the list; check the indentation",
    "did not find expected ',' or ']'": "the list in brackets is not closed; add ']'",
    "did not find expected ',' or '}'": "the mapping in braces is not closed; add '}'",
    "did not find expected comment or line break": (
        "text after '|' or '>' begins on the next line; move it there, or quote the value"
    ),
    "did not find expected key": (
        "this is not a key of the mapping; check the indentation and quotes"
    ),
    "did not find expected node content": (
        "a value is missing, or a bracket is not closed; write one, or quote the text"
    ),
    "exceeded maximum nesting depth": (
        "more than 1,000 lists and mappings are nested here; write fewer levels"
    ),
    "found a tab character where an indentation space is expected": (
        "YAML does not allow tabs here; indent with spaces"
    ),
    "found undefined tag handle": "the prefix of this tag is not defined; quote the text",
    "found unexpected end of stream": "the file ends inside quotes; close them",
    "found unknown escape character": (
        "unknown escape in double quotes; write \\\\ for a backslash, or use single quotes"
    ),
    "mapping keys are not allowed in this context": (
        "'? ' cannot begin a value here; quote the text"
    ),
    "mapping values are not allowed in this context": (
        "a second ': ' in one value; quote the text, or check the indentation of the key"
    ),
}
_NOT_CLOSED = ("did not find expected ',' or ']'", "did not find expected ',' or '}'")
# the parser notices these behind the mistake; they are reported where their context begins
_AT_START = (*_NOT_CLOSED, "could not find expected ':'")
# a comment without a space after '#', such as the number of a bug
_COMMENT = re.compile(r"(?:(?<=\S\s)|(?<=[\[{]))(#[^\s#!,\]}]+).*")
_NAMED = {"while scanning an alias": "*", "while scanning an anchor": "&"}
# a key that is written without a space before its value; not the start of an address
_NO_SPACE = re.compile(r"\s*(?:- +)*(?P<key>[A-Za-z_][\w-]*:)(?=[^\s:/])")
_NO_SPACE_IN_ITEM = re.compile(r"\s*-(?=[A-Za-z_][\w-]*:(?:\s|$))")
_KEY_BEFORE = re.compile(r"(?<=[{,\s])[A-Za-z_][\w-]*:$")
_CONFLICT = re.compile(r"<{7}(?:\s|$)")
_WORD = re.compile(r"[^\s,\]}]*")
# a space other than U+0020 where YAML expects structure: before a key, after ':' or '-'
_ODD = re.compile(r"(?:^\s*(?:-[ ]+)*|(?:^|[\s\w\"'])[:-][ ]*)([^\S \t\r\n\v\f]|[\u200b\ufeff])")


class _Quoted(NamedTuple):
    """A quoted text: the places of its first character and of the one after it."""

    quote: str
    start: Place
    end: Place


def problem_of(error: yaml.MarkedYAMLError, text: str) -> Problem:
    """Return the problem of ``text``, for which the parser raises ``error``."""
    mark = error.problem_mark or error.context_mark
    place = place_of(mark) if mark else Place(1, 1)
    start = place_of(error.context_mark) if error.context_mark else place
    return (
        _tab(place, text)
        or _conflict(place, text)
        or _unclosed(error, place, start, text)
        or _indicator(error, start, text)
        or _comment(error, place, start, text)
        or _comma(error, place, text)
        or _no_space(error, place, start, text)
        or _odd_space(place, text)
        or _first_character(error, place, text)
        or Problem(
            _MEANINGS.get(error.problem or "", f"not YAML: {error.problem}"),
            *_within(start if error.problem in _AT_START else place, text),
        )
    )


def _within(place: Place, text: str) -> Place:
    """Return the end of a text without a final newline, not the line that the parser adds."""
    lines = lines_of(f"{text}.")
    return place if place.line <= len(lines) else Place(len(lines), len(lines[-1]))


def odd_space(text: str) -> str | None:
    """Return the name of the first character that looks like a space or is invisible."""
    for character in text:
        if character not in " \t\r\n" and (character.isspace() or character in "\u200b\ufeff"):
            return f"{unicodedata.name(character, 'control').lower()} (U+{ord(character):04X})"
    return None


def _line(text: str, number: int) -> str:
    lines = lines_of(text)
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _tab(place: Place, text: str) -> Problem | None:
    if _line(text, place.line)[place.column - 1 : place.column] != "\t":
        return None
    return Problem("YAML does not allow tabs here; indent with spaces", *place)


def _conflict(place: Place, text: str) -> Problem | None:
    """Explain a conflict marker of git, at the error or before it."""
    for number, line in enumerate(lines_of(text)[: place.line], 1):
        if _CONFLICT.match(line):
            message = "git could not merge here; keep one side and remove the markers"
            return Problem(message, number, 1)
    return None


def _indicator(error: yaml.MarkedYAMLError, start: Place, text: str) -> Problem | None:
    """Explain text such as ``*-gpu-*``, which YAML reads as an alias."""
    mark = _NAMED.get(error.context or "")
    match = _WORD.match(_line(text, start.line), start.column - 1) if mark else None
    if match is None:
        return None
    return Problem(f"quote text that begins with {mark!r}; write '{match[0]}'", *start)


def _first_character(error: yaml.MarkedYAMLError, place: Place, text: str) -> Problem | None:
    """Explain a value that begins with ``@``, ``%`` or a backquote."""
    if error.problem != "found character that cannot start any token":
        return None
    character = _line(text, place.line)[place.column - 1 : place.column]
    return Problem(f"{character!r} cannot begin a value; quote the text", *place)


def _unclosed(error: yaml.MarkedYAMLError, place: Place, start: Place, text: str) -> Problem | None:
    """Explain a missing closing quote, which the parser notices at the next quote or the end."""
    if error.problem == "found unexpected end of stream":
        quote = _line(text, start.line)[start.column - 1 : start.column]
        return Problem(f"this quote is not closed; add {quote} at the end of the text", *start)
    last = next((quoted for quoted in _quoted(text) if quoted.end in (place, start)), None)
    if last is None:
        return _after_quotes(place, text, in_brackets=error.problem in _NOT_CLOSED)
    if last.end.line > last.start.line:
        message = f"this quote is not closed; add {last.quote} at the end of the text"
        return Problem(message, *last.start)
    escaped = "''" if last.quote == "'" else '\\"'
    message = f"the text in quotes ends before this; write {escaped} for a quote in it"
    return Problem(message, *last.end)


def _after_quotes(place: Place, text: str, *, in_brackets: bool) -> Problem | None:
    """Explain words after a text in quotes on one line, such as ``"no" swap``."""
    before = _line(text, place.line)[: place.column - 1].rstrip()
    end = Place(place.line, len(before) + 1)
    last = next((quoted for quoted in _quoted(text) if quoted.end == end), None)
    if last is None or last.start.line != place.line:
        return None
    word = _WORD.match(_line(text, place.line), place.column - 1) if in_brackets else None
    key = word[0].removesuffix(":") if word and word[0].endswith(":") else ""
    comma = f"put a comma before {key!r}, or quotes" if key else "put quotes"
    return Problem(f"the text in quotes ends before this; {comma} around the whole value", *place)


def _quoted(text: str) -> Iterator[_Quoted]:
    """Yield the quoted texts before the place where the parser stops."""
    with suppress(yaml.YAMLError):
        for token in tokens(text.removeprefix("\ufeff")):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                start, end = place_of(token.start_mark), place_of(token.end_mark)
                yield _Quoted(token.style, start, end)


def _comment(error: yaml.MarkedYAMLError, place: Place, start: Place, text: str) -> Problem | None:
    """Explain a comment that hides the end of a text and a closing bracket."""
    if error.problem in _NOT_CLOSED:
        numbers, needed = range(start.line, min(place.line, start.line + 50) + 1), "]}"
    elif error.problem == "did not find expected node content":
        numbers, needed = range(place.line - 1, place.line + 1), "]}"
    elif error.problem in ("could not find expected ':'", "did not find expected key"):
        numbers, needed = range(place.line - 1, place.line), ""
    else:
        return None
    for number in numbers:
        line = _line(text, number)
        if (match := _COMMENT.search(line)) and (not needed or {*needed} & {*match[0]}):
            message = f"YAML reads {match[1]!r} as a comment; quote the whole text"
            return Problem(message, number, match.start() + 1)
    return None


def _comma(error: yaml.MarkedYAMLError, place: Place, text: str) -> Problem | None:
    """Explain ``{job: web why: Users}``, where the parser stops at the second colon of a value."""
    line, end = _line(text, place.line), place.column - 1
    if error.problem not in _NOT_CLOSED or line[end : end + 1] != ":":
        return None
    start = max(line.rfind(mark, 0, end) for mark in " \t,[]{}") + 1
    if start == end or not (line[:start].strip(" \t-") or _closes(line[end:])):
        return None  # the first key after braces that are not closed
    key = line[start:end]
    message = f"a second ': ' in one value; put a comma before {key!r}, or quote the text"
    return Problem(message, place.line, start + 1)


def _closes(rest: str) -> bool:
    """Return whether more brackets are closed than opened in the rest of a line."""
    return sum(map(rest.count, "]}")) > sum(map(rest.count, "[{"))


def _no_space(error: yaml.MarkedYAMLError, place: Place, start: Place, text: str) -> Problem | None:
    """Explain ``key:value``, which YAML takes for a word, where the next key shows the mistake."""
    if error.problem == "did not find expected '-' indicator":
        match = _NO_SPACE_IN_ITEM.match(_line(text, place.line))
        return match and Problem("write a space after '-'", place.line, match.end() + 1)
    if error.problem == "found unexpected ':'":
        match = _KEY_BEFORE.search(_line(text, place.line)[: place.column])
        return match and Problem(f"write a space after {match[0]!r}", *place)
    if error.problem == "could not find expected ':'":
        line = start.line
    elif error.problem == "mapping values are not allowed in this context":
        line = place.line - 1
    else:
        return None
    match = _NO_SPACE.match(_line(text, line))
    if match is None:
        return None
    return Problem(f"write a space after {match['key']!r}", line, match.end() + 1)


def _odd_space(place: Place, text: str) -> Problem | None:
    """Explain a character that looks like a space, on the line of the error or before it."""
    for number in range(place.line, max(place.line - 3, 0), -1):
        if match := _ODD.search(_line(text, number)):
            name = odd_space(match[1])
            message = f"{name} is not a space for YAML; write a plain space"
            return Problem(message, number, match.start(1) + 1)
    return None
