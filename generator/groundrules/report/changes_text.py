"""What changed, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from groundrules.changes.change_kinds import ChangeKind
from groundrules.changes.change_report import HEADINGS, ChangeReport
from groundrules.changes.data_change import DataChange, Subject
from groundrules.changes.shown_values import excerpts
from groundrules.text import counted, escaped_lines


def text(report: ChangeReport) -> str:
    """Return the report as lines."""
    return "\n".join(map(escaped_lines, _paragraphs(report)))


def subject_words(subject: Subject) -> str:
    """Return a record in words.

    >>> subject_words(Subject("expectation", "swap", "No swap"))
    'expectation swap (No swap)'
    """
    title = f" ({subject.title})" if subject.title else ""
    return f"{subject.kind} {subject.name}".rstrip() + title


def headline(report: ChangeReport) -> str:
    """Return the number of changes, and from which revision to which."""
    about = f", about {report.view}" if report.view else ""
    number = counted(len(report.changes), "change")
    return f"{number} from {report.before.words} to {report.after.words}{about}"


def _paragraphs(report: ChangeReport) -> Iterator[Iterable[str]]:
    yield [headline(report) if report.changes else report.nothing]
    for effect, subjects in report.sections:
        yield (HEADINGS[effect], *_section(subjects))
    if report.left_out:
        yield [report.left_out]
    if report.breaches is not None:
        yield _breaches(report)
    if report.unread:
        yield ("Not compared, because it could not be read", *(f"  {one}" for one in report.unread))


def _section(subjects: Iterable[tuple[Subject, list[DataChange]]]) -> Iterator[str]:
    for subject, changes in subjects:
        yield f"  {subject_words(subject)}"
        for change in changes:
            yield from _change(change)


def _change(change: DataChange) -> Iterator[str]:
    yield f"    {change.place.path}:{change.place.line}: {change.sentence}"
    if change.kind is ChangeKind.REWORDED:
        before, after = excerpts(change.before, change.after, is_plain=change.is_plain)
        yield f"      before: {before}"
        yield f"      now:    {after}"


def _breaches(report: ChangeReport) -> Iterator[str]:
    if not report.breaches:
        known = "is known to have been" if report.is_unsure else "was"
        yield f"No promise {known} taken away without notice."
        return
    yield f"{counted(len(report.breaches), 'promise')} taken away without the notice of manual.yaml"
    for subject, breaches in groupby(report.breaches, lambda breach: breach.subject):
        yield f"  {subject_words(subject)}"
        for breach in breaches:
            yield f"    {breach.place}: {breach.sentence} [{breach.kind}]"
