"""What a job graph is made of: jobs, edges, and what is missing or defined elsewhere."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from groundrules.diagnostics import Location


class Status(StrEnum):
    """Whether an edge is enforced by the CI system today, or only meant to be."""

    ENFORCED = "enforced"
    """The real configuration has it."""
    PLANNED = "planned"
    """It is known to be needed; the configuration does not have it, or it was not checked."""


class Step(Struct, frozen=True):
    """One step of the way that brought something into a graph: what it was, and where it is."""

    what: str
    location: Location | None
    """None for a job that no file here defines, such as one of the CI system itself."""


class NameAt(Struct, frozen=True):
    """A name, such as of a label, at the place where it is written.

    ``chain`` is how it got to a job.  A semaphore that is held for a part of the job only is
    ``partial``.
    """

    name: str
    location: Location | None = None
    chain: tuple[Step, ...] = ()
    partial: bool = False


class FilePattern(NamedTuple):
    """An expression for paths; with ``negate`` it means those that it does not match."""

    text: str
    negate: bool = False

    def __str__(self) -> str:
        return f"not {self.text}" if self.negate else self.text


class Job(Struct, frozen=True, kw_only=True):
    """A job of one graph, with what bears on when it runs and what it holds while it does.

    ``parents`` are the jobs it inherits from, nearest first; ``files`` the expressions of which
    one has to match a changed file.  ``has_empty_files`` says that its list of them is empty, so
    that it runs for no changed file.  ``timeout`` is in seconds.  ``inherits_dependencies`` says
    that the job waits for what its parents wait for too.
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
    """The job itself, or its parents, as far as another repository defines them.

    Their definitions are unknown.  The parent that all jobs have by default is left out.
    """

    @property
    def is_elsewhere(self) -> bool:
        """Whether another repository defines the job."""
        return self.name in self.elsewhere

    @property
    def has_file_matcher(self) -> bool:
        """Whether the files of a change can keep it from running."""
        return bool(self.files or self.irrelevant_files or self.has_empty_files)


class Elsewhere(Struct, frozen=True, kw_only=True):
    """A name that is used here and defined in another repository: what it adds is not known.

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

    A ``soft`` edge counts only where its dependency is in the graph.  One that is not
    ``declared`` follows from a rule of the CI system and is written in no file.
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
    """A job that one could expect in a graph and that is not there, and why.

    Where that is not sure, ``reason`` says what it depends on.  ``cause`` is where the CI system
    itself reports what is wrong, if it does.
    """

    name: str
    reason: str
    location: Location | None = None
    is_sure: bool = True
    cause: Location | None = None
