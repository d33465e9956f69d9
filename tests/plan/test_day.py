"""A day of several pipelines, and the times at which their buildsets come."""

import pytest

from groundrules.plan.arrivals import TimerError, at_random, timer
from groundrules.plan.day import (
    Buildsets,
    Locking,
    StuckError,
    Waiting,
    relaxed,
    simulated_day,
)
from plan.problems import problem

HOUR = 3600
DEPLOY = problem("boot 300; holds lock; pauses", "a 600 < boot; holds s", "b 600 < boot")


def test_a_buildset_alone_waits_for_nobody():
    day = simulated_day([Buildsets("deploy", DEPLOY, (0, HOUR))])
    assert (day.waiting, day.met) == ({"deploy": Waiting(2, 0, 0)}, ())


def test_a_lock_keeps_pipelines_apart():
    day = simulated_day([Buildsets("deploy", DEPLOY, (0,)), Buildsets("hourly", DEPLOY, (100,))])
    assert day.waiting == {"deploy": Waiting(1, 0, 0), "hourly": Waiting(1, 800, 800)}
    assert day.met == ()


def test_without_the_lock_they_meet():
    free = relaxed(DEPLOY, Locking.NOTHING)
    day = simulated_day([Buildsets("deploy", free, (0,)), Buildsets("hourly", free, (100,))])
    assert day.waiting == {"deploy": Waiting(1, 0, 0), "hourly": Waiting(1, 500, 500)}
    assert day.met == (("deploy", "hourly"),)


def test_a_serial_pipeline_runs_one_buildset_after_another():
    free = relaxed(DEPLOY, Locking.NOTHING)
    serial = Buildsets("deploy", free, (0, 100), is_serial=True)
    assert simulated_day([serial]).waiting == {"deploy": Waiting(2, 0, 800)}


def test_nodes_are_shared():
    one = problem("a 100")
    day = simulated_day([Buildsets("x", one, (0,)), Buildsets("y", one, (0,))], nodes=1)
    assert day.waiting == {"x": Waiting(1, 0, 0), "y": Waiting(1, 100, 100)}


def test_a_pipeline_that_nothing_comes_to():
    assert simulated_day([Buildsets("x", DEPLOY, ())]).waiting == {"x": Waiting(0, 0, 0)}


def test_a_buildset_that_never_ends_is_named():
    stuck = problem("boot 1; holds lock; pauses", "a 1 < boot; holds lock")
    with pytest.raises(StuckError, match=r"^'a' can never start$"):
        simulated_day([Buildsets("x", stuck, (0,))])


def test_a_semaphore_instead_of_the_lock_is_held_by_each_job_below():
    assert relaxed(DEPLOY, Locking.SEMAPHORE) == problem(
        "boot 300; holds lock", "a 600 < boot; holds s, lock", "b 600 < boot; holds lock"
    )


def test_nothing_instead_of_the_lock():
    assert relaxed(DEPLOY, Locking.NOTHING) == problem(
        "boot 300", "a 600 < boot; holds s", "b 600 < boot"
    )


def test_the_lock_itself_changes_nothing():
    assert relaxed(DEPLOY, Locking.LOCK) is DEPLOY


@pytest.mark.parametrize(
    ("spec", "hours"),
    [
        ("0 * * * *", list(range(24))),
        ("0 2,14 * * *", [2, 14]),
        ("0 */8 * * 0", [0, 8, 16]),  # a Monday, as APScheduler counts
        ("0 2 * * 6", []),
        ("0 2 * * * 0 120", [2]),
    ],
)
def test_timer(spec, hours):
    pytest.importorskip("apscheduler")
    assert list(timer(spec)) == [hour * HOUR for hour in hours]


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("", "'' has 0 fields; a timer has 5 to 7"),
        ("0 * * *", "'0 * * *' has 4 fields; a timer has 5 to 7"),
        (
            "0 25 * * *",
            "'0 25 * * *' is not a time of a timer: Error validating expression '25': "
            "the last value (25) is higher than the maximum value (23)",
        ),
    ],
)
def test_a_time_that_no_timer_can_read(spec, reason):
    pytest.importorskip("apscheduler")
    with pytest.raises(TimerError) as raised:
        list(timer(spec))
    assert str(raised.value) == reason


def test_random_times_are_the_same_for_the_same_seed():
    assert list(at_random(3, 1)) == list(at_random(3, 1)) != list(at_random(3, 2))


def test_random_times_are_as_many_as_the_rate_says():
    counts = [len(list(at_random(3, seed))) for seed in range(100)]
    assert 70 < sum(counts) / 100 < 74  # 72 in a day
