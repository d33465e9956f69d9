"""``groundrules graph``."""

from __future__ import annotations

import sys
from typing import Any

import click

from groundrules.cli.options import (
    CACHE,
    CONNECTIONS,
    REPOSITORIES,
    SYSTEM,
    TENANT,
    configuration_folder,
    form_option,
    tenant_config,
)
from groundrules.cli.printing import report, reported_errors, show_note
from groundrules.garbage import collection_paused_to_end
from groundrules.text import counted


@click.command()
@SYSTEM
@tenant_config("Without it, --root is one repository, resolved on its own.")
@TENANT
@REPOSITORIES
@CONNECTIONS
@click.option(
    "--project",
    help="Project to show. For one repository: its name, if the stanzas and remote do not show it.",
)
@click.option("--pipeline", help="Pipeline to show.  [default: all pipelines of the project]")
@click.option(
    "--branch",
    help="Branch of the change.  [default: the branch of the files, or the default branch]",
)
@click.option("--job", help="Show only this job, its dependencies and its dependents.")
@click.option("--why", nargs=2, metavar="JOB DEPENDENCY", help="Show why JOB waits for DEPENDENCY.")
@click.option(
    "--all",
    is_flag=True,
    help="Show every project, pipeline and branch, or all of a --project, --pipeline or --branch.",
)
@form_option("text", "json", "jsonl", "dot", "mermaid")
@click.option(
    "--findings",
    is_flag=True,
    help="Report mistakes in the configuration, and names that other repositories define.",
)
@CACHE
def graph(system: str, form: str, findings: bool, cache: bool, **options: Any) -> None:
    """Show job graphs as Zuul would freeze them."""
    from groundrules.cache_folder import cache_folder
    from groundrules.ci.graph_question import MISTAKES, GraphQuestion
    from groundrules.cli.graph_answer import answer

    click.get_current_context().with_resource(collection_paused_to_end())
    if options["tenant_file"] is None:
        options["root"] = configuration_folder(options["root"])
    read = filter(None, (options["root"], options["tenant_file"]))
    question = GraphQuestion(cache=cache_folder(*read) if cache else None, **options)
    with reported_errors():
        answered = answer(system, question, form, with_findings=findings)
    click.echo(answered.text, nl=False)
    for note in answered.notes:
        show_note(note)
    if findings:
        report(answered.findings)
    elif answered.mistakes and not answered.refusal:
        number = counted(answered.mistakes, "finding")
        show_note(f"{number} in the configuration; use --findings to list them")
    if answered.refusal:
        raise click.UsageError(answered.refusal.removesuffix(MISTAKES if findings else ""))
    sys.exit(1 if answered.has_error else 0)
