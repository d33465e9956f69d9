"""The files that an import changes or adds: their diff, and how they are written."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

from msgspec import Struct

from groundrules.atomic import write_text
from groundrules.authoring.insertion import Insertion, inserted
from groundrules.confined import Confined, LinkError
from groundrules.fix import Fix, Remove
from groundrules.fixes import FixedFile, FixRefusedError, fixed
from groundrules.fixes.proof import together


class NewFile(Struct, frozen=True):
    """A file that does not exist yet."""

    path: str
    after: str

    @property
    def diff(self) -> str:
        """The file as a unified diff for ``patch`` and ``git apply -p1``."""
        lines = self.after.splitlines(keepends=True)
        return "".join(unified_diff([], lines, "/dev/null", f"b/{self.path}"))

    def writable(self, root: Path, folder: str) -> Path:
        """Return the file; raises `FixRefusedError` if it exists or is outside ``folder``."""
        below = Path(self.path).relative_to(folder).as_posix()
        files = Confined(root, follow=True).below(folder, follow=True)
        try:
            files.entry(below)
        except LinkError:
            raise FixRefusedError(f"{self.path} is a link to a file outside {folder}/") from None
        except OSError as error:
            if error.errno != errno.ENOENT:
                raise OSError(error.errno, error.strerror, self.path) from None
            return root / self.path
        raise FixRefusedError(f"{self.path} exists already")

    def write(self, root: Path, folder: str) -> None:
        """Write the file; raises `FixRefusedError` if it exists."""
        write_text(self.writable(root, folder), self.after)


EditedFile = FixedFile | NewFile


def write_all(files: Sequence[EditedFile], root: Path, folder: str) -> None:
    """Write all files, or none if one of them cannot be written.  Raises `FixRefusedError`."""
    for file in files:
        file.writable(root, folder)
    for file in files:
        file.write(root, folder)


def edited(text: str, edits: Sequence[Insertion | Remove]) -> tuple[str, list[str]]:
    """Return the text with the edits, and why some of them are impossible.

    Routes are those of the text before.  They stay valid, since nothing is inserted before an
    item of a list, and only keys are removed.
    """
    insertions = [edit for edit in edits if isinstance(edit, Insertion)]
    text, refused = _with_insertions(text, insertions)
    text, others = _without(text, [edit for edit in edits if isinstance(edit, Remove)])
    return text, refused + others


def _without(text: str, removals: Sequence[Remove]) -> tuple[str, list[str]]:
    """Return the text without some keys; if they cannot be removed together, one by one."""
    if not removals:
        return text, []
    if (after := together(text, removals)) is not None:
        return after, []
    refused = []
    for removal in removals:
        try:
            text = fixed(text, Fix("", (removal,)))
        except FixRefusedError as error:
            refused.append(str(error))
    return text, refused


def _with_insertions(text: str, insertions: Sequence[Insertion]) -> tuple[str, list[str]]:
    """Return the text with the insertions; if they are impossible together, by halves."""
    if not insertions:
        return text, []
    try:
        return inserted(text, insertions), []
    except FixRefusedError as error:
        if len(insertions) == 1:
            return text, [str(error)]
    middle = len(insertions) // 2
    text, first = _with_insertions(text, insertions[:middle])
    text, second = _with_insertions(text, insertions[middle:])
    return text, first + second
