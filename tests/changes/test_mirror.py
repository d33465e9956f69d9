"""What holds of any two catalogues: nothing changes in the same one, and going back undoes it."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from made_records import CATALOGUES
from msgspec.structs import replace

from groundrules.changes.catalogue_difference import compare
from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.change_report import ChangeReport, ReportedRevision
from groundrules.changes.data_change import DataChange, mirrored
from groundrules.records import Catalogue
from groundrules.report.changes_json import data
from groundrules.report.changes_markdown import markdown
from groundrules.report.changes_text import text

FEW = settings(
    max_examples=60, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@FEW
@given(CATALOGUES)
def test_nothing_changed_in_the_same_catalogue(catalogue: Catalogue) -> None:
    assert compare(catalogue, catalogue) == []


@FEW
@given(CATALOGUES, CATALOGUES)
def test_the_way_back_has_the_inverse_of_each_change(one: Catalogue, other: Catalogue) -> None:
    back = sorted(repr(change.key) for change in compare(other, one))
    assert back == sorted(repr(change.key) for change in undone(compare(one, other)))


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


def test_every_kind_has_one_inverse() -> None:
    assert {kind.inverse.inverse for kind in ChangeKind} == set(ChangeKind)
