"""A running preview of a manual."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class Preview(NamedTuple):
    root: Path
    address: str
    process: subprocess.Popen[str]

    def replace(self, name: str, old: str, new: str) -> None:
        """Save a file as an editor does that renames a new one over it."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(text.replace(old, new), "utf-8")
        beside.replace(path)


@contextmanager
def previewed(root: Path) -> Iterator[Preview]:
    command = [sys.executable, "-m", "groundrules", "preview", "--root", str(root)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        address = re.search(r"http://\S+/", process.stderr.readline())
        assert address
        line = process.stderr.readline()
        assert " pages built in " in line, line
        yield Preview(root, address[0], process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=30)
        finally:
            process.kill()  # or a preview that does not stop would stop the tests for ever
