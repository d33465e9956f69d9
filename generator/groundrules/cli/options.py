"""The options that commands share, and the kinds of values that options take."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


def _manual(ctx: click.Context, param: click.Parameter, folder: Path) -> Path:
    from groundrules.manual_folder import manual_around

    return manual_around(folder)


ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    callback=_manual,
    show_default="the current folder, or one above it",
    help="Folder of the manual, with conf.py and data/.",
)


class NamedHost(click.ParamType[tuple[str, str]]):
    """``NAME=HOST``: a connection of Zuul's and the host in its projects' canonical names."""

    name = "connection"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Return the name and the host."""
        name, _, host = str(value).partition("=")
        if not (name and host):
            self.fail(f"{value!r} names no host; write NAME=HOST")
        return name, host


class NamedPath(click.ParamType[tuple[str, Path]]):
    """``NAME=PATH``: a configuration and where it is; whoever types a path means one."""

    name = "config"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Return the name and the path."""
        name, equals, path = str(value).partition("=")
        if not (name and equals and path):
            self.fail(f"{value!r} names no path; write NAME=PATH", param, ctx)
        if not os.path.exists(path):  # noqa: PTH110 (Path.exists raises for what may not be read)
            self.fail(f"{name}: there is no {path}{_what_is_there(Path(path))}", param, ctx)
        return name, Path(path).resolve()


def _what_is_there(path: Path) -> str:
    """Return the end of a message: what the last folder that is there has for the next name."""
    from groundrules.diagnostics import did_you_mean

    parts = (path, *path.parents)
    for missing, folder in pairwise(parts):
        if folder.is_file():
            return f"; {folder} is a file"
        if folder.is_dir():
            try:
                names = [each.name for each in folder.iterdir() if not each.name.startswith(".")]
            except OSError as error:
                return f"; {folder} cannot be read: {error.strerror}"
            return did_you_mean(missing.name, names, f"in {folder}")
    return ""


def _once(
    ctx: click.Context, param: click.Parameter, given: tuple[tuple[str, Path], ...]
) -> dict[str, Path]:
    """Return what was given by name; of two for one name neither is the one that is meant."""
    found: dict[str, Path] = {}
    for name, path in given:
        if found.setdefault(name, path) != path:
            raise click.BadParameter(f"{name} is {found[name]} and {path}", ctx, param)
    return found


CONFIGURATIONS = click.option(
    "--config",
    "configurations",
    metavar="NAME=PATH",
    multiple=True,
    type=NamedPath(),
    callback=_once,
    help="Where a configuration of manual.yaml is: a folder, git repository or tenant file.",
)
