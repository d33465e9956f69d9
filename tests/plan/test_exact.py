"""The shortest schedule, by OR-Tools."""

import pytest
from hypothesis import assume, given, settings

from groundrules.plan.bounds import lower_bound
from groundrules.plan.critical_path import critical_path
from groundrules.plan.exact import exact
from groundrules.plan.graph_plan import plan, with_exact
from groundrules.plan.simulation import simulated
from groundrules.report.plan_text import plan_text
from plan.problems import by_job, problem, problems
from plan.test_simulation import assert_keeps_all_rules

pytest.importorskip("ortools")
SECONDS = 30


def shortest(problem):
    """Return the length of the schedule that is found, which has to be proven the shortest."""
    found = exact(problem, simulated(problem), SECONDS)
    assert found.bound == found.schedule.total
    return found.schedule.total


def test_the_long_job_is_better_started_first():
    late = problem("a 1", "b 1", "c 2", nodes=2)
    assert (simulated(late).total, shortest(late)) == (3, 2)


def test_a_job_waits_for_a_more_urgent_one_that_is_not_ready():
    wait = problem("a 9; holds s", "b 1", "c 1 < b; holds s", "d 9 < c")
    assert (simulated(wait).total, shortest(wait)) == (19, 11)


def test_a_lock_is_held_until_the_last_job_ends():
    locked = problem("boot 5; holds lock; pauses", "a 10 < boot", "other 4; holds lock")
    assert shortest(locked) == 19


def test_a_paused_job_ends_with_its_last_descendant_though_another_job_runs_longer():
    short = problem("boot 0; pauses", "a 0 < boot", "other 3")
    known = simulated(short)
    assert by_job(exact(short, known, SECONDS).schedule) == by_job(known)


def test_without_time_the_known_schedule_stays():
    known = simulated(late := problem("a 1", "b 1", "c 2", nodes=2))
    found = exact(late, known, 0)
    assert (found.schedule, found.bound <= known.total) == (known, True)


def test_where_durations_are_not_known_a_better_order_is_no_bound():
    late = problem("a 1", "b 1", "c 2", "d ? < c", nodes=2)
    lines = [line for part in plan_text("t", with_exact(plan(late), SECONDS), ()) for line in part]
    unless = "if jobs of unknown duration take no time"
    assert f"  As Zuul starts the jobs (2 nodes)    3 s, {unless}" in lines
    assert f"  A better order of starting takes     2 s, {unless}" in lines


@settings(max_examples=30)
@given(problems(most=6))
def test_it_is_never_longer_than_the_simulation_and_keeps_all_rules(problem):
    known = simulated(problem)
    assume(known.ends)
    found = exact(problem, known, SECONDS)
    assert_keeps_all_rules(problem, found.schedule)
    least = lower_bound(problem, critical_path(problem))
    assert least <= found.bound == found.schedule.total <= known.total
