"""`unified`: two texts of a file → their difference, as git shows it."""

from __future__ import annotations

from difflib import unified_diff
from io import StringIO

_PLAIN = frozenset(range(32, 127)) - {*b'"\\'}


def unified(before: str, after: str, path: str) -> str:
    """Return a unified diff for ``patch -p1`` and ``git apply``."""
    names = named(f"a/{path}"), named(f"b/{path}")
    lines = unified_diff(_lines(before), _lines(after), *names)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def named(path: str) -> str:
    r"""Return a path in a diff; one with unusual characters is quoted, as git does it.

    >>> print(named("a/zuul.yaml"), named("a/\x1b.yaml"))
    a/zuul.yaml "a/\033.yaml"
    """
    if path.isprintable() and not {'"', "\\"} & {*path}:
        return path
    data = path.encode("utf-8", "surrogateescape")
    quoted = (chr(byte) if byte in _PLAIN else f"\\{byte:03o}" for byte in data)
    return f'"{"".join(quoted)}"'


def _lines(text: str) -> list[str]:
    """Return the lines as git counts them; `splitlines` splits at more characters."""
    return StringIO(text, newline="\n").readlines()
