"""Numbers, lists, durations, quotes and YAML values as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

# English, whatever the locale
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

Scalar = str | int | float | bool | None
Value = Scalar | tuple[str, ...]
_NUMBER = re.compile(r"(\d+)")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "job"), counted(0, "job"), counted(2, "branch"), counted(3, "dependency")
    ('1 job', '0 jobs', '2 branches', '3 dependencies')
    """
    if number == 1:
        return f"1 {noun}"
    if noun.endswith(("cy", "ry")):
        return f"{number} {noun[:-1]}ies"
    return f"{number} {noun}{'es' if noun.endswith('ch') else 's'}"


def listed(words: Iterable[str], last: str = "and", most: int | None = None) -> str:
    """Return words as a list within a sentence; those after the first ``most`` are counted.

    >>> listed(["check"]), listed(["check", "gate", "post, late"], "or"), listed("abcd", most=2)
    ('check', 'check, gate or post, late', 'a, b and 2 more')
    """
    every = list(words)
    if most is not None and len(every) > most:
        every[most:] = [f"{len(every) - most} more"]
    return f" {last} ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def in_natural_order(words: Iterable[str]) -> list[str]:
    """Return words sorted, with numbers in them by their value.

    >>> in_natural_order(["node-16GB", "node-8GB", "Node-9GB"])
    ['node-8GB', 'Node-9GB', 'node-16GB']
    """
    return sorted(words, key=natural_key)


def natural_key(word: str) -> tuple[list[tuple[str, int]], str]:
    """Return the key that sorts words with the numbers in them by their value."""
    texts, numbers = _NUMBER.split(word.casefold())[::2], _NUMBER.findall(word)
    return list(zip(texts, [*map(int, numbers), -1], strict=True)), word


def verbatim(text: str) -> str:
    r"""Return a text in quotes for a message, without escaping its backslashes.

    Python's ``repr`` would double the backslashes of a regular expression.  Unprintable
    characters are escaped as in ``repr``.

    >>> print(verbatim(r"^tools/.*\.yml$"), verbatim("it's"), verbatim("a\nb"))
    '^tools/.*\.yml$' "it's" 'a\nb'
    """
    mark = '"' if "'" in text and '"' not in text else "'"
    return f"{mark}{escaped(text)}{mark}"


def escaped(text: str) -> str:
    """Return a text on one line, with unprintable characters escaped as in Python.

    These are the control characters of terminals and of text direction, and characters that
    UTF-8 or XML cannot contain (``str.isprintable``, https://www.w3.org/TR/xml/#charsets).

    >>> print(escaped("a\\nb\\x1b[31m\\u202e"))
    a\\nb\\x1b[31m\\u202e
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def escaped_lines(lines: Iterable[str]) -> str:
    """Return a text of some lines, which cannot steer a terminal."""
    return "".join(f"{escaped(line)}\n" for line in lines)


def section(title: str, lines: Iterable[str]) -> list[str]:
    """Return an empty line, a title and the indented lines; nothing if there are none.

    >>> section("Not here:", ["a", "b"]), section("Not here:", [])
    (['', 'Not here:', '  a', '  b'], [])
    """
    indented = [f"  {line}" for line in lines]
    return ["", title, *indented] if indented else []


def code_span(text: str) -> str:
    """Return a text as code within Markdown, which cannot have its own mark."""
    without = escaped(text).replace("`", "'")
    return f"`{without}`"


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows of cells as lines, with the columns below each other.

    >>> print(*aligned([("", "today"), ("One job", "45 s")]), sep="|")
             today|One job  45 s
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


def duration(seconds: int) -> str:
    """Return a duration as data files write it.

    >>> duration(5400), duration(600), duration(45)
    ('1 h 30 min', '10 min', '45 s')
    """
    hours, rest = divmod(seconds, 3600)
    parts = ((hours, "h"), (rest // 60, "min"), (rest % 60, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"


def yaml_word(value: Value) -> str:
    r"""Return a value in YAML syntax; text is quoted.

    >>> yaml_word("24.10"), yaml_word(True), yaml_word(None), yaml_word(1), yaml_word(("a", "b"))
    ("'24.10'", 'true', 'null', '1', "['a', 'b']")
    >>> print(yaml_word("it's a\\b"), yaml_word("two\nlines"))
    'it''s a\b' "two\nlines"
    """
    if isinstance(value, tuple):
        return f"[{', '.join(map(yaml_word, value))}]"
    if isinstance(value, str):
        return single_quoted(value) if value.isprintable() else double_quoted(value)
    return "null" if value is None else str(value).lower()


def single_quoted(text: str) -> str:
    """Return printable text in single quotes; a quote inside is doubled."""
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """Return text in double quotes.

    Unprintable characters are escaped: they are invisible, and some YAML readers reject them.
    """
    import json

    return "".join(
        character if character.isprintable() else f"\\U{ord(character):08x}"
        for character in json.dumps(text, ensure_ascii=False)
    )
