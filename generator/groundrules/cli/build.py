"""``groundrules build``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from groundrules.cli.options import (
    CONFIGURATIONS,
    EXISTING_FOLDER,
    FOLDER,
    ROOT,
    linked,
    manual_folder,
)
from groundrules.cli.printing import fail, show_note

if TYPE_CHECKING:
    from groundrules.manual_folder import ManualFolder


def _processes(value: str) -> str:
    """Return a number of processes, or ``auto``, as Sphinx accepts it."""
    if value != "auto" and not (value.isdecimal() and int(value) > 0):
        message = f"{value!r} is not a number of processes; write 1 or more, or auto"
        raise click.BadParameter(message)
    return value


@click.command()
@ROOT
@click.option(
    "--source", is_eager=True, type=EXISTING_FOLDER,
    show_default="source/, or the folder of conf.py",
    help="Folder of the pages; conf.py is in it or beside it.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=FOLDER,
    show_default="build/ beside source/, else _build/, and the name of the builder",
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
@click.option("-q", "--quiet", is_flag=True, is_eager=True, help="Show warnings only.")
def build(
    root: Path, source: Path | None, output: Path | None, builder: str, **options: object
) -> None:
    """Validate the data, generate its pages and build the manual with Sphinx."""
    from groundrules.sphinxext.build import BuildSettings
    from groundrules.sphinxext.build import build as run
    from groundrules.sphinxext.builders import UnknownBuilderError
    from groundrules.sphinxext.stopped_builds import BuildStoppedError

    manual, conf, pages = manual_to_build(root, source)
    root = manual.root
    output = output_folder(output or manual.build / builder, root)
    settings = BuildSettings(
        conf=conf,
        source=pages,
        output=output,
        builder=builder,
        **options,  # type: ignore[arg-type]
    )
    try:
        code = run(settings)
    except UnknownBuilderError as error:
        raise click.UsageError(str(error)) from None
    except BuildStoppedError as error:
        fail(f"{error}")
    if code == 0:
        index = output / "index.html"
        click.echo(f"The manual is at {index.as_uri() if index.is_file() else output}")
    sys.exit(code)


def manual_to_build(root: Path, source: Path | None = None) -> tuple[ManualFolder, Path, Path]:
    """Return the manual to build, the folder of its ``conf.py``, and that of its pages."""
    from groundrules.conf_file import CONF, EXTENSION, ConfFile
    from groundrules.manual_folder import ManualFolder

    if source:
        root, source = _of_pages(root, source)
    manual = ManualFolder(root.resolve(), source)
    conf, pages = manual.conf, manual.source
    if conf is None or pages is None:
        raise click.UsageError(f"no conf.py in {source or manual.root}; {_other(manual.root)}")
    _require_inside(conf, manual.root, "name the real folder with --root")
    _require_inside(pages, manual.root, "name the real folder with --source")
    if not ConfFile(conf, manual.root).names_extension:  # another file may add it
        without = "without it, records have no pages"
        show_note(f"{conf}/{CONF} does not name {EXTENSION}; {without}")
    return manual, conf, pages


def output_folder(output: Path, root: Path) -> Path:
    """Return the folder to write the manual to, which is created and in no linked folder."""
    from groundrules.build_folders import UnwritableFolderError, make

    _require_inside(output, root, "choose another --output")
    output = output.resolve()
    try:
        make(output)
    except UnwritableFolderError as error:
        fail(str(error))
    return output


def _of_pages(root: Path, source: Path) -> tuple[Path, Path]:
    """Return the folder of the manual with the pages in ``source``, and their real folder."""
    from groundrules.checkout import checkout_around

    if click.get_current_context().get_parameter_source("root") is ParameterSource.DEFAULT:
        root = manual_folder(source)
    _require_inside(source, root, "name another --source")
    source, own = source.resolve(), checkout_around(root) or root.resolve()
    if not source.is_relative_to(own):
        raise click.UsageError(f"{source} is outside the repository of the manual, {own}")
    return root, source


def _other(root: Path) -> str:
    """Return what to write for another manual of the repository around a folder."""
    from groundrules.manual_search import root_options

    if options := root_options(root):
        return f"build that of the repository with {options}"
    has_source = "source" in click.get_current_context().params  # not that of preview
    pages = ", or that of its pages with --source" if has_source else ""
    return f"give the manual's folder with --root{pages}; 'groundrules init' writes a new manual"


def _require_inside(folder: Path, root: Path, hint: str) -> None:
    """Refuse a folder that a link leads out of the manual's repository."""
    from groundrules.confined import LinkError, check_named

    try:
        check_named(folder, root)
    except LinkError:
        fail(linked(folder, root, hint))
