"""``groundrules impact``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from groundrules.cli.options import (
    CACHE,
    CONFIGURATIONS,
    CONNECTIONS,
    EXISTING_FOLDER,
    SYSTEM,
    TENANT,
    configuration_folder,
    form_option,
    tenant_config,
)
from groundrules.cli.printing import reported_errors, show_note
from groundrules.garbage import collection_paused_to_end

KINDS = ("label", "nodeset", "job", "template", "semaphore", "parent")


@click.command()
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.argument("name", required=False)
@click.option(
    "--file",
    "path",
    metavar="PATH",
    help="Show what everything in a file touches, or which jobs run it.",
)
@SYSTEM
@tenant_config("Without it, --root is a manual or one repository.")
@TENANT
@click.option(
    "--root",
    type=EXISTING_FOLDER,
    show_default="the current folder, or the manual or configuration around it",
    help="Folder of the manual, or with the repositories of the tenant, or one repository.",
)
@CONNECTIONS
@CONFIGURATIONS
@click.option(
    "--project",
    help="For one repository: the only project to search.  [default: all that it configures]",
)
@click.option("--branch", help="For one repository: the branch to read.")
@form_option("text", "json", "dot")
@CACHE
def impact(kind: str | None, name: str | None, path: str | None, form: str, **options: Any) -> None:
    """Show who uses an object of the configuration, and what breaks without it.

    Shows the nodesets, jobs, projects, pipelines and branches that use NAME, directly and through
    inheritance, each with the chain of definitions. In a manual, its configurations are read, and
    the records that name it are shown too.
    """
    from groundrules.checker import OptionError
    from groundrules.ci.graph_question import AskedError
    from groundrules.ci.impact_question import FILE
    from groundrules.ci.written_paths import PathError

    click.get_current_context().with_resource(collection_paused_to_end())
    if path is not None and kind is not None:
        raise click.UsageError("--file and a NAME exclude each other; leave out one of them")
    if path is None and (kind is None or name is None):
        raise click.UsageError("say what is meant, such as 'job NAME', or --file PATH")
    subject = (FILE, path) if path is not None else (kind, name)
    with reported_errors(AskedError, OptionError, PathError):
        click.echo(_answer(*subject, form, options), nl=False)  # type: ignore[arg-type]


def _answer(kind: str, name: str, form: str, options: dict[str, Any]) -> str:
    from groundrules.cache_folder import cache_folder
    from groundrules.ci.impact_question import FILE, ImpactQuestion
    from groundrules.ci.written_paths import WrittenPaths
    from groundrules.cli.cached_answers import impact_answer
    from groundrules.manual_folder import ManualFolder
    from groundrules.manual_search import manual_around

    root, tenant_file = options["root"], options["tenant_file"]
    paths = options.pop("configurations")
    manual = None if tenant_file else root or manual_around(Path())
    has_manual = manual is not None and ManualFolder(manual.resolve()).exists
    root = root or Path()
    if not has_manual and tenant_file is None:
        root = configuration_folder(root)
    options["root"] = root
    read = [place for place in (root, tenant_file, *paths.values()) if place]
    folder = cache_folder(*read) if options.pop("cache") else None
    if manual and has_manual:
        from groundrules.checker.configurations import ConfigurationOptions
        from groundrules.checker.manual_impact import impact_of_manual
        from groundrules.report.impact import impact_report

        settings = ConfigurationOptions(
            paths=paths, tenant=options["tenant"], hosts=options["hosts"], cache=folder
        )
        data = ManualFolder(manual.resolve()).data
        return impact_report(impact_of_manual(manual, data, settings, kind, name), form)
    if kind == FILE:
        written = WrittenPaths(root)
        name = written.path(name)
        for note in written.shadowed_notes:
            show_note(note)
    system = options.pop("system")
    question = ImpactQuestion(cache=folder, kind=kind, name=name, **options)
    return impact_answer(system, question, form)
