"""The stamp of a folder: what stands for the input that it was made from, and for its files.

Imports none of what makes the pages: where the stamp fits, nothing has to be made.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import groundrules
from groundrules.atomic import write_text

STAMP = ".stamp"


class NotOursError(Exception):
    """A folder that holds what somebody else made."""


def is_current(folder: Path, digest: str, *beside: Path, by_time: bool = True) -> bool:
    """Return whether ``folder`` and the files ``beside`` it are as `finish` left them.

    ``digest`` stands for the input.  A file that was changed or removed since is seen by its
    size and, unless ``by_time`` is false, its time: a site that is published has no times, so
    that two builds of it are the same.
    """
    try:
        return (folder / STAMP).read_text("utf-8") == _stamp(folder, digest, beside, by_time)
    except OSError:
        return False


def begin(folder: Path) -> None:
    """Mark ``folder`` as one whose files are generated, and are not complete.

    Raises `NotOursError` for one that holds files and no stamp: generating removes what it has
    not made, and those are not ours to remove.
    """
    if folder.is_symlink():
        raise NotOursError(f"{folder} is a symbolic link; generated pages need a folder")
    if folder.exists() and not (folder / STAMP).exists() and any(folder.iterdir()):
        raise NotOursError(
            f"{folder} holds files that were not generated here; move them elsewhere, since "
            "generating removes what it has not made"
        )
    write_text(folder / STAMP, "")


def finish(folder: Path, digest: str, *beside: Path, by_time: bool = True) -> None:
    """Note that ``folder`` was made from the input that ``digest`` stands for; done last."""
    write_text(folder / STAMP, _stamp(folder, digest, beside, by_time))


def digest_of(root: Path, *folders: Path) -> str:
    """Return what stands for every file below ``folders`` and of this package itself.

    A file counts as changed when its size or time is another, as for make.
    """
    found = hashlib.sha256(f"{groundrules.__version__}\n".encode())
    for folder in (Path(groundrules.__file__).parent, *folders):
        for path in sorted(folder.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                state = path.stat()
                name = path.relative_to(root) if path.is_relative_to(root) else path
                found.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _stamp(folder: Path, digest: str, beside: tuple[Path, ...], by_time: bool) -> str:
    found = hashlib.sha256()
    for name, state in sorted(_states(folder)):
        found.update(f"{name} {state.st_size} {state.st_mtime_ns if by_time else ''}\n".encode())
    for each in beside:
        found.update(f"{each.name} {each.stat().st_size}\n".encode())
    return f"{digest} {found.hexdigest()}"


def _states(folder: Path | str, above: str = "") -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files below a folder but those for ourselves, whose names begin with a dot."""
    with os.scandir(folder) as entries:
        for each in entries:
            if each.is_dir(follow_symlinks=False):
                yield from _states(each.path, f"{above}{each.name}/")
            elif not each.name.startswith("."):
                yield f"{above}{each.name}", each.stat(follow_symlinks=False)
