"""Words that several messages of checks use."""

from __future__ import annotations

from collections.abc import Iterable

from groundrules.counting import listed


def some(words: Iterable[str], most: int = 5) -> str:
    """Return the first of many words, and how many more there are.

    >>> some(["a", "b", "c"], most=2)
    "'a', 'b' and 1 more"
    """
    every = list(words)
    if len(every) <= most:
        return listed(map(repr, every))
    return f"{', '.join(map(repr, every[:most]))} and {len(every) - most} more"


def names(kind: str, words: Iterable[str]) -> str:
    """Return the kind of thing and its names.

    >>> names("pipeline", ["check"]), names("pipeline", ["check", "gate"])
    ("the pipeline 'check'", "the pipelines 'check' and 'gate'")
    """
    every = list(words)
    return f"the {kind}{'s' if len(every) > 1 else ''} {listed(map(repr, every))}"


def arrows(jobs: Iterable[str]) -> str:
    """Return a way through a graph, from the one that waits to the one it waits for."""
    return " → ".join(jobs)


def minutes(seconds: int) -> str:
    """Return a time as data files write it.

    >>> minutes(5400), minutes(600), minutes(45)
    ('1 h 30 min', '10 min', '45 s')
    """
    hours, rest = divmod(seconds, 3600)
    parts = ((hours, "h"), (rest // 60, "min"), (rest % 60, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"
