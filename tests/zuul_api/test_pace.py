"""Requests at a pace: pauses are counted, never waited for."""

from __future__ import annotations

from groundrules.zuul_api.pace import Pace


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.time, self.pauses = 100.0, list[float]()

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += seconds


def test_requests_are_a_part_of_a_second_apart():
    clock = Clock()
    pace = Pace(4, clock, clock.sleep)
    for _ in range(4):
        pace.wait()
    assert clock.pauses == [0.25, 0.25, 0.25]


def test_time_that_passed_is_not_waited_for():
    clock = Clock()
    pace = Pace(4, clock, clock.sleep)
    pace.wait()
    clock.time += 10
    pace.wait()
    pace.wait()
    assert clock.pauses == [0.25]
