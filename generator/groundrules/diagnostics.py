"""Findings: `Location`, `Rule`, `Diagnostic`, `Fix`, and `Report`, which sorts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from groundrules.text import Value, yaml_word


class Severity(StrEnum):
    """How bad a finding is: a build stops after an error and continues after a warning."""

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

    ``bad`` and ``good`` are examples; tests run both: this rule reports the bad one, and no rule
    the good one.  Each is the text of files, in the form that `groundrules.rules.examples`
    describes.  What ``comes_with_time``, without a change of the data,
    is reported by ``check`` and never by a build.
    """

    id: str
    name: str
    summary: str
    explanation: str
    bad: str
    good: str
    severity: Severity = Severity.ERROR
    comes_with_time: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to a finding, with its own words."""

    location: Location
    message: str


Route = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Write:
    """Write a value at the end of ``route``: over the old one, or as a new key or item.

    A list can be written as a new key only.
    """

    route: Route
    value: Value

    def __str__(self) -> str:
        return f"write {yaml_word(self.value)} as {_dotted(self.route)}"


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove a key, or an item of a list, with its value."""

    route: Route

    def __str__(self) -> str:
        return f"remove {_dotted(self.route)}"


@dataclass(frozen=True, slots=True)
class Rename:
    """Rename a key; its value and place stay."""

    route: Route
    key: str

    def __str__(self) -> str:
        return f"rename {_dotted(self.route)} to {self.key}"


@dataclass(frozen=True, slots=True)
class Replace:
    """Replace words in the text at the end of ``route``, wherever it has them."""

    route: Route
    old: str
    new: str

    def __str__(self) -> str:
        return f"replace {self.old} by {self.new} in {_dotted(self.route)}"


@dataclass(frozen=True, slots=True)
class RenameJob:
    """Rename a documented job in its graph and in every record that mentions it."""

    graph: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"rename job {self.old} to {self.new} in every record"


Change = Write | Remove | Rename | Replace
"""A change of one value of one file."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Changes of one data file that fix a finding for certain: all of them or none.

    Renaming a job changes other files too; those changes are collected when they are made.
    """

    path: str
    changes: tuple[Change | RenameJob, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.changes))


def _dotted(route: Route) -> str:
    return ".".join(map(str, route))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong at its one primary place, and what to write instead.

    ``suggestion`` is what to write, if the message does not say it; ``fix`` what ``--fix`` does.
    ``key`` names the subject without its place, such as ``deploy: web waits for base: no
    dependency is declared, in hourly``.  It identifies the finding when lines move or the message
    changes.  Without it path and text of the line do (`fingerprints`).  ``claim`` is the `Checked`
    claim of the manual that this contradicts, such as ``deploy: web waits for base``.

    ``because`` are places that may be the cause.  If another finding is at one of them, ``cause``
    is the id of its rule, and this finding is reported only if that rule is not selected.
    """

    location: Location
    message: str
    rule: Rule
    related: tuple[Related, ...] = ()
    suggestion: str = ""
    fix: Fix | None = field(default=None, compare=False)  # a part with two aliases has two routes
    key: str = ""
    because: tuple[Location, ...] = ()
    cause: str = ""
    claim: str = ""

    def __str__(self) -> str:
        return f"{self.location}: {self.message} [{self.rule.id}]"

    @property
    def sort_key(self) -> tuple[Location, str, str]:
        """The order of all output: place, rule, message."""
        return self.location, self.rule.id, self.message


@dataclass(frozen=True, slots=True)
class Checked:
    """A thing that is checked: a file, or the claim ``key`` in it, such as a dependency.

    ``unsure`` is why a claim can neither pass nor fail: it was not checked, or it is a plan.
    """

    path: str
    key: str = ""
    unsure: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A thing that was not checked, the reason, and the rules (or families) that were skipped."""

    what: str
    reason: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hidden:
    """A finding that is not reported, and why; its claim has not passed."""

    found: Diagnostic
    reason: str


Result = Diagnostic | Checked | Skipped
"""What a check yields: a mistake, a thing that was checked, a thing that could not be checked."""


@dataclass(slots=True)
class Report:
    """Collects findings, and what was checked and skipped; sorts the findings."""

    found: list[Diagnostic] = field(default_factory=list)
    checked: list[Checked] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)

    def note(
        self,
        rule: Rule,
        location: Location,
        message: str,
        related: Iterable[Related] = (),
        *,
        suggestion: str = "",
        fix: Fix | None = None,
        key: str = "",
        because: Iterable[Location] = (),
        claim: str = "",
    ) -> None:
        """Add one finding."""
        self.found.append(
            Diagnostic(
                location, message, rule, tuple(related), suggestion, fix, key, tuple(because),
                claim=claim,
            )
        )  # fmt: skip

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add findings made elsewhere."""
        self.found.extend(diagnostics)

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

    @property
    def exit_code(self) -> int:
        """0 without findings, 1 otherwise."""
        return 1 if self.found else 0


MOST_KEYS, MOST_NAMES = 20, 6
"""Words that a message lists."""


def did_you_mean(word: str, allowed: Iterable[str], what: str = "allowed") -> str:
    """Return the end of a message: the nearest allowed word, or some of them.

    Keys and values are listed all, up to 20; names that people give, up to 6.

    >>> did_you_mean("standng", ["standing", "title"])
    "; did you mean 'standing'?"
    >>> did_you_mean("x", ["standing", "title"])
    '; allowed: standing, title'
    >>> did_you_mean("x", map(str, range(2010, 2024)), "sessions")
    '; sessions: 2010, 2011, 2012, 2013, 2014, 2015 and 8 more'
    """
    words = sorted(set(allowed) - {word})
    if near := nearest(word, words):
        return f"; did you mean {near!r}?"
    if not words:
        return f"; {what}: none"
    if what == "allowed":
        return f"; {what}: {', '.join(words)}" if len(words) <= MOST_KEYS else ""
    more = f" and {len(words) - MOST_NAMES} more" if len(words) > MOST_NAMES else ""
    return f"; {what}: {', '.join(words[:MOST_NAMES])}{more}"


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that is most like ``word`` in any case, or that it begins.

    Never ``word`` itself.
    """
    return next(iter(NameIndex(allowed).nearest(word, most=1)), None)


class NameIndex:
    """Names that are indexed for many searches for the nearest one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._folded = {name.casefold(): name for name in sorted(names, reverse=True)}
        self._words = [*self._folded]

    def nearest(self, word: str, most: int) -> list[str]:
        """Return the names that are most like a word, or that it begins; never the word itself."""
        from rapidfuzz import process
        from rapidfuzz.distance import Indel, Prefix

        meant = word.casefold()
        likeness = 0.5 if len(meant) < 4 else 0.6  # one letter of two may be wrong
        near = process.extract(
            meant,
            self._words,
            scorer=Indel.normalized_similarity,
            limit=max(most, 20),
            score_cutoff=likeness - 1e-3,  # it rounds
        )
        # of names that are as near, those that begin alike
        near.sort(key=lambda match: (-match[1], -Prefix.similarity(meant, match[0])))
        names = [self._folded[name] for name, _, _ in near if self._folded[name] != word]
        return (names or self._begun(word, meant))[:most]

    def _begun(self, word: str, meant: str) -> list[str]:
        if len(meant) < 3:
            return []
        names = (self._folded[folded] for folded in self._words if folded.startswith(meant))
        return sorted(name for name in names if name != word)
