"""`Verdict`: the result of comparing one claim with the real configuration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from groundrules.graphs.change_rules import ChangeRules


class VerdictState(StrEnum):
    """The result of comparing a claim."""

    VERIFIED = "verified"
    """Every pipeline of the configuration is as documented."""
    DRIFTED = "drifted"
    """The configuration differs."""
    PLANNED = "planned"
    """Nothing enforces it yet; the manual documents a plan."""
    NOT_CHECKED = "not checked"
    """It, or a part of it, could not be checked."""
    KEPT_BY_HAND = "kept by hand"
    """Nothing can read its configuration, so that it is compared with nothing."""


COMPARED = (VerdictState.VERIFIED, VerdictState.DRIFTED)


class ComparedWith(Struct, frozen=True, kw_only=True):
    """The configuration and revision that a graph was compared with.

    ``edition`` describes a commit with its date, or the digest of a snapshot; ``commit`` is the
    full name of the commit and ``date`` its date.  The time of the comparison is not stored,
    because the same input must produce the same manual.  ``recorded`` is the day of an earlier
    comparison, from the data.
    """

    configuration: str
    edition: str = ""
    commit: str = ""
    date: str = ""
    recorded: str = ""


class Verdict(Struct, frozen=True, kw_only=True):
    """The result of one claim: of a graph, or of a ``job``, an edge or a ``rule`` in it.

    An edge is a job and the ``dependency`` that it waits for.  ``pipelines`` are those
    that were compared.  ``why`` are sentences: what differs, or why it was not checked.
    """

    graph: str
    job: str = ""
    dependency: str = ""
    rule: str = ""
    state: VerdictState
    pipelines: tuple[str, ...] = ()
    why: tuple[str, ...] = ()

    @property
    def about(self) -> tuple[str, str, str, str]:
        """The claim: graph, job, dependency, rule."""
        return self.graph, self.job, self.dependency, self.rule

    @property
    def is_part(self) -> bool:
        """Whether it is about a part of the graph."""
        return bool(self.job or self.rule)

    @property
    def word(self) -> str:
        """The state as one word, for marks and classes: ``not-checked``."""
        return self.state.replace(" ", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The verdicts of a manual; ``against`` has the compared configuration of each graph, by id.

    ``changes`` has the rules of each pipeline of a graph, where the configuration has them: for
    which changed files its jobs run.
    """

    all: tuple[Verdict, ...] = ()
    against: dict[str, ComparedWith] = field(default_factory=dict)
    changes: dict[str, dict[str, ChangeRules]] = field(default_factory=dict)
    _by_claim: dict[tuple[str, str, str, str], Verdict] = field(init=False, default_factory=dict)
    _by_graph: dict[str, list[Verdict]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for verdict in self.all:
            self._by_graph.setdefault(verdict.graph, []).append(verdict)
            self._by_claim.setdefault(verdict.about, verdict)

    def of(self, graph: str, job: str = "", dependency: str = "", rule: str = "") -> Verdict:
        """Return the verdict on a claim; *not checked* if there is none."""
        verdict = self._by_claim.get((graph, job, dependency, rule))
        return verdict or Verdict(
            graph=graph, job=job, dependency=dependency, rule=rule, state=VerdictState.NOT_CHECKED
        )

    def of_job(self, graph: str, job: str, dependencies: Iterable[str]) -> Verdict:
        """Return the verdict on a job including its dependencies.

        It has drifted if any of these has, and is verified only if all of them are.  Plans do not
        count.
        """
        own = self.of(graph, job)
        edges = [self.of(graph, job, dependency) for dependency in dependencies]
        drifted = sum(edge.state is VerdictState.DRIFTED for edge in edges)
        unchecked = sum(edge.state is VerdictState.NOT_CHECKED for edge in edges)
        why, state = list(own.why), own.state
        if drifted:
            state = VerdictState.DRIFTED
            why.append(f"{_part(drifted, edges)} {'differs' if drifted == 1 else 'differ'}")
        if unchecked and own.state is not VerdictState.NOT_CHECKED:
            verb = "was" if unchecked == 1 else "were"
            why.append(f"{_part(unchecked, edges)} {verb} not checked")
            state = state if state is VerdictState.DRIFTED else VerdictState.NOT_CHECKED
        return replace(own, state=state, why=tuple(why))

    def on(self, graph: str) -> tuple[Verdict, ...]:
        """Return the verdicts on a graph itself and on everything in it."""
        return tuple(self._by_graph.get(graph, ()))

    def counts(self, graph: str) -> Counter[VerdictState]:
        """Return how many jobs, edges and rules of a graph are in each state."""
        return Counter(verdict.state for verdict in self.on(graph) if verdict.is_part)

    def is_compared(self, graph: str) -> bool:
        """Return whether any part of a graph was compared."""
        return any(verdict.is_part and verdict.state in COMPARED for verdict in self.on(graph))


def _part(count: int, of: Sequence[Verdict]) -> str:
    return f"{count} of its {len(of)} {'dependency' if len(of) == 1 else 'dependencies'}"


def joined(verdicts: Iterable[Verdicts]) -> Verdicts:
    """Return the verdicts on several graphs as one."""
    every = list(verdicts)
    return Verdicts(
        all=tuple(verdict for of_graph in every for verdict in of_graph.all),
        against={graph: real for one in every for graph, real in one.against.items()},
        changes={graph: rules for one in every for graph, rules in one.changes.items()},
    )
