"""`patches_of`: steps → files with patches that ``git am`` takes."""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Sequence
from email.header import Header
from pathlib import Path

from msgspec import Struct

from groundrules.atomic import write_text
from groundrules.clock import today
from groundrules.encode.merge_steps import EncodeStep
from groundrules.fixes import FixRefusedError
from groundrules.text import escaped
from groundrules.unified_diff import named

WIDTH = 72
# the first line of a mailbox as git writes it; git reads neither its name nor its date
MAILBOX = f"From {'0' * 40} Mon Sep 17 00:00:00 2001\n"


class PatchFile(Struct, frozen=True):
    """A patch: its path below the folder of all patches, and its text."""

    path: str
    text: str


def patches_of(steps: Sequence[EncodeStep]) -> list[PatchFile]:
    """Return a patch for each step; those of several repositories are in a folder for each."""
    is_single = len({step.repository for step in steps}) <= 1
    return [
        PatchFile(_path(number, step, is_single=is_single), _patch(number, steps))
        for number, step in enumerate(steps, 1)
    ]


def write_patches(patches: Sequence[PatchFile], folder: Path) -> None:
    """Write new files into a folder.  Raises `FixRefusedError` if one exists."""
    for patch in patches:
        if (folder / patch.path).exists():
            raise FixRefusedError(f"{folder / patch.path} exists already")
    for patch in patches:
        write_text(folder / patch.path, patch.text)


def _path(number: int, step: EncodeStep, *, is_single: bool) -> str:
    project, branch = step.repository
    folder = "" if is_single else f"{_slug(project)}-{_slug(branch)}/"
    return f"{folder}{number:04}-{_slug(step.title)}.patch"


def _patch(number: int, steps: Sequence[EncodeStep]) -> str:
    step = steps[number - 1]
    day = datetime.datetime.combine(today(), datetime.time(), datetime.UTC)
    title = f"[PATCH {number}/{len(steps)}] {escaped(step.title)}"
    subject = Header(title, maxlinelen=WIDTH).encode()
    lines = [_filled(line) for line in step.lines]
    if needed := _needed(number, steps):
        lines += ["", _filled(needed)]
    body = "\n".join(lines)
    files = step.encoding.files
    diffs = "".join(
        f"diff --git {named(f'a/{file.file}')} {named(f'b/{file.file}')}\n{file.patch}"
        for file in files
    )
    return (
        f"{MAILBOX}From: Groundrules <groundrules@localhost>\n"
        f"Date: {day:%a, %d %b %Y %H:%M:%S %z}\nSubject: {subject}\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{body}\n---\n\n{diffs}-- \ngroundrules\n\n"
    )


def _filled(line: str) -> str:
    indent = "  " if line.startswith("- ") else ""
    return textwrap.fill(escaped(line), WIDTH, subsequent_indent=indent, break_long_words=False)


def _needed(number: int, steps: Sequence[EncodeStep]) -> str:
    """Return which change of another repository a step comes after; empty if there is none.

    The changes of one repository depend on each other without a word, as commits do.
    """
    if number == 1 or steps[number - 2].repository == steps[number - 1].repository:
        return ""
    before = steps[number - 2]
    project, branch = before.repository
    return (
        f"This change comes after {before.title!r} in {project}, branch {branch} (patch "
        f"{number - 1:04}). Add a Depends-On line with the address of that change."
    )


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", text).strip("-.")[:50] or "all"
