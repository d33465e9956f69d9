"""Each date of a record on the day before it, on the day and on the day after.

A date that has not come is a plan: pages say so, and nothing follows from it yet.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from groundrules.checker import check_data
from groundrules.pages.listings import LISTINGS
from groundrules.pages.matrix import matrix
from groundrules.pages.outline import Outline
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.records import LoadedData

DAY = datetime.date(2027, 4, 15)
DAYS = pytest.mark.parametrize("offset", [-1, 0, 1], ids=["before", "on", "after"])
PLATFORM = """\
id: vm
title: Machine
summary: One.
{platform}
labels:
- {{name: old, operating_system: A, default: true{label}}}
- {{name: new, operating_system: B}}
"""
TOPIC = """\
topic: memory
title: Memory
expectations:
- id: enough
  title: Enough
  standing: guaranteed
  statement: There is enough.
  measure: {{fact: ansible_memtotal_mb, at_least: 16000}}
{expectation}
"""
SESSION = """\
id: kick-off
title: Kick-off
kind: meeting
date: 2026-10-01
topics:
- title: Swap
  actions:
  - {{what: Measure it.{action}}}
"""
LINES = ("manual", "label", "platform", "expectation", "action")


@pytest.fixture
def load_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., LoadedData]:
    """Check a manual with lines of its own, on a day that is ``offset`` days after `DAY`."""

    def load_on(offset: int, **given: str) -> LoadedData:
        seconds = (DAY - datetime.date(1970, 1, 1)).days + offset
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds * 86400))
        lines = dict.fromkeys(LINES, "") | given
        files = {"manual.yaml": "{{title: M, publisher: P, summary: S.{manual}}}\n"}
        files |= {"platforms/vm.yaml": PLATFORM, "sessions/kick-off.yaml": SESSION}
        files["expectations/memory.yaml"] = TOPIC
        for name, text in files.items():
            path = tmp_path / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(**lines), "utf-8")
        return check_data(tmp_path)

    return load_on


def found(loaded: LoadedData) -> list[str]:
    return [str(each) for each in loaded.report.diagnostics]


def page(loaded: LoadedData, name: str) -> str:
    [wanted] = [each for each in plan(loaded.catalogue) if each.name == name]
    return Templates().page(wanted)


def columns(loaded: LoadedData) -> list[str]:
    return [each.name for each in matrix(loaded.catalogue).columns]


def listed(loaded: LoadedData, name: str, **options: str) -> str:
    template, _, give = LISTINGS[name]
    outline = Outline(loaded.catalogue)
    return " ".join(Templates().part(template, give(outline, options)).split())


def events(loaded: LoadedData) -> list[str]:
    return [f"{each.date} {each.what}" for each in Outline(loaded.catalogue).events]


@DAYS
def test_removed(load_on, offset):
    loaded = load_on(offset, label=", removed: 2027-04-15")
    default = (
        "data/platforms/vm.yaml:6:45: label 'old' was removed on 2027-04-15; remove 'default' "
        "[GR120]"
    )
    if offset < 0:
        assert found(loaded) == []
        assert columns(loaded) == ["old", "new"]
        assert "The label will be removed on 15 April 2027." in page(loaded, "labels/old")
        assert ":Removed: 15 April 2027 (planned)" in page(loaded, "labels/old")
        going = "* :ci:label:`old` :ci:badge:`announced`; it will be removed on 15 April 2027"
        assert listed(loaded, "going") == going
        assert listed(loaded, "going", stage="announced") == going
        assert (
            listed(loaded, "going", stage="removed") == "No announced end of a label is recorded."
        )
        assert events(loaded) == []
        assert "* 15 April 2027: :ci:label:`old" in page(loaded, "changes")
    else:
        assert found(loaded) == [default]
        assert columns(loaded) == ["new"]
        assert ":Removed: 2027-04-15" in page(loaded, "labels/old")
        assert "will be" not in page(loaded, "labels/old")
        gone = "* :ci:label:`old` :ci:badge:`removed` since 2027-04-15"
        assert listed(loaded, "going", stage="removed") == gone
        assert listed(loaded, "going") == "No announced end of a label is recorded."
        assert events(loaded) == ["2027-04-15 Removed."]


@DAYS
def test_deprecated(load_on, offset):
    loaded = load_on(offset, label=", deprecated: 2027-04-15, removed: 2028-01-02")
    ends = {
        -1: "`announced`; it will be deprecated on 15 April 2027 and will be removed on "
        "2 January 2028",
        0: "`deprecated` since 2027-04-15; it will be removed on 2 January 2028",
        1: "`deprecated` since 2027-04-15; it will be removed on 2 January 2028",
    }
    assert found(loaded) == []
    assert columns(loaded) == ["old", "new"]
    assert listed(loaded, "going") == f"* :ci:label:`old` :ci:badge:{ends[offset]}"
    assert events(loaded) == ([] if offset < 0 else ["2027-04-15 Deprecated."])


@DAYS
def test_not_supplied(load_on, offset):
    loaded = load_on(offset, label=", not_supplied: 2027-04-15")
    text = page(loaded, "labels/old")
    if offset < 0:
        assert found(loaded) == []
        assert columns(loaded) == ["old", "new"]
        assert "The label will not be supplied from 15 April 2027 on." in text
        going = (
            "* :ci:label:`old` :ci:badge:`announced`; it will not be supplied from 15 April 2027 on"
        )
        assert listed(loaded, "going") == going
        assert events(loaded) == []
    else:
        assert found(loaded) == [
            "data/platforms/vm.yaml:6:45: label 'old' is not supplied since 2027-04-15; remove "
            "'default' [GR120]"
        ]
        assert columns(loaded) == ["new"]
        assert ":Not supplied by anybody: since 2027-04-15" in text
        assert listed(loaded, "going") == "No announced end of a label is recorded."
        assert (
            listed(loaded, "going", stage="announced") == "No announced end of a label is recorded."
        )
        index = page(loaded, "platforms/index")
        assert ":ci:badge:`not-supplied`" in index
        assert "not supplied since 2027-04-15" in index
        assert events(loaded) == ["2027-04-15 No longer supplied by anybody."]


@DAYS
@pytest.mark.parametrize(
    ("jobs", "words"),
    [("", "in Nova"), (", jobs: 1", "in 1 job of Nova"), (", jobs: 2", "in 2 jobs of Nova")],
)
def test_seen(load_on, offset, jobs, words):
    loaded = load_on(offset, label=f", seen: {{date: 2027-04-15, where: Nova{jobs}}}")
    assert found(loaded) == []
    text = page(loaded, "labels/old")
    assert f":Last seen in use: 2027-04-15, {words}" in text
    assert ":ci:badge:`seen` 2027-04-15 · A · x86-64 · a default label\n" in text
    assert ":ci:badge:`unseen` · B · x86-64\n" in page(loaded, "labels/new")


@DAYS
def test_since_of_a_label(load_on, offset):
    loaded = load_on(offset, label=", since: 2027-04-15")
    assert found(loaded) == []
    assert columns(loaded) == (["new"] if offset < 0 else ["old", "new"])
    text = page(loaded, "labels/old")
    assert ("The label can be used from 15 April 2027 on." in text) == (offset < 0)
    assert (":Since: 15 April 2027 (planned)" in text) == (offset < 0)
    assert (":ci:badge:`upcoming`" in text) == (offset < 0)
    assert events(loaded) == ([] if offset < 0 else ["2027-04-15 Introduced."])


@DAYS
@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("since", "can be used from 15 April 2027 on", ""),
        ("deprecated", "will be deprecated on 15 April 2027", "is deprecated since 2027-04-15"),
        ("removed", "will be removed on 15 April 2027", "was removed on 2027-04-15"),
    ],
)
def test_dates_of_a_platform(load_on, offset, key, before, after):
    text = page(load_on(offset, platform=f"{key}: 2027-04-15"), "platforms/vm")
    said = before if offset < 0 else after
    assert text.partition("This platform ")[2].partition(".\n")[0] == said


@DAYS
def test_until_of_an_exception_is_its_last_day(load_on, offset):
    rule = "  - {labels: [old], until: 2027-04-15, measure: {fact: ansible_memtotal_mb, equals: 8}}"
    loaded = load_on(offset, expectation=f"  except:\n{rule}")
    [row] = matrix(loaded.catalogue).rows
    least = [each.measure.equals or each.measure.at_least for each in row.answers]
    assert least == ([16000, 16000] if offset > 0 else [8, 16000])
    said = "until 2027-04-15" if offset >= 0 else "until 15 April 2027"
    assert said in page(loaded, "expectations/enough")
    assert found(loaded) == []


@DAYS
def test_since_of_an_exception_is_its_first_day(load_on, offset):
    rule = "  - {labels: [old], since: 2027-04-15, standing: varies}"
    loaded = load_on(offset, expectation=f"  except:\n{rule}")
    [row] = matrix(loaded.catalogue).rows
    first = "guaranteed" if offset < 0 else "varies"
    assert [each.standing for each in row.answers] == [first, "guaranteed"]
    said = "from 15 April 2027 on" if offset < 0 else "since 2027-04-15"
    assert f"     - :ci:badge:`varies` {said}\n" in page(loaded, "expectations/enough")


@DAYS
def test_an_exception_shows_its_first_and_last_day(load_on, offset):
    rule = "  - {labels: [old], since: 2026-01-01, until: 2027-04-15, standing: varies}"
    loaded = load_on(offset, expectation=f"  except:\n{rule}")
    said = "until 2027-04-15" if offset >= 0 else "until 15 April 2027"
    shown = f"     - :ci:badge:`varies` since 2026-01-01 {said}\n"
    assert shown in page(loaded, "expectations/enough")


@DAYS
def test_withdrawn(load_on, offset):
    loaded = load_on(offset, expectation="  withdrawn: 2027-04-15")
    rows = [each.expectation.id for each in matrix(loaded.catalogue).rows]
    assert rows == (["enough"] if offset < 0 else [])
    plan_said = "This will be withdrawn on 15 April 2027." in page(loaded, "expectations/enough")
    assert plan_said == (offset < 0)
    assert ("\nWithdrawn\n" in page(loaded, "topics/memory")) == (offset >= 0)


@DAYS
def test_since_of_an_expectation(load_on, offset):
    loaded = load_on(offset, expectation="  since: 2027-04-15")
    rows = [each.expectation.id for each in matrix(loaded.catalogue).rows]
    assert rows == ([] if offset < 0 else ["enough"])
    plan_said = "it will be true from 15 April 2027 on" in page(loaded, "expectations/enough")
    assert plan_said == (offset < 0)
    topic = page(loaded, "topics/memory")
    assert ("* :ci:expectation:`enough`, from 15 April 2027 on" in topic) == (offset < 0)


@DAYS
def test_recorded(load_on, offset):
    loaded = load_on(offset, expectation="  recorded: 2027-04-15")
    assert found(loaded) == []
    text = page(loaded, "expectations/enough")
    assert ":Since: not known" in text
    assert ":First written down: 2027-04-15\n" in text


@DAYS
def test_confirmed(load_on, offset):
    loaded = load_on(offset, expectation="  confirmed: {date: 2027-04-15, by: the logs}")
    assert found(loaded) == []
    assert ":Last confirmed: 2027-04-15 by the logs\n" in page(loaded, "expectations/enough")


@pytest.mark.parametrize(
    ("given", "notice"),
    [
        (
            "  confirmed: {date: 2027-04-05, by: the logs}",
            "This was last confirmed on 5 April 2027, more than 9 days ago.",
        ),
        (
            "  recorded: 2027-04-05",
            "Nobody has confirmed this since it was written down on 5 April 2027.",
        ),
    ],
    ids=["confirmed", "recorded"],
)
@DAYS
def test_confirmed_too_long_ago_is_a_notice_and_no_finding(load_on, offset, given, notice):
    loaded = load_on(offset, expectation=given, manual=", confirm_after: 9")
    assert (f".. note::\n\n   {notice}\n" in page(loaded, "expectations/enough")) == (offset >= 0)
    assert found(loaded) == []
    assert loaded.catalogue.next_day == (DAY if offset < 0 else None)


def test_exceptions_and_labels_say_who_confirmed_them(load_on):
    confirmed = "confirmed: {date: 2027-04-15, by: clarkb}"
    rule = f"  except:\n  - {{labels: [old], standing: varies, {confirmed}}}"
    loaded = load_on(0, expectation=rule, label=f", {confirmed}")
    assert found(loaded) == []
    assert "       Last confirmed: 2027-04-15 by clarkb\n" in page(loaded, "expectations/enough")
    assert "\n:Last confirmed: 2027-04-15 by clarkb\n" in page(loaded, "labels/old")


def test_who_confirmed_an_exception_is_a_paragraph_after_what_is_measured_there(load_on):
    confirmed = "confirmed: {date: 2027-04-15, by: clarkb}"
    measured = "statement: 4 GB., measure: {fact: ansible_memtotal_mb, at_least: 3600, unit: MB}"
    rule = f"  except:\n  - {{labels: [old], {measured}, {confirmed}}}"
    loaded = load_on(0, expectation=rule)
    said = "       at least 3600 MB\n\n       Last confirmed: 2027-04-15 by clarkb\n"
    assert said in re.sub(r"\n{2,}", "\n\n", page(loaded, "expectations/enough"))


@pytest.mark.parametrize(
    ("manual", "is_noticed"), [("", False), (", confirm_after: 9", True)], ids=["unset", "set"]
)
def test_what_nobody_confirmed_says_so(load_on, manual, is_noticed):
    text = page(load_on(0, manual=manual), "expectations/enough")
    assert ("It is not recorded that anybody has confirmed this." in text) == is_noticed
    assert ":Last confirmed: never\n" in text


@DAYS
def test_date_of_a_change(load_on, offset):
    change = "  changed: [{date: 2027-04-15, what: More of it.}]"
    loaded = load_on(offset, expectation=change)
    assert events(loaded) == ([] if offset < 0 else ["2027-04-15 More of it."])
    history = page(loaded, "expectations/enough")
    assert ("15 April 2027 (planned)" in history) == (offset < 0)
    assert found(loaded) == []


@DAYS
@pytest.mark.parametrize("state", ["open", "done", "dropped", "unknown"])
def test_due(load_on, offset, state):
    loaded = load_on(offset, action=f", state: {state}, due: 2027-04-15")
    late = (
        "data/sessions/kick-off.yaml:8:43: this action is open and was due on 2027-04-15; write "
        "a new date, or change 'state' to done, dropped or unknown [GR118]"
    )
    is_late = offset > 0 and state == "open"
    assert found(loaded) == ([late] if is_late else [])
    mark = "late" if is_late else state
    who = "" if state in ("done", "dropped") else " nobody yet"
    assert f"* :ci:badge:`{mark}`{who}, due 2027-04-15\n" in page(loaded, "sessions/kick-off")
    listing = listed(loaded, "actions", state="open" if state == "open" else "closed")
    assert f":ci:badge:`{mark}`: due 2027-04-15" in listing
    shown = who.strip() or r"\–"
    assert f" - {shown} - :ci:badge:`{mark}`: due 2027-04-15" in listing


def test_a_late_action_comes_first(load_on):
    later = "}\n  - {what: Do it soon., due: 2027-04-16"
    listing = listed(load_on(1, action=f", due: 2027-04-15{later}"), "actions")
    assert listing.index("Measure it.") < listing.index("Do it soon.")
    listing = listed(load_on(-9, action=f", due: 2027-04-15{later}"), "actions")
    assert listing.index("Do it soon.") < listing.index("Measure it.")


@pytest.mark.parametrize(
    ("expectation", "days"),
    [
        ("", []),
        ("  since: 2027-04-16", ["2027-04-16"]),
        ("  withdrawn: 2027-04-15", ["2027-04-16"]),
        ("  since: 2020-01-01\n  withdrawn: 2027-05-01", ["2027-05-01"]),
    ],
)
def test_the_next_day_is_the_first_on_which_pages_change(load_on, expectation, days):
    catalogue = load_on(0, expectation=expectation).catalogue
    assert catalogue.next_day == (datetime.date.fromisoformat(days[0]) if days else None)


def test_promises_that_will_exclude_each_other_are_reported_before_the_day(load_on):
    rules = """\
  except:
  - {labels: [old], until: 2027-04-15, measure: {fact: ansible_memtotal_mb, at_least: 4000}}
- id: not-more
  title: Not more
  standing: guaranteed
  statement: Not more.
  applies_to: {labels: [old]}
  measure: {fact: ansible_memtotal_mb, at_most: 8000}
"""
    excluding = (
        "data/expectations/memory.yaml:16:12: no ansible_memtotal_mb of label 'old' can keep "
        "both this and 'enough'; correct one of them, or add an exception for the label [GR119]"
    )
    assert [found(load_on(offset, expectation=rules)) for offset in (-1, 0, 1)] == [[excluding]] * 3
