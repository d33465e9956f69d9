"""Which files and refs Zuul would read, with their sizes and times."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.git import Confinement
from groundrules.ci.revisions import commit_of, state_of_refs
from groundrules.ci.zuul.sources.files import ROOTS
from groundrules.ci.zuul.sources.places import INDEX

SUFFIXES = (".yaml", ".yml", ".ignore")


def state_of(source: ConfigSource) -> Iterator[str]:
    """Yield texts of which one changes with the files that are read.  Raises `OSError`."""
    if source.is_git:
        yield state_of_refs(source.folder, source.bounds)
    elif source.tenant:
        yield _stat(source.tenant)
        yield commit_of(source.folder, source.bounds)
        yield from _tenant(source.folder, source.bounds)
    else:
        yield from _repository(source.folder, source.bounds)


def _repository(folder: Path, bounds: Confinement | None) -> Iterator[str]:
    """Yield the state of one repository's files, or of its branches in a folder each."""
    yield commit_of(folder, bounds)
    if (folder / ".git").exists():
        yield state_of_refs(folder, bounds)
    with os.scandir(folder) as entries:
        branches = sorted(entry.path for entry in entries if entry.is_dir(follow_symlinks=False))
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
    """Yield the state of every repository below a folder; of one in git that of its refs."""
    yield _stat(folder / INDEX)
    for here, folders, names in os.walk(folder):
        place = Path(here)
        has_git = ".git" in (*names, *folders) and place != folder
        if has_git or ("HEAD" in names and "objects" in folders):
            yield f"{place} {state_of_refs(place, bounds)}"
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if name != ".git")
        yield from (_stat(place / name) for name in sorted(names) if name.endswith(SUFFIXES))


def _stat(path: Path) -> str:
    try:
        state = path.stat()
    except OSError:
        return f"{path} -"
    return f"{path} {state.st_size} {state.st_mtime_ns}"
