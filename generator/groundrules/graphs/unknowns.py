"""`Unknowns`: the parts of a configuration that are not available.

Their content is neither present nor missing: a check that needs it must be reported as skipped.
"""

from __future__ import annotations

from msgspec import Struct

from groundrules.graphs.elements import Job
from groundrules.text import counted, listed

MOST_FILES = 3


class Unknowns(Struct, frozen=True, kw_only=True):
    """The ``jobs`` that other repositories define, and the reason why there may be more (``more``).

    ``base`` is the default parent of jobs.  ``files`` cannot be read; they are in the project or
    in one that can change its jobs, so they could affect any of them.  ``is_alone`` says that one
    repository was read, without the others of its tenant.
    """

    jobs: frozenset[str] = frozenset()
    base: str = ""
    more: str = ""
    files: tuple[str, ...] = ()
    is_alone: bool = False

    @property
    def unread(self) -> str:
        """A sentence about files that cannot be read; empty if there are none."""
        more = len(self.files) - MOST_FILES
        shown = [*self.files[:MOST_FILES], *([counted(more, "more file")] if more > 0 else ())]
        return f"{listed(shown)} cannot be read" if shown else ""

    def origins(self, job: Job) -> tuple[str, ...]:
        """Return those of the job and its parents that other repositories define."""
        return tuple(name for name in (job.name, *job.parents) if name in self.jobs)

    def orders(self, job: Job) -> tuple[str, ...]:
        """Return the origins that may add dependencies to a job.

        The base job has none, because its dependencies would wait for themselves.
        """
        origins = self.origins(job)
        return tuple(one for one in origins if one != self.base or one == job.name)

    @staticmethod
    def reason(job: Job, origin: str) -> str:
        """Return why an attribute of a job is unknown."""
        if origin == job.name:
            return f"the job {origin!r} is defined in another repository"
        return f"{job.name!r} inherits from {origin!r}, which is defined in another repository"
