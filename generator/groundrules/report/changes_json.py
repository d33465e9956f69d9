"""What changed, as JSON with all details.

``version`` changes only when a key is removed or changes its meaning; keys can be added.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from groundrules.changes.change_report import ChangeReport, NoticeBreach, ReportedRevision
from groundrules.changes.data_change import DataChange, Subject
from groundrules.report import dumped

VERSION = 1


def data(report: ChangeReport) -> str:
    """Return the report as one JSON object."""
    effects = Counter(change.effect.value for change in report.changes)
    breaches = report.breaches
    return dumped(
        {
            "version": VERSION,
            "before": _revision(report.before),
            "after": _revision(report.after),
            "view": report.view,
            "summary": dict(sorted(effects.items())),
            "changes": [_change(change) for change in report.changes],
            "breaking": None if breaches is None else [_breach(each) for each in breaches],
            "not_compared": [
                {"revision": unread.revision, "place": unread.place, "reason": unread.reason}
                for unread in report.unread
            ],
            "notes": list(report.notes),
        }
    )


def _revision(revision: ReportedRevision) -> dict[str, str]:
    return {"name": revision.name, "commit": revision.commit, "day": revision.day}


def _change(change: DataChange) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "effect": change.effect.value,
        **_subject(change.subject),
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "sentence": change.sentence,
        "path": change.place.path,
        "line": change.place.line,
    }


def _breach(breach: NoticeBreach) -> dict[str, str]:
    return {
        "kind": breach.kind,
        **_subject(breach.subject),
        "sentence": breach.sentence,
        "place": breach.place,
    }


def _subject(subject: Subject) -> dict[str, str]:
    return {"record": subject.kind, "name": subject.name, "title": subject.title}
