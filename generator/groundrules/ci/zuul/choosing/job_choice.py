"""`JobChoice`: the jobs of a pipeline that run for a change.

``JobGraph.removeNonMatchingJobs`` of zuul/model.py: jobs whose file matchers let them run, and
the jobs that these wait for, through any number of hard dependencies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from groundrules.ci.zuul.choosing.changed_files import ChangedFiles, not_run
from groundrules.ci.zuul.freezing.collecting import VanishedError
from groundrules.ci.zuul.freezing.elsewhere import defined_elsewhere
from groundrules.ci.zuul.freezing.frozen import Shape
from groundrules.ci.zuul.freezing.mentions import JobMention, Mentions
from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.reading.objects import Pattern
from groundrules.diagnostics import Location
from groundrules.graphs.decisions import Cause, Decision
from groundrules.text import verbatim

Update = Callable[[Merged, Sequence[JobMention]], str]
PlaceOf = Callable[[Sequence[Pattern], str], Location | None]
"""Returns the place of expressions in the field of a job."""


class JobChoice(Struct):
    """Chooses the jobs that run, and keeps the decision on every job, in their order.

    ``updated`` returns why a change updates a job, or an empty text.
    """

    files: ChangedFiles
    updated: Update
    decisions: dict[str, Decision] = {}
    whole: Shape | None = None

    def choose(self, shape: Shape, mentions: Mentions) -> Shape:
        """Return the jobs that run."""
        self.whole = shape
        for job in shape.jobs:
            self.decisions[job.name] = self._decision(job, mentions[job.name])
        self._force(shape.jobs)
        for name, vanished in shape.absent.items():
            self.decisions[name] = _absent(name, vanished, mentions[name])
        running = [job for job in shape.jobs if self.decisions[job.name].runs]
        return Shape(running, shape.absent, shape.undefined, shape.possible)

    def _decision(self, job: Merged, mentions: Sequence[JobMention]) -> Decision:
        decision = self._by_files(job, mentions)
        if not decision.runs and (reason := self.updated(job, mentions)):
            location = mentions[0].variant.location
            return Decision(job=job.name, cause=Cause.UPDATED, reason=reason, location=location)
        return decision

    def _by_files(self, job: Merged, mentions: Sequence[JobMention]) -> Decision:
        place = partial(_place, job, mentions)
        unsure, irrelevant = _unknown_matchers(job), tuple(job.irrelevant_files)
        files = None if job.files is None else tuple(job.files)
        if files is None and not irrelevant:
            reason = "no file matcher of it is known" if unsure else "it has no file matcher"
            return Decision(job=job.name, cause=Cause.ALWAYS, reason=reason, unsure=unsure)
        if not self.files.paths:
            reason = "the change names no file"
            return Decision(job=job.name, cause=Cause.NO_FILES, reason=reason, unsure=unsure)
        matched = None if files is None else self.files.first_match(files)
        if files is not None and matched is None:
            return _not_matched(job, files, place)
        outside = self.files.first_outside(irrelevant)
        if outside is None and irrelevant:
            reason = "every changed file matches its irrelevant-files"
            location = place(irrelevant, "irrelevant_files")
            return Decision(job=job.name, cause=Cause.IRRELEVANT, reason=reason, location=location)
        if strange := not_run(irrelevant):
            return _unknown(job, strange, place(irrelevant, "irrelevant_files"))
        if matched:
            reason = f"files: {_shown(matched.pattern)} matches {verbatim(matched.path)}"
            location = place([matched.pattern], "files")
        else:
            reason = f"{verbatim(outside or '')} is not in its irrelevant-files"
            location = place(irrelevant, "irrelevant_files")
        return Decision(
            job=job.name, cause=Cause.MATCHED, reason=reason, location=location, unsure=unsure
        )

    def _force(self, jobs: Sequence[Merged]) -> None:
        """Let the jobs run that a running job waits for hard."""
        by_name = {job.name: job for job in jobs}
        waits = hard_dependencies(jobs)
        todo = [job for job in jobs if self.decisions[job.name].runs]
        while todo:
            job = todo.pop(0)
            for name in waits[job.name]:
                if self.decisions[name].runs:
                    continue
                dependency, variant = job.dependencies[name, False]
                self.decisions[name] = Decision(
                    job=name,
                    cause=Cause.FORCED,
                    reason=f"{job.name} has a hard dependency on it",
                    location=variant.source.at(dependency.place),
                    unsure=_unstable(job, name),
                )
                todo.append(by_name[name])
        self._doubt(jobs, waits)

    def _doubt(self, jobs: Sequence[Merged], waits: Mapping[str, Sequence[str]]) -> None:
        """Decide nothing on a job that an undecided one may force."""
        todo = [job.name for job in jobs if self.decisions[job.name].runs is None]
        for name in todo:
            for forced in waits[name]:
                if self.decisions[forced].runs is False:
                    reason = f"{name}, which may run, has a hard dependency on it"
                    self.decisions[forced] = Decision(
                        job=forced, cause=Cause.UNKNOWN, reason=reason
                    )
                    todo.append(forced)


def hard_dependencies(jobs: Sequence[Merged]) -> dict[str, tuple[str, ...]]:
    """Return the jobs of a graph that each job waits for hard."""
    by_name = {job.name: job for job in jobs}
    initializers = {job.name for job in jobs if job.type == "initializer"}
    return {
        job.name: tuple(
            name
            for name, soft in job.dependencies
            # Zuul replaces a declared dependency on an initializer job by a soft one
            if not (soft or (name in initializers and job.type == "regular")) and name in by_name
        )
        for job in jobs
    }


def _unstable(job: Merged, name: str) -> str:
    if (name, True) not in job.dependencies:
        return ""
    return (
        f"Zuul runs it or not, which changes with each start of its scheduler: {job.name} has "
        "both a hard and a soft dependency on it"
    )


def _absent(name: str, vanished: VanishedError, mentions: Sequence[JobMention]) -> Decision:
    return Decision(
        job=name,
        cause=Cause.ABSENT,
        reason=vanished.reason,
        location=mentions[0].variant.location if mentions else None,
        unsure="" if vanished.is_sure else vanished.reason,
    )


def _unknown_matchers(job: Merged) -> str:
    """Return which jobs of other repositories may have file matchers."""
    names = ", ".join(defined_elsewhere(job))
    return f"the file matchers of {names} are in another repository" if names else ""


def _not_matched(job: Merged, patterns: Sequence[Pattern], place: PlaceOf) -> Decision:
    location = place(patterns, "files")
    if strange := not_run(patterns):
        return _unknown(job, strange, location)
    reason = "no changed file matches its files"
    if not patterns:
        reason = "its list of files is empty, which matches no file"
    return Decision(job=job.name, cause=Cause.FILES, reason=reason, location=location)


def _unknown(job: Merged, pattern: str, location: Location | None) -> Decision:
    reason = (
        f"the expression {verbatim(pattern)} is not RE2; Python's engine might never end, so it "
        "is not run here"
    )
    return Decision(job=job.name, cause=Cause.UNKNOWN, reason=reason, location=location)


def _shown(pattern: Pattern) -> str:
    text, negate = pattern
    return f"not {verbatim(text)}" if negate else verbatim(text)


def _place(
    job: Merged, mentions: Sequence[JobMention], patterns: Sequence[Pattern], field: str
) -> Location | None:
    """Return the place of the first of some expressions, or of the list if it is empty."""
    variants = [mention.variant for mention in mentions]
    for variant in reversed([*job.applied, *variants]):
        written = getattr(variant.spec, field)
        if written is None:
            continue
        if not patterns:
            return variant.location
        if patterns[0] in written:
            places = getattr(variant.spec, f"{field.removesuffix('s')}_places")
            return variant.source.at(places[written.index(patterns[0])])
    return None
