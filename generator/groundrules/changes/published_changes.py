"""`PublishedChanges`: what changed since the revision that ``manual.yaml`` names, for its page."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from groundrules.changes.asked_revisions import RevisionError, asked_revisions
from groundrules.changes.change_report import ChangeReport
from groundrules.changes.changes_question import ChangesQuestion, answer
from groundrules.checkout import checkout_around
from groundrules.ci.errors import UnreadableError
from groundrules.ci.git import Confinement


class PublishedChanges(Struct, frozen=True):
    """The changes since a revision, or the ``reason`` why a build does not know them."""

    since: str
    report: ChangeReport | None = None
    reason: str = ""


def published_changes(root: Path, data: str, since: str) -> PublishedChanges:
    """Return what changed in the work tree; a build without the revision gets the reason."""
    own = checkout_around(root) or root
    try:
        asked = asked_revisions(since)
        question = ChangesQuestion(root=root, asked=asked, data=data)
        report = answer(question, Confinement(within=(own,), own=own))
    except (RevisionError, UnreadableError) as error:
        return PublishedChanges(since, reason=str(error))
    return PublishedChanges(since, report)
