"""Changes of a problem, to compare with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from groundrules.plan.critical_path import critical_path
from groundrules.plan.scheduling_problem import SchedulingProblem
from groundrules.plan.what_if import (
    WhatIfError,
    merged,
    split,
    with_duration,
    with_edge,
    with_limit,
    with_nodes,
    without_edge,
)
from plan.problems import problem, problems

SITES = problem("base 5", "web 10 < base; holds s", "db 7 < base; holds s", "test 3 < web, db")


def test_another_limit():
    assert with_limit(SITES, "s", 2) == SchedulingProblem(SITES.jobs, {"s": 2})


def test_a_number_of_nodes():
    assert with_nodes(SITES, 3) == SchedulingProblem(SITES.jobs, nodes=3)


def test_another_duration():
    assert with_duration(SITES, "db", 8).by_name["db"].duration == 8


def test_one_more_edge():
    assert with_edge(SITES, "db", "web").dependencies["db"] == ("base", "web")


def test_one_edge_less():
    assert without_edge(SITES, "test", "web").dependencies["test"] == ("db",)


def test_merged_jobs_run_one_after_another_in_one_job():
    whole = merged(SITES, "web", "db")
    assert whole == problem("base 5", "web+db 17 < base; holds s", "test 3 < web+db")


def test_a_merge_with_a_job_of_unknown_duration_has_an_unknown_duration():
    whole = merged(problem("a 5", "b ?; pauses", "c 1"), "a", "b")
    assert whole == problem("a+b ?; pauses", "c 1")


def test_the_parts_of_a_split_job_run_side_by_side():
    parts = split(SITES, "web", 3)
    assert parts == problem(
        "base 5",
        "web-1 4 < base; holds s",
        "web-2 4 < base; holds s",
        "web-3 4 < base; holds s",
        "db 7 < base; holds s",
        "test 3 < web-1, web-2, web-3, db",
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda: with_limit(SITES, "t", 2), "no job holds the semaphore 't'"),
        (lambda: with_duration(SITES, "wbe", 2), "unknown job 'wbe'"),
        (lambda: with_edge(SITES, "web", "bse"), "unknown job 'bse'"),
        (lambda: with_edge(SITES, "web", "base"), "'web' already depends on 'base'"),
        (lambda: without_edge(SITES, "web", "db"), "'web' does not depend on 'db'"),
        (lambda: merged(SITES, "web", "web"), "a merge needs two different jobs"),
        (lambda: merged(SITES, "web", "sql"), "unknown job 'sql'"),
        (lambda: split(SITES, "web", 1), "a split of 'web' needs at least two parts"),
        (
            lambda: split(problem("a 1", "a-2 1"), "a", 2),
            "there is a job 'a-2' already",
        ),
    ],
)
def test_a_change_that_cannot_be_made(change, message):
    with pytest.raises(WhatIfError) as raised:
        change()
    assert str(raised.value) == message


@given(problems(), st.data())
def test_one_more_edge_never_shortens_the_critical_path(problem, data):
    pairs = [
        (problem.order[late], problem.order[early])
        for late in range(len(problem.order))
        for early in range(late)
        if problem.order[early] not in problem.dependencies[problem.order[late]]
    ]
    if pairs:
        longer = with_edge(problem, *data.draw(st.sampled_from(pairs)))
        assert critical_path(longer).total >= critical_path(problem).total


@given(problems(), st.integers(2, 4))
def test_a_split_never_delays_the_end(problem, count):
    for job in problem.jobs:
        parts = split(problem, job.name, count)
        assert critical_path(parts).total <= critical_path(problem).total


def test_what_ifs_leave_the_problem_as_it_is():
    before = tuple(replace(job) for job in SITES.jobs)
    merged(split(with_duration(SITES, "db", 8), "web", 2), "base", "db")
    assert SITES.jobs == before
