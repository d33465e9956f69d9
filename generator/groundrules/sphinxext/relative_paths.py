"""What Sphinx tells of the manual's own pages, with paths as people open them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TextIO


class Relative:
    """A stream in which paths below a folder are written without it.

    Sphinx names pages by their absolute paths, and the records of this program, like the paths of
    every other command, are told from the folder that people stand in.  A path begins where no
    word and no other path goes on, or after the end of a colour.
    """

    def __init__(self, stream: TextIO, folder: Path) -> None:
        self._stream = stream
        above = re.escape(os.path.join(folder, ""))  # noqa: PTH118 (one slash, also of the root)
        self._path = re.compile(rf"(?:(?<![\w/.:-])|(?<=\x1b\[\d\dm)){above}(?=[^\s/])")

    def write(self, text: str) -> int:
        """Write a text; return how many characters it had."""
        self._stream.write(self._path.sub("", text))
        return len(text)

    def __getattr__(self, name: str) -> object:
        """Return what the stream itself has."""
        return getattr(self._stream, name)
