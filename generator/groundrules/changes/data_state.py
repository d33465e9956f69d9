"""`DataState`: the records of one revision, and what of it could not be read."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from groundrules.changes.asked_revisions import AskedRevision, AskedRevisions, RevisionError
from groundrules.changes.committed_data import CommittedData, data_folder, has_folder
from groundrules.changes.damage import Damage, damage_of, twice
from groundrules.checkout import checkout_around
from groundrules.ci.errors import UnreadableError
from groundrules.ci.git import Confinement, Git, git_directory
from groundrules.ci.revisions import LENGTH
from groundrules.clock import today
from groundrules.diagnostics import Diagnostic
from groundrules.manual_search import instead_of
from groundrules.records import Catalogue, LoadedData, load
from groundrules.records.loading import load_files
from groundrules.records.manual import Manual
from groundrules.rules import reading as rules

WORK_TREE = "the work tree"


class DataState(Struct, frozen=True):
    """The records of a revision, whose date is ``catalogue.today``.

    ``unread`` are the mistakes, and ``damage`` the records that are not compared because of them;
    ``note`` says what else a reader should know of the revision.
    """

    name: str
    catalogue: Catalogue
    commit: str = ""
    unread: tuple[Diagnostic, ...] = ()
    damage: Damage = Damage()
    note: str = ""

    @property
    def words(self) -> str:
        """The revision with its commit and day."""
        commit = f" (commit {self.commit[:LENGTH]} of {self.day})" if self.commit else ""
        return f"{self.name}{commit}"

    @property
    def subject(self) -> str:
        """The revision as the subject of a sentence."""
        is_name = " " not in self.name
        return f"Revision {self.name}" if is_name else f"{self.name[0].upper()}{self.name[1:]}"

    @property
    def day(self) -> datetime.date:
        """The day of the commit, or of the run."""
        return self.catalogue.today


def states(
    root: Path, data: str, asked: AskedRevisions, bounds: Confinement | None = None
) -> tuple[DataState, DataState]:
    """Return both revisions of the data in ``root``.

    Raises `RevisionError` and `UnreadableError`.
    """
    with _repository(root, bounds) as git:
        path = _path(git, root, data)
        before = _commit(git, asked.before)
        after = _commit(git, asked.after) if asked.after else ""
        if asked.from_common:
            before = _common(git, before, after or _commit(git, AskedRevision("HEAD")), asked)
        old = _committed(git, before, asked.before, path)
        if asked.from_common:
            other = asked.after.words if asked.after else "HEAD"
            old = replace(old, name=f"the last common commit of {asked.before.words} and {other}")
        if asked.after is None:
            return old, _work_tree(root, data)
        return old, _committed(git, after, asked.after, path)


@contextmanager
def _repository(root: Path, bounds: Confinement | None) -> Iterator[Git]:
    top = checkout_around(root)
    directory = git_directory(top, bounds) if top else None
    if directory is None:
        raise RevisionError(f"{root} is not in a git repository, so it has no revisions to compare")
    with closing(Git(directory)) as git:
        yield git


def _path(git: Git, root: Path, data: str) -> str:
    """Return the path of the data folder below the top of the work tree."""
    top = (git.directory.work_tree or root).resolve()
    folder = Path(os.path.normpath(root.resolve() / data))
    if not folder.is_relative_to(top):
        raise RevisionError(f"{data} is outside the repository {top}; name a folder in it")
    return folder.relative_to(top).as_posix()


def _commit(git: Git, asked: AskedRevision) -> str:
    commit = git.commit(asked.name + asked.steps)
    if commit:
        return commit
    hint = "see 'git log' and 'git tag' for known ones"
    if git.is_shallow:
        hint = "this clone is shallow and may lack it; run 'git fetch --unshallow --tags'"
    raise RevisionError(f"unknown revision {asked.words!r}; {hint}")


def _common(git: Git, before: str, after: str, asked: AskedRevisions) -> str:
    if base := git.merge_base(before, after):
        return base
    hint = "; run 'git fetch --unshallow'" if git.is_shallow else ""
    where = " in this shallow clone" if git.is_shallow else ""
    other = asked.after.words if asked.after else "HEAD"
    raise RevisionError(f"{asked.before.words!r} and {other!r} have no common commit{where}{hint}")


def _committed(git: Git, commit: str, asked: AskedRevision, path: str) -> DataState:
    day = datetime.date.fromisoformat(git.day(commit))
    wanted = path if asked.folder is None else asked.folder
    if asked.folder is not None and not has_folder(git, commit, wanted):
        raise RevisionError(f"there is no folder {asked.folder} in {asked.words}")
    folder = data_folder(git, commit, wanted, asked.words)
    if folder is None:
        note = f"{asked.words} has no data, so that everything is new or gone"
        return DataState(asked.words, _empty(day), commit, note=note)
    loaded = LoadedData()
    source = CommittedData(git, commit, folder, folder, loaded.report)
    try:
        load_files(source.files(), folder, loaded)
    except UnreadableError as error:
        raise UnreadableError(f"the data of {asked.words} cannot be read: {error}") from None
    note = f"the data of {asked.words} are in {folder}/" if folder != wanted else ""
    return _state(loaded, day, asked.words, commit, note)


def _work_tree(root: Path, data: str) -> DataState:
    if not (root / data).is_dir():
        instead = instead_of(root, "name the manual with --root")
        raise RevisionError(f"there is no folder {data} in {root}; {instead}")
    return _state(load(root, data), today(), WORK_TREE)


def _state(
    loaded: LoadedData, day: datetime.date, name: str, commit: str = "", note: str = ""
) -> DataState:
    """Return the records as of a day, with the mistakes in them and what these damaged."""
    unread = (*_unread(loaded), *twice(loaded))
    catalogue = replace(loaded.catalogue, today=day) if loaded.catalogue else _empty(day)
    damage = damage_of(loaded, unread) if unread else Damage()
    return DataState(name, catalogue, commit, unread, damage, note)


def _unread(loaded: LoadedData) -> Iterator[Diagnostic]:
    """Yield the mistakes of the data, except files of other names, which were read."""
    read = {record.path for record in loaded.catalogue.records()} if loaded.catalogue else set()
    for diagnostic in loaded.report.diagnostics:
        if diagnostic.rule is not rules.MISPLACED_FILE or diagnostic.location.path not in read:
            yield diagnostic


def _empty(day: datetime.date) -> Catalogue:
    return Catalogue(Manual.model_construct(title="", publisher="", summary=""), today=day)
