"""What labels, expectations and mistakes cost: steps, never time."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from groundrules.checks.data import exceptions, locks, promises
from groundrules.prose.markup import read_markup
from groundrules.records import folded_lists
from groundrules.records.loading import LoadedData, load
from groundrules.yamlsource import lines_of
from steps import growth

MANUAL = "title: T\npublisher: P\nsummary: S.\n"
PROVIDERS = "providers: [{name: p, status: active, as_of: 2026-11-01}]\n"
PARTS = {
    "one-fact": "measure: {{fact: f, at_least: {at}}}",
    "own-labels": "applies_to: {{labels: [label-{at}]}}, measure: {{fact: f, equals: {at}}}",
    "own-exceptions": "measure: {{fact: f, at_least: {at}}}, "
    "except: [{{labels: [label-{at}], standing: varies}}]",
    "exceptions-from-what-the-others-say": "measure: {{fact: f, at_most: {at}}}, "
    "except: [{{labels: [label-{at}], standing: varies}}, "
    "{{labels: [label-{at}], measure: {{fact: f, at_least: 5000}}}}]",
    "platform-exceptions": "except: [{{platforms: [x], standing: varies}}]",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def made(folder: Path, part: str, size: int, *, is_one: bool = False) -> LoadedData:
    labels = "".join(f"- {{name: label-{at}, operating_system: X 1}}\n" for at in range(size))
    entry = "- {{id: e{at}, title: T, standing: guaranteed, statement: S., " + part + "}}\n"
    expectations = "".join(
        entry.format(at=at, half=at // 2, is_first=int(at == 0))
        for at in range(1 if is_one else size)
    )
    files = {
        "manual.yaml": MANUAL,
        "platforms/x.yaml": f"id: x\ntitle: X\nsummary: S.\nlabels:\n{labels}{PROVIDERS}",
        "expectations/t.yaml": f"topic: t\ntitle: T\nexpectations:\n{expectations}",
    }
    return load(write(folder, files))


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_labels_and_expectations_cost_in_proportion(tmp_path: Path, part: str):
    def of(size: int) -> Callable[[], object]:
        loaded = made(tmp_path / str(size), part, size)
        catalogue = loaded.catalogue
        assert catalogue
        assert not loaded.report.found

        return lambda: [
            *promises.check(catalogue, loaded),
            *exceptions.check(catalogue, loaded),
        ]

    assert growth(of, size=60) < 2.2


EXCEPTIONS = {
    "of-own-labels": "labels: [label-{at}]",
    "of-own-days": "labels: [label-0], since: {day}, until: {day}",
    "of-own-labels-of-a-provider": "labels: [label-{at}], providers: [p]",
}


@pytest.mark.parametrize("exception", EXCEPTIONS.values(), ids=EXCEPTIONS)
def test_exceptions_of_one_expectation_cost_in_proportion(tmp_path: Path, exception: str):
    def of(size: int) -> Callable[[], object]:
        days = [datetime.date(2020, 1, 1) + datetime.timedelta(at) for at in range(size)]
        parts = (exception.format(at=at, day=day) for at, day in enumerate(days))
        own = ", ".join(f"{{{{{part}, statement: S.}}}}" for part in parts)
        loaded = made(tmp_path / str(size), f"except: [{own}]", size, is_one=True)
        catalogue = loaded.catalogue
        assert catalogue
        assert not loaded.report.found
        return lambda: [*exceptions.check(catalogue, loaded)]

    assert growth(of, size=60) < 2.2


EXCLUDING = {
    "one-and-all-others": "measure: {{fact: f, equals: {is_first}}}",
    "two-of-each-label": "applies_to: {{labels: [label-{half}]}}, "
    "measure: {{fact: f, equals: {at}}}",
    "each-exception-and-one-other": "measure: {{fact: f, at_most: {at}}}, "
    "applies_to: {{labels: [label-{at}, label-{half}]}}, "
    "except: [{{labels: [label-{at}], measure: {{fact: f, at_least: 5000}}}}]",
}


@pytest.mark.parametrize("part", EXCLUDING.values(), ids=EXCLUDING)
def test_promises_that_exclude_each_other_cost_in_proportion(tmp_path: Path, part: str):
    """There are at most as many findings as expectations, far from what a run reports."""

    def of(size: int) -> Callable[[], object]:
        loaded = made(tmp_path / str(size), part, size)
        catalogue = loaded.catalogue
        assert catalogue
        assert size < 60 or size // 2 <= len([*promises.check(catalogue, loaded)]) <= size
        return lambda: [*promises.check(catalogue, loaded)]

    assert growth(of, size=60) < 2.2


def test_promises_that_exclude_each_other_are_reported_a_thousand_times(tmp_path: Path):
    loaded = made(tmp_path, "measure: {{fact: f, equals: {at}}}", 60)
    assert loaded.catalogue
    messages = [diagnostic.message for diagnostic in promises.check(loaded.catalogue, loaded)]
    assert len(messages) == 1001
    assert messages[-1] == (
        "more promises that exclude each other are not shown; correct these first"
    )


@pytest.mark.parametrize("line", ["  - 2025-01-32\n", "a: 1\n"], ids=["unreadable", "repeated"])
def test_mistakes_of_the_text_are_reported_a_thousand_times(tmp_path: Path, line: str):
    text = "topic: t\nkeywords:\n" if line.startswith(" ") else "topic: t\na: 1\n"
    write(tmp_path, {"manual.yaml": MANUAL, "expectations/t.yaml": text + line * 1234})
    messages = [diagnostic.message for diagnostic in load(tmp_path).report.found]
    assert "234 more mistakes in this file are not shown; correct these first" in messages
    assert (
        sum("cannot be read" in m or "no day" in m or "written twice" in m for m in messages)
        <= 1000
    )


SPLIT = {
    "many-words": "jobs: [{{name: a, tags: {words}}}]\n",
    "many-words-of-a-text": "jobs: [{{name: a, note: {words}}}]\n",
    "many-values": "jobs: [{jobs}]\n",
}
GRAPH = "id: g\ntitle: T\nconfiguration: c\nproject: p\npipelines: [q]\n"


@pytest.mark.parametrize("line", SPLIT.values(), ids=SPLIT)
def test_values_that_a_comma_ended_cost_in_proportion(tmp_path: Path, line: str):
    def of(size: int) -> Callable[[], object]:
        words = ", ".join(f"zzz-{at}" for at in range(size))
        jobs = ", ".join(f"{{name: j{at}, tags: a, b}}" for at in range(size))
        text = GRAPH + line.format(words=words, jobs=jobs)
        folder = write(tmp_path / str(size), {"manual.yaml": MANUAL, "graphs/g.yaml": text})
        found = load(folder).report.found
        assert size == 1 or any(
            "write [" in one.message or "quote text" in one.message for one in found
        )
        assert not any("unknown key" in one.message for one in found)
        return lambda: load(folder)

    assert growth(of, size=200) < 2.2


class Lines(tuple[str, ...]):
    """Lines that cannot be copied: C copies them without any step."""

    __slots__ = ()

    @override
    def __getitem__(self, index: Any) -> Any:
        assert not isinstance(index, slice)
        return super().__getitem__(index)


@pytest.mark.parametrize("text", ["a", ">\n    - a\n\n    - b", "*a", "1 - 2\n    3 - 4"], ids=repr)
def test_texts_of_several_lines_cost_in_proportion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
):
    def of(size: int) -> Callable[[], object]:
        entry = "- id: e{}\n  title: T\n  standing: varies\n  statement: {}\n"
        entries = (entry.format(at, text if at else "&a S.") for at in range(size))
        topic = f"topic: t\ntitle: T\nexpectations:\n{''.join(entries)}"
        files = {"manual.yaml": MANUAL, "expectations/t.yaml": topic}
        loaded = load(write(tmp_path / str(size), files))
        assert not loaded.report.found
        return lambda: [*folded_lists.folded_lists(loaded.parts, "t.yaml", topic)]

    monkeypatch.setattr(folded_lists, "lines_of", lambda text: Lines(lines_of(text)))
    assert growth(of, size=60) < 2.2


def test_paused_jobs_with_locks_of_their_own_cost_in_proportion(tmp_path: Path):
    def of(size: int) -> Callable[[], object]:
        jobs = "".join(f"- {{name: j{at}, pauses: true, locks: [k{at}]}}\n" for at in range(size))
        files = {"manual.yaml": MANUAL, "graphs/g.yaml": f"{GRAPH}jobs:\n{jobs}"}
        loaded = load(write(tmp_path / str(size), files))
        catalogue = loaded.catalogue
        assert catalogue
        return lambda: [*locks.check(catalogue, loaded)]

    assert growth(of, size=60) < 2.2


@pytest.mark.parametrize(
    "part",
    [
        "x\n\n5. item {}",
        "A :raw:`x{}` role.",
        "A |x{}| bar.",
        "A foo{}_ link.",
        "A *foo{} word.",
        ".. note: comment {}",
        "A [x{}](https://example.org) link.",
    ],
)
def test_mistakes_in_one_text(part: str):
    def of(size: int) -> Callable[[], object]:
        text = "\n\n".join(map(part.format, range(size)))
        return lambda: read_markup(text)

    assert growth(of, 100) < 2.5
