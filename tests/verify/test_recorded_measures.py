"""``verify --record``: what the files of measurements have, and when they stay as they are."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from groundrules.authoring.layout.formatting import formatted
from groundrules.authoring.layout.record_layouts import layouts_of_models
from groundrules.checker import check_data
from groundrules.diagnostics import Location
from groundrules.records.expectation import Standing
from groundrules.verify.measured_promise import Distribution, MeasuredPromise, NodeOutcome
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.node_promises import Bound, NodePromise
from groundrules.verify.recorded_measures import UnwritableRecordError, record

CASE = Path(__file__).parents[1] / "records/cases/silent/measurements"
TODAY = datetime.date(2026, 11, 30)
MEMORY = Bound("ansible_memtotal_mb", 7600, 9000, (), "MB")
FILE = "measured/debian-13.yaml"
WRITTEN = """\
# Written by "groundrules verify --record".
label: debian-13
promises:
  - expectation: memory-8gb
    provider: rax
    region: DFW
    standing: guaranteed
    measure: {fact: ansible_memtotal_mb, at_least: 7600, at_most: 9000, unit: MB}
    recorded: 2026-11-30
    first: 2026-11-01
    last: 2026-11-29
    since: 2026-11-20
    kept: 118
    less: 2
    not_measured: 4
    values: {minimum: 7100, p05: 7800, median: 7900.5, p95: 7950, maximum: 7980, bins: [2, 0, 118]}
    history:
      - day: 2026-11-29
        kept: 118
        broken: 2
"""


def at(day: int, month: int = 11) -> datetime.datetime:
    return datetime.datetime(2026, month, day, 12, 30, tzinfo=datetime.UTC)


PROMISE = NodePromise(
    "memory-8gb", NodeKind("debian-13", "rax", "DFW"), MEMORY, Standing.GUARANTEED,
    None, None, Location(""),
)  # fmt: skip
BROKEN = MeasuredPromise(
    promise=PROMISE,
    counts={NodeOutcome.KEPT: 118, NodeOutcome.LESS: 2, NodeOutcome.NOT_MEASURED: 4},
    first=at(1),
    last=at(29),
    since=at(20),
    distribution=Distribution(
        7100.0, 7800.0, 7900.5, 7950.0, 7980.0, ((7100, 2), (7393.3, 0), (7686.7, 118))
    ),
)
UNKNOWN_TIMES = replace(BROKEN, first=None, last=None, since=None)
CPU = Bound("ansible_architecture", values=("x86_64",))


def text(folder: Path, path: str = FILE) -> str:
    return (folder / path).read_text("utf-8")


def test_a_file_has_what_was_compared_and_what_came_of_it(tmp_path: Path):
    assert record(tmp_path, [BROKEN], TODAY) == (FILE,)
    assert text(tmp_path) == WRITTEN


def test_a_file_is_in_the_house_layout(tmp_path: Path):
    record(tmp_path, [BROKEN, replace(BROKEN, promise=_promise(CPU))], TODAY)
    layouts = layouts_of_models()
    assert formatted(text(tmp_path), layouts["measured"], layouts) == text(tmp_path)


def test_the_checks_find_nothing_in_what_is_written(tmp_path: Path):
    for path in (CASE / "data").rglob("*.yaml"):
        if path.parent.name != "measured":
            copy = tmp_path / "data" / path.relative_to(CASE / "data")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    kinds = NodeKind("debian-13", "rax-dfw"), NodeKind("team/linux:large"), NodeKind("debian-13")
    measured = [replace(BROKEN, promise=replace(PROMISE, kind=kind)) for kind in kinds]
    record(tmp_path / "data", measured, TODAY)
    loaded = check_data(tmp_path)
    assert [str(finding) for finding in loaded.report.diagnostics] == []
    assert [label.label for label in loaded.catalogue.measured] == ["debian-13", "team/linux:large"]


def test_the_same_answers_on_another_day_change_no_byte(tmp_path: Path):
    both = [BROKEN, replace(UNKNOWN_TIMES, promise=_promise(CPU, "cpu"))]
    record(tmp_path, both, TODAY)
    before = (tmp_path / FILE).stat().st_mtime_ns
    assert record(tmp_path, both, TODAY + datetime.timedelta(days=9)) == ()
    assert (tmp_path / FILE).stat().st_mtime_ns == before


def test_the_order_of_the_answers_is_not_written(tmp_path: Path):
    others = [replace(BROKEN, promise=_promise(MEMORY, name)) for name in ("b", "a", "c")]
    record(tmp_path, others, TODAY)
    before = text(tmp_path)
    record(tmp_path, reversed(others), TODAY)
    assert text(tmp_path) == before


def test_the_history_has_one_comparison_a_month(tmp_path: Path):
    for month, day, kept in ((9, 5, 10), (9, 30, 20), (10, 31, 30), (11, 29, 40)):
        run = replace(BROKEN, counts={NodeOutcome.KEPT: kept}, last=at(day, month), since=None)
        record(tmp_path, [run], TODAY)
    history = " ".join(text(tmp_path).partition("history:\n")[2].split())
    assert history == (
        "- day: 2026-09-30 kept: 20 broken: 0 - day: 2026-10-31 kept: 30 broken: 0 "
        "- day: 2026-11-29 kept: 40 broken: 0"
    )


def test_a_promise_that_changed_begins_a_new_history(tmp_path: Path):
    record(tmp_path, [replace(BROKEN, last=at(31, 10))], TODAY)
    record(tmp_path, [replace(BROKEN, promise=_promise(replace(MEMORY, at_least=7000)))], TODAY)
    assert "2026-10-31" not in text(tmp_path)
    assert "at_least: 7000" in text(tmp_path)


def test_what_was_not_measured_this_time_stays(tmp_path: Path):
    record(tmp_path, [BROKEN], TODAY)
    record(tmp_path, [replace(BROKEN, promise=_promise(CPU, "cpu"))], TODAY)
    assert text(tmp_path).endswith(WRITTEN.partition("promises:\n")[2])
    assert "  - expectation: cpu\n" in text(tmp_path)


@pytest.mark.parametrize(
    ("first", "last", "is_written"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (None, TODAY - datetime.timedelta(days=1), False),
        (TODAY + datetime.timedelta(days=1), None, False),
    ],
)
def test_only_promises_of_today_are_recorded(tmp_path: Path, first, last, is_written: bool):
    measured = replace(BROKEN, promise=replace(PROMISE, first=first, last=last))
    assert record(tmp_path, [measured], TODAY) == ((FILE,) if is_written else ())
    assert (tmp_path / FILE).exists() is is_written


def test_a_promise_that_no_node_was_compared_with_is_not_recorded(tmp_path: Path):
    assert record(tmp_path, [replace(BROKEN, counts={})], TODAY) == ()
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_guarantees_is_not_broken_since_a_day(tmp_path: Path):
    varies = replace(PROMISE, standing=Standing.VARIES)
    record(tmp_path, [replace(BROKEN, promise=varies)], TODAY)
    assert "less: 2\n" in text(tmp_path)
    assert "since" not in text(tmp_path)


def test_nodes_without_the_fact_are_recorded_and_have_no_history(tmp_path: Path):
    counts = {NodeOutcome.NOT_MEASURED: 3}
    record(tmp_path, [replace(UNKNOWN_TIMES, counts=counts, distribution=None)], TODAY)
    assert "not_measured: 3\n" in text(tmp_path)
    assert "history" not in text(tmp_path)


@pytest.mark.parametrize("values", [("x86_64",), ("x86_64", "aarch64"), (True,), (0,), (4, 8)])
def test_listed_values_are_read_as_they_were_compared(tmp_path: Path, values):
    bound = Bound("ansible_architecture", values=values)
    measured = replace(UNKNOWN_TIMES, promise=_promise(bound), distribution=None)
    record(tmp_path, [measured], TODAY)
    assert record(tmp_path, [measured], TODAY) == ()


@pytest.mark.parametrize(
    "damaged", [b"label: debian-13\n", b"\xff", b"a: [", b"", b"label: debian-13\npromises: [1]\n"]
)
def test_a_damaged_file_is_named_and_stays_as_it_is(tmp_path: Path, damaged: bytes):
    (tmp_path / "measured").mkdir()
    (tmp_path / FILE).write_bytes(damaged)
    with pytest.raises(UnwritableRecordError) as error:
        record(tmp_path, [BROKEN], TODAY)
    assert str(error.value) == (
        "measured/debian-13.yaml cannot be read; 'groundrules check' shows the mistakes in it; "
        "correct them, or remove the file"
    )
    assert (tmp_path / FILE).read_bytes() == damaged


def test_a_link_in_place_of_the_folder_is_not_followed(tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "data/measured").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnwritableRecordError, match="measured is not a folder; remove it"):
        record(tmp_path / "data", [BROKEN], TODAY)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_in_place_of_a_file_is_not_read(tmp_path: Path):
    (tmp_path / "data/measured").mkdir(parents=True)
    (tmp_path / "own.yaml").write_text(WRITTEN, "utf-8")
    (tmp_path / "data" / FILE).symlink_to(tmp_path / "own.yaml")
    with pytest.raises(UnwritableRecordError, match="cannot be read"):
        record(tmp_path / "data", [BROKEN], TODAY)
    assert text(tmp_path, "own.yaml") == WRITTEN


def _promise(bound: Bound, expectation: str = "memory-8gb") -> NodePromise:
    return replace(PROMISE, bound=bound, expectation=expectation)


@pytest.mark.parametrize("end", ["minimum", "maximum"])
def test_numbers_that_the_data_cannot_have_are_left_out(tmp_path: Path, end: str):
    """A node can report any number; the counts are right all the same."""
    assert BROKEN.distribution is not None
    number = {"minimum": -1e308, "maximum": 1e308}[end]
    far = replace(BROKEN, distribution=replace(BROKEN.distribution, **{end: number}))
    assert record(tmp_path, [far], TODAY) == (FILE,)
    values = next(line for line in WRITTEN.splitlines(keepends=True) if "values:" in line)
    assert text(tmp_path) == WRITTEN.replace(values, "")
