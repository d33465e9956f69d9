"""`Decision`: why a job runs for a change, or does not."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from groundrules.diagnostics import Location


class Cause(StrEnum):
    """The rule that decides whether a job runs."""

    ALWAYS = "always"
    """It has no file matcher, or none that is known."""
    NO_FILES = "no-files"
    """The change names no file, so that every matcher lets the job run."""
    MATCHED = "matched"
    """Its file matchers let it run."""
    FORCED = "forced"
    """A job that runs has a hard dependency on it."""
    UPDATED = "updated"
    """The change edits its configuration or its own files."""
    FILES = "files"
    """No changed file matches ``files``."""
    IRRELEVANT = "irrelevant-files"
    """Every changed file matches ``irrelevant-files``."""
    ABSENT = "absent"
    """No definition or mention of it is for the branch."""
    EVENT = "event"
    """Only another event starts the pipeline, such as a timer, and no change does."""
    UNKNOWN = "unknown"
    """It depends on an expression that is not run here."""


RUNS = frozenset((Cause.ALWAYS, Cause.NO_FILES, Cause.MATCHED, Cause.FORCED, Cause.UPDATED))


class Decision(Struct, frozen=True, kw_only=True):
    """Whether a job runs for a change, with the reason and its place.

    ``unsure`` says what could change the decision and is not known here.
    """

    job: str
    cause: Cause
    reason: str
    location: Location | None = None
    unsure: str = ""

    @property
    def runs(self) -> bool | None:
        """Whether the job runs; None if that is not known."""
        return None if self.cause is Cause.UNKNOWN else self.cause in RUNS
