"""`Comparison`: a documented graph and the real one, and the notes of checks about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from groundrules.checks.drift.documented import Documented
from groundrules.checks.drift.moves import moves
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.claims.claims import GraphClaim
from groundrules.claims.verdicts import VerdictState
from groundrules.diagnostics import Diagnostic, Location, Related, Rule
from groundrules.fix import Fix
from groundrules.graphs.reachability import Ways, ends_first


class About(NamedTuple):
    """A claim of a graph: a job, the dependency it waits for, a rule; empty for the graph."""

    job: str = ""
    dependency: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding about a claim: the claim has drifted."""

    about: About
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class Remark:
    """The state of a claim that has no finding of its own.

    It has drifted (with a finding about another claim), is planned, or could not be checked, in
    some pipeline or in part.
    """

    about: About
    state: VerdictState
    reason: str


Note = Difference | Remark


class Comparison:
    """A documented graph and the real one; its methods make notes about the claims."""

    def __init__(self, claim: GraphClaim, real: RealGraphs) -> None:
        self.claim, self.real, self.documented = claim, real, Documented(claim)
        self.moves = moves(self.documented, real)
        self.renamed = self._renamed()
        """The documented names of renamed jobs, by their new names."""
        self._ways: dict[str, Ways] = {}

    def _renamed(self) -> dict[str, str]:
        jobs = self.real.jobs
        return {new: name for name, new in self.moves.names.items()} | {
            former: job.name
            for job in self.claim.jobs
            for former in job.formerly
            if jobs(former) and not jobs(job.name) and self.documented.job(former) is None
        }

    def between(self, pipeline: str, job: str, dependency: str) -> list[str]:
        """Return the jobs between a job and an indirect dependency."""
        if pipeline not in self._ways:
            graph = self.real.graphs[pipeline]
            links = {name: graph.dependencies(name) for name in graph.by_name}
            self._ways[pipeline] = Ways(ends_first(links) or (), links)
        return self._ways[pipeline].between(job, dependency)

    def differs(
        self,
        rule: Rule,
        location: Location,
        message: str,
        about: About,
        *,
        related: Iterable[Related] = (),
        suggestion: str = "",
        fix: Fix | None = None,
        kind: str = "",
        pipelines: Iterable[str] = (),
        because: Iterable[Location] = (),
    ) -> Difference:
        """Return a finding about a claim.

        ``kind`` names the kind of difference where one claim can have several, ``pipelines`` are
        those that have it: a difference in another pipeline is a new finding.
        """
        in_pipelines = f"in {', '.join(sorted(pipelines))}" if pipelines else ""
        what = ", ".join(filter(None, (kind, in_pipelines)))
        named = self.claim.about(**about._asdict())
        claimed = self._claimed(about)
        diagnostic = Diagnostic(
            location,
            message,
            rule,
            tuple(related),
            suggestion,
            fix,
            key=f"{named}: {what}" if what else named,
            because=tuple(because),
            claim=self.claim.about(**claimed._asdict()),
        )
        return Difference(claimed, diagnostic)

    def drifted(self, about: About, reason: str) -> Remark:
        """Return that a claim does not hold, where the finding is about another claim."""
        return Remark(self._claimed(about), VerdictState.DRIFTED, reason)

    @staticmethod
    def not_checked(about: About, reason: str) -> Remark:
        """Return why a claim could not be checked, in some pipeline or in some respect."""
        return Remark(about, VerdictState.NOT_CHECKED, reason)

    def _claimed(self, about: About) -> About:
        """Return the claim that speaks of something the manual may not name.

        Of an undocumented dependency that is the claim of the job about its dependencies, and of
        an undocumented job that of the graph about its jobs.
        """
        claim = self.documented.job(about.job)
        if claim is None:
            return About(rule=about.rule)
        is_named = about.dependency in {edge.dependency for edge in claim.waits_for}
        return about if is_named else about._replace(dependency="")
