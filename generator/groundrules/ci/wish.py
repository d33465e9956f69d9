"""`Wish` → `Encoding`: dependencies to write into a configuration, and the files with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from msgspec import Struct

from groundrules.unified_diff import unified


class Level(StrEnum):
    """Where dependencies are written."""

    PROJECT = "project"
    TEMPLATE = "template"
    JOB = "job"


class Wait(NamedTuple):
    """A dependency of a job: the name of the other job, and whether it is soft."""

    job: str
    soft: bool


Target = tuple[str, str]
"""A pipeline, and a job in it."""

Waits = Mapping[str, Mapping[str, tuple[Wait, ...]]]
"""All dependencies of a job, by pipeline and job."""


class Wish(Struct, frozen=True, kw_only=True):
    """The dependencies that jobs must have; all other jobs and graphs must stay as they are.

    ``at`` is the level to write at; None is the one where it changes least.  ``reasons`` become
    comments, by job and dependency.
    """

    waits: Waits
    at: Level | None = None
    reasons: Mapping[tuple[str, str], str] = {}


class EncodedFile(Struct, frozen=True, kw_only=True):
    """A changed file: its path from the manual's root, and its path in its repository.

    ``targets`` are the jobs whose dependencies are written in it.
    """

    path: str
    file: str
    project: str
    branch: str
    before: str
    after: str
    targets: frozenset[Target] = frozenset()

    @property
    def diff(self) -> str:
        """The change as a unified diff from the manual's root."""
        return unified(self.before, self.after, self.path)

    @property
    def patch(self) -> str:
        """The change as a unified diff from the root of the repository."""
        return unified(self.before, self.after, self.file)


class Encoding(Struct, frozen=True, kw_only=True):
    """The changed files, and what to know about them, such as a shared alias."""

    files: Sequence[EncodedFile] = ()
    notes: Sequence[str] = ()


class EncodeError(Exception):
    """Dependencies cannot be written; ``reasons`` are sentences with their places."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(dict.fromkeys(reasons))
        super().__init__("\n".join(self.reasons))


class Encoder(Protocol):
    """Writes the dependencies of a project's jobs on one branch."""

    def encoded(self, wish: Wish) -> Encoding:
        """Return the files with the dependencies.

        The graphs of all projects, pipelines and branches are resolved again: exactly the wanted
        dependencies differ.  Raises `EncodeError` if there is no such change.
        """

    def after(self, encoding: Encoding) -> Encoder:
        """Return an encoder for the configuration with these files."""
