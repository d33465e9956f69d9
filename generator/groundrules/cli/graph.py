"""``groundrules graph``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from groundrules.cli.options import NamedHost
from groundrules.garbage import collection_paused_to_end
from groundrules.systems import SYSTEMS

if TYPE_CHECKING:
    from groundrules.diagnostics import Diagnostic


@click.command()
@click.option(
    "--tenant-config",
    "tenant_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Zuul's tenant file. Without it, --root is one repository, resolved on its own.",
)
@click.option("--tenant", help="Which tenant, where the file has several.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder with the tenant's repositories, or one repository; else the current folder.",
)
@click.option(
    "--connection",
    "hosts",
    multiple=True,
    metavar="NAME=HOST",
    type=NamedHost(),
    help="The canonical host of a connection, for names such as opendev.org/openstack/nova.",
)
@click.option(
    "--project", help="The project whose graph is wanted, or the name of the one repository."
)
@click.option("--pipeline", help="Only this pipeline; else all the project is in.")
@click.option("--branch", help="The branch of the change; else the default branch.")
@click.option(
    "--job",
    help="Only this job, what it waits for, and what waits for it; in pipelines that have it.",
)
@click.option("--why", nargs=2, metavar="JOB DEPENDENCY", help="Why JOB waits for DEPENDENCY.")
@click.option("--all", "everything", is_flag=True, help="Every project, pipeline and branch.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "dot", "mermaid"]),
    default="text",
    show_default=True,
)
@click.option(
    "--system",
    type=click.Choice(list(SYSTEMS)),
    default="zuul",
    show_default=True,
    help="The CI system that reads the configuration.",
)
@click.option(
    "--findings",
    is_flag=True,
    help="Tell what is wrong in the configuration, and what other repositories define.",
)
@click.option(
    "--cache/--no-cache", default=True, show_default=True, help="Remember what files say."
)
def graph(
    hosts: tuple[tuple[str, str], ...],
    everything: bool,
    form: str,
    findings: bool,
    cache: bool,
    system: str,
    **options: object,
) -> None:
    """Show which job really waits for which, as Zuul would freeze it."""
    from groundrules.cache_folder import cache_folder
    from groundrules.ci.graph_question import AskedError, GraphQuestion
    from groundrules.ci.system import system_named

    click.get_current_context().with_resource(collection_paused_to_end())
    read = [each for each in (options["root"], options["tenant_file"]) if isinstance(each, Path)]
    folder = cache_folder(*read) if cache else None
    wanted: dict[str, Any] = {"hosts": dict(hosts), "all": everything, "format": form, **options}
    question = GraphQuestion(cache=folder, **wanted)
    try:
        told = system_named(system).graphs(question)
    except AskedError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        click.echo(f"groundrules: {error}", err=True)
        sys.exit(3)
    click.echo(told.text, nl=False)
    _tell_findings(told.findings, in_full=findings)
    sys.exit(1 if told.has_error else 0)


def _tell_findings(found: tuple[Diagnostic, ...] | None, *, in_full: bool) -> None:
    if not found:
        return
    if in_full:
        from groundrules.report.context import ReportContext
        from groundrules.report.text import text

        click.echo(text(found, ReportContext()), nl=False, err=True)
        return
    from groundrules.rules.zuul import ORDINARY

    if number := sum(each.rule.id not in ORDINARY for each in found):
        count = f"{number} finding{'' if number == 1 else 's'}"
        click.echo(f"{count} in the configuration; --findings tells them", err=True)
