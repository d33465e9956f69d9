"""What is known of pairs of jobs: one waits, both can run, one at a time, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct

from groundrules.graphs.reachability import NodeSets, reached
from groundrules.plan.common_use import CommonUse, any_of, by_word
from groundrules.plan.scheduling_problem import PlannedJob, SchedulingProblem

MOST_QUESTIONS = 20


class PairQuestion(Struct, frozen=True):
    """Two jobs that may run at the same time although it is unknown whether they can.

    ``shared`` is what both touch; nothing if it is unknown what one of them touches.
    """

    job: str
    other: str
    shared: tuple[str, ...] = ()


class Pairs(Struct, frozen=True):
    """How many pairs of jobs there are of each kind, and the first questions about the unknown.

    Jobs are ``ordered`` if one waits for the other, directly or through others.  They ``exclude``
    each other if they hold the same semaphore with limit 1.  They ``can`` run at the same time if
    that is declared, or if it is known what each of them touches and they have nothing in common.
    """

    ordered: int = 0
    exclude: int = 0
    can: int = 0
    unknown: int = 0
    questions: tuple[PairQuestion, ...] = ()

    @property
    def is_safe(self) -> bool:
        """Whether every two jobs that may run at the same time can."""
        return not self.unknown


def pairs(problem: SchedulingProblem, independent: Iterable[tuple[str, ...]] = ()) -> Pairs:
    """Return what is known of the pairs of jobs of a problem.

    Each of ``independent`` is a group of jobs that are declared to be able to run side by side.

    Raises `CycleError` if jobs wait for each other.
    """
    known = SideBySide(problem, independent)
    counts: dict[str, int] = defaultdict(int)
    for name in problem.order:
        for kind, others in known.others(name).items():
            counts[kind] += others.bit_count()
    halves = {kind: count // 2 for kind, count in counts.items()}
    return Pairs(**halves, questions=tuple(islice(known.questions(), MOST_QUESTIONS)))


class SideBySide:
    """The sets of jobs that are ordered, exclude each other, or can run side by side.

    They are ``sets`` of the jobs of a problem; ``use`` knows what jobs use.  Raises `CycleError`
    if jobs wait for each other.
    """

    def __init__(self, problem: SchedulingProblem, independent: Iterable[tuple[str, ...]]) -> None:
        self._problem = problem
        self.sets = sets = NodeSets([job.name for job in problem.jobs])
        order = problem.order
        before = reached(sets, order, problem.dependencies)
        after = reached(sets, order[::-1], problem.dependents)
        self._ordered = {name: before[name] | after[name] for name in order}
        held = ((job.name, problem.exclusive(job)) for job in problem.jobs)
        self._holders = by_word(sets, held)
        self.use = CommonUse(problem.jobs, sets)
        self._declared: dict[str, int] = defaultdict(int)
        for group in independent:
            names = [name for name in group if name in problem.by_name]
            together = sets.of(names)
            for name in names:
                self._declared[name] |= together

    def others(self, name: str) -> dict[str, int]:
        """Return the other jobs by what is known of them and this one; the sets are disjoint."""
        job = self._problem.by_name[name]
        everything = (1 << len(self._problem.jobs)) - 1
        rest = everything & ~self.sets.bit[name]
        ordered = self._ordered[name]
        exclude = any_of(self._holders, job.semaphores) & rest & ~ordered
        rest &= ~ordered & ~exclude
        can = (self._declared[name] | self.use.disjoint(job)) & rest
        return {"ordered": ordered, "exclude": exclude, "can": can, "unknown": rest & ~can}

    def questions(self) -> Iterator[PairQuestion]:
        """Yield the unknown pairs: first those that touch the same thing, in the jobs' order."""
        for is_shared in (True, False):
            for job in self._problem.jobs:
                later = self.others(job.name)["unknown"] & -(self.sets.bit[job.name] << 1)
                common = later & self.use.common(job)
                for other in self.sets.nodes(common if is_shared else later & ~common):
                    yield PairQuestion(job.name, other, _shared(job, self._problem.by_name[other]))


def _shared(job: PlannedJob, other: PlannedJob) -> tuple[str, ...]:
    """Return what one of two jobs touches and the other one touches or shares."""
    first, second = {*other.touches, *other.shares}, set(other.touches)
    words = (*(w for w in job.touches if w in first), *(w for w in job.shares if w in second))
    return tuple(dict.fromkeys(words))
