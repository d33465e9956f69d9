"""`Verification`: what the graphs of a configuration came to when they were last compared.

``groundrules check --record`` writes the files.  A build without the configuration shows them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from groundrules.claims.verdicts import VerdictState
from groundrules.records.fields import HEX, LINE, Id, Name, Record, Some
from groundrules.records.times import Date

LONGEST_REASON = 2_000  # characters

Hex = Annotated[str, StringConstraints(strict=True, pattern=HEX)]
Reason = Annotated[str, StringConstraints(strict=True, pattern=LINE, max_length=LONGEST_REASON)]


class RecordedResult(Record):
    """What came of comparing a part of a graph."""

    state: VerdictState
    """What came of it."""
    why: tuple[Reason, ...] = ()
    """What differs, or why it was not checked."""


class VerifiedEdge(RecordedResult):
    """What a dependency came to."""

    inherited_before = ""

    job: Name
    """The job that has to finish first."""


class VerifiedJob(RecordedResult):
    """What a job came to."""

    inherited_before = "waits_for"

    name: Name
    """The job's name."""
    waits_for: tuple[VerifiedEdge, ...] = ()
    """What its dependencies came to."""


class VerifiedRule(RecordedResult):
    """What a rule came to."""

    inherited_before = ""

    id: Id
    """The rule's name."""


class VerifiedGraph(RecordedResult):
    """What a graph came to."""

    inherited_before = "pipelines"

    graph: Id
    """The graph that was compared."""
    compared: Date
    """The day on which it was compared."""
    edition: Reason | None = None
    """What it was compared with, in words."""
    commit: Hex | None = None
    """The full name of the commit that it was compared with."""
    commit_date: Date | None = None
    """The day of that commit."""
    documented: Hex
    """The digest of what was documented then."""
    pipelines: tuple[Name, ...] = ()
    """The pipelines that were compared."""
    jobs: tuple[VerifiedJob, ...] = ()
    """The jobs that were compared."""
    rules: tuple[VerifiedRule, ...] = ()
    """The rules that were compared."""


class Verification(Record):
    """What the graphs of one configuration came to; one file in ``data/verified/``."""

    configuration: Id
    """The configuration that was compared, after which the file is named."""
    graphs: Some[VerifiedGraph]
    """The graphs that were compared."""
