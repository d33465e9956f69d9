"""`ChangedPages`: which pages changed in which build, and what the last build reported."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any

FRONT = "index.html"


def number_after(number: int) -> int:
    """Return the number of the next build.

    It is a time, so that pages of an earlier preview at the same address are older.
    """
    return max(number + 1, time.time_ns() // 1_000_000)


def address_of(path: str) -> str:
    """Return the address of a page below the site from the path of its URL.

    >>> address_of("/generated/")
    'generated/index.html'
    """
    path = path.removeprefix("/")
    return f"{path}{FRONT}" if path.endswith("/") or not path else path


@dataclass
class ChangedPages:
    """The builds so far: the last ``number``, and the messages of the last one."""

    number: int = field(default_factory=lambda: number_after(0))
    problems: list[str] = field(default_factory=list)
    failed: bool = False
    _pages: dict[str, int] = field(default_factory=dict)
    _all: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._all = self.number

    def note(
        self,
        pages: Iterable[str] | None,
        problems: Iterable[str] | None = None,
        *,
        failed: bool = False,
    ) -> None:
        """Note a build that wrote ``pages``, None for all; ``problems`` are None if unchanged."""
        self.number = number_after(self.number)
        if pages is None:
            self._all = self.number
        self._pages.update(dict.fromkeys(pages or (), self.number))
        if problems is not None:
            self.problems, self.failed = [*problems], failed
        waiting, self._changed = self._changed, asyncio.Event()
        waiting.set()

    def has_changed(self, page: str, since: int) -> bool:
        """Return whether a page was written after the build ``since``."""
        return max(self._all, self._pages.get(page, 0)) > since

    async def events(self, page: str, since: int) -> AsyncIterator[str]:
        """Yield server-sent events for a reader of ``page`` as it was after the build ``since``."""
        yield "retry: 500\n\n"
        shown: Any = [], False
        while True:
            changed = self._changed
            if self.has_changed(page, since):
                yield "event: reload\ndata:\n\n"
                return
            if shown != (self.problems, self.failed):
                shown = self.problems, self.failed
                data = json.dumps({"problems": self.problems, "failed": self.failed})
                yield f"event: problems\ndata: {data}\n\n"
            await changed.wait()
