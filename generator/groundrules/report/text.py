"""Diagnostics as lines that a person reads and an editor jumps from."""

from __future__ import annotations

from collections.abc import Sequence

from groundrules.diagnostics import Diagnostic


def text(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a line a finding, ``file:line:column: message [rule]``, and a last line that counts.

    Related places follow their finding, indented.
    """
    lines = []
    for each in diagnostics:
        lines.append(str(each))
        lines += [f"    {related.location}: {related.message}" for related in each.related]
    files = len({each.location.path for each in diagnostics})
    if diagnostics:
        lines.append(f"{_counted(len(diagnostics), 'finding')} in {_counted(files, 'file')}")
    return "".join(f"{line}\n" for line in lines)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
