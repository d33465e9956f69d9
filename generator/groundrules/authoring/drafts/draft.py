"""`GraphDraft`: what real graphs say of the jobs of a documented graph, as values of records."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from typing import Any

from msgspec import Struct

from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.checks.phrases import first_few, named
from groundrules.graphs.elements import Job
from groundrules.nearest import did_you_mean
from groundrules.pages.rst import escape
from groundrules.prose.markup import read_markup
from groundrules.prose.record_text import is_simple
from groundrules.records.fields import LINE, LONGEST_TEXT, NAME, TEXT
from groundrules.text import in_natural_order

_LONGEST = {LINE: 200}  # characters of a text in a record
_LONGEST_NAME = 120
OTHERS = (
    "another repository may add jobs; write 'coverage: complete' if none does, or import with the "
    "tenant file"
)


class DraftError(Exception):
    """A graph that cannot be drafted; the message says why, and what to do."""


class GraphDraft(Struct, frozen=True):
    """The values of the jobs by name; ``unknown`` is the reason why there may be more.

    ``left_out`` are the jobs whose names a record cannot have; ``limits`` are those of the
    semaphores that the others hold, as far as they are known.
    """

    jobs: Mapping[str, dict[str, Any]]
    unknown: str = ""
    left_out: tuple[str, ...] = ()
    limits: Mapping[str, int] = {}

    @property
    def is_complete(self) -> bool:
        """Whether its jobs are all jobs of the pipelines."""
        return not (self.unknown or self.left_out)


def left_out_notes(names: Collection[str]) -> list[str]:
    """Return the note about names that are left out, if there are any."""
    if not names:
        return []
    return [f"left out, since a record cannot have these names: {first_few(names)}"]


def draft_of(
    real: RealGraphs, describe: Callable[[Job], str], labels: Set[str] = frozenset()
) -> GraphDraft:
    """Return the draft of real graphs, which are one record.

    ``describe`` returns the description of a job; ``labels`` are those that records know.  What
    differs between pipelines is left out, unless a record without it would be wrong: then
    `DraftError` is raised.
    """
    names = dict.fromkeys(name for graph in real.graphs.values() for name in graph.by_name)
    left_out = tuple(name for name in names if not can_have(NAME, name))
    drafter = _Drafter(real, describe, labels)
    jobs = {name: drafter.job(name) for name in names if can_have(NAME, name)}
    if not jobs:
        raise DraftError(_nothing(real, left_out))
    return GraphDraft(jobs, drafter.unknown, left_out, _limits(real, jobs))


def _limits(real: RealGraphs, jobs: Mapping[str, dict[str, Any]]) -> dict[str, int]:
    held = dict.fromkeys(name for job in jobs.values() for name in job.get("semaphores", ()))
    known = ((name, real.semaphore(name)) for name in in_natural_order(held))
    return {name: semaphore.limit for name, semaphore in known if semaphore}


def _nothing(real: RealGraphs, left_out: tuple[str, ...]) -> str:
    if left_out:
        return f"a record cannot have the names of its jobs: {first_few(left_out)}"
    if real.unseen.more:
        hint = did_you_mean("", real.pipelines, "pipelines with known jobs")
        return f"no job is known there: {real.unseen.more}{hint}"
    absent = [absent for graph in real.graphs.values() for absent in graph.absent]
    reason = f": {absent[0].name!r} is missing: {absent[0].reason}" if absent else ""
    return f"no job runs in {named('pipeline', real.graphs)}{reason}"


def can_have(pattern: str, text: str) -> bool:
    """Return whether a record can have a text where texts have a pattern."""
    return len(text) <= _LONGEST.get(pattern, _LONGEST_NAME) and bool(re.fullmatch(pattern, text))


class _Drafter(Struct, frozen=True):
    real: RealGraphs
    describe: Callable[[Job], str]
    labels: Set[str]

    @property
    def unknown(self) -> str:
        """Why there may be a job or semaphore that the draft does not have; empty if there is none.

        A config project can add jobs to every project of its tenant, so one repository does not
        show all of them.
        https://zuul-ci.org/docs/zuul/latest/config/project.html
        """
        unseen = self.real.unseen
        absent = (absent for graph in self.real.graphs.values() for absent in graph.absent)
        unsure = (f"{job.name!r} may run: {job.reason}" for job in absent if not job.is_sure)
        others = OTHERS if unseen.is_alone else ""
        return unseen.more or unseen.unread or next(unsure, "") or self._unnamed or others

    @property
    def _unnamed(self) -> str:
        jobs = (job for graph in self.real.graphs.values() for job in graph.jobs)
        held = dict.fromkeys(held.name for job in jobs for held in job.semaphores)
        names = [name for name in held if not can_have(NAME, name)]
        return f"a record cannot have the names of semaphores: {first_few(names)}" if names else ""

    def job(self, name: str) -> dict[str, Any]:
        """Return the values of one job, in the order of its record."""
        real = {
            pipeline: graph.by_name[name]
            for pipeline, graph in self.real.graphs.items()
            if name in graph.by_name
        }
        jobs = list(real.values())
        values = {
            "name": name,
            "purpose": purpose_of(self.describe(jobs[0])),
            "pipelines": list(real) if len(real) < len(self.real.graphs) else [],
            "files": in_natural_order(_same(map(_files, jobs))),
            "labels": in_natural_order(_same(map(self._labels, jobs))),
            "semaphores": in_natural_order(self._semaphores(name, real)),
            "waits_for": self._waits(name, list(real)),
        }
        return {key: value for key, value in values.items() if value}

    def _labels(self, job: Job) -> list[str]:
        names = [label.name for label in job.labels]
        return names if all(name in self.labels for name in names) else []

    def _semaphores(self, name: str, real: Mapping[str, Job]) -> list[str]:
        held = [[semaphore.name for semaphore in job.semaphores] for job in real.values()]
        if any(names != held[0] for names in held):
            raise DraftError(_differs(real, f"the semaphores of {name!r}"))
        return held[0] if all(can_have(NAME, name) for name in held[0]) else []

    def _waits(self, name: str, pipelines: list[str]) -> list[dict[str, Any]]:
        """Return the dependencies of a job that have an effect; each pipeline must agree."""
        softness: dict[str, dict[str, bool]] = {}
        for pipeline in pipelines:
            graph = self.real.graphs[pipeline]
            for edge in graph.edges_of(name):
                if edge.declared and graph.is_effective(edge) and can_have(NAME, edge.dependency):
                    soft = softness.setdefault(edge.dependency, {})
                    soft[pipeline] = edge.soft and soft.get(pipeline, True)
        return [
            {
                "job": other,
                **({"soft": True} if self._is_soft(name, other, pipelines, soft) else {}),
            }
            for other, soft in softness.items()
        ]

    def _is_soft(
        self, name: str, other: str, pipelines: list[str], soft: Mapping[str, bool]
    ) -> bool:
        """Return whether a dependency is soft; ``soft`` has it by pipeline."""
        both = [each for each in pipelines if other in self.real.graphs[each].by_name]
        if both != list(soft) or len({*soft.values()}) > 1:
            raise DraftError(_differs(both, f"whether {name!r} waits for {other!r}"))
        return next(iter(soft.values()))


def _differs(pipelines: Iterable[str], what: str) -> str:
    return (
        f"{named('pipeline', pipelines)} cannot be in one graph: {what} is not the same in them; "
        "import each with its own --pipeline"
    )


def _files(job: Job) -> list[str]:
    """Return the expressions for the files of a job, if a record can have them."""
    fits = all(not pattern.negate and can_have(LINE, pattern.text) for pattern in job.files)
    return [pattern.text for pattern in job.files] if fits else []


def _same(lists: Iterable[list[str]]) -> list[str]:
    """Return the list that all are, or an empty one."""
    first, *others = lists
    return first if all(other == first for other in others) else []


_ROLE = re.compile(r"(?<!\S)(?::[\w.+-]+)+:`([^`\\]+)`")
_DIRECTIVE = re.compile(r"\.\. ")


def purpose_of(description: str) -> str:
    """Return the first paragraph of a description, or nothing if it cannot be shown as text.

    What a role of zuul-sphinx names is shown as code; other markup that records do not allow is
    kept as its characters.
    """
    paragraph, *_ = re.split(r"\n[ \t]*\n", description.strip(), maxsplit=1)
    text = " ".join(paragraph.split())
    if _DIRECTIVE.match(text) or not re.fullmatch(TEXT, text):
        return ""
    candidates = (text, _ROLE.sub(r"``\1``", text), escape(text))
    return next((each for each in candidates if len(each) <= LONGEST_TEXT and _is_fine(each)), "")


def _is_fine(text: str) -> bool:
    if is_simple(text):
        return True
    reading = read_markup(text)
    return not reading.flaws and not reading.mentions
