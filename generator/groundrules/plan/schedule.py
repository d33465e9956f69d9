"""`Schedule`: when each job runs, if jobs start as soon as the CI system can start them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct


class Run(Struct, frozen=True):
    """When a job runs, in seconds; ``done`` is before ``end`` for a job that pauses."""

    job: str
    start: int
    done: int
    end: int


class Stuck(Struct, frozen=True):
    """A job that can never start, since a resource is never released or is too small."""

    job: str
    resource: str
    holders: tuple[str, ...] = ()
    """Paused jobs that hold the resource and wait for this job; none if it is too small."""


@dataclass(frozen=True)
class Schedule:
    """The runs in the order of their starts.

    ``stuck`` jobs never start, and neither do jobs ``behind`` them.
    """

    runs: tuple[Run, ...]
    stuck: tuple[Stuck, ...] = ()
    behind: tuple[str, ...] = ()

    @property
    def ends(self) -> bool:
        """Whether all jobs run."""
        return not self.stuck

    @cached_property
    def total(self) -> int:
        """The end of the last run, in seconds."""
        return max((run.end for run in self.runs), default=0)
