"""`unified`: two texts of a file → their difference, as git shows it."""

from __future__ import annotations

from difflib import unified_diff
from io import StringIO


def unified(before: str, after: str, path: str) -> str:
    """Return a unified diff for ``patch -p1`` and ``git apply``."""
    lines = unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    """Return the lines as git counts them; `splitlines` splits at more characters."""
    return StringIO(text, newline="\n").readlines()
