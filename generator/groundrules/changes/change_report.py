"""`ChangeReport`: two revisions and what changed between them, for the formats."""

from __future__ import annotations

from itertools import groupby

from msgspec import Struct

from groundrules.changes.change_kinds import Effect
from groundrules.changes.data_change import DataChange, Subject
from groundrules.text import counted

HEADINGS = {
    Effect.WORSE: "Worse: less is promised or supplied",
    Effect.ANNOUNCED: "Going: it still works, and an end is announced",
    Effect.DIFFERENT: "Different: look whether it concerns you",
    Effect.BETTER: "Better: more is promised or supplied",
    Effect.DETAIL: "Details: words, sources and dates",
}


class Unread(Struct, frozen=True):
    """A part of a revision that was not read, with its place and the reason.

    It ``may_promise`` something.
    """

    revision: str
    place: str
    reason: str
    may_promise: bool = True

    def __str__(self) -> str:
        return f"in {self.revision}: {self.place}: {self.reason}"


class ReportedRevision(Struct, frozen=True):
    """A revision as reports name it; the commit is empty for the work tree."""

    words: str
    name: str
    commit: str
    day: str


class NoticeBreach(Struct, frozen=True, kw_only=True):
    """A promise that was taken away without notice: of which record, since when, and why."""

    kind: str
    subject: Subject
    sentence: str
    place: str


class ChangeReport(Struct, frozen=True, kw_only=True):
    """What changed from one revision to another, the most urgent changes first.

    ``view`` names the label or graph that it is limited to.  ``breaches`` is None where nobody
    asked for them.  Formats for people list details only ``with_details``.
    """

    title: str
    before: ReportedRevision
    after: ReportedRevision
    changes: tuple[DataChange, ...]
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()
    view: str = ""
    breaches: tuple[NoticeBreach, ...] | None = None
    with_details: bool = False

    @property
    def sections(self) -> list[tuple[Effect, list[tuple[Subject, list[DataChange]]]]]:
        """The listed changes by what they mean, and by record."""
        return [
            (effect, [(subject, list(own)) for subject, own in groupby(changes, _subject)])
            for effect, changes in groupby(self.changes, lambda change: change.effect)
            if effect is not Effect.DETAIL or self.with_details
        ]

    @property
    def left_out(self) -> str:
        """The sentence about details that are not listed; empty if there are none."""
        details = [change for change in self.changes if change.effect is Effect.DETAIL]
        if self.with_details or not details:
            return ""
        records = len({change.subject for change in details})
        number = f"{counted(len(details), 'change')} in {counted(records, 'record')}"
        return f"Not listed: {number} of words, sources and dates; --details lists them."

    @property
    def is_unsure(self) -> bool:
        """Whether a promise may have been taken away in what was not read."""
        asked = self.breaches is not None
        return asked and not self.breaches and any(unread.may_promise for unread in self.unread)

    @property
    def nothing(self) -> str:
        """The sentence that nothing changed; it is careful where something was not read."""
        between = f"between {self.before.words} and {self.after.words}"
        if self.unread:
            return f"No change was found {between}, in what could be read."
        return f"Nothing changed {between}{f', about {self.view}' if self.view else ''}."


def _subject(change: DataChange) -> Subject:
    return change.subject
