"""``groundrules jobs``."""

from __future__ import annotations

import json
import sys
from typing import IO, TYPE_CHECKING, Any

import click

from groundrules.cli.listed_files import LARGEST, in_repository, read_list
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
from groundrules.cli.printing import reported_errors, show_note
from groundrules.garbage import collection_paused_to_end

if TYPE_CHECKING:
    from groundrules.ci.change_question import AskedChange
    from groundrules.cli.cached_answers import JobAnswer

LISTED = ": 'groundrules check' lists the mistakes"


@click.command()
@SYSTEM
@tenant_config("Without it, --root is one repository, resolved on its own.")
@TENANT
@REPOSITORIES
@CONNECTIONS
@click.option("--project", help="Project of the change. For one repository: its name.")
@click.option(
    "--change",
    metavar="REV..REV",
    help="Change between two revisions, such as HEAD~1..HEAD.",
)
@click.option(
    "--files",
    "listed",
    multiple=True,
    metavar="PATH...",
    help="Changed files, in place of a change in git; - reads them from standard input, one a "
    "line or with a zero byte after each. Paths are from the current folder or from the top of the "
    "repository.",
)
@click.argument("more", nargs=-1, metavar="[PATH]...")
@click.option("--pipeline", help="Pipeline to show.  [default: all pipelines of the project]")
@click.option("--branch", help="Branch of the change.  [default: the branch of the checkout]")
@click.option("--ref", help="Tag or other ref, such as refs/tags/v1, in place of a branch.")
@click.option("--message", help="Commit message of the change.")
@click.option("--why-not", "job", metavar="JOB", help="Show only why JOB runs or does not run.")
@click.option(
    "--old-names/--new-names",
    default=None,
    help="Whether the old name of a renamed file is in the list of files, as at GitHub.  "
    "[default: by the remote]",
)
@click.option(
    "--batch",
    type=click.File("rb"),
    help="Answer many questions: a JSON object a line in, and one out. - is standard input. Needs "
    "--tenant-config.",
)
@form_option("text", "json", "dot", "mermaid")
@CACHE
def jobs(
    system: str,
    listed: tuple[str, ...],
    more: tuple[str, ...],
    message: str | None,
    batch: Any,
    form: str,
    cache: bool,
    **options: Any,
) -> None:
    """Show the jobs that would run for a change, and why the others would not.

    Without --change and --files, the change is what the checkout has and its branch does not:
    the commits and the files that are not committed. If there is nothing, it is the last commit.
    """
    from groundrules.cache_folder import cache_folder
    from groundrules.ci.change_question import ChangeQuestion
    from groundrules.ci.graph_question import AskedError
    from groundrules.ci.system import system_named
    from groundrules.ci.written_paths import COMMIT_MESSAGE
    from groundrules.cli.cached_answers import job_answer

    click.get_current_context().with_resource(collection_paused_to_end())
    files = read_list((*listed, *more))
    _check(files, options, batch)
    if options["tenant_file"] is None:
        options["root"] = configuration_folder(options["root"])
    if files is not None:
        files = in_repository(files, (*listed, *more), options)
        files += (COMMIT_MESSAGE,) if message is not None else ()
    read = filter(None, (options["root"], options["tenant_file"]))
    folder = cache_folder(*read) if cache else None
    with reported_errors(AskedError, instead=LISTED):
        question = ChangeQuestion(cache=folder, files=files, **options)
        if batch:
            _answer_batch(system_named(system).change(question), batch)
        else:
            _show(job_answer(system, question, form), form)


def _check(files: tuple[str, ...] | None, options: dict[str, Any], batch: Any) -> None:
    if files is not None and options["change"] is not None:
        raise click.UsageError("--change and --files exclude each other; leave out one of them")
    if options["ref"] is not None and options["change"] is not None:
        raise click.UsageError("--change and --ref exclude each other; leave out one of them")
    if batch and (files is not None or options["change"] or options["ref"]):
        raise click.UsageError("the questions of --batch have the files; leave out the others")
    if batch and options["tenant_file"] is None:
        raise click.UsageError("--batch needs --tenant-config, which has the projects")


def _show(answer: JobAnswer, form: str) -> None:
    click.echo(f"compared: {answer.compared}", err=form != "text")
    click.echo(answer.text, nl=False)
    for note in answer.notes:
        show_note(note)
    sys.exit(1 if answer.has_error else 0)


def _answer_batch(asked: AskedChange, lines: IO[bytes]) -> None:
    """Print an answer for each question; a question that cannot be answered gets an error."""
    from groundrules.ci.graph_question import AskedError
    from groundrules.report.chosen import batch_line

    for line in iter(lambda: lines.readline(LARGEST + 1), b""):
        if len(line) > LARGEST:
            raise click.UsageError(f"a line of the batch is larger than {LARGEST // 2**20} MiB")
        if not line.strip():
            continue
        identity: object = None
        try:
            question = json.loads(line, parse_constant=_refuse)
            if not isinstance(question, dict):
                raise AskedError("a question is a JSON object")
            identity = question.get("id")
            answer = batch_line(identity, asked.answer(question))
        except (ValueError, RecursionError) as error:
            answer = batch_line(identity, None, str(error) or "the question is nested too deep")
        click.echo(answer)


def _refuse(word: str) -> None:
    """Refuse NaN and Infinity, which Python reads and writes but JSON does not have."""
    raise ValueError(f"{word} is not JSON; write a number or null")
