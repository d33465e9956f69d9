"""What pages say of when records were last seen to be true."""

from __future__ import annotations

from collections.abc import Sequence

from groundrules.pages.lifecycle import in_words
from groundrules.pages.measured_rows import MeasuredRow, MeasuredState
from groundrules.records import Catalogue
from groundrules.records.expectation import Exemption, Expectation
from groundrules.records.platform import Label
from groundrules.text import counted

_CONFIRMING = (MeasuredState.KEPT, MeasuredState.OLD)


def confirmed(record: Expectation | Exemption | Label, measured: Sequence[MeasuredRow] = ()) -> str:
    """Return when a record was last confirmed, by whom, and on how many nodes it was measured.

    ``measured`` are the measurements of an expectation, or those on the nodes of a label.
    """
    kept = [row for row in measured if row.state in _CONFIRMING]
    if not kept:
        return _by_somebody(record) or _never(record)
    day = max(row.measured.day for row in kept)
    nodes = sum(row.measured.kept for row in kept)
    what = counted(len({row.expectation.id for row in kept}), "expectation")
    where = f"of {what}" if isinstance(record, Label) else f"on {counted(nodes, 'node')}"
    by_person = _by_somebody(record) or "never by a person"
    return f"{by_person} · by measurement {where} until {day}"


def _by_somebody(record: Expectation | Exemption | Label) -> str:
    return f"{record.confirmed.date} by {record.confirmed.by}" if record.confirmed else ""


def _never(record: Expectation | Exemption | Label) -> str:
    recorded = getattr(record, "recorded", None)
    return f"never since it was written down on {recorded}" if recorded else "never"


def confirmations(catalogue: Catalogue) -> tuple[int, int]:
    """Return how many expectations are true today, and how many of them somebody confirmed."""
    said = [
        expectation
        for expectation in catalogue.expectations.values()
        if expectation.is_said_on(catalogue.today) and not catalogue.is_example(expectation)
    ]
    return len(said), sum(each.confirmed is not None for each in said)


def unconfirmed(record: Expectation, catalogue: Catalogue) -> str:
    """Return that nobody has confirmed an expectation for too long; nothing where that is not so.

    The manual sets how long that is, and an expectation that is not true today is left out.
    """
    overdue = catalogue.overdue_from(record)
    if catalogue.manual.confirm_after is None or not record.is_said_on(catalogue.today):
        return ""
    if overdue and overdue > catalogue.today:
        return ""
    if record.confirmed:
        day, after = in_words(record.confirmed.date), catalogue.manual.confirm_after
        return f"This was last confirmed on {day}, more than {after} days ago."
    if record.recorded:
        return (
            f"Nobody has confirmed this since it was written down on {in_words(record.recorded)}."
        )
    return "It is not recorded that anybody has confirmed this."
