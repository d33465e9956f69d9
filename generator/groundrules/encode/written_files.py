"""`write_all`: writes the files of the configuration and of the data, all or none."""

from __future__ import annotations

import stat
from pathlib import Path

from groundrules.atomic import write_text
from groundrules.ci.config_source import ConfigSource
from groundrules.ci.wish import EncodedFile
from groundrules.confined import Confined, LinkError
from groundrules.encode.documented_change import Encoded
from groundrules.fixes import FixRefusedError


def is_in_work_tree(file: EncodedFile, source: ConfigSource) -> bool:
    """Return whether a file is on disk, and not only in a git repository."""
    if source.is_git:
        return False
    try:
        Confined(source.folder).entry(_below(file, source))
    except OSError:
        return False
    return True


def write_all(encoded: Encoded, root: Path, data: str) -> None:
    """Write every file.  Raises `FixRefusedError` if one of them cannot be written."""
    places = [_writable(file, encoded.source) for file in encoded.files]
    for changed in encoded.data:
        _check_mode(changed.writable(root, data), changed.path)
    for file, place in zip(encoded.files, places, strict=True):
        write_text(place, file.after)
    for changed in encoded.data:
        changed.write(root, data)


def _below(file: EncodedFile, source: ConfigSource) -> str:
    return file.path.removeprefix(source.prefix)


def _writable(file: EncodedFile, source: ConfigSource) -> Path:
    if not is_in_work_tree(file, source):
        raise FixRefusedError(
            f"{file.path} was read from a commit, not from a work tree; write patches with "
            f"--steps FOLDER, and apply them with 'git am' to the branch {file.branch!r} of its "
            "repository; a local branch is read if it contains that of origin"
        )
    before = file.before.encode("utf-8")
    try:
        now = Confined(source.folder).read(_below(file, source), len(before))
    except LinkError:
        raise FixRefusedError(f"{file.path} is behind a link, which is not followed") from None
    if now != before:
        raise FixRefusedError(f"{file.path} was changed since it was read")
    place = source.folder / _below(file, source)
    _check_mode(place, file.path)
    return place


def _check_mode(place: Path, path: str) -> None:
    """Refuse a read-only file, which renaming another one over it would replace."""
    if not place.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise FixRefusedError(f"{path} is read-only")
