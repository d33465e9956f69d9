"""Follows a page of the manual: runs its commands, and edits the files as its examples show.

Each ``code-block`` is one of these:

* ``console``: commands after ``$``, with their output; ``…`` replaces any lines of it
* a block with ``:caption:`` and ``:emphasize-lines:``: a part of that file, after those lines were
  added to it
* ``po`` with ``:caption:``: the translation of a message in that file
* another block with ``:caption:``: a file that the reader has
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from groundrules.cli import main

BLOCK = re.compile(
    r"^\.\. code-block:: (?P<language>\w+)\n(?P<options>(?:   :.*\n)*)\n(?P<text>(?:   .*\n|\n)+)",
    re.MULTILINE,
)
# they ask, or run until they are interrupted
OPEN_ENDED = ("groundrules preview", "groundrules new expectation")
# command → module, so that the program under test is the one that runs
MODULES = {
    "groundrules": "groundrules",
    "pybabel": "babel.messages.frontend",
    "sphinx-build": "sphinx",
}


class Block(NamedTuple):
    language: str
    options: dict[str, str]
    text: str


def blocks(page: str) -> Iterator[Block]:
    for match in BLOCK.finditer(page):
        options = dict(re.findall(r":([\w-]+): *(.*)", match["options"]))
        text = re.sub(r"^ {3}", "", match["text"], flags=re.MULTILINE)
        yield Block(match["language"], options, text.strip("\n") + "\n")


class Reader:
    """Somebody who follows a page from a ``folder``; ``ran`` are the commands.

    With ``in_process``, our commands run in the process of the tests.
    """

    def __init__(self, folder: Path, *, in_process: bool = False) -> None:
        self.folder, self.in_process = folder, in_process
        self.ran: list[str] = []
        cache = folder / ".cache"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "A Reader"),
            **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "reader@example.org"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "XDG_CACHE_HOME": str(cache),
            "COLUMNS": "80",
        }

    def follow(self, page: str) -> None:
        """Do what each block of a page shows."""
        for block in blocks(page):
            path = self.folder / block.options.get("caption", "")
            if block.language == "console":
                self._type(block.text)
            elif "emphasize-lines" in block.options:
                add_lines(path, block)
            elif block.language == "po":
                translate(path, block.text)
            elif "caption" in block.options:
                path.write_text(block.text, "utf-8")

    def _type(self, text: str) -> None:
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            if command in OPEN_ENDED:
                continue
            output = self.run(command)
            pattern = ".*".join(map(re.escape, shown.split("…\n"))) if shown else ".*"
            assert re.fullmatch(pattern, output, re.DOTALL), f"{command}\n{output}"

    def run(self, command: str) -> str:
        """Run a command that succeeds; return its output."""
        name, *arguments = shlex.split(command)
        self.ran.append(command)
        if name == "cd":
            self.folder = self.folder / arguments[0]
            return ""
        if self.in_process and name == "groundrules":
            return self._run_here(command, arguments)
        program = [sys.executable, "-m", MODULES[name]] if name in MODULES else [name]
        done = subprocess.run(
            [*program, *arguments], cwd=self.folder, env=self.environment, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}"
        return done.stdout

    def _run_here(self, command: str, arguments: list[str]) -> str:
        environment = {
            name: self.environment.get(name) for name in {*os.environ, *self.environment}
        }
        with contextlib.chdir(self.folder):
            done = CliRunner(env=environment).invoke(main, arguments, prog_name="groundrules")
        assert done.exit_code == 0, f"{command}\n{done.output}"
        return done.output


def add_lines(path: Path, block: Block) -> None:
    """Add the emphasized lines of a block to the file of which it shows a part."""
    added = {int(number) for number in block.options["emphasize-lines"].split(",")}
    lines = block.text.splitlines(keepends=True)
    before = "".join(line for number, line in enumerate(lines, 1) if number not in added)
    text = path.read_text("utf-8")
    assert text.count(before) == 1, f"{path} does not have\n{before}\n{text}"
    path.write_text(text.replace(before, block.text), "utf-8")


def translate(path: Path, entry: str) -> None:
    """Replace the empty translation of a message in a catalog."""
    text, (message, _, _) = path.read_text("utf-8"), entry.partition("msgstr")
    before = f'{message}msgstr ""\n'
    assert text.count(before) == 1, f"{path} does not have\n{before}"
    path.write_text(text.replace(before, entry), "utf-8")
