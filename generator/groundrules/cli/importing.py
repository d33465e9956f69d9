"""``groundrules import``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from groundrules.cli.options import CACHE, CONNECTIONS, DATA, ROOT, TENANT
from groundrules.cli.printing import fail, printable, refuse, show_note
from groundrules.garbage import collection_paused_to_end
from groundrules.text import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundrules.authoring.drafts.request import Imported


@click.command("import")
@click.argument("word", metavar="[SOURCE]", required=False)
@ROOT
@DATA
@click.option(
    "--configuration", metavar="NAME",
    help="Name of SOURCE in manual.yaml.  [default: the one with this path, or a new one]",
)  # fmt: skip
@TENANT
@CONNECTIONS
@click.option(
    "--project",
    help="Project whose jobs to document.  [default: the repository's own, or the only one]",
)
@click.option(
    "--pipeline", "pipelines", multiple=True,
    help="Pipeline to document. Can be repeated: all of them go into one graph.",
)  # fmt: skip
@click.option("--branch", help="Branch to document.  [default: the default branch]")
@click.option(
    "--graph", metavar="ID",
    help="Graph to bring up to date, or the id of a new one.  [default: the graph of the project "
    "and pipelines, or a new one]",
)  # fmt: skip
@click.option(
    "--labels", is_flag=True,
    help="Draft the labels and providers of a platform from nodesets and provider files.",
)  # fmt: skip
@click.option(
    "--platform", metavar="ID",
    help="Platform that --labels brings up to date, or the id of a new one.  [default: the only "
    "platform, or nodes]",
)  # fmt: skip
@click.option("--diff", is_flag=True, help="Show the changes and write nothing.")
@CACHE
def import_(root: Path, labels: bool, diff: bool, cache: bool, **options: Any) -> None:
    """Draft a documented graph from a real configuration, or bring one up to date.

    SOURCE is the name of a configuration in manual.yaml, or the path of a repository, of a git
    directory or of Zuul's tenant file; by default it is the only configuration of the manual.

    The draft has the jobs, what they wait for, and what else the configuration says of them. It
    does not say why: each reason is an open question, which the page shows and check counts.
    If the graph exists, what is new is added, what is gone is marked with its date, and every
    word that is there stays.

    With --labels, SOURCE can also be a file of Nodepool, or a folder of such files.
    """
    from groundrules.authoring.drafts.draft import DraftError
    from groundrules.authoring.drafts.graph_import import import_graph
    from groundrules.authoring.drafts.label_import import import_labels
    from groundrules.authoring.drafts.request import ImportRequest, MistakesError
    from groundrules.authoring.drafts.source import UnclearError
    from groundrules.cache_folder import cache_folder

    click.get_current_context().with_resource(collection_paused_to_end())
    _check_options(options, labels=labels)
    request = ImportRequest(
        root=root.resolve(), cache=cache_folder(root) if cache else None, **options
    )
    try:
        imported = (import_labels if labels else import_graph)(request)
    except (DraftError, UnclearError) as error:
        raise click.UsageError(str(error)) from None
    except MistakesError as error:
        refuse(error, error.findings, root)
    _finish(imported, request.root, request.data, is_written=not diff)


def _check_options(options: Mapping[str, Any], *, labels: bool) -> None:
    """Raise `click.UsageError` for an option of graphs with labels, or the reverse."""
    if labels and (options["graph"] or options["pipelines"]):
        raise click.UsageError("--graph and --pipeline are for graphs; leave out --labels")
    if options["platform"] and not labels:
        raise click.UsageError("--platform is for labels; add --labels")


def _finish(imported: Imported, root: Path, data: str, *, is_written: bool) -> None:
    """Write the files, or show the changes; exit with 1 if some are impossible."""
    from groundrules.authoring.drafts.edited_files import write_all
    from groundrules.fixes import FixRefusedError

    if is_written:
        try:
            write_all(imported.files, root, data)
        except FixRefusedError as error:
            fail(str(error))
        for file in imported.files[:-1]:
            click.echo(escaped(f"{file.path}: the configuration is named there"))
        click.echo(printable(imported.summary))
    else:
        click.echo("".join(file.diff for file in imported.files), nl=False)
    for note in imported.notes:
        show_note(note)
    for reason in imported.refused:
        show_note(f"not changed: {reason}")
    sys.exit(1 if imported.refused else 0)
