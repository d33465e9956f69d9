"""`Outline`: who refers to whom, what changed when, what is left to do."""

from __future__ import annotations

import datetime

from groundrules.pages.outline import Outline
from groundrules.records import Catalogue
from groundrules.records.manual import Manual
from groundrules.records.session import Session, SessionTopic


def session_of(catalogue, name: str) -> Session:
    return next(each for each in catalogue.sessions if each.id == name)


def test_events_are_every_dated_change_newest_first(outline):
    assert [f"{each.date} {each.kind}:{each.name} {each.what}" for each in outline.events] == [
        "2025-08-22 expectation:memory-8gb The upper bound was written down.",
        "2024-08-14 label:debian-11 Deprecated. Use :ci:label:`debian-12` instead.",
        "2024-06-30 expectation:memory-8gb "
        "Last day of the exception for ``debian-10``: guaranteed.",
        "2024-06-30 label:debian-10 Removed. Use :ci:label:`debian-12` instead.",
        "2023-06-10 label:debian-12 Introduced.",
        "2022-09-10 label:debian-10 Deprecated. Use :ci:label:`debian-12` instead.",
        "2021-11-16 graph:deploy The jobs were written down.",
        "2021-05-25 platform:vm A flavor with more memory than promised was replaced.",
        "2020-01-31 expectation:ballooning Withdrawn.",
        "2019-07-06 label:debian-10 Introduced.",
        "2016-11-15 expectation:memory-8gb True since this day.",
        "2015-03-01 platform:static-host Removed.",
        "2015-03-01 platform:static-host The last host was switched off.",
        "2014-02-03 platform:vm Introduced.",
    ]


def test_an_event_of_a_provider_names_it(outline):
    titles = {each.title for each in outline.events if each.name == "vm"}
    assert titles == {"Single-use virtual machine", "Single-use virtual machine: cloud-a"}


def test_an_event_tells_the_topic_platform_or_graph_that_its_record_is_part_of(outline):
    assert {(each.kind, each.name, each.topic) for each in outline.events} == {
        ("expectation", "ballooning", "Memory"),
        ("expectation", "memory-8gb", "Memory"),
        ("graph", "deploy", "How the servers are deployed"),
        ("label", "debian-10", "Single-use virtual machine"),
        ("label", "debian-11", "Single-use virtual machine"),
        ("label", "debian-12", "Single-use virtual machine"),
        ("platform", "static-host", "Static host"),
        ("platform", "vm", "Single-use virtual machine"),
    }


def test_a_session_knows_what_cites_it(outline):
    assert outline.cited == {
        "summit-2016": [("expectation", "memory-8gb"), ("platform", "vm")],
        "meeting-2021-11-16": [("graph", "deploy"), ("job", "deploy/gitea")],
    }


def test_a_record_knows_which_topics_led_to_it(outline):
    assert {
        name: [f"{session.id}: {topic.title}" for session, topic in where]
        for name, where in outline.led_to.items()
    } == {
        "expectation:memory-8gb": ["summit-2016: Memory"],
        "label:debian-12": ["summit-2016: Memory"],
        "graph:deploy": ["meeting-2021-11-09: Step one"],
        "job:deploy/gitea": ["meeting-2021-11-16: Certificates"],
        "job:certificates": ["meeting-2021-11-16: Certificates"],
    }


def test_open_actions_of_the_meeting_before_are_left_over(outline, catalogue):
    left = outline.left_over(session_of(catalogue, "meeting-2021-11-16"))
    assert [each.action.what for each in left] == ["Document ``every`` dependency."]


def test_nothing_is_left_over_from_a_later_meeting_or_another_series(outline, catalogue):
    assert outline.left_over(session_of(catalogue, "meeting-2021-11-09")) == []
    assert outline.left_over(session_of(catalogue, "summit-2016")) == []


def test_only_the_last_meeting_of_a_series_leaves_actions_over():
    meetings = [
        Session.model_validate(
            {
                "id": f"m{day}",
                "title": f"{day}",
                "kind": "meeting",
                "series": "team",
                "date": datetime.date(2026, 1, day),
                "topics": ({"title": "t", "actions": ({"what": f"Do {day}."},)},),
            }
        )
        for day in (1, 2, 3)
    ]
    manual = Manual(title="t", publisher="p", summary="s")
    outline = Outline(Catalogue(manual, sessions=tuple(meetings)))
    assert [each.action.what for each in outline.left_over(meetings[2])] == ["Do 2."]


def test_rules_speak_of_the_jobs_that_they_select(outline, catalogue):
    [deploy] = [each for each in catalogue.graphs if each.id == "deploy"]
    spoken = {job.name: [rule.id for rule in outline.rules_of(deploy, job)] for job in deploy.jobs}
    assert spoken == {
        "base": [],
        "certificates": [],
        "gitea": ["webservers-after-certificates"],
    }


def test_topics_are_numbered_by_depth_in_the_order_of_the_agenda():
    session = Session.model_validate(
        {
            "id": "s",
            "title": "S",
            "kind": "summit",
            "date": datetime.date(2016, 1, 1),
            "topics": (
                {"title": "1", "topics": ({"title": "1.1"}, {"title": "1.2"})},
                {"title": "2"},
            ),
        }
    )
    assert [(depth, topic.title) for depth, topic in session.numbered_topics()] == [
        (0, "1"),
        (1, "1.1"),
        (1, "1.2"),
        (0, "2"),
    ]


def test_sessions_that_led_to_a_record_are_listed_once_with_all_their_topics(catalogue):
    topics = [SessionTopic(title=each, led_to=("graph:deploy",)) for each in ("One", "Two")]
    first = Session(
        id="first", title="First", kind="meeting", date=datetime.date(2021, 1, 1), topics=topics
    )
    second = first.model_copy(update={"id": "second", "topics": tuple(topics[:1])})
    outline = Outline(Catalogue(manual=catalogue.manual, sessions=(first, second)))
    [(how, origins)] = outline.origins("graph:deploy")
    assert how == "Came out of"
    assert [(session.id, [each.title for each in topics]) for session, topics in origins] == [
        ("first", ["One", "Two"]),
        ("second", ["One"]),
    ]
    assert outline.origins("graph:other") == []


def test_how_a_record_came_about_is_told_in_the_words_of_the_topics(catalogue):
    topics = [
        SessionTopic(title="Came", led_to=("graph:deploy",)),
        SessionTopic(title="Proposed", led_to=("graph:deploy",), outcome="proposed"),
        SessionTopic(title="Decided", led_to=("graph:deploy",), outcome="decided"),
    ]
    session = Session(
        id="first", title="First", kind="meeting", date=datetime.date(2021, 1, 1), topics=topics
    )
    outline = Outline(Catalogue(manual=catalogue.manual, sessions=(session,)))
    told = [(how, origins[0][1][0].title) for how, origins in outline.origins("graph:deploy")]
    assert told == [("Decided in", "Decided"), ("Proposed in", "Proposed"), ("Came out of", "Came")]
    assert [how for how, _ in outline.outcome(session)[1]] == [
        "decided",
        "proposed",
        "came out of it",
    ]
