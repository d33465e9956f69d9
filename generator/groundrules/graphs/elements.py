"""The elements of job graphs: jobs, edges, and missing or unknown parts."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from groundrules.diagnostics import Location


class Status(StrEnum):
    """Whether the CI system enforces an edge, or it is only planned."""

    ENFORCED = "enforced"
    """The real configuration has it."""
    PLANNED = "planned"
    """It is needed, but the configuration does not have it, or it was not checked."""


class Step(Struct, frozen=True):
    """A step of the chain that added something to a graph: what it is, and its place."""

    what: str
    location: Location | None
    """None for a job that no file here defines, such as one of the CI system itself."""


class NameAt(Struct, frozen=True):
    """A name, such as that of a label, with its place.

    ``chain`` leads from the name to a job.  A semaphore is ``partial`` if it is held only for a
    part of the job.
    """

    name: str
    location: Location | None = None
    chain: tuple[Step, ...] = ()
    partial: bool = False


class FilePattern(NamedTuple):
    """An expression for paths; ``negate`` inverts it."""

    text: str
    negate: bool = False

    def __str__(self) -> str:
        return f"not {self.text}" if self.negate else self.text


class Job(Struct, frozen=True, kw_only=True):
    """A job in a graph, with the attributes that affect when it runs and what it acquires.

    ``parents`` are the jobs it inherits from, nearest first.  One of the expressions ``files``
    has to match a changed file.  With ``has_empty_files``, its list of them is empty, so that it
    runs for no changed file.  ``timeout`` is in seconds.  With ``inherits_dependencies``, the job
    also has the dependencies of its parents.
    """

    name: str
    location: Location | None = None
    chain: tuple[Step, ...] = ()
    labels: tuple[NameAt, ...] = ()
    semaphores: tuple[NameAt, ...] = ()
    tags: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    files: tuple[FilePattern, ...] = ()
    has_empty_files: bool = False
    irrelevant_files: tuple[FilePattern, ...] = ()
    voting: bool = True
    inherits_dependencies: bool = False
    timeout: int | None = None
    elsewhere: tuple[str, ...] = ()
    """Those of the job and its parents that another repository defines.

    Their definitions are unknown.  The default parent of all jobs is not included.
    """

    doubt: str = ""
    """Why it may wait for other jobs; empty if it does not."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether another repository defines the job."""
        return self.name in self.elsewhere

    @property
    def has_file_matcher(self) -> bool:
        """Whether it depends on the files of a change if the job runs."""
        return bool(self.files or self.irrelevant_files or self.has_empty_files)


class Elsewhere(Struct, frozen=True, kw_only=True):
    """A name that another repository defines: what it adds is unknown.

    ``kind`` is the CI system's own word for what it is; ``jobs`` are those of the graph that are
    made from it, none where it could bring any job.  ``lost`` says what is lost here, where that
    may have its definition.
    """

    kind: str
    name: str
    location: Location | None = None
    jobs: tuple[str, ...] = ()
    lost: str = ""


class Edge(Struct, frozen=True, kw_only=True):
    """``job`` waits for ``dependency``.

    A ``soft`` edge has an effect only if its dependency is in the graph.  An edge that is not
    ``declared`` comes from a rule of the CI system and is not in any file.
    """

    job: str
    dependency: str
    soft: bool = False
    declared: bool = True
    status: Status = Status.ENFORCED
    why: str = ""
    location: Location | None = None
    chain: tuple[Step, ...] = ()


class Absent(Struct, frozen=True, kw_only=True):
    """A job that is expected in a graph but missing, with the reason.

    If that is uncertain, ``reason`` says what it depends on.  ``cause`` is the place of an error
    that the CI system itself reports.  ``undefined`` is the job itself or one of its parents, if
    that has definitions, of which none is lost and none is for the branch.
    """

    name: str
    reason: str
    location: Location | None = None
    is_sure: bool = True
    cause: Location | None = None
    undefined: str = ""
