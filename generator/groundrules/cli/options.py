"""The options that commands share, and the kinds of values that options take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="this folder",
    help="The folder of the manual: the one with conf.py and data/.",
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
    """``NAME=PATH``: a configuration and where it is; it need not be there."""

    name = "config"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Return the name and the path."""
        name, equals, path = str(value).partition("=")
        if not (name and equals and path):
            self.fail(f"{value!r} names no path; write NAME=PATH")
        return name, Path(path).resolve()


CONFIGURATIONS = click.option(
    "--config",
    "configurations",
    metavar="NAME=PATH",
    multiple=True,
    type=NamedPath(),
    help="Where a configuration of manual.yaml is: a folder, git repository or tenant file.",
)
