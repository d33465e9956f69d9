"""The files that ``groundrules jobs`` is given, as arguments and on standard input."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import click

from groundrules.cli.printing import show_note

LARGEST = 256 * 2**20
"""The maximum size of a list of files on standard input, and of a line of a batch."""

MOST_LOOKED_UP = 10
"""The arguments without a file that git is asked about, with a process for each name.

Somebody who means revisions writes one or two; a list of removed files can have thousands.
"""

_QUOTED, _ESCAPE = re.compile(rb'"(.+)"', re.DOTALL), re.compile(rb"\\([0-7]{3}|.)")
_CHARACTERS = {code.encode(): bytes([at]) for at, code in enumerate("abtnvfr", ord("\a"))}
_DOTS = re.compile(r"\.{2,3}")


def read_list(listed: Sequence[str]) -> tuple[str, ...] | None:
    """Return the listed files, with those on standard input; None if none is listed."""
    if not listed:
        return None
    files: list[str] = []
    for path in listed:
        files += _from_input() if path == "-" else [path]
    return tuple(files)


def _from_input() -> list[str]:
    """Return the paths on standard input, split at zero bytes if it has some, else at lines."""
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise click.UsageError(f"the list of files is larger than {LARGEST // 2**20} MiB")
    parts = data.split(b"\0") if b"\0" in data else data.splitlines()
    if not any(parts):  # Zuul runs every job for a change without files
        message = "the list of files on standard input is empty, so there is no change"
        raise click.UsageError(message)
    if b"\0" not in data:
        parts = [_unquoted(part) for part in parts]
    return [part.decode("utf-8", "replace") for part in parts if part]


def _unquoted(line: bytes) -> bytes:
    """Return the path in a line; git quotes those with other characters than ASCII.

    https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath
    """
    quoted = _QUOTED.fullmatch(line)
    return _ESCAPE.sub(lambda escape: _character(escape[1]), quoted[1]) if quoted else line


def _character(code: bytes) -> bytes:
    return bytes([int(code, 8) & 0xFF]) if len(code) > 1 else _CHARACTERS.get(code, code)


def in_repository(
    files: Iterable[str], arguments: Sequence[str], options: dict[str, Any]
) -> tuple[str, ...]:
    """Return listed files as paths in their repository; ``arguments`` may be revisions.

    Says how a path is read if it can be understood in two ways.
    """
    from groundrules.ci.written_paths import COMMIT_MESSAGE, PathError, WrittenPaths, is_from_here

    root, project = options["root"], options["project"]
    if options["tenant_file"] and not project:
        for path in files:
            if is_from_here(path) and path != COMMIT_MESSAGE:
                raise click.UsageError(f"say of which --project the file {path} is")
    written = WrittenPaths(root / (project or "") if options["tenant_file"] else root)
    try:
        paths = tuple(dict.fromkeys(map(written.path, files)))
        others = (
            argument
            for argument in arguments
            if argument != "-" and not is_from_here(argument) and not written.is_file(argument)
        )
        for argument in islice(others, MOST_LOOKED_UP):
            _check_no_revision(argument, written.top)
    except PathError as error:
        raise click.UsageError(str(error)) from None
    for note in written.notes:
        show_note(note)
    return paths


def _check_no_revision(argument: str, top: Path) -> None:
    """Raise `click.UsageError` for a revision that is meant for ``--change``."""
    from groundrules.ci.revisions import named_commit

    first, *others = _DOTS.split(argument, maxsplit=1)
    if not any(named_commit(top, name) for name in (first, *others) if name):
        return
    what, change = "a revision", f"{argument}~1..{argument}"
    if others:
        what, change = "two revisions", argument if first else f"HEAD{argument}"
    raise click.UsageError(
        f"{argument!r} is {what}, not a file; use --change {change}, or write ./{argument} for a "
        "file of this name"
    )
