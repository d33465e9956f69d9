"""The files of a data folder: which there are, and their bytes, never from outside it."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from groundrules import rules
from groundrules.diagnostics import Location, Report, did_you_mean
from groundrules.yamlsource import Bounds

FOLDERS = ("platforms", "expectations", "graphs", "sessions")
SCHEMAS = "schemas"
BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file: the kind of record it holds, its path relative to the root, its bytes."""

    kind: str
    path: str
    data: bytes


def data_files(root: Path, folder: str, report: Report) -> Iterator[DataFile]:
    """Yield the data files below ``root/folder``, sorted; note those that cannot be read."""
    base = root / folder
    if not base.is_dir():
        report.note(
            rules.NO_DATA,
            Location(folder),
            f"there is no folder {folder}/ here; it holds the records of the manual",
        )
        return
    for entry in sorted(base.iterdir()):
        if entry.name in FOLDERS and entry.is_dir() and _inside(entry, base, root, report):
            for path in sorted(entry.iterdir()):
                yield from _file(path, entry.name, base, root, report)
        elif entry.name == "manual.yaml":
            yield from _file(entry, "manual", base, root, report)
        elif not _ignored(entry) and entry.name != SCHEMAS and _inside(entry, base, root, report):
            _misplaced(entry, root, report)


def _file(path: Path, kind: str, base: Path, root: Path, report: Report) -> Iterator[DataFile]:
    if _ignored(path) or not _inside(path, base, root, report):
        return
    where = Location(path.relative_to(root).as_posix())
    if path.suffix != ".yaml" or path.is_dir():
        _misplaced(path, root, report)
        return
    try:
        data = _bytes(path)
    except OSError as error:
        report.note(rules.UNREADABLE, where, f"the file cannot be read: {error.strerror}")
        return
    if data is None:
        report.note(rules.UNREADABLE, where, "this is not a plain file; replace it with one")
    else:
        yield DataFile(kind, where.path, data)


def _bytes(path: Path) -> bytes | None:
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    with path.open("rb") as stream:
        return stream.read(BOUNDS.size + 1)  # one more than is allowed shows that it is too large


def _ignored(path: Path) -> bool:
    return path.name.startswith((".", "#")) or path.name.endswith("~")


def _inside(path: Path, base: Path, root: Path, report: Report) -> bool:
    if path.resolve().is_relative_to(base.resolve()):
        return True
    report.note(
        rules.MISPLACED_FILE,
        Location(path.relative_to(root).as_posix()),
        "a symbolic link leads out of the data folder; put the file itself here",
    )
    return False


def _misplaced(path: Path, root: Path, report: Report) -> None:
    where = Location(path.relative_to(root).as_posix())
    if path.suffix == ".yml":
        message = f"the ending is .yml; rename the file to {path.stem}.yaml"
    elif path.is_dir():
        hint = did_you_mean(path.name, FOLDERS, "folders here")
        message = f"no record is looked for in the folder {path.name}/{hint}"
    else:
        message = "no record is looked for in this file; move it to the folder of its kind"
    report.note(rules.MISPLACED_FILE, where, message)
