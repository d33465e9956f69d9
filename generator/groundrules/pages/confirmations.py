"""What pages say of when records were last seen to be true."""

from __future__ import annotations

from groundrules.pages.lifecycle import in_words
from groundrules.records import Catalogue
from groundrules.records.expectation import Exemption, Expectation
from groundrules.records.platform import Label


def confirmed(record: Expectation | Exemption | Label) -> str:
    """Return when a record was last confirmed, and by whom."""
    if record.confirmed:
        return f"{record.confirmed.date} by {record.confirmed.by}"
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
