"""What makes a schedule long."""

from groundrules.plan.critical_path import critical_path
from groundrules.plan.holdbacks import Holdback, HoldbackCause, Holdbacks, holdbacks
from groundrules.plan.simulation import simulated
from plan.problems import problem


def held(problem):
    return holdbacks(problem, critical_path(problem), simulated(problem))


def test_nothing_holds_an_empty_problem_back():
    assert held(problem()) == Holdbacks()


def test_without_limits_it_is_the_critical_path():
    assert held(problem("a 5", "b 3 < a", "c 1")).found == (
        Holdback(5, HoldbackCause.JOB, "a"),
        Holdback(3, HoldbackCause.EDGE, "b", "a"),
        Holdback(3, HoldbackCause.JOB, "b"),
    )


def test_a_semaphore_of_two_jobs_of_the_same_length():
    two = problem("a 5; holds s", "b 5; holds s")
    assert held(two).found == (
        Holdback(5, HoldbackCause.SEMAPHORE, "s"),
        Holdback(5, HoldbackCause.JOB, "a"),
        Holdback(5, HoldbackCause.JOB, "b"),
    )


def test_too_few_nodes():
    assert held(problem("a 5", "b 5", nodes=1)).found[0] == Holdback(5, HoldbackCause.NODES)


def test_a_lock_that_nobody_else_holds_does_not_hold_back():
    assert all(
        holdback.cause is not HoldbackCause.SEMAPHORE
        for holdback in held(problem("a 5; holds s", "b 3 < a", "c 9", nodes=1)).found
    )


def test_a_large_problem_is_not_tried_whole():
    chain = [f"j{at} 1 < j{at - 1}; holds s" for at in range(1, 300)]
    many = held(problem("j0 1; holds s", *chain, "x 999; holds s"))
    assert (many.untried, many.found[0]) == (568, Holdback(999, HoldbackCause.JOB, "x"))
