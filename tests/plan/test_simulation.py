"""When jobs run, if each starts as soon as Zuul can start it."""

from collections import Counter

import pytest
from hypothesis import assume, given

from groundrules.graphs.job_graph import CycleError
from groundrules.plan.bounds import lower_bound
from groundrules.plan.critical_path import critical_path
from groundrules.plan.schedule import Stuck
from groundrules.plan.scheduling_problem import SchedulingProblem
from groundrules.plan.simulation import simulated
from plan.problems import by_job, problem, problems


def times(problem):
    """Return when each job starts and ends."""
    return {run.job: (run.start, run.end) for run in simulated(problem).runs}


def test_nothing_to_run():
    assert simulated(problem()).total == 0


def test_jobs_without_a_limit_run_as_soon_as_their_order_allows():
    diamond = problem("base 5", "web 10 < base", "db 7 < base", "test 3 < web, db")
    assert times(diamond) == {"base": (0, 5), "web": (5, 15), "db": (5, 12), "test": (15, 18)}


def test_one_node_runs_one_job_after_another():
    two = problem("a 5", "b 3", nodes=1)
    assert times(two) == {"a": (0, 5), "b": (5, 8)}


def test_a_job_without_nodes_needs_none():
    two = problem("a 5", "b 3; nodes 0", nodes=1)
    assert times(two) == {"a": (0, 5), "b": (0, 3)}


def test_a_semaphore_admits_one_job_if_no_limit_is_known():
    three = problem("a 5; holds s", "b 3; holds s", "c 4")
    assert times(three) == {"a": (0, 5), "c": (0, 4), "b": (5, 8)}


def test_a_semaphore_admits_as_many_jobs_as_its_limit():
    three = problem("a 5; holds s", "b 3; holds s", "c 4; holds s", limits={"s": 2})
    assert times(three) == {"a": (0, 5), "b": (0, 3), "c": (3, 7)}


def test_a_job_takes_all_its_semaphores_at_the_same_time_or_none():
    three = problem("a 5; holds s", "b 3; holds s, t", "c 4; holds t")
    assert times(three) == {"a": (0, 5), "c": (0, 4), "b": (5, 8)}


def test_of_several_jobs_the_first_in_the_configuration_starts_first():
    late = problem("c 1; holds s", "a 5 < b; holds s", "b 1", "d 3; holds s")
    assert times(late) == {"c": (0, 1), "b": (0, 1), "a": (1, 6), "d": (6, 9)}


def test_a_paused_job_ends_after_all_its_descendants():
    paused = problem("boot 5; pauses", "a 10 < boot", "b 7 < a")
    run = by_job(simulated(paused))["boot"]
    assert (run.start, run.done, run.end) == (0, 5, 22)


def test_a_job_that_pauses_for_nobody_ends_at_once():
    assert times(problem("boot 5; pauses", "a 10")) == {"boot": (0, 5), "a": (0, 10)}


def test_paused_jobs_end_from_the_last_to_the_first():
    nested = problem("a 1; pauses", "b 1 < a; pauses", "c 4 < b")
    assert times(nested) == {"a": (0, 6), "b": (1, 6), "c": (2, 6)}


def test_a_lock_that_a_paused_job_holds_keeps_others_out_until_it_ends():
    locked = problem("boot 5; holds lock; pauses", "a 10 < boot", "other 4; holds lock")
    assert times(locked) == {"boot": (0, 15), "a": (5, 15), "other": (15, 19)}


def test_a_job_that_needs_what_its_paused_dependency_holds_never_starts():
    locked = problem("boot 5; holds lock; pauses", "a 10 < boot; holds lock", "b 1 < a", "c 3")
    result = simulated(locked)
    assert [run.job for run in result.runs] == ["c"]
    assert result.stuck == (Stuck("a", "lock", ("boot",)),)
    assert result.behind == ("b",)


def test_a_job_that_needs_more_nodes_than_there_are_never_starts():
    result = simulated(problem("a 5; nodes 3", "b 1 < a", nodes=2))
    assert (result.stuck, result.behind) == ((Stuck("a", ""),), ("b",))


def test_a_cycle_cannot_run():
    with pytest.raises(CycleError, match="the jobs wait for each other: a → b → a"):
        simulated(problem("a 1 < b", "b 1 < a"))


@given(problems())
def test_no_edge_limit_or_bound_is_broken(problem):
    result = simulated(problem)
    assert {run.job for run in result.runs} <= problem.by_name.keys()
    assume(result.ends)
    assert {run.job for run in result.runs} == problem.by_name.keys()
    assert_keeps_all_rules(problem, result)
    assert lower_bound(problem, critical_path(problem)) <= result.total


@given(problems())
def test_without_limits_it_takes_the_critical_path(problem):
    free = SchedulingProblem(problem.jobs, {"a": 99, "b": 99})
    assert simulated(free).total == critical_path(free).total


def assert_keeps_all_rules(problem, schedule):
    """Fail if a run starts before it may, or more is held than there is."""
    runs = by_job(schedule)
    for job in problem.jobs:
        run = runs[job.name]
        assert (run.start >= job.release, run.done) == (True, run.start + job.least)
        assert all(runs[name].done <= run.start for name in problem.dependencies[job.name])
        below = [runs[name].end for name in _descendants(problem, job.name)] if job.pauses else []
        assert run.end == max([run.done, *below])
    for moment in {run.start for run in schedule.runs}:
        held = Counter()
        for job in problem.jobs:
            if runs[job.name].start <= moment < runs[job.name].end:
                held.update(problem.needs(job))
        assert all(count <= problem.limit(resource) for resource, count in held.items())


def _descendants(problem, job):
    below = dict.fromkeys(problem.dependents[job])
    for name in (todo := list(below)):
        todo += [n for n in problem.dependents[name] if n not in below]
        below |= dict.fromkeys(problem.dependents[name])
    return below
