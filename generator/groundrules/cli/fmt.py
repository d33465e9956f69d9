"""``groundrules fmt``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from groundrules.cli.options import ROOT
from groundrules.cli.printing import fail
from groundrules.text import counted, escaped

if TYPE_CHECKING:
    from groundrules.authoring.layout.formatted_files import FormattedFile


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@ROOT
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would change.")
def fmt(paths: tuple[Path, ...], root: Path, check: bool, diff: bool) -> None:
    """Write data files in one layout.

    Keys get the order of the reference, prose is filled to 100 columns, and lists are sorted
    where their order has no meaning. Comments, anchors, tags and quotes stay, and the file is
    read again to verify that it has the same meaning. A file with a mistake is left as it is.

    PATHS are files, or folders with records; by default, those of the manual.

    Exit codes: 0 every file is in the layout now, 1 a file has a mistake or, with --check, another
    layout, 2 wrong usage, 3 a file could not be read or written.
    """
    from groundrules.authoring.layout.formatted_files import data_files
    from groundrules.manual_folder import ManualFolder
    from groundrules.manual_search import instead_of

    folder = root / ManualFolder(root).data
    if not paths and not folder.is_dir():
        instead = instead_of(root, "name the files to format")
        raise click.UsageError(f"there is no folder {folder}; {instead}")
    named = list(data_files(paths or [_shown(folder)]))
    if not named:
        raise click.UsageError(f"no records found in {', '.join(map(str, paths or [folder]))}")
    files = _formatted(named)
    for file in files:
        _report(file, check=check, diff=diff)
    click.echo(_summary(files, wrote=not (check or diff)))
    if any(file.problem for file in files) or (check and any(file.changes for file in files)):
        sys.exit(1)


def _shown(folder: Path) -> Path:
    """Return a folder relative to the current one, if it is below it."""
    here = Path.cwd()
    place = folder.resolve()
    return place.relative_to(here) if place.is_relative_to(here) else place


def _formatted(paths: list[Path]) -> list[FormattedFile]:
    from groundrules.authoring.layout.formatted_files import format_file
    from groundrules.authoring.layout.record_layouts import known_layouts
    from groundrules.cache_folder import cache_folder
    from groundrules.store import Store

    layouts = known_layouts(Store(cache_folder(Path.cwd())))
    files = []
    for path in dict.fromkeys(paths):
        try:
            files.append(format_file(path, layouts))
        except OSError as error:
            fail(f"{path} cannot be read: {error.strerror}")
    return files


def _report(file: FormattedFile, *, check: bool, diff: bool) -> None:
    """Print what is wrong with a file or write it."""
    if file.changes and diff:
        click.echo(file.diff, nl=False, color=False)
    if file.changes and check:
        advice = "another layout; run 'groundrules fmt'"
        click.echo(escaped(f"{file.name}:{file.first_change}:1: {advice}"))
    elif file.changes and not diff:
        _write(file)
    if file.problem:
        place = f"{file.name}:{file.place.line}:{file.place.column}"
        click.echo(escaped(f"{place}: {file.problem}; the file is left as it is"))


def _write(file: FormattedFile) -> None:
    from groundrules.yamlsource import Problem

    try:
        file.write()
    except Problem as problem:
        file.problem = problem.message
    except OSError as error:
        fail(f"{file.name} cannot be written: {error.strerror}")
    else:
        click.echo(escaped(f"formatted {file.name}"))


def _summary(files: list[FormattedFile], *, wrote: bool) -> str:
    """Return the numbers of files in one line."""
    left = sum(bool(file.problem) for file in files)
    changed = sum(file.changes and not file.problem for file in files)
    same = len(files) - left - changed
    parts = [f"{counted(changed, 'file')} {'formatted' if wrote else 'in another layout'}"]
    parts += [f"{same} unchanged" if wrote else f"{same} in this layout"]
    if left:
        parts.append(f"{left} left as {'it is' if left == 1 else 'they are'}")
    return f"{', '.join(parts)}."
