"""A manual that is built without the configuration shows what was recorded, and when."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from test_marks import (
    CERTIFICATES,
    GITEA,
    GRAPH,
    ZUUL,
    flat,
    graphs_alone,
    states,
    with_configuration,
)

from groundrules.cli import main

DAY = "1795953600"  # 29 November 2026
RECORD = "data/verified/deployment.yaml"
OPERATOR = ("not available", "there is no folder", "--config", "manual.yaml")


@pytest.fixture(scope="module")
def once_recorded(tmp_path_factory, copy_of_small_manual):
    """The small manual's graphs, recorded with their configuration, built as text without it."""
    manual = graphs_alone(copy_of_small_manual(tmp_path_factory.mktemp("recorded") / "manual"))
    manual.doctrees_of = "text"
    with_configuration(manual)
    record(manual)
    assert manual.build("text").warnings == ""
    return manual


@pytest.fixture
def recorded(once_recorded):
    """That manual, to be changed and built again by one test."""
    with once_recorded.lent() as manual:
        yield manual


@pytest.fixture(scope="module")
def text(once_recorded):
    """Its pages as text, for tests that only look at them."""
    return once_recorded.build("text")


@pytest.fixture(scope="module")
def html(once_recorded):
    """Its pages as HTML."""
    built = once_recorded.build("html")
    assert built.warnings == ""
    return built


def record(manual) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        command = ["check", "--root", str(manual.root), "--no-cache", "--record", "--exit-zero"]
        done = CliRunner().invoke(main, command)
    assert f"recorded 1 graph in {RECORD}\n" in done.stderr
    (manual.root / "ci/.zuul.yaml").unlink()
    (manual.root / "ci").rmdir()


def verdict(built) -> dict[str, object]:
    graphs = json.loads(built.text("_data/verdicts.json"))["graphs"]
    return next(each for each in graphs if each["graph"] == "deploy")


def test_pages_say_when_and_against_what_it_was_verified(html, text):
    edition = verdict(html)["edition"]
    assert (
        f"✔ verified on 2026-11-29 against Our deployment, {edition} (recorded): 3 jobs, 3 "
        "dependencies (1 planned), 1 rule (1 planned)"
    ) in flat(text.text(GRAPH))
    assert f"✔ verified on 2026-11-29 against Our deployment, {edition} (recorded)" in flat(
        text.text("index.txt")
    )
    assert '"base" (hard, ✔ verified)' in text.text(CERTIFICATES)
    assert '"certificates" (hard, ◌ planned)' in text.text(GITEA)
    assert "is verified: the configuration said the same on 2026-11-29." in flat(
        html.text("generated/graphs/deploy.html")
    )


def test_json_says_that_it_was_recorded(html):
    said = verdict(html)
    assert (said["state"], said["recorded"]) == ("verified", "2026-11-29")
    assert states(said)["certificates base"] == "verified"


def test_drift_that_was_recorded_is_shown_with_its_reasons(recorded):
    recorded.write("ci/.zuul.yaml", ZUUL.replace(", dependencies: [base]", ""))
    record(recorded)
    text = recorded.build("text")
    assert "✘ drifted on 2026-11-29 from Our deployment, snapshot " in flat(text.text(GRAPH))
    assert "(recorded): 1 of its jobs, dependencies and rules differs" in flat(text.text(GRAPH))
    why = "'certificates' does not wait for 'base' in pipelines 'deploy' and 'periodic'"
    assert f"In the configuration: {why}" in flat(text.text(CERTIFICATES))


def test_what_is_documented_differently_since_is_not_checked(recorded):
    recorded.replace("data/graphs/deploy.yaml", "typical: 9 min", "typical: 8 min")
    recorded.replace("data/graphs/deploy.yaml", "maximum: 1 h 30 min", "maximum: 2 h")
    text = recorded.build("text")
    assert text.warnings == ""
    said = "? not checked against Our deployment: documented differently since it was compared on "
    assert f"{said}2026-11-29 with snapshot " in flat(text.text(GRAPH))
    assert '"base" (hard, ? not checked)' in text.text(CERTIFICATES)


def test_no_page_has_words_for_operators(text):
    for page in (GRAPH, CERTIFICATES, GITEA, "index.txt"):
        assert not [word for word in OPERATOR if word in flat(text.text(page))], page


def test_a_record_that_changes_changes_the_pages(recorded, text):
    assert "✔ verified on 2026-11-29" in flat(text.text(GRAPH))
    recorded.replace(RECORD, "compared: 2026-11-29", "compared: 2026-11-28")
    assert "✔ verified on 2026-11-28" in flat(recorded.build("text").text(GRAPH))


def test_an_old_record_breaks_no_build(recorded):
    recorded.replace(RECORD, "compared: 2026-11-29", "compared: 2020-01-02")
    text = recorded.build("text")
    assert text.warnings == ""
    assert "✔ verified on 2020-01-02" in flat(text.text(GRAPH))
