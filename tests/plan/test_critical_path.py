"""The critical path, slack, and what each edge and job of it costs."""

import pytest
from hypothesis import given
from msgspec.structs import replace

from groundrules.graphs.job_graph import CycleError
from groundrules.plan.critical_path import critical_path
from groundrules.plan.savings import Saving, savings
from groundrules.plan.scheduling_problem import SchedulingProblem
from plan.problems import problem, problems

DIAMOND = problem("base 5", "web 10 < base", "db 7 < base", "test 3 < web, db")


def test_nothing_takes_no_time():
    assert (critical_path(problem()).total, critical_path(problem()).path) == (0, ())


def test_a_chain_takes_the_sum():
    critical = critical_path(problem("a 1", "b 2 < a", "c 3 < b"))
    assert (critical.total, critical.path) == (6, ("a", "b", "c"))


def test_a_diamond_takes_its_longer_side():
    critical = critical_path(DIAMOND)
    assert (critical.total, critical.path) == (18, ("base", "web", "test"))
    assert [critical.slack(job) for job in ("base", "web", "db", "test")] == [0, 0, 3, 0]


def test_an_unknown_duration_takes_no_time():
    critical = critical_path(problem("a 1", "b ? < a", "c 3 < b"))
    assert (critical.total, critical.path) == (4, ("a", "b", "c"))


def test_the_order_in_which_jobs_are_written_does_not_matter():
    critical = critical_path(problem("c 3 < b", "b 2 < a", "a 1"))
    assert (critical.total, critical.path) == (6, ("a", "b", "c"))


def test_a_job_that_is_not_part_of_the_problem_is_not_waited_for():
    assert critical_path(problem("a 1 < elsewhere")).total == 1


def test_a_cycle_has_no_critical_path():
    with pytest.raises(CycleError, match="the jobs wait for each other: a → b → a"):
        critical_path(problem("a 1 < b", "b 1 < a"))


def test_what_each_edge_and_job_costs():
    assert savings(DIAMOND, critical_path(DIAMOND)) == [
        Saving(5, "base"),
        Saving(3, "web", "base"),
        Saving(3, "web"),
        Saving(3, "test", "web"),
        Saving(3, "test"),
    ]


def test_of_two_chains_of_the_same_length_neither_costs_anything():
    twice = problem("a 5", "b 5 < a", "c 5", "d 5 < c")
    assert savings(twice, critical_path(twice)) == []


@given(problems())
def test_savings_are_those_of_the_changed_problem(problem):
    critical = critical_path(problem)
    assert {saving[1:]: saving[0] for saving in savings(problem, critical)} == {
        change: seconds for change, seconds in _by_trying(problem, critical) if seconds
    }


def _by_trying(problem, critical):
    """Yield what is saved by each edge and job of the path, from the path without it."""
    for job in critical.path:
        shorter = [replace(j, duration=0) if j.name == job else j for j in problem.jobs]
        yield (job, ""), critical.total - critical_path(SchedulingProblem(tuple(shorter))).total
    for dependency, job in zip(critical.path, critical.path[1:], strict=False):
        jobs = [
            replace(j, dependencies=tuple({*j.dependencies} - {dependency})) if j.name == job else j
            for j in problem.jobs
        ]
        yield (
            (job, dependency),
            critical.total - critical_path(SchedulingProblem(tuple(jobs))).total,
        )
