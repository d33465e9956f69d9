"""`Unknowns`: what belongs to a configuration and is missing here, so its content is unknown.

Its content is neither present nor missing: a check that needs it has to report that it was not
checked.
"""

from __future__ import annotations

from dataclasses import dataclass

from groundrules.graphs.elements import Job
from groundrules.text import counted, listed

MOST_FILES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknowns:
    """The ``jobs`` that other repositories define, and why there may be more jobs (``more``).

    ``base`` is the job that others inherit from unless they say otherwise.  ``files`` are lost
    whole, of the project or of one that has a say in its jobs: they could bear on any of them.
    """

    jobs: frozenset[str] = frozenset()
    base: str = ""
    more: str = ""
    files: tuple[str, ...] = ()

    @property
    def unread(self) -> str:
        """Which files cannot be read, in a sentence; empty where all of them can."""
        more = len(self.files) - MOST_FILES
        shown = [*self.files[:MOST_FILES], *([counted(more, "more file")] if more > 0 else ())]
        return f"{listed(shown)} cannot be read" if shown else ""

    def origins(self, job: Job) -> tuple[str, ...]:
        """Return the job and its parents, as far as other repositories define them."""
        return tuple(name for name in (job.name, *job.parents) if name in self.jobs)

    def orders(self, job: Job) -> tuple[str, ...]:
        """Return the origins from which a job may have its place in the order of jobs.

        Not the one that all jobs have in common: what it waited for would wait for itself.
        """
        return tuple(
            origin for origin in self.origins(job) if origin != self.base or origin == job.name
        )

    @staticmethod
    def reason(job: Job, origin: str) -> str:
        """Return why something of a job is not known."""
        if origin == job.name:
            return f"the job {origin!r} is defined in another repository"
        return f"{job.name!r} inherits from {origin!r}, which is defined in another repository"
