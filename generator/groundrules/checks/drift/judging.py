"""Notes of checks → the verdict on each claim of a graph, and the results for the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from groundrules.checks.drift.comparison import About, Comparison, Difference, Note, Remark
from groundrules.checks.phrases import named
from groundrules.claims.verdicts import Verdict, Verdicts, VerdictState
from groundrules.diagnostics import Checked, Diagnostic, Result, Skipped

MOST_REASONS = 3
WHOLE = About()


class Compared(NamedTuple):
    """The verdicts on the claims of a graph, and what the report gets."""

    verdicts: Verdicts
    results: tuple[Result, ...]


def judged(comparison: Comparison, notes: Iterable[Note]) -> Compared:
    """Return what the notes of all checks say about the claims of a graph."""
    judging = _Judging(comparison)
    for note in notes:
        judging.add(note)
    return judging.compared()


def not_settled(state: VerdictState, reasons: Iterable[str]) -> str:
    """Return the words for a claim that neither holds nor has a finding of its own."""
    return ": ".join(filter(None, (state.value, "; ".join(dict.fromkeys(reasons)))))


def _each_cause_once(reasons: Iterable[str]) -> Iterator[str]:
    """Yield reasons such as "what: cause", with a cause only where it is first given."""
    known = set()
    for reason in reasons:
        what, _, cause = reason.rpartition(": ")
        yield what if what and cause in known else reason
        known.add(cause)


@dataclass(slots=True)
class _Judging:
    """Collects the reasons by claim and state."""

    comparison: Comparison
    _reasons: dict[tuple[About, VerdictState], list[str]] = field(
        init=False, default_factory=lambda: defaultdict(list)
    )
    _diagnostics: list[Diagnostic] = field(init=False, default_factory=list)
    _with_finding: set[About] = field(init=False, default_factory=set)
    _checked: list[Checked] = field(init=False, default_factory=list)

    def add(self, note: Note) -> None:
        """Take a note into account."""
        match note:
            case Difference(about, diagnostic):
                self._diagnostics.append(diagnostic)
                self._with_finding.add(about)
                self._reasons[about, VerdictState.DRIFTED].append(diagnostic.message)
            case Remark(about, state, reason):
                self._reasons[about, state].append(reason)

    def compared(self) -> Compared:
        """Return the verdict on each claim and what the report gets."""
        parts = [*self._parts()]
        against = {self.comparison.claim.id: self.comparison.real.against}
        verdicts = Verdicts(all=(self._graph(parts), *parts), against=against)
        return Compared(verdicts, (*self._diagnostics, *self._checked, *self._skipped()))

    def _skipped(self) -> Iterator[Skipped]:
        """Yield what could not be checked; the finding of a refused graph says it already."""
        reasons = self._reasons[WHOLE, VerdictState.NOT_CHECKED]
        if reasons and not self.comparison.real.refused:
            yield Skipped(f"graph {self.comparison.claim.id}", "; ".join(_each_cause_once(reasons)))

    def _graph(self, parts: list[Verdict]) -> Verdict:
        """Return the verdict on the whole: drifted when anything in it is.

        It is verified only if every part of it could be checked.
        """
        differing = sum(part.state is VerdictState.DRIFTED for part in parts)
        drifted = self._reasons[WHOLE, VerdictState.DRIFTED]
        if differing and not drifted:
            verb = "differs" if differing == 1 else "differ"
            drifted.append(f"{differing} of its jobs, dependencies and rules {verb}")
        unread = self.comparison.real.unseen.unread
        not_checked = self._reasons[WHOLE, VerdictState.NOT_CHECKED]
        not_checked += [*filter(None, (unread,)), *_not_checked(parts, unread)]
        return self._verdict(WHOLE, self.comparison.claim.pipelines)

    def _parts(self) -> Iterator[Verdict]:
        """Yield the verdict on each job, dependency and rule."""
        claim = self.comparison.claim
        for job in claim.jobs:
            yield self._verdict(About(job.name), job.pipelines)
            for edge in job.waits_for:
                expected = self.comparison.documented.expected(edge)
                about = About(job.name, edge.dependency)
                yield self._verdict(about, expected, is_planned=edge.planned)
        for rule in claim.rules:
            yield self._verdict(About(rule=rule.id), claim.pipelines, is_planned=rule.planned)

    def _verdict(
        self, about: About, pipelines: tuple[str, ...], *, is_planned: bool = False
    ) -> Verdict:
        refused = self.comparison.real.refused
        compared = tuple(pipeline for pipeline in pipelines if pipeline not in refused)
        state, reasons = self._judged(about, pipelines, compared, is_planned=is_planned)
        self._note_checked(about, state, reasons)
        return Verdict(
            graph=self.comparison.claim.id,
            **about._asdict(),
            state=state,
            pipelines=compared,
            why=tuple(dict.fromkeys(reasons)),
        )

    def _judged(
        self,
        about: About,
        pipelines: tuple[str, ...],
        compared: tuple[str, ...],
        *,
        is_planned: bool,
    ) -> tuple[VerdictState, list[str]]:
        """Return the state of a claim, with the reasons for it."""
        if drifted := self._reasons[about, VerdictState.DRIFTED]:
            return VerdictState.DRIFTED, drifted
        if is_planned:
            return VerdictState.PLANNED, self._reasons[about, VerdictState.PLANNED]
        if reasons := self._reasons[about, VerdictState.NOT_CHECKED]:
            return VerdictState.NOT_CHECKED, reasons
        if compared != pipelines or not pipelines:
            return VerdictState.NOT_CHECKED, [self._not_compared(pipelines)]
        if unread := self.comparison.real.unseen.unread:
            return VerdictState.NOT_CHECKED, [unread]
        return VerdictState.VERIFIED, []

    def _note_checked(self, about: About, state: VerdictState, reasons: list[str]) -> None:
        """Note whether a claim holds, unless a finding of its own says that it does not."""
        is_settled = state is VerdictState.VERIFIED or (
            state is VerdictState.DRIFTED and about in self._with_finding
        )
        unsure = "" if is_settled else not_settled(state, reasons)
        claim = self.comparison.claim
        self._checked.append(Checked(claim.place.path, claim.about(**about._asdict()), unsure))

    def _not_compared(self, pipelines: tuple[str, ...]) -> str:
        refused = [pipeline for pipeline in pipelines if pipeline in self.comparison.real.refused]
        if not refused:
            return "no pipeline is documented for both jobs"
        return f"there is no job graph in {named('pipeline', refused)}"


def _not_checked(parts: list[Verdict], known: str) -> list[str]:
    """Return how many parts could not be checked, and why; nothing if there is none.

    Those are left out whose only reason is the one ``known`` for the whole graph.
    """
    missed = [
        part for part in parts if part.state is VerdictState.NOT_CHECKED and part.why != (known,)
    ]
    if not missed:
        return []
    reasons = list(dict.fromkeys(reason for part in missed for reason in part.why))
    more = [f"{len(reasons) - MOST_REASONS} more reasons"] if len(reasons) > MOST_REASONS else []
    verb = "was" if len(missed) == 1 else "were"
    return [
        f"{len(missed)} of its {len(parts)} jobs, dependencies and rules {verb} not checked: "
        + "; ".join([*reasons[:MOST_REASONS], *more])
    ]
