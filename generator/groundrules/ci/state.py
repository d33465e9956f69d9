"""The state of a configuration, told without reading it: whether it is another than last time.

It costs what looking at the times of its files costs, and what git takes to name its commits.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from groundrules.ci.config_source import ConfigSource, source_of
from groundrules.ci.configuration import NotAtHandError
from groundrules.ci.git import Confinement
from groundrules.ci.revisions import commit_of, state_of_refs
from groundrules.claims.claims import ConfigurationClaim

SUFFIXES = (".yaml", ".yml", ".ignore")


def state_of(claim: ConfigurationClaim, root: Path, given: Path | None = None) -> str:
    """Return what stands for a configuration as it is now, or why it is not at hand.

    ``given`` is where the command line says that it is.

    Whatever a reader of it would see differently changes this; it may change without that.
    """
    try:
        source = source_of(claim, root, given)
    except NotAtHandError as error:
        return str(error)
    try:
        return _digest(source)
    except OSError as error:
        return str(error)


def _digest(source: ConfigSource) -> str:
    found = hashlib.sha256()
    if source.is_git:
        told: Iterator[str] = iter([state_of_refs(source.folder, source.bounds)])
    elif source.tenant:
        commit = commit_of(source.folder, source.bounds)
        told = iter([_stat(source.tenant), commit, *_tenant(source.folder, source.bounds)])
    else:
        told = _folder(source.folder, source.bounds)
    for each in told:
        found.update(f"{each}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _folder(folder: Path, bounds: Confinement | None) -> Iterator[str]:
    """Tell of one repository's files, or of those of its branches in a folder each."""
    from groundrules.ci.zuul.sources.files import ROOTS

    yield commit_of(folder, bounds)
    if (folder / ".git").exists():
        yield state_of_refs(folder, bounds)
    with os.scandir(folder) as entries:
        branches = sorted(each.path for each in entries if each.is_dir(follow_symlinks=False))
    for place in (folder, *map(Path, branches)):
        for name in ROOTS:
            path = place / name
            if path.is_dir():
                yield from _below(path)
            elif path.exists():
                yield _stat(path)


def _below(folder: Path) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        folders.sort()
        yield from (_stat(Path(here, name)) for name in sorted(names))


def _tenant(folder: Path, bounds: Confinement | None) -> Iterator[str]:
    """Tell of every repository below a folder; of one in git what its branches are at."""
    yield _stat(folder / "index.json")
    for here, folders, names in os.walk(folder):
        place = Path(here)
        has_git = ".git" in (*names, *folders) and place != folder
        if has_git or ("HEAD" in names and "objects" in folders):
            yield f"{place} {state_of_refs(place, bounds)}"
            folders.clear()
            continue
        folders[:] = sorted(each for each in folders if each != ".git")
        yield from (_stat(place / name) for name in sorted(names) if name.endswith(SUFFIXES))


def _stat(path: Path) -> str:
    try:
        state = path.stat()
    except OSError:
        return f"{path} -"
    return f"{path} {state.st_size} {state.st_mtime_ns}"
