"""What is wrong and where: `Location`, `Rule`, `Diagnostic`, and `Report`, their one order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: the build stops for an error and goes on after a warning."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: a path relative to the root with ``/``, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that is checked.

    ``bad`` and ``good`` are examples; tests run both: the bad one is reported by this rule,
    the good one by none.  Each is the text of files, in the form that `rules.files_of` reads.
    """

    id: str
    name: str
    summary: str
    explanation: str
    bad: str
    good: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to a finding, with its own words."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong at its one primary place, and what to write instead."""

    location: Location
    message: str
    rule: Rule
    related: tuple[Related, ...] = ()

    def __str__(self) -> str:
        return f"{self.location}: {self.message} [{self.rule.id}]"

    @property
    def sort_key(self) -> tuple[Location, str, str]:
        """The one order of all output: place, rule, message."""
        return self.location, self.rule.id, self.message


@dataclass(slots=True)
class Report:
    """Collects findings; knows their order and the exit code they mean."""

    found: list[Diagnostic] = field(default_factory=list)

    def note(
        self,
        rule: Rule,
        location: Location,
        message: str,
        related: Iterable[Related] = (),
    ) -> None:
        """Add one finding."""
        self.found.append(Diagnostic(location, message, rule, tuple(related)))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add findings made elsewhere."""
        self.found.extend(diagnostics)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """The findings by file, line and column, each once."""
        return sorted(dict.fromkeys(self.found), key=lambda each: each.sort_key)

    @property
    def has_errors(self) -> bool:
        """Whether something was found that stops a build."""
        return any(each.rule.severity is Severity.ERROR for each in self.found)

    @property
    def exit_code(self) -> int:
        """0 when nothing was found, 1 otherwise."""
        return 1 if self.found else 0


def did_you_mean(word: str, allowed: Iterable[str], what: str = "allowed") -> str:
    """Return the end of a message: the nearest allowed word, or all of them when few.

    >>> did_you_mean("standng", ["standing", "title"])
    "; did you mean 'standing'?"
    >>> did_you_mean("x", ["standing", "title"])
    '; allowed: standing, title'
    """
    words = sorted(set(allowed))
    if near := nearest(word, words):
        return f"; did you mean {near!r}?"
    if not words:
        return f"; {what}: none"
    return f"; {what}: {', '.join(words)}" if len(words) <= 20 else ""


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that is most like ``word`` in any case, or that it begins."""
    folded = {each.casefold(): each for each in sorted(allowed)}
    meant = word.casefold()
    begun = [each for each in folded if len(meant) > 2 and each.startswith(meant)]
    likeness = 0.5 if len(meant) < 4 else 0.6  # one letter of two may be wrong
    near = get_close_matches(meant, folded, n=1, cutoff=likeness) or begun
    return folded[near[0]] if near else None
