"""`Relative`: Sphinx's messages with paths relative to the working directory."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TextIO


class Relative:
    """A stream that writes paths below a folder relative to it.

    Sphinx reports pages by their absolute paths.  This program, like other commands, reports
    files relative to the working directory.  A path starts where no word and no other path
    continues, or after the end of a color.
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
        """Return the attribute of the stream."""
        return getattr(self._stream, name)
