"""`steps`: the same count every time, the first time in a process too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

import steps as counting
from steps import TooManyStepsError, growth, steps

COUNT_THREE_TIMES = """
from steps import steps

def work(size):
    return sum(step for step in range(size))

print(*(steps(lambda: work(1000)) for _ in range(3)))
"""


def work(size: int) -> None:
    for _ in range(size):
        pass


def test_the_first_count_of_a_process_is_that_of_every_other():
    counts = subprocess.run(
        [sys.executable, "-c", COUNT_THREE_TIMES],
        cwd=Path(__file__).parent,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    assert len(counts) == 3
    assert len(set(counts)) == 1
    assert int(counts[0]) > 1000


def test_twice_the_work_is_twice_the_steps():
    assert growth(lambda size: lambda: work(size), 10_000) == pytest.approx(2, abs=0.01)


def test_more_steps_than_the_most_raise_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(counting, "MOST", 1000)
    tidied: list[int] = []

    def action() -> None:
        try:
            work(1000)
        finally:
            tidied.append(sum(1 for _ in range(100)))

    with pytest.raises(TooManyStepsError, match=r"^more than 1,000 steps$"):
        steps(action)
    assert tidied == [100]
    monkeypatch.undo()
    assert steps(lambda: work(1000)) > 1000


def test_what_fails_leaves_no_counter_behind():
    with pytest.raises(ZeroDivisionError):
        steps(lambda: 1 / 0)
    assert steps(lambda: work(1000)) == steps(lambda: work(1000))


def test_the_steps_of_other_threads_are_not_counted():
    def elsewhere(size: int) -> int:
        thread = Thread(target=work, args=(size,))
        return steps(lambda: (thread.start(), thread.join()))

    elsewhere(1)
    assert elsewhere(100_000) < 10_000
