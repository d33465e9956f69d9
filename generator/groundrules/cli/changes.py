"""``groundrules changes``."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from groundrules.cli.options import DATA, ROOT, form_option
from groundrules.cli.printing import fail, show_note, show_text
from groundrules.garbage import collection_paused_to_end

if TYPE_CHECKING:
    from groundrules.changes.change_report import ChangeReport

FORMATS = {"text": "text", "json": "data", "markdown": "markdown"}


@click.command()
@click.argument("before", metavar="REV1")
@click.argument("after", metavar="[REV2]", required=False)
@ROOT
@DATA
@click.option("--label", help="Show only what concerns this label of nodes.")
@click.option("--graph", help="Show only what concerns this documented graph.")
@click.option(
    "--details", "with_details", is_flag=True, help="List details too, such as words and sources."
)
@click.option(
    "--breaking", is_flag=True,
    help="Exit with 1 if a promise was taken away without the notice that manual.yaml asks for.",
)  # fmt: skip
@form_option(*FORMATS, about="Format of the report.")
def changes(before: str, after: str | None, root: Path, form: str, **options: Any) -> None:
    """Show what changed in the promises between two git revisions of the data.

    REV1 and REV2 are commits, tags or branches, also with steps back, such as HEAD~3. Without
    REV2, REV1 is compared with the work tree. A...B compares the last common commit of A and B
    with B, and A... compares that of A and HEAD with the work tree. REV:FOLDER names the folder of
    the data in a revision, if it was another one.

    Records are compared by kind and name, so that a moved file is no change. Nothing is fetched,
    and the work tree is not changed.
    """
    from groundrules.changes.asked_revisions import RevisionError, asked_revisions
    from groundrules.changes.changes_question import ChangesQuestion, UnansweredError
    from groundrules.changes.changes_question import answer as answered
    from groundrules.ci.errors import UnreadableError

    click.get_current_context().with_resource(collection_paused_to_end())
    try:
        asked = asked_revisions(before, after)
        report = answered(ChangesQuestion(root=root.resolve(), asked=asked, **options))
    except (RevisionError, UnansweredError) as error:
        raise click.UsageError(str(error)) from None
    except UnreadableError as error:
        fail(str(error))
    for note in report.notes:
        show_note(note)
    show_text(_rendered(report, form))
    if report.is_unsure:
        fail("some data could not be read, so it is not known whether a promise was taken away")
    sys.exit(1 if report.breaches else 0)


def _rendered(report: ChangeReport, form: str) -> str:
    module = import_module(f"groundrules.report.changes_{form}")
    rendered: str = getattr(module, FORMATS[form])(report)
    return rendered
