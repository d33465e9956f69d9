"""Fixes of many findings, file by file: what the files would say, as a diff or on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from io import StringIO
from pathlib import Path

from groundrules.atomic import write_text
from groundrules.diagnostics import Change, Diagnostic, Fix, Remove, RenameJob, Route
from groundrules.fixes.edits import start_of
from groundrules.fixes.proof import RefusedError, fixed
from groundrules.fixes.renaming import renaming


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

    def writable(self, root: Path, folder: str) -> Path:
        """Return the file; raises `RefusedError` where it is not the one that was checked."""
        path = (root / self.path).resolve()
        if not path.is_relative_to((root / folder).resolve()):
            raise RefusedError(f"{self.path} leads out of {folder}/")
        if path.read_bytes() != self.before.encode("utf-8"):
            raise RefusedError(f"{self.path} has changed meanwhile")
        return path

    def write(self, root: Path, folder: str) -> None:
        """Write the file; raises `RefusedError` where it is not the one that was checked."""
        path = self.writable(root, folder)
        write_text(path, self.after)


def mend(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> list[Mended]:
    """Return each file that has a finding with a fix, or is changed by one, by their paths."""
    mending = Mending(texts)
    for each, fix in _in_order(diagnostics, texts):
        mending.make(each, fix)
    return [mended for _, mended in sorted(mending.files.items())]


def _in_order(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]
) -> list[tuple[Diagnostic, Fix]]:
    """Return fixes from the last place of each file to the first.

    What is before a fix keeps its route.  A job is renamed last: its mentions are looked for then.
    """
    found = [(each, each.fix) for each in diagnostics if each.fix and each.fix.path in texts]
    places = {id(fix): _place(texts[fix.path], fix) for _, fix in found}
    return sorted(found, key=lambda pair: (pair[1].path, -places[id(pair[1])]))


@dataclass(slots=True)
class Mending:
    """The files as they are with the fixes made so far, and what was removed from each."""

    texts: Mapping[str, str]
    files: dict[str, Mended] = field(default_factory=dict)
    _removed: dict[str, list[Route]] = field(default_factory=dict)

    def make(self, found: Diagnostic, fix: Fix) -> None:
        """Make a fix in every file that it is about, or in none."""
        try:
            made = {path: self._fixed(path, each) for path, each in self._changes(fix).items()}
        except RefusedError as error:
            self._file(fix.path).refused.append((found, str(error)))
            return
        for path, text in made.items():
            self._file(path).after = text
            self._file(path).made.append(found)
        self._removed.setdefault(fix.path, []).extend(
            change.route for change in fix.changes if isinstance(change, Remove)
        )

    def _changes(self, fix: Fix) -> dict[str, tuple[Change, ...]]:
        match fix.changes:
            case (RenameJob() as job,):
                now = dict(self.texts) | {path: each.after for path, each in self.files.items()}
                return renaming(job, fix.path, now)
        changes = tuple(each for each in fix.changes if not isinstance(each, RenameJob))
        gone = self._removed.get(fix.path, [])
        if any(_moved(change.route, each) for change in changes for each in gone):
            raise RefusedError("an item before it is removed; run --fix again")
        return {fix.path: changes}

    def _fixed(self, path: str, changes: tuple[Change, ...]) -> str:
        now = self.files[path].after if path in self.files else self.texts[path]
        return fixed(now, Fix(path, changes))

    def _file(self, path: str) -> Mended:
        text = self.texts[path]
        return self.files.setdefault(path, Mended(path, text, text))


def _place(text: str, fix: Fix) -> int:
    routes = [each.route for each in fix.changes if not isinstance(each, RenameJob)]
    return max((start_of(text, route) for route in routes), default=-1)


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
