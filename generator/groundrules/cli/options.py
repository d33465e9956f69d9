"""The options that commands share, and the types of their values."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import click

from groundrules.cli.completion import complete_rule
from groundrules.cli.printing import show_note
from groundrules.systems import SYSTEMS

F = TypeVar("F", bound=Callable[..., Any])
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _manual(ctx: click.Context, param: click.Parameter, folder: Path) -> Path:
    """Return the folder of the manual around a folder; say so if it is another one."""
    has_source = ctx.command.name == "build" and ctx.params.get("source")
    if ctx.resilient_parsing or has_source:  # a shell completes; or it is found later
        return folder
    manual = manual_folder(folder)
    if manual.resolve() != folder.resolve() and not ctx.params.get("quiet"):
        show_note(f"Using the manual in {manual}")
    return manual


def manual_folder(folder: Path) -> Path:
    """Return the folder of the manual around a folder.

    In a checkout, a link in the path of the folder cannot lead out.
    """
    from groundrules.checkout import checkout_around, working_directory
    from groundrules.confined import LinkError, check_named
    from groundrules.manual_search import OutsideRepositoryError, manual_around

    try:
        if (here := working_directory()) and checkout_around(here):
            check_named(folder, here)
        return manual_around(folder)
    except LinkError:
        raise click.UsageError(linked(folder)) from None
    except OutsideRepositoryError as error:
        raise click.UsageError(str(error)) from None


def configuration_folder(folder: Path) -> Path:
    """Return the repository with the configuration around a folder; say so if it is another one."""
    from groundrules.manual_search import configuration_around
    from groundrules.systems import CONFIGURATION_FILES

    repository = configuration_around(folder, CONFIGURATION_FILES)
    if repository != folder:
        show_note(f"Using the configuration in {repository}")
    return repository


def linked(path: Path, root: Path | None = None, other: str = "name another folder") -> str:
    """Return the message about a path that a link leads out of the repository of ``root``."""
    name = path.relative_to(root) if root and path.is_relative_to(root) else path
    return (
        f"a symbolic link on the way to {name} leads out of the repository; remove the link, or "
        f"{other}"
    )


ROOT = click.option(
    "--root",
    type=EXISTING_FOLDER,
    default=".",
    callback=_manual,
    show_default="the current folder, or one above it",
    help="Folder of the manual, with conf.py and data/.",
)
REPOSITORIES = click.option(
    "--root",
    type=EXISTING_FOLDER,
    default=".",
    show_default="the current folder, or the configuration above it",
    help="Folder with the repositories of the tenant, or one repository.",
)


def _named_host(value: str) -> tuple[str, str]:
    """Return a connection and the host in the canonical names of its projects."""
    name, _, host = value.partition("=")
    if not (name and host):
        raise click.BadParameter(f"{value!r} has no host; write NAME=HOST")
    return name, host


def _named_path(value: str) -> tuple[str, Path]:
    """Return a configuration and its path, which must exist."""
    name, equals, path = value.partition("=")
    if not (name and equals and path):
        raise click.BadParameter(f"{value!r} has no path; write NAME=PATH")
    if not os.path.exists(path):  # noqa: PTH110 (Path.exists raises without permission)
        raise click.BadParameter(f"{name}: {path} does not exist{_existing(Path(path))}")
    return name, Path(path).resolve()


def _existing(path: Path) -> str:
    """Return the end of a message: the names in the deepest existing folder of a path."""
    from groundrules.nearest import did_you_mean

    parts = (path, *path.parents)
    for missing, folder in pairwise(parts):
        if folder.is_file():
            return f"; {folder} is a file"
        if folder.is_dir():
            try:
                names = [entry.name for entry in folder.iterdir() if not entry.name.startswith(".")]
            except OSError as error:
                return f"; {folder} cannot be read: {error.strerror}"
            return did_you_mean(missing.name, names, f"in {folder}")
    return ""


def _one_path_each(
    ctx: click.Context, param: click.Parameter, values: tuple[tuple[str, Path], ...]
) -> dict[str, Path]:
    """Return the paths by name; two for one name are an error."""
    paths: dict[str, Path] = {}
    for name, path in values:
        if paths.setdefault(name, path) != path:
            raise click.BadParameter(f"{name} has two paths: {paths[name]}, {path}", ctx, param)
    return paths


CONFIGURATIONS = click.option(
    "--config",
    "configurations",
    metavar="NAME=PATH",
    multiple=True,
    type=_named_path,
    callback=_one_path_each,
    help="Path of a configuration in manual.yaml: a folder, git repository or tenant file.",
)
CONNECTIONS = click.option(
    "--connection",
    "hosts",
    metavar="NAME=HOST",
    multiple=True,
    type=_named_host,
    callback=lambda ctx, param, pairs: dict(pairs),
    help="Canonical host name of a connection, such as opendev=opendev.org.",
)
TENANT = click.option("--tenant", help="Tenant to read, if the tenant file has several.")
SYSTEM = click.option(
    "--system",
    type=click.Choice(list(SYSTEMS)),
    default=next(iter(SYSTEMS)),
    show_default=True,
    help="CI system of the configuration.",
)
CACHE = click.option(
    "--cache/--no-cache", default=True, show_default=True, help="Cache the parsed files."
)


def _data_folder(ctx: click.Context, param: click.Parameter, data: str | None) -> str | None:
    """Return the folder of records that is given, or that of the manual in ``--root``."""
    from groundrules.manual_folder import ManualFolder

    if data or ctx.resilient_parsing:
        return data
    return ManualFolder(ctx.params["root"].resolve()).data


DATA = click.option(
    "--data",
    callback=_data_folder,
    show_default="data, or groundrules_data of conf.py",
    help="Folder of records in the manual.",
)


def tenant_config(without: str) -> Callable[[F], F]:
    """Return the option for Zuul's tenant file; ``without`` is what is read without one."""
    return click.option(
        "--tenant-config",
        "tenant_file",
        type=EXISTING_FILE,
        help=f"Zuul's tenant file. {without}",
    )


def form_option(*forms: str, about: str | None = None) -> Callable[[F], F]:
    """Return the option for the format of a result; the first form is the default."""
    choice = click.Choice(forms)
    return click.option(
        "--format", "form", type=choice, default=forms[0], show_default=True, help=about
    )


def _rules(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for value in values for word in value.replace(",", " ").split())


def rules_option(name: str, about: str) -> Callable[[F], F]:
    """Return an option that lists rules, with commas or repeated."""
    return click.option(
        name,
        multiple=True,
        metavar="RULES",
        callback=_rules,
        shell_complete=complete_rule,
        help=about,
    )


IGNORE = rules_option("--ignore", "Rules to skip.")
