"""How pages show dates: a date in the future is a plan."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from groundrules.pages import rst
from groundrules.pages.promise_dates import OwnDate, promise_dates
from groundrules.records.expectation import Exemption
from groundrules.records.fields import Record, has_evidence
from groundrules.records.platform import (
    Label,
    Lifecycle,
    Platform,
    ProviderStatus,
    Stage,
    has_come,
)
from groundrules.text import MONTHS, counted


def in_words(date: datetime.date) -> str:
    """Return a day in English, whatever the locale.

    >>> in_words(datetime.date(2027, 4, 5))
    '5 April 2027'
    """
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def planned(date: datetime.date, today: datetime.date) -> str:
    """Return a day, marked as a plan if it is in the future."""
    return str(date) if has_come(date, today) else f"{in_words(date)} (planned)"


class HistoryEntry(NamedTuple):
    """One day in the history of a record, and what happened on it."""

    date: datetime.date
    what: str
    evidence: tuple[str, ...] = ()


def history(record: Record, today: datetime.date) -> list[HistoryEntry]:
    """Return the changes of a record, newest first, with the days that its own dates name.

    A day with a change is not named again.  Exceptions have a table of their own.
    """
    changes = getattr(record, "changed", ())
    named = {change.date for change in changes}
    own = [each for each in stages(record, today) if each.date not in named]
    own += [each for each in promise_dates(record, today) if each.exception is None]
    entries = [HistoryEntry(each.date, each.what) for each in own]
    entries += [
        HistoryEntry(change.date, change.what, change.evidence) for change in reversed(changes)
    ]
    if seen := getattr(record, "seen", None):
        entries.append(HistoryEntry(seen.date, rst.Rst("Last seen in use.")))
    recorded = getattr(record, "recorded", None)
    if recorded and recorded not in named:
        entries.append(HistoryEntry(recorded, rst.Rst("First written down.")))
    return sorted(entries, key=lambda entry: entry.date, reverse=True)


def stages(record: Record, day: datetime.date) -> Iterator[OwnDate]:
    """Yield each stage in the life of a label or platform; one after ``day`` is a plan."""
    if not isinstance(record, Lifecycle):
        return
    replacement = getattr(record, "replaced_by", None)
    instead = f" Use :ci:label:`{replacement}` instead." if replacement else ""
    for date, what, plan in (
        (record.since, "Introduced.", "Will be introduced."),
        (record.deprecated, f"Deprecated.{instead}", f"Will be deprecated.{instead}"),
        (record.not_supplied, "No longer supplied by anybody.", "Will no longer be supplied."),
        (record.removed, f"Removed.{instead}", f"Will be removed.{instead}"),
    ):
        if date:
            yield OwnDate(date, rst.Rst(plan if date > day else what))


def period(exception: Exemption, today: datetime.date) -> str:
    """Return the period of an exception, after a space; empty if it has no dates."""
    since, until = exception.since, exception.until
    begins = ends = ""
    if since:
        begins = f" from {in_words(since)} on" if since > today else f" since {since}"
    if until:
        ends = f" until {in_words(until) if until > today else until}"
    return f"{begins}{ends}"


def stage_word(label: Label, today: datetime.date) -> str:
    """Return the badge of a label: its stage or, where it has no end, whether it was seen."""
    stage = label.stage_on(today)
    if stage is not Stage.CURRENT:
        return stage.value
    return "seen" if label.seen else "unseen"


def platform_word(platform: Platform, today: datetime.date) -> str:
    """Return the badge of a platform: its stage or, where nothing shows that it is there, *unseen*.

    A day of its coming, evidence, a provider that supplies nodes and a label that was seen in use
    show it.
    """
    if platform.example:
        return "example"
    stage = platform.stage_on(today)
    is_supplied = any(each.status is ProviderStatus.ACTIVE for each in platform.providers)
    is_seen = is_supplied or any(label.seen for label in platform.labels)
    if stage is not Stage.CURRENT or platform.since or is_seen or has_evidence(platform):
        return stage.value
    return "unseen"


def stage_mark(label: Label, today: datetime.date) -> rst.Rst:
    """Return the mark of a label, with the day on which it was seen if it has no end."""
    stage = stage_word(label, today)
    day = f" {label.seen.date}" if label.seen and stage == "seen" else ""
    return rst.Rst(f"{rst.badge(stage)}{day}")


def seen_in(label: Label) -> str:
    """Return when and where a label was last seen in use."""
    if label.seen is None:
        return ""
    jobs = f"{counted(label.seen.jobs, 'job')} of " if label.seen.jobs else ""
    return f"{label.seen.date}, in {jobs}{label.seen.where}"


def state_since(record: Lifecycle, today: datetime.date) -> str:
    """Return since when a label or platform is as its stage says, after a space."""
    ends = (record.removed, record.not_supplied, record.deprecated)
    past = [each for each in ends if has_come(each, today)]
    return f" since {past[0]}" if past else ""


def plans(record: Lifecycle, today: datetime.date) -> str:
    """Return the plans for a label or platform, as the end of a sentence."""
    phrases = (
        (record.since, "can be used from {} on"),
        (record.deprecated, "will be deprecated on {}"),
        (record.not_supplied, "will not be supplied from {} on"),
        (record.removed, "will be removed on {}"),
    )
    return " and ".join(
        phrase.format(in_words(date)) for date, phrase in phrases if date and date > today
    )


def life(record: Lifecycle, today: datetime.date) -> str:
    """Return the state of a label or platform and the plans for it, to follow its name."""
    ends = (
        (record.removed, "was removed on {}"),
        (record.not_supplied, "is not supplied by anybody since {}"),
        (record.deprecated, "is deprecated since {}"),
    )
    past = (phrase.format(date) for date, phrase in ends if has_come(date, today))
    return " and ".join(filter(None, (next(past, ""), plans(record, today))))
