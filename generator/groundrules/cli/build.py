"""``groundrules build``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from groundrules.cli.options import CONFIGURATIONS, FOLDER, ROOT
from groundrules.cli.printing import fail


def _processes(value: str) -> str:
    """Return a number of processes, or ``auto``, as Sphinx accepts it."""
    if value != "auto" and not (value.isdecimal() and int(value) > 0):
        message = f"{value!r} is not a number of processes; write 1 or more, or auto"
        raise click.BadParameter(message)
    return value


@click.command()
@ROOT
@click.option(
    "-o", "--output", type=FOLDER, show_default="build/ and the name of the builder",
    help="Folder to write the manual to.",
)  # fmt: skip
@CONFIGURATIONS
@click.option("-b", "--builder", default="html", show_default=True, help="Sphinx builder.")
@click.option(
    "-j", "--jobs", default="auto", show_default=True, metavar="NUMBER", type=_processes,
    help="Number of parallel processes; auto: one for each processor.",
)  # fmt: skip
@click.option("-W", "--fail-on-warning", is_flag=True, help="Exit with 1 after any warning.")
@click.option("-n", "--nitpicky", is_flag=True, help="Warn about every reference without a target.")
@click.option("-E", "--fresh-env", is_flag=True, help="Read every page again.")
@click.option("-q", "--quiet", is_flag=True, help="Show warnings only.")
def build(root: Path, output: Path | None, builder: str, **options: object) -> None:
    """Validate the data, generate its pages and build the manual with Sphinx."""
    from groundrules.sphinxext.build import BuildSettings
    from groundrules.sphinxext.build import build as run
    from groundrules.sphinxext.builders import UnknownBuilderError

    root = root.resolve()
    conf, source = manual_folders(root)
    output = output_folder(output or root / "build" / builder, root)
    settings = BuildSettings(
        conf=conf,
        source=source,
        output=output,
        builder=builder,
        **options,  # type: ignore[arg-type]
    )
    try:
        code = run(settings)
    except UnknownBuilderError as error:
        raise click.UsageError(str(error)) from None
    if code == 0:
        index = output / "index.html"
        click.echo(f"The manual is at {index.as_uri() if index.is_file() else output}")
    sys.exit(code)


def manual_folders(root: Path) -> tuple[Path, Path]:
    """Return the folder of ``conf.py`` and that of the pages of the manual in ``root``."""
    from groundrules.manual_folder import ManualFolder

    manual = ManualFolder(root)
    if manual.conf is None:
        raise click.UsageError(f"no conf.py in {root}; give the manual's folder with --root")
    if manual.source is None:
        raise click.UsageError(f"no folder source/ in {root}; create it for the manual's pages")
    return manual.conf, manual.source


def output_folder(output: Path, root: Path) -> Path:
    """Return the folder to write the manual to, which is created and in no linked folder."""
    from groundrules.build_folders import UnwritableFolderError, make
    from groundrules.confined import LinkError, check_named

    try:
        check_named(output, root)
    except LinkError:
        fail(_linked(output, root))
    output = output.resolve()
    try:
        make(output)
    except UnwritableFolderError as error:
        fail(str(error))
    return output


def _linked(output: Path, root: Path) -> str:
    name = output.relative_to(root) if output.is_relative_to(root) else output
    return (
        f"a symbolic link on the way to {name} leads out of the repository; remove the link, or "
        "choose another --output"
    )
