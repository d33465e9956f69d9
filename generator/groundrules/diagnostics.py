"""Findings: `Location`, `Rule`, `Diagnostic`, and `Report`, which sorts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from msgspec import Struct

from groundrules.fix import Fix


class Severity(StrEnum):
    """How bad a finding is: a build stops after an error and continues after a warning."""

    ERROR = "error"
    WARNING = "warning"


class Location(Struct, frozen=True, order=True):
    """A place in a file: a path relative to the root with ``/``, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Rule(Struct, frozen=True, kw_only=True):
    """A rule that is checked.

    ``bad`` and ``good`` are examples.  Tests run both: this rule reports the bad one, and no rule
    reports the good one.  Each is the text of files, in the form that
    `groundrules.rules.examples` describes.  With ``is_reminder``, a finding is no mistake: a date
    has come, or a question is open; ``check`` reports it and does not fail, and a build does not
    report it.  With ``fixable``,
    ``check --fix`` can correct the data where only one correction is possible.
    """

    id: str
    name: str
    summary: str
    explanation: str
    bad: str
    good: str
    severity: Severity = Severity.ERROR
    is_reminder: bool = False
    fixable: bool = False


warning = partial(Rule, severity=Severity.WARNING)
"""A rule whose findings do not stop a build."""


class Related(Struct, frozen=True):
    """Another place of a finding, with its own message."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong at its primary place, and what to write instead.

    ``suggestion`` is what to write, if the message does not say it; ``fix`` what ``--fix`` does.
    ``key`` names the subject without its place, such as ``deploy: web waits for base: no
    dependency is declared, in hourly``.  It identifies the finding when lines move or the message
    changes.  Without a key, the path and the text of the line identify it (`fingerprints`).
    ``claim`` is the `Checked` claim of the manual that this contradicts, such as ``deploy: web
    waits for base``.

    ``because`` are places of possible causes.  If another finding is at one of them, ``cause`` is
    the id of its rule, and this finding is reported only if that rule is not selected.
    """

    location: Location
    message: str
    rule: Rule
    related: tuple[Related, ...] = ()
    suggestion: str = ""
    fix: Fix | None = field(default=None, compare=False)  # a value with two aliases has two routes
    key: str = ""
    because: tuple[Location, ...] = ()
    cause: str = ""
    claim: str = ""

    def __str__(self) -> str:
        return f"{self.location}: {self.message} [{self.rule.id}]"

    @property
    def places(self) -> tuple[Location, ...]:
        """Its primary place and the related ones."""
        return (self.location, *(related.location for related in self.related))

    @property
    def sort_key(self) -> tuple[Location, str, str]:
        """The order of all output: place, rule, message."""
        return self.location, self.rule.id, self.message


class Checked(Struct, frozen=True):
    """A thing that is checked: a file, or the claim ``key`` in it, such as a dependency.

    ``unsure`` is the reason why a claim neither passed nor failed: not checked, or a plan.
    """

    path: str
    key: str = ""
    unsure: str = ""


class Skipped(Struct, frozen=True):
    """A thing that was not checked, the reason, and the rules (or families) that were skipped."""

    what: str
    reason: str
    rules: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"not checked: {self.what}: {self.reason}"


class Hidden(Struct, frozen=True):
    """A finding that is not reported, and the reason; its claim has not passed."""

    found: Diagnostic
    reason: str


Result = Diagnostic | Checked | Skipped
"""What a check yields: a finding, something that was checked, or something that was skipped."""


class Report(Struct):
    """Collects findings and what was checked or skipped, and sorts the findings.

    ``cut`` are the paths of files that may have more mistakes than are reported.
    """

    found: list[Diagnostic] = []
    checked: list[Checked] = []
    skipped: list[Skipped] = []
    hidden: list[Hidden] = []
    cut: set[str] = set()

    def note(
        self,
        rule: Rule,
        location: Location,
        message: str,
        related: Iterable[Related] = (),
        *,
        fix: Fix | None = None,
    ) -> None:
        """Add one finding."""
        self.found.append(Diagnostic(location, message, rule, tuple(related), fix=fix))

    def add(self, results: Iterable[Result]) -> None:
        """Add what a check yields."""
        for result in results:
            match result:
                case Diagnostic():
                    self.found.append(result)
                case Checked():
                    self.checked.append(result)
                case Skipped():
                    self.skipped.append(result)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """The findings by file, line and column, each once."""
        return sorted(dict.fromkeys(self.found), key=lambda diagnostic: diagnostic.sort_key)

    @property
    def has_errors(self) -> bool:
        """Whether there is a finding that stops a build."""
        return any(diagnostic.rule.severity is Severity.ERROR for diagnostic in self.found)
