"""Jobs that are left out on every branch, and those that leave a pipeline empty on a branch.

A job is left out of a graph, without a message, if no definition of it or of a parent is for the
branch: https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.branches
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from groundrules.checks.branches import best_place
from groundrules.checks.phrases import first_few, related_places, where
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import Definitions
from groundrules.graphs.elements import Absent
from groundrules.graphs.placed_graph import PlacedGraph
from groundrules.rules import silent as rules

Mention = tuple[str, str]
"""A file and a job that it mentions, the same on every branch."""


@dataclass(slots=True)
class _Vanished:
    """The jobs that are left out since one project defines nothing for some branches."""

    empty: list[PlacedGraph] = field(default_factory=list)
    """The graphs without any job."""
    nowhere: list[PlacedGraph] = field(default_factory=list)
    """The graphs without a job that is in no other graph either."""
    absent: dict[Location, Absent] = field(default_factory=dict)

    def add(self, graph: PlacedGraph, job: Absent, place: Location, *, is_empty: bool) -> None:
        """Add a job that is left out of a graph."""
        graphs = self.empty if is_empty else self.nowhere
        if not graphs or graphs[-1] is not graph:
            graphs.append(graph)
        self.absent.setdefault(place, job)


def check(definitions: Definitions, documented: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield the jobs that a file mentions in vain, once for each project that lacks definitions.

    Nothing is reported if a repository or file that may define them is not available, nor for a
    job with ``branches``, which is left out on purpose.  Drift reports a documented job.
    """
    if not definitions.is_complete or definitions.missing:
        return
    unintended = _Unintended(definitions)
    nowhere = _nowhere(definitions)
    groups: dict[tuple[str, str], _Vanished] = {}
    for graph in definitions.graphs:
        absent = graph.graph.absent
        owners = [
            "" if documented.compares(graph, job.name) else unintended.owner(graph, job)
            for job in absent
        ]
        is_empty = not graph.graph.jobs and bool(owners) and all(owners)
        for job, owner in zip(absent, owners, strict=True):
            place = job.location or Location("")
            file = definitions.file_of(place)
            if owner and (is_empty or (file, job.name) in nowhere):
                vanished = groups.setdefault((file, owner), _Vanished())
                vanished.add(graph, job, place, is_empty=is_empty)
    for (file, owner), vanished in groups.items():
        yield _diagnostic(vanished, f"{owner} in {file}", definitions)


def _nowhere(definitions: Definitions) -> set[Mention]:
    """Return the mentions whose job is certainly in no graph.

    The jobs of some refused graphs are unknown.  If there are any, only the projects that mention
    jobs in their own files are compared.
    """
    missing: dict[Mention, set[str]] = {}
    there, unknown = set[Mention](), set[str]()
    for graph in definitions.graphs:
        if graph.error and not graph.mentions:
            unknown.add(graph.project)
        for name, places in graph.mentions.items():
            absent = graph.graph.absent_job(name)
            is_missing = absent is not None and absent.is_sure and not graph.error
            for place in places:
                mention = definitions.file_of(place), name
                if is_missing:
                    source = definitions.files.get(place.path)
                    is_own = source is not None and source.project == graph.project
                    users = missing.setdefault(mention, set())
                    users.add(graph.project if is_own else "")
                else:
                    there.add(mention)
    others = {*unknown, ""} if unknown else unknown
    return {at for at, users in missing.items() if at not in there and users.isdisjoint(others)}


class _Unintended:
    """The jobs that are left out although nobody chose their branches."""

    def __init__(self, definitions: Definitions) -> None:
        files = definitions.files
        lost = {files[path].project for path in definitions.lost if path in files}
        self._definitions, self._unsure = definitions, definitions.broken | lost
        self._owners: dict[str, str] = {}

    def owner(self, graph: PlacedGraph, absent: Absent) -> str:
        """Return the project that defines the job or its parent only for other branches.

        It is empty if that is intended, not certain, or reported by the CI system.
        """
        is_certain = graph.is_loaded and graph.is_whole and absent.is_sure and not graph.error
        if not is_certain or absent.cause or graph.project in self._unsure:
            return ""
        if absent.undefined not in self._owners:
            self._owners[absent.undefined] = self._owner(absent.undefined)
        return self._owners[absent.undefined]

    def _owner(self, name: str) -> str:
        variants = self._definitions.definitions.get(name, ())
        is_chosen = any(variant.branches_at for variant in variants)
        owner = variants[0].project if variants else ""
        return "" if is_chosen or owner in self._unsure else owner


def _diagnostic(vanished: _Vanished, key: str, definitions: Definitions) -> Diagnostic:
    left_out = {job.location: job for graph in vanished.empty for job in graph.graph.absent}
    named = {
        place: job for place, job in vanished.absent.items() if place in left_out or not left_out
    }
    primary = best_place(named, definitions)
    names = dict.fromkeys(job.name for job in named.values())
    jobs, are = first_few(names), "are" if len(names) > 1 else "is"
    reason = named[primary].reason
    if vanished.empty:
        what = f"no job runs in {where(vanished.empty)}: {jobs} {are} left out ({reason})"
        end = "define what is missing for the branch, or run another job"
    else:
        run = "run" if len(names) > 1 else "runs"
        place = where(vanished.nowhere)
        what = f"{jobs} {are} left out in {place} and {run} nowhere else ({reason})"
        end = "define what is missing for the branch, or remove the mention"
    places = ((place, f"{job.name!r} is left out too") for place, job in vanished.absent.items())
    return Diagnostic(
        primary, f"{what}; {end}", rules.VANISHED, related_places(places, primary), key=key
    )
