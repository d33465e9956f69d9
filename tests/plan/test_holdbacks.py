"""What makes a schedule long."""

from groundrules.plan.critical_path import critical_path
from groundrules.plan.holdbacks import Cause, Holdback, Holdbacks, holdbacks
from groundrules.plan.plan import plan
from groundrules.plan.simulation import simulated
from plan.problems import problem
from steps import steps


def held(problem):
    return holdbacks(problem, critical_path(problem), simulated(problem))


def test_nothing_holds_an_empty_problem_back():
    assert held(problem()) == Holdbacks()


def test_without_limits_it_is_the_critical_path():
    assert held(problem("a 5", "b 3 < a", "c 1")).found == (
        Holdback(5, Cause.JOB, "a"),
        Holdback(3, Cause.EDGE, "b", "a"),
        Holdback(3, Cause.JOB, "b"),
    )


def test_a_semaphore_of_two_jobs_of_the_same_length():
    two = problem("a 5; holds s", "b 5; holds s")
    assert held(two).found == (
        Holdback(5, Cause.SEMAPHORE, "s"),
        Holdback(5, Cause.JOB, "a"),
        Holdback(5, Cause.JOB, "b"),
    )


def test_too_few_nodes():
    assert held(problem("a 5", "b 5", nodes=1)).found[0] == Holdback(5, Cause.NODES)


def test_a_lock_that_nobody_else_holds_does_not_hold_back():
    assert all(
        holdback.cause is not Cause.SEMAPHORE
        for holdback in held(problem("a 5; holds s", "b 3 < a", "c 9", nodes=1)).found
    )


def test_a_large_problem_is_not_tried_whole():
    chain = [f"j{at} 1 < j{at - 1}; holds s" for at in range(1, 300)]
    many = held(problem("j0 1; holds s", *chain, "x 999; holds s"))
    assert (many.untried, many.found[0]) == (568, Holdback(300, Cause.SEMAPHORE, "s"))


def test_the_cost_of_a_plan_does_not_grow_faster_than_the_jobs():
    def jobs(number):
        lines = (f"j{at} 1 < j{at - 1}, j{at // 2}; holds s{at % 3}" for at in range(1, number))
        return problem("j0 1; nodes 1", *lines, nodes=3)

    small, large = steps(lambda: plan(jobs(400))), steps(lambda: plan(jobs(4000)))
    assert large < 15 * small
