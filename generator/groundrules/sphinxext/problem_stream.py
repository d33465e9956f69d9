"""`ProblemStream`: Sphinx's warnings and errors, on the terminal and for the page."""

from __future__ import annotations

from typing import TextIO

from sphinx.util.console import strip_colors


class ProblemStream:
    """A stream that also keeps each message, without its colors, until they are taken."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
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

    def __getattr__(self, name: str) -> object:
        """Return the attribute of the stream."""
        return getattr(self._stream, name)
