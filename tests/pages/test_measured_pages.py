"""How pages show what was measured on nodes; nothing where nothing was."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from groundrules.pages.listings import LISTINGS
from groundrules.pages.matrix import matrix
from groundrules.pages.measured_rows import MeasuredState
from groundrules.pages.outline import Outline
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.pages.value_bars import value_bars
from groundrules.records import load
from groundrules.records.expectation import Measure
from groundrules.records.measured import (
    MOST_BINS,
    MeasuredLabel,
    RecordedMeasure,
    RecordedMonth,
    RecordedValues,
)
from groundrules.records.shape import keys_of
from measured_files import ARM_64, DEBIAN_12, KEPT, MANUAL, MEMORY, VM, measured_outline
from steps import growth

ROOT = Path(__file__).parents[2]
PAGES = (
    "expectations/index",
    "expectations/ipv6",
    "expectations/memory-8gb",
    "kept",
    "labels/debian-12",
    "labels/debian-12-arm64",
    "topics/memory",
)


def page(outline: Outline, name: str) -> str:
    [found] = [each for each in plan(outline.catalogue, outline.verdicts) if each.name == name]
    return Templates().page(found)


def front(outline: Outline) -> str:
    template, _, context = LISTINGS["verification"]
    return Templates().part(template, context(outline, {}))


def said(outline: Outline) -> list[tuple[str, str]]:
    return [(row.state.value, row.said) for row in outline.measurements.rows]


def test_numbers_below_zero_are_numbers_for_the_picture():
    """A minus sign at the beginning of a text is escaped, since it could begin a list."""
    lower = DEBIAN_12.replace("minimum: 7100", "minimum: -5")
    text = page(measured_outline(lower.replace("at_least: 7600", "at_least: -2.5")), "kept")
    assert ".. ci:values:: -5 16000 123 0 0 1\n          :at-least: -2.5\n" in text


def test_the_picture_has_the_only_numbers_that_keep_a_promise():
    only = "{fact: ansible_memtotal_mb, one_of: [7900, 8000], unit: MB}"
    text = page(measured_outline(DEBIAN_12.replace(MEMORY, only)), "kept")
    assert "123 0 0 1\n          :one-of: 7900 8000\n          :unit: MB\n" in text


@pytest.mark.parametrize(
    ("span", "one_of", "outside"),
    [
        ((12, 12, [3]), (11, 13), [True]),
        ((11, 11, [3]), (11, 13), [False]),
        ((10, 14, [1, 1, 1, 1]), (13,), [True, True, False, False]),
        ((10, 14, [1]), (), [False]),
    ],
)
def test_a_bar_without_a_promised_number_is_outside(span, one_of, outside):
    bars = value_bars(*span, one_of=one_of)
    assert bars
    assert [bar.is_outside for bar in bars.bars] == outside


@pytest.mark.parametrize(("number", "is_drawn"), [(MOST_BINS, True), (MOST_BINS + 1, False)])
def test_a_distribution_of_too_many_bins_is_not_drawn(number: int, is_drawn: bool):
    bins = ", ".join(["1"] * number)
    text = page(measured_outline(KEPT.replace("bins: [40]", f"bins: [{bins}]")), "kept")
    assert (".. ci:values::" in text) is is_drawn
    assert "7900 MB on all nodes" in text


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_measurements(name, file_regression):
    text = page(measured_outline(DEBIAN_12, ARM_64), name)
    file_regression.check(text, extension=".rst", basename=name.replace("/", "-"))


def test_the_front_page_names_what_is_broken(file_regression):
    text = front(measured_outline(DEBIAN_12, ARM_64))
    file_regression.check(text, extension=".rst", basename="front")


def test_the_front_page_says_how_much_is_kept():
    text = front(measured_outline(KEPT))
    assert "broken" not in text
    assert "Measurements on nodes that confirm a promise of today: 1 of 1." in text
    assert "not compared automatically" not in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "expectations/memory-8gb",
            "2026-08-17 by the facts in the logs · by measurement on 40 nodes",
        ),
        ("labels/debian-12", "never by a person · by measurement of 1 expectation"),
    ],
)
def test_a_measurement_of_the_promise_is_when_it_was_last_confirmed(name: str, words: str):
    assert f":Last confirmed: {words} until 2026-11-08\n" in page(measured_outline(KEPT), name)
    broken = page(measured_outline(DEBIAN_12), name)
    assert f":Last confirmed: {words.partition(' by a person')[0].partition(' · ')[0]}\n" in broken


def test_a_manual_without_measurements_has_no_word_of_them():
    outline = measured_outline()
    texts = [Templates().page(each) for each in plan(outline.catalogue, outline.verdicts)]
    assert [text for text in (*texts, front(outline)) if "easured on" in text] == []
    assert [text for text in (*texts, front(outline)) if "never-measured" in text] == []
    assert [text for text in texts if "generated/kept" in text] == []
    assert "not compared automatically" in front(outline)


@pytest.mark.parametrize(
    ("change", "state", "words"),
    [
        (
            ("", ""),
            MeasuredState.KEPT,
            "confirmed on 40 of 40 nodes until 2026-11-08 · 3 weeks old when this page was built",
        ),
        (
            ("    last: 2026-11-08\n", ""),
            MeasuredState.KEPT,
            "confirmed on 40 of 40 nodes, recorded on 2026-11-08, at times that are not known · "
            "3 weeks old when this page was built",
        ),
        (
            ("2026-11-08", "2026-08-31"),
            MeasuredState.OLD,
            "confirmed on 40 of 40 nodes until 2026-08-31 · 3 months old when this page was built",
        ),
        (
            ("at_least: 7600", "at_least: 7000"),
            MeasuredState.CHANGED,
            "measured for another promise: 7000 to 9000 MB · kept by 40 of 40 nodes until "
            "2026-11-08 · 3 weeks old when this page was built",
        ),
        (
            ("unit: MB", "unit: GB"),
            MeasuredState.CHANGED,
            "measured for another promise: 7600 to 9000 GB · kept by 40 of 40 nodes until "
            "2026-11-08 · 3 weeks old when this page was built",
        ),
        (
            ("standing: guaranteed", "standing: varies"),
            MeasuredState.CHANGED,
            "measured for another promise: 7600 to 9000 MB · kept by 40 of 40 nodes until "
            "2026-11-08 · 3 weeks old when this page was built",
        ),
        (
            ("    kept: 40", "    not_measured: 40"),
            MeasuredState.NOT_MEASURABLE,
            "no node had the fact until 2026-11-08 · not measurable on 40 of 40 nodes · "
            "3 weeks old when this page was built",
        ),
        (
            ("    last: 2026-11-08\n    kept: 40", "    not_measured: 40"),
            MeasuredState.NOT_MEASURABLE,
            "no node had the fact, recorded on 2026-11-08 · not measurable on 40 of 40 nodes · "
            "3 weeks old when this page was built",
        ),
        (
            ("    kept: 40", "    kept: 40\n    not_measured: 2"),
            MeasuredState.KEPT,
            "confirmed on 40 of 40 nodes until 2026-11-08 · not measurable on 2 of 42 nodes · "
            "3 weeks old when this page was built",
        ),
        (
            ("    kept: 40", "    kept: 40\n    different: 2"),
            MeasuredState.BROKEN,
            "broken by 2 of 42 nodes · another value on 2 of 42 nodes · promised: 7600 to 9000 MB "
            "· measured until 2026-11-08 · 3 weeks old when this page was built",
        ),
    ],
)
def test_only_a_new_measurement_of_the_promise_itself_confirms_it(change, state, words):
    assert said(measured_outline(KEPT.replace(*change))) == [(state.value, words)]


def test_a_promise_stays_broken_however_long_ago_it_was_measured():
    [row] = measured_outline(DEBIAN_12, day=datetime.date(2029, 1, 1)).measurements.rows
    assert row.state is MeasuredState.BROKEN
    assert row.said == (
        "broken by 4 of 124 nodes since 2026-11-20 · less: 7100 MB · more: 16000 MB · promised: "
        "7600 to 9000 MB · measured until 2026-11-29 · not measurable on 2 of 126 nodes · "
        "2 years old when this page was built"
    )


def test_a_standing_that_promises_nothing_is_not_kept_or_broken():
    assert said(measured_outline(ARM_64)) == [
        (
            "measured",
            "true on 2 of 3 nodes, recorded on 2026-11-08, at times that are not known · "
            "3 weeks old when this page was built",
        )
    ]


def test_a_measurement_of_an_expectation_that_is_withdrawn_is_not_shown():
    withdrawn = KEPT.replace("memory-8gb", "ballooning")
    assert measured_outline(withdrawn).measurements.rows == []


def test_another_day_changes_a_page_only_where_its_words_change():
    def kept(day: int) -> str:
        return page(measured_outline(KEPT, day=datetime.date(2026, 11, day)), "kept")

    assert kept(22) == kept(28)
    assert kept(28) != kept(29)


@pytest.mark.parametrize(
    ("last", "next_day"), [("2026-11-08", "2026-12-06"), ("2026-09-02", "2026-12-01")]
)
def test_the_next_day_on_which_pages_change_is_known(last, next_day):
    outline = measured_outline(KEPT.replace("2026-11-08", last))
    assert str(outline.catalogue.next_day) == next_day


def test_months_are_added_up_over_labels_and_only_of_guarantees():
    other = KEPT.replace("label: debian-12", "label: debian-11")
    months = measured_outline(DEBIAN_12, other, ARM_64).measurements.months
    assert [(month.month, month.kept, month.nodes, month.percent) for month in months] == [
        ("2026-11", 160, 164, "97.6 %"),
        ("2026-10", 80, 80, "100 %"),
    ]


@pytest.mark.parametrize(
    ("kept", "broken", "percent"),
    [(99999, 1, "99.9 %"), (1, 99999, "0.1 %"), (0, 3, "0 %"), (1, 2, "33.3 %")],
)
def test_a_share_is_all_or_nothing_only_if_it_is(kept, broken, percent):
    text = KEPT.replace("kept: 40, broken: 0", f"kept: {kept}, broken: {broken}")
    [month] = measured_outline(text).measurements.months
    assert month.percent == percent


CLOUD_C = "  - {name: cloud-c, region: X, status: active, as_of: 2025-08-01}\n"


@pytest.mark.parametrize(
    ("provider", "others"),
    [
        ("cloud-a", "``cloud-c X``"),
        ("cloud-c-x", "``cloud-a``"),
        ("elsewhere", "``cloud-c X``\\, ``cloud-a``"),
    ],
)
def test_providers_of_which_no_node_was_measured_are_named(provider, others):
    outline = measured_outline(DEBIAN_12.replace("cloud-a", provider), more=CLOUD_C)
    never = f":ci:badge:`never-measured` on nodes from {others}\n"
    assert never in page(outline, "labels/debian-12")


def test_where_facts_name_no_provider_none_is_said_to_be_never_measured():
    outline = measured_outline(KEPT, more=CLOUD_C)
    assert "on nodes from" not in page(outline, "labels/debian-12")


def test_the_page_of_a_label_names_a_few_of_what_was_never_measured():
    many = "".join(
        f"  - {{id: e{at}, title: E{at}, standing: varies, statement: S., "
        "measure: {fact: ansible_memtotal_mb, at_least: 1}}\n"
        for at in range(20)
    )
    text = page(measured_outline(KEPT, expectations=many), "labels/debian-12")
    [line] = [line for line in text.splitlines() if line.startswith(":ci:badge:`never-measured`")]
    assert line.count(":ci:expectation:") == 12
    assert ":ci:expectation:`e10`; :ci:expectation:`e11`" in line, "a title can have a comma"
    assert line.endswith(":ci:expectation:`e11` and 9 more")


def test_the_cost_of_measurements_is_in_proportion():
    def planned(size: int) -> Callable[[], object]:
        labels = "".join(f"  - {{name: l{at}, operating_system: X}}\n" for at in range(size))
        files = [KEPT.replace("debian-12", f"l{at}") for at in range(size)]
        outline = measured_outline(*files, labels=labels)
        template = Templates()
        return lambda: template.page(
            next(each for each in plan(outline.catalogue) if each.name == "kept")
        )

    assert growth(planned, 150) == pytest.approx(2, abs=0.1)


def test_the_course_of_a_promise_is_beside_it():
    months = ((6, 50, 50), (7, 60, 0), (8, 0, 0), (9, 0, 70), (10, 80, 0), (11, 120, 4))
    history = "".join(
        f"      - {{day: 2026-{month:02}-20, kept: {kept}, broken: {broken}}}\n"
        for month, kept, broken in months
    )
    [row] = measured_outline(f"{DEBIAN_12.partition('      - ')[0]}{history}").measurements.rows
    assert row.earlier == "2026-10: 100 % · 2026-09: 0 % · 2026-07: 100 %"


def test_examples_come_last_and_are_not_on_the_front_page():
    example = (MANUAL / VM).read_text("utf-8").replace("id: vm\n", "id: vm\nexample: true\n")
    outline = measured_outline(DEBIAN_12, vm=example)
    assert outline.measurements.broken == outline.measurements.real == []
    assert "broken" not in front(outline)
    assert "Expectations were never compared with nodes that jobs can request" in front(outline)
    assert "All numbers on this page are an example" in page(outline, "kept")
    assert ":ci:badge:`example` · Debian 12" in page(outline, "labels/debian-12")
    assert "Ask for it" not in page(outline, "labels/debian-12")
    assert ":ci:badge:`broken`" in page(outline, "labels/debian-12")


def test_an_example_has_no_column_and_its_promises_no_row():
    example = (MANUAL / VM).read_text("utf-8").replace("id: vm\n", "id: vm\nexample: true\n")
    table = matrix(measured_outline(vm=example).catalogue)
    assert [column.name for column in table.columns] == ["executor"]
    assert [row.expectation.id for row in table.rows] == ["swap", "ipv6"]


@pytest.mark.repository
def test_this_manual_has_one_measured_label_which_is_an_example():
    catalogue = load(ROOT).catalogue
    assert catalogue is not None
    outline = Outline(replace(catalogue, today=datetime.date(2026, 11, 30)))
    rows = {(row.expectation.id, row.state.value) for row in outline.measurements.rows}
    assert rows == {
        ("example-swap", "broken"),
        ("example-memory", "kept"),
        ("example-processors", "kept"),
        ("example-free-memory", "measured"),
    }
    assert {row.label.name for row in outline.measurements.rows} == {"example-machine"}
    assert "example-" not in front(outline)
    template, _, context = LISTINGS["glance"]
    assert "example" not in Templates().part(template, context(outline, {}))
    pages = [each for each in plan(outline.catalogue, outline.verdicts) if each.template == "label"]
    usable = [each for each in pages if each.context["is_usable"]]
    assert len(usable) > 50
    assert [each.name for each in usable if "never-measured" not in Templates().page(each)] == []


@pytest.mark.repository
def test_the_example_says_nothing_of_where_it_was_measured():
    text = (ROOT / "data/measured/example-machine.yaml").read_text("utf-8")
    words = set(re.findall(r"[a-z_0-9-]+", text.partition("\n")[2]))
    known = {*keys_of(MeasuredLabel), *keys_of(RecordedMeasure), *keys_of(RecordedValues)}
    known |= {*keys_of(RecordedMonth), *keys_of(Measure), "example-machine", "bytes", "guaranteed"}
    others = {word for word in words - known if not re.fullmatch(r"[\d.-]+", word)}
    assert others == {
        *("example-free-memory", "example-memory", "example-processors", "example-swap", "varies"),
        *("ansible_memfree_mb", "ansible_memtotal_mb", "ansible_processor_vcpus"),
        "ansible_swaptotal_mb",
    }
