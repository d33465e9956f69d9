"""Values of options that belong to a name: ``NAME=VALUE``, and lists of names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import click
from typing_extensions import override

MOST = 999_999
_UNIT = re.compile(r"(?<=[0-9]) ?(h|min|m|s) ?")
MOST_AN_HOUR = 3600


class Named(click.ParamType[tuple[str, Any]]):
    """``NAME=VALUE``; ``read`` returns the value, or raises `ValueError`.

    ``expected`` says in a message what a value is.
    """

    def __init__(self, name: str, read: Callable[[str], Any], expected: str) -> None:
        self.name, self._read, self._expected = name, read, expected

    @override
    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, Any]:
        if isinstance(value, tuple):
            return value
        name, _, text = value.partition("=")
        try:
            if name:
                return name, self._read(text)
        except ValueError:
            pass
        self.fail(f"{value!r} is not {self.name}{self._expected}", param, ctx)


def names_in(text: str) -> tuple[str, ...]:
    """Return names that commas separate."""
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= MOST):
        raise ValueError
    return int(text)


def _seconds(text: str) -> int:
    """Return a duration in seconds, as records write it or shorter, such as ``1h30m``."""
    from groundrules.records.times import duration_of

    written = _UNIT.sub(lambda unit: f" {'min' if unit[1] == 'm' else unit[1]} ", text)
    return int(duration_of(written.rstrip()).total_seconds())


def _time(text: str) -> str:
    if not text:
        raise ValueError
    return text


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate <= MOST_AN_HOUR:  # also false for what is not a number
        raise ValueError
    return rate


NUMBER = Named("NAME=N", _number, f" with a number from 1 to {MOST}")
DURATION = Named("JOB=DURATION", _seconds, ", such as 'web=1h30m' or 'web=1 h 30 min'")
TIME = Named("PIPELINE=TIME", _time, ", such as 'hourly=0 * * * *'")
RATE = Named("PIPELINE=N", _rate, f" with a number up to {MOST_AN_HOUR}")
