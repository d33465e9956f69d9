"""Fixes of many findings, file by file: what the files would say, as a diff or on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from io import StringIO
from pathlib import Path

from groundrules.atomic import write_text
from groundrules.diagnostics import Diagnostic, Fix, Remove, Route
from groundrules.fixes.edits import start_of
from groundrules.fixes.proof import RefusedError, fixed


@dataclass(slots=True)
class Mended:
    """One file: what it said, what it says with the fixes, which were made and which not."""

    path: str
    before: str
    after: str
    made: list[Diagnostic] = field(default_factory=list)
    refused: list[tuple[Diagnostic, str]] = field(default_factory=list)

    @property
    def diff(self) -> str:
        """The change as a unified diff, which ``patch`` and ``git apply -p1`` take."""
        lines = unified_diff(
            _lines(self.before),
            _lines(self.after),
            f"a/{self.path}",
            f"b/{self.path}",
        )
        return "".join(_ended(lines))

    def write(self, root: Path, folder: str) -> None:
        """Write the file; raises `RefusedError` where it is not the file that was checked."""
        path = (root / self.path).resolve()
        if not path.is_relative_to((root / folder).resolve()):
            raise RefusedError(f"{self.path} leads out of {folder}/")
        if path.read_bytes() != self.before.encode("utf-8"):
            raise RefusedError(f"{self.path} has changed meanwhile")
        write_text(path, self.after)


def mend(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> list[Mended]:
    """Return each file that has a finding with a fix, in the order of their paths."""
    by_path: dict[str, list[tuple[Diagnostic, Fix]]] = {}
    for each in diagnostics:
        if each.fix and each.fix.path in texts:
            by_path.setdefault(each.fix.path, []).append((each, each.fix))
    return [_mended(path, texts[path], found) for path, found in sorted(by_path.items())]


def _mended(path: str, text: str, found: list[tuple[Diagnostic, Fix]]) -> Mended:
    """Make the fixes from the last place to the first: what is before a fix keeps its route."""
    mended = Mended(path, text, text)
    removed: list[Route] = []
    for each, fix in sorted(found, key=lambda pair: _place(text, pair[1]), reverse=True):
        try:
            if any(_moved(change.route, gone) for change in fix.changes for gone in removed):
                raise RefusedError("an item before it is removed; run --fix again")
            mended.after = fixed(mended.after, fix)
        except RefusedError as error:
            mended.refused.append((each, str(error)))
        else:
            mended.made.append(each)
            changes = [change for change in fix.changes if isinstance(change, Remove)]
            removed += [change.route for change in changes]
    return mended


def _place(text: str, fix: Fix) -> int:
    return max(start_of(text, change.route) for change in fix.changes)


def _moved(route: Route, gone: Route) -> bool:
    """Return whether the item that ``route`` leads through is another one without ``gone``."""
    *above, last = gone
    if not isinstance(last, int) or route[: len(above)] != tuple(above):
        return False
    step = route[len(above)] if len(route) > len(above) else None
    return isinstance(step, int) and step >= last


def _lines(text: str) -> list[str]:
    """Return the lines as git counts them: Python's own `splitlines` ends more of them."""
    return StringIO(text, newline="\n").readlines()


def _ended(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
