"""The repository at a `ConfigSource`, opened as what it is: git alone, a folder or a checkout."""

from __future__ import annotations

from pathlib import Path

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.errors import BrokenConfigError, NotAvailableError, UnreadableError
from groundrules.ci.git import git_directory
from groundrules.ci.zuul.sources.checkouts import Checkouts
from groundrules.ci.zuul.sources.gitrefs import CLONED, GitRefs
from groundrules.ci.zuul.sources.nested_repositories import NestedRepositoriesError
from groundrules.ci.zuul.sources.project_folders import without_git
from groundrules.ci.zuul.sources.repositories import Repository, Snapshot
from groundrules.confined import Confined
from groundrules.diagnostics import Diagnostic, Location
from groundrules.rules.zuul import RULES


def folder_or_checkout(folder: Path, checkouts: Checkouts, place: str) -> Repository:
    """Return a folder without git as a snapshot of branches, another one as its checkout.

    ``place`` is the path of the folder in diagnostics.  Raises `NotAvailableError`, and
    `BrokenConfigError` for a folder that only contains repositories.
    """
    confined = Confined(folder)
    try:
        if not confined.kind(".git"):
            repository = without_git(confined, "")
            if isinstance(repository, Snapshot):
                return repository
        return checkouts.repository()
    except NestedRepositoriesError as error:
        mistake = Diagnostic(Location(place), str(error), RULES["GR613"])
        raise BrokenConfigError(str(error), [mistake]) from None
    except UnreadableError as error:
        raise NotAvailableError(str(error)) from None


def commit_of_git(source: ConfigSource) -> GitRefs:
    """Return the branches of git; with a ``ref``, this commit only.  Raises `NotAvailableError`."""
    repository, ref = _of_git(source), source.ref
    if not ref:
        return repository
    names = (repository.refs.get(ref, ""), f"{CLONED}{ref}", ref)
    commit = next(filter(None, map(repository.commit, names)), "")
    if not commit:
        repository.close()
        raise NotAvailableError(f"git knows no branch, tag or commit {ref!r} there")
    branch = ref if ref in repository.refs else next(iter(source.documented), ref)
    repository.take_commit(branch, commit)
    return repository


def _of_git(source: ConfigSource) -> GitRefs:
    try:
        directory = git_directory(source.folder, source.bounds)
        if directory is None:
            raise NotAvailableError("it is not a git repository any more")
        return GitRefs(directory, "")
    except UnreadableError as error:
        raise NotAvailableError(str(error)) from None
