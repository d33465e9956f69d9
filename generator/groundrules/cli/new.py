"""``groundrules new``: a command for each thing that can be made, from the model of its record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem
from typing_extensions import override

from groundrules.cli.options import ROOT

if TYPE_CHECKING:
    from groundrules.authoring.new_record.forms import RecordForm
    from groundrules.authoring.new_record.record_questions import Question


class Forms(click.Group):
    """The commands are made when they are needed: their options come from the models."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        from groundrules.authoring.new_record.forms import FORMS

        return sorted(FORMS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from groundrules.authoring.new_record.forms import FORMS

        form = FORMS.get(cmd_name)
        return _command(form) if form else None


@click.group(cls=Forms)
def new() -> None:
    """Write a new record into the data.

    On a terminal, what is required and not given as an option is asked for. The record goes into
    the right file, and everything else in that file stays as it is.
    """


_ABOUT = {
    "session": "With --from, topics, decisions and actions come from notes: the log or minutes of "
    "MeetBot, a mail, or a page of a wiki, an etherpad or Markdown. What is not understood stays "
    "as text. With --from-last, it is the agenda of the next meeting, with the open actions of the "
    "series.",
    "graph": "'groundrules import' drafts a graph from a real configuration.",
}


def _command(form: RecordForm) -> click.Command:
    from groundrules.authoring.new_record.record_questions import questions

    asked = questions(form)

    def run(root: Path, **given: Any) -> None:
        from groundrules.cli.making import make

        make(form, root, given)

    options: list[click.Parameter] = [_option(question) for question in asked]
    article = "an" if form.name[0] in "aeiou" else "a"
    about = " ".join(filter(None, (f"Write {article} {form.name}.", _ABOUT.get(form.name))))
    command = click.Command(form.name, params=options, callback=run, help=about)
    decorators = [ROOT, *(_SESSION_OPTIONS if form.name == "session" else ())]
    for decorate in decorators:
        decorate(command)
    return command


def _option(question: Question) -> click.Option:
    words = question.words
    allowed = f" One of {', '.join(words)}." if words else ""
    repeated = " Can be repeated." if question.is_many else ""
    is_flag = {"is_flag": True} if question.is_flag else {"metavar": "TEXT", "type": str}
    return click.Option(
        [f"--{question.name}", parameter(question)],
        multiple=question.is_many,
        default=None if not question.is_many else (),
        help=f"{question.about}{allowed}{repeated}",
        shell_complete=_completer(question),
        **is_flag,
    )


def parameter(question: Question) -> str:
    """Return the name of the parameter for the answer to a question."""
    return f"answer_{question.name.replace('-', '_')}"


def _completer(
    question: Question,
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def completed(
        ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from groundrules.cli.completion import begun, known_answers

        words = question.words or dict.fromkeys(known_answers(ctx, question), "")
        return begun(words, incomplete)

    return completed


def _complete_session(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from groundrules.cli.completion import begun, known_names

    return begun(dict.fromkeys(known_names(ctx, "session"), ""), incomplete)


_SESSION_OPTIONS = (
    click.option(
        "--from", "source", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True),
        help="Notes or an agenda to start from; - reads standard input.",
    ),
    click.option("--encoding", metavar="NAME", help="Encoding of the notes, if it is not UTF-8."),
    click.option(
        "--from-last", "last", metavar="SESSION", shell_complete=_complete_session,
        help="Session of the series whose next meeting this is.",
    ),
)  # fmt: skip
