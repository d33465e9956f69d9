"""Applies the fixes of many findings to files, as a diff or on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from groundrules.atomic import write_text
from groundrules.confined import Confined, LinkError
from groundrules.diagnostics import Diagnostic
from groundrules.fix import Change, Fix, Remove, RenameJob, Route
from groundrules.fixes.edits import is_shared, start_of
from groundrules.fixes.proof import FixRefusedError, comment_texts, fixed, together
from groundrules.fixes.renaming import renaming
from groundrules.fixes.rewriting import without_keys
from groundrules.unified_diff import unified
from groundrules.yamlsource.spans import Node, parsed


class FixedFile(Struct):
    """A file before and after its fixes, with the fixes that were made and refused."""

    path: str
    before: str
    after: str
    made: list[Diagnostic] = []
    refused: list[tuple[Diagnostic, str]] = []

    @property
    def diff(self) -> str:
        """The change as a unified diff for ``patch`` and ``git apply -p1``."""
        return unified(self.before, self.after, self.path)

    def writable(self, root: Path, folder: str) -> Path:
        """Return the file; raises `FixRefusedError` if it changed after the check."""
        below, before = Path(self.path), self.before.encode("utf-8")
        try:
            files = Confined(root, follow=True).below(folder, follow=True)
            now = files.read(below.relative_to(folder).as_posix(), len(before))
        except (LinkError, ValueError):
            raise FixRefusedError(f"{self.path} is a link to a file outside {folder}/") from None
        except OSError as error:
            raise OSError(error.errno, error.strerror, self.path) from None
        if now != before:
            raise FixRefusedError(f"{self.path} was changed since it was checked")
        return (root / below).resolve()

    def write(self, root: Path, folder: str) -> None:
        """Write the file; raises `FixRefusedError` if it changed after the check."""
        path = self.writable(root, folder)
        write_text(path, self.after)


def fix_files(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> list[FixedFile]:
    """Return the files that have a finding with a fix or are changed by one, by path."""
    fixed_files = FixedFiles(texts)
    for _, fixes in groupby(_in_order(diagnostics, texts), lambda pair: pair[1].path):
        fixed_files.make_all(list(fixes))
    return [file for _, file in sorted(fixed_files.files.items())]


def _in_order(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]
) -> list[tuple[Diagnostic, Fix]]:
    """Return fixes from the last place to the first in each file.

    So the routes before a fix stay valid.  Jobs are renamed last, because their mentions are
    searched at that time.
    """
    pairs = [
        (diagnostic, diagnostic.fix)
        for diagnostic in diagnostics
        if diagnostic.fix and diagnostic.fix.path in texts
    ]
    roots = {path: parsed(texts[path]) for path in {fix.path for _, fix in pairs}}
    places = {id(fix): _place(roots[fix.path], fix) for _, fix in pairs}
    return sorted(pairs, key=lambda pair: (pair[1].path, -places[id(pair[1])]))


class FixedFiles(Struct):
    """The files with the fixes made so far, and the removed parts of each."""

    texts: Mapping[str, str]
    files: dict[str, FixedFile] = {}
    _gone: dict[str, Gone] = {}

    def make_all(self, fixes: list[tuple[Diagnostic, Fix]]) -> None:
        """Make the fixes of one file in order; many at once if that can be verified.

        A verification reads the whole file, for any number of fixes.  If one of them fails, each
        half is tried.
        """
        if len(fixes) > 1 and not self._made_together(fixes):
            middle = len(fixes) // 2
            self.make_all(fixes[:middle])
            self.make_all(fixes[middle:])
        elif len(fixes) == 1:
            self.make(*fixes[0])

    def _made_together(self, fixes: list[tuple[Diagnostic, Fix]]) -> bool:
        path = fixes[0][1].path
        gone = deepcopy(self._gone.setdefault(path, Gone()))
        changes: list[Change] = []
        for _, fix in fixes:
            for change in fix.changes:
                if isinstance(change, RenameJob) or gone.moves(change.route):
                    return False
                changes.append(change)
            gone.note(fix.changes)
        now = self._now(path)
        text = together(now, changes) or _without_shared(now, changes)
        if text is None:
            return False
        self._file(path).after = text
        self._file(path).made += [diagnostic for diagnostic, _ in fixes]
        self._gone[path] = gone
        return True

    def make(self, diagnostic: Diagnostic, fix: Fix) -> None:
        """Make a fix in all files that it changes, or in none."""
        try:
            made = {
                path: self._fixed(path, changes) for path, changes in self._changes(fix).items()
            }
        except FixRefusedError as error:
            self._file(fix.path).refused.append((diagnostic, str(error)))
            return
        for path, text in made.items():
            self._file(path).after = text
            self._file(path).made.append(diagnostic)
        self._gone.setdefault(fix.path, Gone()).note(fix.changes)

    def _changes(self, fix: Fix) -> dict[str, tuple[Change, ...]]:
        match fix.changes:
            case (RenameJob() as job,):
                now = dict(self.texts) | {path: file.after for path, file in self.files.items()}
                return renaming(job, fix.path, now)
        changes = tuple(change for change in fix.changes if not isinstance(change, RenameJob))
        gone = self._gone.get(fix.path, Gone())
        if any(gone.moves(change.route) for change in changes):
            raise FixRefusedError("an item before it was removed; run --fix again")
        return {fix.path: changes}

    def _fixed(self, path: str, changes: tuple[Change, ...]) -> str:
        now = self._now(path)
        return _without_shared(now, changes) or fixed(now, Fix(path, changes))

    def _now(self, path: str) -> str:
        return self.files[path].after if path in self.files else self.texts[path]

    def _file(self, path: str) -> FixedFile:
        text = self.texts[path]
        return self.files.setdefault(path, FixedFile(path, text, text))


def _without_shared(text: str, changes: Collection[Change]) -> str | None:
    """Return the text without keys, if one of them is behind an alias and no comment is lost."""
    routes = [change.route for change in changes if isinstance(change, Remove)]
    are_keys = len(routes) == len(changes) and all(isinstance(route[-1], str) for route in routes)
    root = parsed(text) if are_keys else None
    if root is None or not any(is_shared(root, route) for route in routes):
        return None
    try:
        after = without_keys(text, routes)
    except FixRefusedError:
        return None
    return after if comment_texts(after) == comment_texts(text) else None


def _place(root: Node, fix: Fix) -> int:
    routes = [change.route for change in fix.changes if not isinstance(change, RenameJob)]
    return max((start_of(root, route) for route in routes), default=-1)


class Gone(Struct):
    """The removals from a file: for each list, the first item whose index changed."""

    _first: dict[Route, int] = {}

    def note(self, changes: Iterable[Change | RenameJob]) -> None:
        """Record the items that changes remove."""
        for change in changes:
            if isinstance(change, Remove) and isinstance(last := change.route[-1], int):
                above = change.route[:-1]
                self._first[above] = min(last, self._first.get(above, last))

    def moves(self, route: Route) -> bool:
        """Return whether the index of an item on ``route`` changed."""
        return any(
            isinstance(step, int) and step >= self._first.get(route[:at], step + 1)
            for at, step in enumerate(route)
        )
