"""What holds of any two catalogues: nothing changes in the same one, and going back undoes it."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from made_records import CATALOGUES
from msgspec.structs import replace

from groundrules.changes.catalogue_difference import compare
from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.change_report import ChangeReport, ReportedRevision
from groundrules.changes.data_change import DataChange
from groundrules.records import Catalogue
from groundrules.report.changes_json import data
from groundrules.report.changes_markdown import markdown
from groundrules.report.changes_text import text

FEW = settings(
    max_examples=60, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
PAIRS = (
    (ChangeKind.ADDED, ChangeKind.REMOVED),
    (ChangeKind.SET, ChangeKind.UNSET),
    (ChangeKind.WITHDRAWN, ChangeKind.RESTORED),
    (ChangeKind.STANDING_LOWERED, ChangeKind.STANDING_RAISED),
    (ChangeKind.LOOSENED, ChangeKind.TIGHTENED),
    (ChangeKind.NARROWED, ChangeKind.WIDENED),
    (ChangeKind.EXCEPTION_ADDED, ChangeKind.EXCEPTION_REMOVED),
    (ChangeKind.ANNOUNCED, ChangeKind.CALLED_OFF),
    (ChangeKind.DEPRECATED, ChangeKind.NOT_DEPRECATED),
    (ChangeKind.ENDED, ChangeKind.REVIVED),
    (ChangeKind.POSTPONED, ChangeKind.BROUGHT_FORWARD),
    (ChangeKind.DATE_CAME, ChangeKind.DATE_AHEAD),
    (ChangeKind.REPLACED, ChangeKind.NOT_REPLACED),
    (ChangeKind.PROVIDER_GAINED, ChangeKind.PROVIDER_LOST),
    (ChangeKind.EDGE_ADDED, ChangeKind.EDGE_REMOVED),
    (ChangeKind.EDGE_HARDENED, ChangeKind.EDGE_SOFTENED),
    (ChangeKind.EDGE_ENFORCED, ChangeKind.EDGE_PLANNED),
    (ChangeKind.RULE_ADDED, ChangeKind.RULE_REMOVED),
    (ChangeKind.VERIFICATION_LOST, ChangeKind.VERIFICATION_GAINED),
)
INVERSES = dict(PAIRS) | {second: first for first, second in PAIRS}


@FEW
@given(CATALOGUES)
def test_nothing_changed_in_the_same_catalogue(catalogue: Catalogue) -> None:
    assert compare(catalogue, catalogue) == []


@FEW
@given(CATALOGUES, CATALOGUES)
def test_no_sentence_has_a_word_of_python_for_what_is_not_known(
    one: Catalogue, other: Catalogue
) -> None:
    assert [each.sentence for each in compare(one, other) if "None" in each.sentence] == []


@FEW
@given(CATALOGUES, CATALOGUES)
def test_the_way_back_has_the_inverse_of_each_change(one: Catalogue, other: Catalogue) -> None:
    back = sorted(repr(key(change)) for change in compare(other, one))
    assert back == sorted(repr(key(change)) for change in undone(compare(one, other)))


def key(change: DataChange) -> tuple[object, ...]:
    """Return what identifies a change, without its words and its place."""
    subject = (change.subject.kind, change.subject.name)
    return change.kind, subject, change.field, repr(change.before), repr(change.after)


def mirrored(change: DataChange) -> DataChange:
    """Return the change in the other direction; its effect and words are still the old ones."""
    inverse = INVERSES.get(change.kind, change.kind)
    return replace(change, kind=inverse, before=change.after, after=change.before)


def undone(changes: list[DataChange]) -> Iterator[DataChange]:
    """Yield the changes on the way back; a renamed job has its old name there."""
    names = {
        change.subject.name: f"{change.subject.graph}/{change.before}"
        for change in changes
        if change.kind is ChangeKind.RENAMED
    }
    for change in map(mirrored, changes):
        name = names.get(change.subject.name) if change.subject.kind == "job" else None
        yield replace(change, subject=replace(change.subject, name=name or change.subject.name))


@FEW
@given(CATALOGUES, CATALOGUES)
def test_the_most_urgent_changes_come_first(one: Catalogue, other: Catalogue) -> None:
    places = [list(Effect).index(change.effect) for change in compare(one, other)]
    assert places == sorted(places)


@FEW
@given(CATALOGUES, CATALOGUES)
def test_every_change_can_be_printed(one: Catalogue, other: Catalogue) -> None:
    changes = compare(one, other)
    before, after = (ReportedRevision(f"v{n}", f"v{n}", "", "2026-06-01") for n in (1, 2))
    report = ChangeReport(
        title="A manual", before=before, after=after, changes=tuple(changes), with_details=True
    )
    assert data(report).count('"sentence"') == len(changes)
    assert text(report).isprintable() or "\x1b" not in text(report)
    assert "\x1b" not in markdown(report)


def test_every_other_kind_is_its_own_inverse() -> None:
    assert len(INVERSES) == 2 * len(PAIRS)
    assert set(ChangeKind) - INVERSES.keys() == {
        ChangeKind.CHANGED,
        ChangeKind.MOVED,
        ChangeKind.RENAMED,
        ChangeKind.REORDERED,
        ChangeKind.REWORDED,
    }
