"""Makes a new record: options and answers → text of a file, checked, written and shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from groundrules.authoring.new_record.addition import Addition, addition, new_findings
from groundrules.authoring.new_record.forms import RecordForm
from groundrules.authoring.new_record.known_names import KnownRecords
from groundrules.authoring.new_record.record_answers import RecordAnswers
from groundrules.cache_folder import cache_folder
from groundrules.checker import check_data
from groundrules.checkout import path_from_here
from groundrules.cli.asking import complete
from groundrules.cli.new import parameter
from groundrules.cli.printing import fail, show_note
from groundrules.cli.starts import start
from groundrules.diagnostics import Diagnostic, Location, Severity
from groundrules.fixes import FixRefusedError
from groundrules.manual_folder import ManualFolder
from groundrules.manual_search import instead_of
from groundrules.prose.escaping import shown
from groundrules.records import LoadedData
from groundrules.report.context import ReportContext
from groundrules.text import escaped


def make(form: RecordForm, root: Path, given: dict[str, Any]) -> None:
    """Make the record that the options describe; ask for the rest."""
    root = root.resolve()
    data = ManualFolder(root).data
    if not (root / data).is_dir():
        instead = instead_of(root, "'groundrules init' makes a manual")
        message = f"there is no folder {data}/ in {root}; {instead}"
        raise click.UsageError(message)
    loaded = _check(root, data, {})
    answers = RecordAnswers(form, KnownRecords(loaded))
    if form.name == "session":
        start(answers, root, given)
    title = answers.values.get("title")
    _take_options(answers, given)
    try:
        complete(answers)
        _keep_title(title, answers)
        added = addition(answers, root, data)
        _refuse_mistakes(added, loaded, root)
        added.write(root)
    except click.Abort:
        fail("no answer; nothing was written")
    except FixRefusedError as error:
        fail(f"{error}; nothing was written")
    except OSError as error:
        fail(f"{error.filename or root / data} cannot be written: {error.strerror}")
    click.echo(escaped(f"{_shown(added.location, root)}: {form.name} added"))
    click.echo("Next: complete it there, then run 'groundrules check'.")


def _keep_title(title: str | None, answers: RecordAnswers) -> None:
    """Keep the title that notes have in the summary of a session that is called otherwise."""
    if title and title != answers.values["title"]:
        parts = (shown(title), answers.values.get("summary"))
        answers.values["summary"] = "\n\n".join(part for part in parts if part)


def _check(root: Path, data: str, drafts: dict[str, bytes]) -> LoadedData:
    cache = cache_folder(root)
    return check_data(root, data, cache=cache, languages=frozenset(), drafts=drafts)


def _take_options(answers: RecordAnswers, given: dict[str, Any]) -> None:
    """Take the answers that are options.  Raises one usage error for all mistakes."""
    mistakes = []
    for question in answers.questions:
        said = given.get(parameter(question))
        if said is None or said == ():
            continue
        answer = str(said).lower() if question.is_flag else said
        answer = list(answer) if question.is_many else answer
        if mistake := answers.mistake(question, answer):
            mistakes.append(f"--{question.name}: {mistake}")
        else:
            answers.take(question, answer)
    if mistakes:
        raise click.UsageError("\n  ".join(mistakes))


def _refuse_mistakes(added: Addition, loaded: LoadedData, root: Path) -> None:
    """Refuse a record that adds an error; show other findings of it."""
    checked = _check(root, added.data, {added.path: added.text.encode()})
    new = new_findings(loaded.report.diagnostics, checked.report.diagnostics)
    errors = [diagnostic for diagnostic in new if diagnostic.rule.severity is Severity.ERROR]
    _show(errors or new, root)
    if errors:
        raise FixRefusedError("the data would have an error that it does not have now")


def _show(findings: list[Diagnostic], root: Path) -> None:
    for diagnostic in findings:
        place = _shown(diagnostic.location, root)
        show_note(f"{place}: {diagnostic.message} [{diagnostic.rule.id}]")


def _shown(place: Location, root: Path) -> str:
    """Return a place in the manual, from the working directory."""
    return ReportContext(here=path_from_here(root)).shown(place)
