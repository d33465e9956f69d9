"""Numbers of things and lists of things, as a sentence has them."""

from __future__ import annotations

from collections.abc import Iterable


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "job"), counted(0, "job"), counted(2, "branch"), counted(3, "dependency")
    ('1 job', '0 jobs', '2 branches', '3 dependencies')
    """
    if number == 1:
        return f"1 {noun}"
    if noun.endswith("cy"):
        return f"{number} {noun[:-1]}ies"
    return f"{number} {noun}{'es' if noun.endswith('ch') else 's'}"


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them.

    >>> listed(["check"]), listed(["check", "gate", "post, late"])
    ('check', 'check, gate and post, late')
    """
    every = list(words)
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))
