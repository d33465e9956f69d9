"""`patches_of`: steps → files with patches that ``git am`` takes."""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Iterator, Sequence
from email.header import Header
from pathlib import Path

from msgspec import Struct

from groundrules.atomic import write_text
from groundrules.ci.wish import EncodedFile
from groundrules.clock import today
from groundrules.encode.merge_steps import EncodeStep
from groundrules.fixes import FixRefusedError

WIDTH = 72
# the first line of a mailbox as git writes it; git reads neither its name nor its date
MAILBOX = f"From {'0' * 40} Mon Sep 17 00:00:00 2001\n"


class PatchFile(Struct, frozen=True):
    """A patch: its path below the folder of all patches, and its text."""

    path: str
    text: str


def patches_of(steps: Sequence[EncodeStep]) -> list[PatchFile]:
    """Return a patch for each step and repository, with the number of the step."""
    repositories = {_repository(file) for step in steps for file in step.encoding.files}
    return [
        patch for number in range(1, len(steps) + 1)
        for patch in _of_step(number, steps, is_single=len(repositories) == 1)
    ]  # fmt: skip


def write_patches(patches: Sequence[PatchFile], folder: Path) -> None:
    """Write new files into a folder.  Raises `FixRefusedError` if one exists."""
    for patch in patches:
        if (folder / patch.path).exists():
            raise FixRefusedError(f"{folder / patch.path} exists already")
    for patch in patches:
        write_text(folder / patch.path, patch.text)


def _repository(file: EncodedFile) -> tuple[str, str]:
    return file.project, file.branch


def _of_step(number: int, steps: Sequence[EncodeStep], *, is_single: bool) -> Iterator[PatchFile]:
    step = steps[number - 1]
    files: dict[tuple[str, str], list[EncodedFile]] = {}
    for file in step.encoding.files:
        files.setdefault(_repository(file), []).append(file)
    for (project, branch), own in files.items():
        name = f"{number:04}-{_slug(step.title)}.patch"
        folder = "" if is_single else f"{_slug(project)}-{_slug(branch)}/"
        yield PatchFile(f"{folder}{name}", _patch(step, own, number, len(steps)))


def _patch(step: EncodeStep, files: Sequence[EncodedFile], number: int, count: int) -> str:
    day = datetime.datetime.combine(today(), datetime.time(), datetime.UTC)
    subject = Header(f"[PATCH {number}/{count}] {step.title}", maxlinelen=WIDTH).encode()
    body = "\n".join(
        textwrap.fill(line, WIDTH, subsequent_indent="  ", break_long_words=False)
        for line in step.lines
    )
    diffs = "".join(f"diff --git a/{file.file} b/{file.file}\n{file.patch}" for file in files)
    return (
        f"{MAILBOX}From: Groundrules <groundrules@localhost>\n"
        f"Date: {day:%a, %d %b %Y %H:%M:%S %z}\nSubject: {subject}\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{body}\n---\n\n{diffs}-- \ngroundrules\n\n"
    )


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", text).strip("-.")[:50] or "all"
