"""The plan on the page of a graph: its sentences, its table, and the picture."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from groundrules.pages.gantt import gantt
from groundrules.pages.graph_plans import MOST_PLANS, plan_of, plans_on_page
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.records import Catalogue
from groundrules.records.graph import Graph
from groundrules.records.manual import Manual

MANUAL = Manual(title="Ours", publisher="The team", summary="All.")
WORDS = {"title": "When", "description": "A bar each."}
BOOT = {"job": "boot", "why": "It is first."}


def graph(*jobs: dict[str, Any], **more: Any) -> Graph:
    return Graph.model_validate(
        {
            "id": "deploy",
            "title": "Deployment",
            "configuration": "ours",
            "project": "team/config",
            "pipelines": ["deploy"],
            "jobs": jobs,
            **more,
        }
    )


def job(name: str, minutes: int | None = None, **more: Any) -> dict[str, Any]:
    duration = {} if minutes is None else {"duration": {"typical": f"{minutes} min"}}
    return {"name": name, **duration, **more}


THREE = (job("boot", 5), job("web", 10, waits_for=[BOOT]), job("mail", 15, waits_for=[BOOT]))


def section(record: Graph, manual: Manual = MANUAL) -> str:
    """Return what the page of a graph says of its plan; nothing without one."""
    pages = plan(Catalogue(manual, graphs=(record,)))
    [page] = [page for page in pages if page.name == "graphs/deploy"]
    text = Templates().page(page).partition("Plan\n----\n")[2]
    return text.partition("About this graph\n")[0]


def svg(record: Graph) -> Any:
    shown = plan_of(record, "deploy")
    assert shown is not None
    picture = gantt(shown)
    assert picture is not None
    context = {"gantt": picture, "scope": "deploy", "name": "deploy", "words": WORDS}
    return etree.fromstring(Templates().picture("gantt", context))


def test_the_saving_is_one_sentence():
    assert (
        "One after another, the jobs take 30 min; side by side, as Zuul starts them, 20 min.\n"
    ) in section(graph(*THREE))


def test_jobs_of_another_system_are_not_said_to_be_started_by_zuul():
    ours = {"id": "ours", "title": "Ours", "system": "other"}
    manual = Manual.model_validate({**MANUAL.model_dump(), "configurations": [ours]})
    text = section(graph(*THREE), manual)
    assert (
        "One after another, the jobs take 30 min; side by side, each as soon as it can start, "
        "20 min.\n"
    ) in text
    assert "Zuul" not in text


def test_with_unknown_durations_it_is_a_bound_and_they_are_named():
    text = section(graph(*THREE, job("wiki", waits_for=[BOOT])))
    assert (
        "One after another, the jobs take 30 min or more; side by side, as Zuul starts them, "
        "20 min if jobs of unknown duration take no time.\n"
    ) in text
    assert (
        "* The duration of 1 of 4 jobs is not known and counts as 0: :ci:jobs:`deploy/wiki`.\n"
    ) in text


@pytest.mark.parametrize(
    "record",
    [
        graph(job("boot"), job("web", waits_for=[BOOT])),
        graph(job("boot"), {"name": "web", "duration": {"maximum": "5 min"}}),
        graph(job("old", 5, gone="2024-01-01"), job("web")),
    ],
)
def test_without_a_known_duration_there_is_no_plan(record):
    assert section(record) == ""


def test_limits_that_are_documented_and_that_are_assumed():
    text = section(
        graph(
            job("boot", 5, semaphores=["known", "other"], locks=["deployment"]),
            limits=[{"semaphore": "known", "limit": 2}],
        )
    )
    assert "* ``known`` admits 2 at a time.\n" in text
    assert "* ``other`` admits 1 at a time; its limit is not documented.\n" in text
    assert "* ``deployment`` admits 1 at a time.\n" in text


def test_a_pipeline_that_never_ends_has_a_reason_and_no_picture():
    holds = {"semaphores": ["one"]}
    text = section(
        graph(job("boot", 5, pauses=True, **holds), job("web", waits_for=[BOOT], **holds))
    )
    assert text.lstrip().startswith(
        ":ci:job:`deploy/web` can never start, so the pipeline never ends: :ci:jobs:`deploy/boot` "
        "holds ``one`` while it is paused, until :ci:job:`deploy/web` has ended.\n"
    )
    assert ".. ci:gantt::" not in text


def test_unknown_pairs_are_questions():
    text = section(graph(*THREE))
    assert (
        "Of every two jobs: 2 in an order, 0 one at a time, 0 can run side by side, 1 not known."
        "\n\n"
        "To be known before they run side by side:\n\n"
        "* :ci:jobs:`deploy/web deploy/mail`: what do they touch, and does one have to wait?\n"
    ) in text
    assert "safe" not in text


def test_what_both_touch_is_asked_first():
    touching = [{**one, "touches": [name]} for one, name in zip(THREE, "axx", strict=True)]
    assert (
        "* :ci:jobs:`deploy/web deploy/mail` both use ``x``: can they at the same time?\n"
    ) in section(graph(*touching))


@pytest.mark.parametrize(
    "record",
    [
        graph(*THREE, independent=[{"jobs": ["web", "mail"], "why": "Their hosts differ."}]),
        graph(*({**one, "touches": [name]} for one, name in zip(THREE, "abc", strict=True))),
    ],
)
def test_it_is_safe_only_when_every_pair_is_known(record):
    text = section(record)
    assert (
        "Of every two jobs: 2 in an order, 0 one at a time, 1 can run side by side, 0 not known."
        "\n\n"
        "So all that can run at the same time is known to be safe side by side.\n"
    ) in text


def test_pipelines_with_the_same_jobs_are_one_plan():
    record = graph(*THREE, pipelines=["deploy", "gate"])
    assert [shown.pipelines for shown in plans_on_page(record)] == [("deploy", "gate")]


def test_of_many_pipelines_with_other_jobs_the_first_are_planned():
    names = [f"p{number}" for number in range(MOST_PLANS + 2)]
    jobs = (job(f"j{name}", 5, pipelines=[name]) for name in names)
    record = graph(*jobs, pipelines=names)
    assert len(plans_on_page(record)) == MOST_PLANS
    assert "``groundrules plan deploy`` shows them too." in section(record)


def test_jobs_that_wait_for_each_other_by_rules_have_no_plan():
    rules = [
        {"id": "r", "every": {"name": "mail"}, "waits_for": "web", "why": "It has to."},
        {"id": "s", "every": {"name": "web"}, "waits_for": "mail", "why": "It has to."},
    ]
    assert plans_on_page(graph(*THREE, rules=rules)) == ()


def test_a_rule_exempts_what_its_job_waits_for():
    rule = {"id": "r", "every": {"name": "*"}, "waits_for": "web", "why": "It has to."}
    [shown] = plans_on_page(graph(*THREE, rules=[rule]))
    assert shown.problem.dependencies == {"boot": (), "web": ("boot",), "mail": ("boot", "web")}


def test_the_picture_has_a_link_and_a_bar_for_each_job():
    runs = svg(graph(*THREE)).findall("{*}a")
    bars = [
        (run.get("href"), run.get("class"), bar.get("x"), bar.get("width"))
        for run in runs
        for bar in run.iterfind("{*}rect")
    ]
    assert bars == [
        ("ci-job:deploy/boot", "ci-run ci-critical", "0.0%", "25.00%"),
        ("ci-job:deploy/web", "ci-run", "25.0%", "50.00%"),
        ("ci-job:deploy/mail", "ci-run ci-critical", "25.0%", "75.00%"),
    ]


def test_a_paused_job_and_one_of_unknown_duration_differ_without_color():
    picture = svg(graph(job("boot", 5, pauses=True), *THREE[1:], job("wiki")))
    assert [part.get("width") for part in picture.iterfind(".//{*}rect[@class='ci-paused']")] == [
        "75.00%"
    ]
    [unknown] = picture.iterfind(".//{*}a[@class='ci-run ci-unknown']")
    assert (unknown.find("{*}rect"), unknown.find(".//{*}path") is not None) == (None, True)


@pytest.mark.parametrize(
    ("minutes", "ticks"),
    [
        (1, ["0 s", "15 s", "30 s", "45 s"]),
        (20, ["0 s", "5 min", "10 min", "15 min"]),
        (100, ["0 s", "30 min", "1 h", "1 h 30 min"]),
        (600, ["0 s", "4 h", "8 h"]),
        (9999, ["0 s", "48 h", "96 h", "144 h"]),
    ],
)
def test_ticks_are_round_and_few(minutes, ticks):
    texts = svg(graph(job("boot", minutes))).iterfind(".//{*}text[@class='ci-quiet']")
    assert [text.text for text in texts] == ticks
