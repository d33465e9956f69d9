"""The state of the files and refs that Zuul would read: their sizes and times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.git import Confinement
from groundrules.ci.revisions import commit_of, state_of_refs
from groundrules.ci.zuul.sources.config_files import ROOTS
from groundrules.ci.zuul.sources.project_folders import INDEX
from groundrules.ci.zuul.sources.tenantbytes import tenant_bytes
from groundrules.confined import Confined, Entry, EntryKind

DEEPEST = 50
SUFFIXES = (".yaml", ".yml", ".ignore")


def state(source: ConfigSource) -> Iterator[str]:
    """Yield texts; at least one changes if the files to read change.  Raises `OSError`."""
    if source.is_git:
        yield state_of_refs(source.folder, source.bounds)
        return
    yield commit_of(source.folder, source.bounds)
    if source.tenant:
        yield sha256(tenant_bytes(source.tenant, source.bounds)).hexdigest()
        yield from _tenant(Confined(source.folder), "", source.bounds)
    else:
        yield from _repository(Confined(source.folder), source.bounds)


def _repository(folder: Confined, bounds: Confinement | None) -> Iterator[str]:
    """Yield the state of a repository's files, or of the folders of its branches."""
    if folder.kind(".git"):
        yield state_of_refs(folder.folder, bounds)
    branches = [entry.path for entry in folder.entries() if entry.kind is EntryKind.FOLDER]
    for start in ("", *(f"{branch}/" for branch in branches)):
        for name in ROOTS:
            with suppress(OSError):
                yield from map(_state, _files(folder, f"{start}{name}"))


def _files(folder: Confined, path: str) -> Iterator[Entry]:
    entry = folder.entry(path)
    if entry.kind is EntryKind.FOLDER:
        yield from folder.walk(path)
    else:
        yield entry


def _tenant(root: Confined, path: str, bounds: Confinement | None, depth: int = 0) -> Iterator[str]:
    """Yield the state of every repository below a folder; for git, the state of its refs."""
    try:
        entries = root.entries(path)
    except OSError as error:
        yield f"{path} {error.strerror}"
        return
    names = {_name(entry) for entry in entries}
    if (".git" in names and path) or {"HEAD", "objects"} <= names:
        yield f"{path} {state_of_refs(root.folder / path, bounds)}"
        return
    for entry in entries:
        if entry.kind is EntryKind.FOLDER:
            if _name(entry) != ".git" and depth < DEEPEST:
                yield from _tenant(root, entry.path, bounds, depth + 1)
        elif entry.path.endswith(SUFFIXES) or entry.path == INDEX:
            yield _state(entry)


def _state(entry: Entry) -> str:
    return f"{entry.path} {entry.size} {entry.time}"


def _name(entry: Entry) -> str:
    return entry.path.rpartition("/")[2]
