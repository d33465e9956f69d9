"""Streams for Sphinx's messages: with relative paths, and kept for the page."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TextIO

from sphinx.util.console import strip_colors


class StreamAround:
    """A stream around another one, of which it has all other attributes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


class Relative(StreamAround):
    """A stream that writes paths below a folder relative to it.

    Sphinx reports pages by their absolute paths.  This program, like other commands, reports
    files relative to the working directory.  A path starts where no word and no other path
    continues, or after the end of a color.
    """

    def __init__(self, stream: TextIO, folder: Path) -> None:
        super().__init__(stream)
        above = re.escape(os.path.join(folder, ""))  # noqa: PTH118 (one slash, also of the root)
        self._path = re.compile(rf"(?:(?<![\w/.:-])|(?<=\x1b\[\d\dm)){above}(?=[^\s/])")

    def write(self, text: str) -> int:
        """Write a text; return how many characters it had."""
        self._stream.write(self._path.sub("", text))
        return len(text)


class ProblemStream(StreamAround):
    """A stream that also keeps each message, without its colors, until they are taken."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._messages: list[str] = []

    def write(self, text: str) -> int:
        """Write a message; Sphinx writes each with one call."""
        if message := strip_colors(text).strip():
            self._messages.append(message)
        return self._stream.write(text)

    def take(self) -> tuple[str, ...]:
        """Return the messages since the last call, each once."""
        messages, self._messages = self._messages, []
        return tuple(dict.fromkeys(messages))
