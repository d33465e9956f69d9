"""A build has the collector walk seldom, and gives back the program's own setting."""

from __future__ import annotations

import gc

import pytest
from sphinx.application import Sphinx

from groundrules.sphinxext import memory_use as footprint

OWN = (700, 10, 10)


@pytest.fixture(autouse=True)
def threshold():
    """The threshold of the tests' own process, which each of them may change."""
    before = gc.get_threshold()
    gc.set_threshold(*OWN)
    yield
    gc.set_threshold(*before)


@pytest.fixture
def seen(monkeypatch):
    """The first thresholds while pages are read."""
    seen: set[int] = set()
    original = Sphinx.build

    def build(self, *arguments):
        self.connect("source-read", lambda *_: seen.add(gc.get_threshold()[0]))
        original(self, *arguments)

    monkeypatch.setattr(Sphinx, "build", build)
    return seen


def test_the_threshold_is_raised_for_a_build_only(tiny, seen):
    tiny.build("dummy")
    assert (seen, gc.get_threshold()) == ({footprint.THRESHOLD}, OWN)


@pytest.mark.parametrize("own", [(0, 10, 10), (50_000, 5, 5)])
def test_a_collector_that_is_off_or_as_seldom_is_left_alone(tiny, seen, own):
    gc.set_threshold(*own)
    tiny.build("dummy")
    assert (seen, gc.get_threshold()) == ({own[0]}, own)


def test_a_threshold_that_was_set_meanwhile_stays():
    with footprint.seldom_collected():
        gc.set_threshold(5_000, 5, 5)
    assert gc.get_threshold() == (5_000, 5, 5)


def test_the_threshold_is_back_when_the_data_has_mistakes(tiny):
    tiny.write("data/manual.yaml", "title: 1\n")
    with pytest.raises(SystemExit):
        tiny.build("dummy")
    assert gc.get_threshold() == OWN


def test_the_threshold_is_back_when_a_build_fails(tiny):
    conf = (tiny.root / "conf.py").read_text("utf-8")
    fail = "\n\ndef setup(app):\n    app.connect('env-updated', lambda *_: 1 / 0)\n"
    tiny.write("conf.py", conf + fail)
    with pytest.raises(Exception, match="division by zero"):
        tiny.build("dummy")
    assert gc.get_threshold() == OWN


@pytest.fixture
def frozen(monkeypatch):
    """How many objects the collector passes by when the first page is written."""
    frozen: list[int] = []
    original = Sphinx.build

    def note(*_: object) -> None:
        if not frozen:  # counting them takes long
            frozen.append(gc.get_freeze_count())

    def build(self, *arguments):
        self.connect("doctree-resolved", note)
        original(self, *arguments)

    monkeypatch.setattr(Sphinx, "build", build)
    return frozen


def test_what_outlives_pages_is_passed_by_in_a_build_only(tiny, frozen, monkeypatch):
    gc.unfreeze()
    monkeypatch.setattr(footprint, "MOST_PAGES", 2)
    tiny.build("dummy")
    assert frozen[0] > 0
    assert gc.get_freeze_count() == 0


def test_a_build_of_few_pages_freezes_nothing(tiny, frozen, monkeypatch):
    gc.unfreeze()
    monkeypatch.setattr(footprint, "MOST_PAGES", 1_000)
    tiny.build("dummy")
    assert frozen == [0]


def test_what_somebody_else_froze_stays_so(tiny, monkeypatch):
    monkeypatch.setattr(footprint, "MOST_PAGES", 2)
    gc.freeze()
    try:
        tiny.build("dummy")
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_pages_are_the_same_when_few_are_held(tiny, monkeypatch):
    all_held = tiny.build("html", output="all").texts
    monkeypatch.setattr(footprint, "MOST_PAGES", 2)
    few = tiny.build("html")
    assert few.warnings == ""
    assert few.texts == all_held
