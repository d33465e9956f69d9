"""Durations from what Zuul's REST API answers about builds."""

import json

import pytest

from groundrules.plan.build_records import JobDurations, job_durations
from groundrules.zuul_api.build import BuildRecordsError, builds_of
from served_zuul import build


def durations(*builds, pipelines=("deploy",), project=None):
    return job_durations(builds_of(json.dumps(builds).encode()), pipelines, project)


def test_no_build_says_nothing():
    assert durations() == {}


def test_the_median_is_a_build_that_was():
    many = [build(number, duration=float(number)) for number in range(1, 101)]
    assert durations(*many) == {"web": JobDurations(100, 0, 50)}


def test_of_two_builds_the_shorter_is_typical():
    assert durations(build(1, duration=50.4), build(2, duration=99.0)) == {
        "web": JobDurations(2, 0, 50)
    }


def test_failed_and_other_builds_are_counted_apart_from_successes():
    results = ("SUCCESS", "FAILURE", "ABORTED", "NODE_FAILURE", "RETRY", None)
    many = [build(number, result=result) for number, result in enumerate(results)]
    assert durations(*many) == {"web": JobDurations(1, 5, 60)}


def test_a_job_that_never_succeeded_has_no_duration():
    assert durations(build(1, result="FAILURE")) == {"web": JobDurations(0, 1, None)}


def test_a_build_that_has_not_ended_is_not_a_success():
    assert durations(build(1, result="SUCCESS", duration=None)) == {"web": JobDurations(0, 1, None)}


def test_a_build_that_is_listed_twice_is_one():
    assert durations(build(1), build(1)) == {"web": JobDurations(1, 0, 60)}


def test_other_pipelines_and_projects_do_not_count():
    elsewhere = build(2, project="example/other")
    assert durations(build(1, pipeline="check"), elsewhere, project="team/a") == {}


def test_the_form_of_older_releases():
    old = build(1) | {"project": "example/app"}
    del old["ref"]
    assert durations(old, project="example/app") == {"web": JobDurations(1, 0, 60)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "Input data was truncated"),
        (b"{}", "Expected `array`, got `object`"),
        (b'[{"uuid": "1"}]', "Object missing required field `job_name` - at `$[0]`"),
        (b"<html>", "JSON is malformed: invalid character (byte 0)"),
        (b"[[]]", "Expected `object`, got `array` - at `$[0]`"),
    ],
)
def test_other_texts_are_refused(text, reason):
    with pytest.raises(BuildRecordsError) as raised:
        builds_of(text)
    assert str(raised.value) == f"not a list of builds as Zuul returns it: {reason}"


def test_a_text_that_is_nested_too_deeply_is_refused():
    with pytest.raises(BuildRecordsError, match=r"^the JSON is nested too deeply$"):
        builds_of(b'[{"x": ' + b"[" * 100_000)
