"""`Comparison`: one documented graph beside the real one; keeps findings and verdicts together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from groundrules.checks.drift.moves import Moves
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.checks.phrases import named as names
from groundrules.claims.claims import EdgeClaim, GraphClaim, JobClaim, RuleClaim
from groundrules.claims.verdicts import Verdict, Verdicts, VerdictState
from groundrules.diagnostics import Checked, Fix, Location, Related, Report, Rule, Skipped

MOST_REASONS = 3
About = tuple[str, str, str]
"""What is spoken of: a job, the dependency it waits for, a rule; empty where none is."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A documented graph, the real one, and what is found when they are held together."""

    claim: GraphClaim
    real: RealGraphs
    report: Report
    moves: Moves = field(default_factory=Moves)
    _drifted: dict[About, list[str]] = field(default_factory=dict)
    _planned: dict[About, list[str]] = field(default_factory=dict)
    _missed: dict[About, list[str]] = field(default_factory=dict)
    undeclared: dict[str, dict[str, list[EdgeClaim]]] = field(default_factory=dict)
    """By pipeline and job the documented dependencies that are told to be missing there."""

    def note(
        self,
        rule: Rule,
        location: Location,
        message: str,
        related: Iterable[Related | None] = (),
        *,
        suggestion: str = "",
        fix: Fix | None = None,
        job: str = "",
        dependency: str = "",
        policy: str = "",
        of: str = "",
        pipelines: Iterable[str] = (),
        because: Iterable[Location] = (),
    ) -> None:
        """Note a finding about a claim, which has drifted then.

        ``of`` names the kind of difference where one claim can have several, ``pipelines`` are
        those that have it: who knows of it in one is told when another gets it.
        """
        self.drift(message, job=job, dependency=dependency, policy=policy)
        where = f"in {', '.join(sorted(pipelines))}" if pipelines else ""
        kind = ", ".join(filter(None, (of, where)))
        self.report.note(
            rule,
            location,
            message,
            [each for each in related if each],
            suggestion=suggestion,
            fix=fix,
            key=self.claim.about(job=job, dependency=dependency, rule=policy)
            + (f": {kind}" if kind else ""),
            because=because,
            claim=self._about(self._claimed(job, dependency, policy)),
        )

    def drift(self, why: str, *, job: str = "", dependency: str = "", policy: str = "") -> None:
        """Say that a claim does not hold, where the finding itself is about something else."""
        self._drifted.setdefault(self._claimed(job, dependency, policy), []).append(why)

    def plan(self, why: str, *, job: str = "", dependency: str = "", policy: str = "") -> None:
        """Say how far a planned claim has come."""
        self._planned.setdefault((job, dependency, policy), []).append(why)

    def miss(self, why: str, *, job: str = "", dependency: str = "", policy: str = "") -> None:
        """Say that a claim could not be looked at, in some pipeline or in some respect."""
        self._missed.setdefault((job, dependency, policy), []).append(why)

    def _claimed(self, job: str, dependency: str, policy: str) -> About:
        """Return what the manual claims of it: of what it does not name, that it is not there.

        That is a claim of the job about its dependencies, and of the graph about its jobs.
        """
        claim = self.claim.job(job)
        if claim is None:
            return "", "", policy
        is_named = any(each.dependency == dependency for each in claim.waits_for)
        return job, dependency if is_named else "", policy

    def _about(self, about: About) -> str:
        job, dependency, rule = about
        return self.claim.about(job=job, dependency=dependency, rule=rule)

    def verdicts(self) -> Verdicts:
        """Return what became of each claim, and note in the report that it was looked at."""
        found = [verdict for job in self.claim.jobs for verdict in self._job(job)]
        found += [self._rule(each) for each in self.claim.rules]
        whole = self._graph(found)
        self._note_missed()
        return Verdicts(all=(whole, *found), against={self.claim.id: self.real.against})

    def _note_missed(self) -> None:
        """Note in the report what could not be looked at; of a refused graph it tells already."""
        if (missed := self._missed.get(("", "", ""))) and not self.real.refused:
            self.report.skipped.append(Skipped(f"graph {self.claim.id}", "; ".join(missed)))

    def _graph(self, parts: list[Verdict]) -> Verdict:
        """Return the verdict on the whole: drifted when anything in it is.

        It is verified only where every part of it could be looked at.
        """
        why = self._drifted.get(("", "", ""), [])
        count = sum(each.state is VerdictState.DRIFTED for each in parts)
        if count and not why:
            verb = "differs" if count == 1 else "differ"
            why = [f"{count} of its jobs, dependencies and rules {verb}"]
        if unread := self.real.unseen.unread:
            self.miss(unread)
        for reason in _unchecked(parts, unread):
            self.miss(reason)
        return self._verdict(("", "", ""), self.claim.pipelines, why)

    def _job(self, job: JobClaim) -> list[Verdict]:
        return [
            self._verdict((job.name, "", ""), job.pipelines),
            *(self._edge(job, each) for each in job.waits_for),
        ]

    def _edge(self, job: JobClaim, edge: EdgeClaim) -> Verdict:
        about = (job.name, edge.dependency, "")
        return self._verdict(about, self.claim.expected(edge), planned=edge.planned)

    def _rule(self, rule: RuleClaim) -> Verdict:
        return self._verdict(("", "", rule.id), self.claim.pipelines, planned=rule.planned)

    def _verdict(
        self,
        about: About,
        pipelines: tuple[str, ...],
        why: list[str] | None = None,
        *,
        planned: bool = False,
    ) -> Verdict:
        job, dependency, rule = about
        looked = tuple(each for each in pipelines if each not in self.real.refused)
        drifted = self._drifted.get(about) or why
        if drifted:
            state, said = VerdictState.DRIFTED, drifted
        elif planned:
            state, said = VerdictState.PLANNED, self._planned.get(about, [])
        elif about in self._missed:
            state, said = VerdictState.NOT_CHECKED, self._missed[about]
        elif looked != pipelines or not pipelines:
            state, said = VerdictState.NOT_CHECKED, [self._unseen(pipelines)]
        elif unread := self.real.unseen.unread:
            state, said = VerdictState.NOT_CHECKED, [unread]
        else:
            state, said = VerdictState.VERIFIED, []
        self._note_checked(state, self._about(about), said)
        return Verdict(
            graph=self.claim.id, job=job, dependency=dependency, rule=rule, state=state,
            pipelines=looked, why=tuple(dict.fromkeys(said)),
        )  # fmt: skip

    def _note_checked(self, state: VerdictState, key: str, why: Iterable[str]) -> None:
        """Note a claim as one that holds, or does not, unless no finding of it can tell which."""
        told = state is VerdictState.DRIFTED and any(
            each.claim == key for each in self.report.found
        )
        unsure = "" if told or state is VerdictState.VERIFIED else unsaid(state, why)
        self.report.checked.append(Checked(self.claim.place.path, key, unsure))

    def _unseen(self, pipelines: tuple[str, ...]) -> str:
        refused = [each for each in pipelines if each in self.real.refused]
        if not refused:
            return "no pipeline is documented to run both jobs"
        return f"the graph does not freeze in {names('pipeline', refused)}"

    def renamed(self) -> dict[str, str]:
        """Return the jobs that have another name than the documented one, with that."""
        real = {name for graph in self.real.graphs.values() for name in graph.by_name}
        return {new: name for name, new in self.moves.names.items()} | {
            former: job.name
            for job in self.claim.jobs
            for former in job.formerly
            if former in real and job.name not in real and self.claim.job(former) is None
        }


def _unchecked(parts: list[Verdict], told: str) -> list[str]:
    """Return how many parts nobody could look at, and why; nothing where there is none.

    Those are left out of which the one reason is ``told`` of the whole graph.
    """
    missed = [
        each for each in parts if each.state is VerdictState.NOT_CHECKED and each.why != (told,)
    ]
    if not missed:
        return []
    reasons = list(dict.fromkeys(why for each in missed for why in each.why))
    more = [f"{len(reasons) - MOST_REASONS} more reasons"] if len(reasons) > MOST_REASONS else []
    verb = "was" if len(missed) == 1 else "were"
    return [
        f"{len(missed)} of its {len(parts)} jobs, dependencies and rules {verb} not checked: "
        + "; ".join([*reasons[:MOST_REASONS], *more])
    ]


def unsaid(state: VerdictState, why: Iterable[str]) -> str:
    """Return the words for a claim that neither holds nor has a finding of its own."""
    return ": ".join(filter(None, (state.value, "; ".join(dict.fromkeys(why)))))
