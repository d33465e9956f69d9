"""``groundrules init``."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from groundrules.cli.init_questions import Questions, ask
from groundrules.cli.options import FOLDER
from groundrules.cli.printing import escape_unencodable, fail, show_note
from groundrules.interrupts import Interrupted
from groundrules.nearest import first_few
from groundrules.text import counted, listed, verbatim

if TYPE_CHECKING:
    from groundrules.authoring.scaffold.planned import PlannedFile
    from groundrules.authoring.scaffold.surroundings import Surroundings
    from groundrules.authoring.scaffold.target import Target

MOST_NAMES = 5


@click.command()
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
@click.option("--name", help="Short name of the CI system or platform, for the navigation bar.")
@click.option("--title", help="Heading of the front page.")
@click.option("--publisher", help="Team that keeps the manual.")
@click.option(
    "--kinds", metavar="LIST",
    help="Kinds of records: all, none, or some of platform,expectation,graph,session.",
)  # fmt: skip
@click.option(
    "--ci", metavar="LIST",
    help="CI files to write: all, none, or some of zuul,github,gitlab,readthedocs.",
)  # fmt: skip
@click.option(
    "--license", metavar="NAME",
    help="License of the texts: Apache-2.0, CC-BY-4.0, CC0-1.0 or none.",
)  # fmt: skip
@click.option(
    "--requirement", metavar="TEXT",
    help="How pip installs Groundrules, such as 'groundrules @ https://…'.",
)  # fmt: skip
@click.option("-y", "--yes", is_flag=True, help="Ask no questions; use the defaults.")
@click.option("--add", is_flag=True, help="Add what is missing to a folder that is not empty.")
@click.option("--diff", is_flag=True, help="Only show what differs in files that exist.")
def init(folder: Path, *, yes: bool, add: bool, diff: bool, **given: str | None) -> None:
    """Write a new manual, with its pages, examples and CI.

    It passes its checks, and can be built and published.
    In a terminal, the command asks for what no option gives. It never changes a file that
    exists. DIR is the current folder if it is left out.
    """
    from groundrules.authoring.scaffold.planned import planned
    from groundrules.authoring.scaffold.surroundings import Surroundings
    from groundrules.authoring.scaffold.target import Target

    escape_unencodable()
    surroundings = Surroundings.of(Path(os.path.realpath(folder)))
    target = Target(surroundings.folder, _top(surroundings))
    is_asking = not (yes or diff) and _is_terminal()
    answers = ask(surroundings, Questions(given, is_asking), has_top=target.top is not None)
    if others := target.other_jobs(answers):
        answers = replace(answers, ci=tuple(name for name in answers.ci if name != "zuul"))
    files = list(planned(answers))
    if diff:
        click.echo("".join(map(target.diff, files)), nl=False, color=False)
        return
    if not add and (strangers := target.strangers(files)):
        raise click.UsageError(_not_empty(folder, strangers))
    unsure = "" if given["requirement"] else _unsure(target, files)
    written = _write(target, files)
    if unsure:
        show_note(unsure)
    show_note(f"{counted(written, 'file')} written")
    if not target.has_extension():
        show_note(_to_add(target, files))
    for file in files:
        if path := target.other_tox(file):
            show_note(_environments(path, file))
    if others:
        show_note(f"no Zuul job was added for the manual: {_short(others)} has others")
    _show_next(target.folder)


def _to_add(target: Target, files: list[PlannedFile]) -> str:
    """Return what an existing Sphinx project needs to build the manual."""
    from groundrules.authoring.scaffold.planned import INDEX
    from groundrules.authoring.scaffold.target import FileState

    needed = "to build the manual, add 'groundrules.sphinxext' to extensions in conf.py"
    index = next(file for file in files if file.path == INDEX)
    if target.state(index) is FileState.OTHER:
        pages = "generated/*/index and generated/changes"
        needed += f", and {pages} to a toctree with the option :glob:"
    if requirements := target.requirements():
        needed += f"; add groundrules to {_short(requirements)}"
    return needed


def _environments(path: Path, file: PlannedFile) -> str:
    """Return the environments that an existing configuration of tox needs for the manual."""
    _, start, sections = file.text.partition("[testenv:")
    return f"to check the manual with tox, add to {_short(path)}:\n\n{start}{sections}"


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _top(surroundings: Surroundings) -> Path | None:
    """Return the top of the repository, if files can be written there; None if not.

    Only the manual's folder and the current one were named by the user.
    """
    top = surroundings.top or surroundings.folder
    return top if top in (surroundings.folder, Path.cwd()) else None


def _not_empty(folder: Path, names: list[str]) -> str:
    shown = first_few([*map(verbatim, names)], MOST_NAMES)
    return (
        f"{folder} is not empty: it has {shown}; choose another folder, or use --add to add "
        "the files of a manual that are missing there"
    )


def _unsure(target: Target, files: list[PlannedFile]) -> str:
    """Return why pip may not find this program with what new files say; empty if it does."""
    from groundrules.authoring.scaffold.planned import WITH_REQUIREMENT
    from groundrules.authoring.scaffold.surroundings import requirement
    from groundrules.authoring.scaffold.target import FileState

    needed = requirement()
    named = (file for file in files if file.path in WITH_REQUIREMENT)
    new = [file.path for file in named if target.state(file) is FileState.MISSING]
    if not (needed.origin and new):
        return ""
    return (
        f"pip may not find {needed.text!r} elsewhere, since {needed.origin}; tox, pre-commit and "
        f"CI need its address: write '{needed.text} @ git+https://…' instead of the name in "
        f"{listed(new)}, or let --requirement write it into a new manual"
    )


def _write(target: Target, files: list[PlannedFile]) -> int:
    """Write the files that are missing, and print their paths; name those that are left.

    Return how many were written.
    """
    from groundrules.authoring.scaffold.target import FileState
    from groundrules.confined import LinkError

    by_state: dict[FileState, list[PlannedFile]] = {state: [] for state in FileState}
    for file in files:
        by_state[target.state(file)].append(file)
    try:
        written = target.write(by_state[FileState.MISSING])
    except LinkError as error:
        fail(f"{error.filename} is a symbolic link that leads out; nothing was written")
    except OSError as error:
        fail(f"{error.filename} cannot be written: {error.strerror}; nothing was written")
    except Interrupted:
        show_note("groundrules: interrupted; nothing was written")
        raise
    for path in written:
        click.echo(_short(path))
    if by_state[FileState.OTHER]:
        paths = [str(_short(target.existing(file))) for file in by_state[FileState.OTHER]]
        show_note(
            f"left as they are: {', '.join(paths)}; "
            "the same command with --diff shows what differs",
        )
    if target.top is None:
        show_note(
            "no file of CI, pre-commit or an editor was written: they belong to the top of the "
            "repository; run the command there to add them",
        )
    return len(written)


def _short(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _show_next(folder: Path) -> None:
    where = "" if folder == Path.cwd() else f"cd {shlex.quote(os.path.relpath(folder))}, then "
    show_note(f"next: {where}groundrules check, groundrules build")
