"""`steps_of`: the patches of a large change, in an order in which they can be merged."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from groundrules.ci.wish import EncodeError, Encoder, Encoding, Wait, Waits, Wish
from groundrules.encode.single_changes import (
    Repository,
    SingleChange,
    repositories_of,
    single_changes,
)
from groundrules.encode.step_goals import StepGoals, StepStage
from groundrules.encode.wanted import present_waits
from groundrules.graphs.job_graph import JobGraph
from groundrules.text import counted


class EncodeStep(Struct, frozen=True):
    """A step: its title, its edges in words, and its files, which are of one repository."""

    title: str
    lines: tuple[str, ...]
    encoding: Encoding

    @property
    def repository(self) -> Repository:
        """The project and branch that it changes."""
        [repository] = repositories_of(self.encoding)
        return repository


def steps_of(
    encoder: Encoder,
    graphs: Mapping[str, JobGraph],
    wish: Wish,
    why: Mapping[tuple[str, str], str],
) -> list[EncodeStep]:
    """Return the steps that are needed, each of one repository.

    A step that is impossible is part of the next one.  ``why`` has the reasons for the
    descriptions of steps.  Raises `EncodeError` if the last step is impossible.
    """
    steps: list[EncodeStep] = []
    before: Waits = {
        pipeline: {job.name: present_waits(graph, job.name) for job in graph.jobs}
        for pipeline, graph in graphs.items()
    }
    wanted: Waits = {pipeline: {**before[pipeline], **wish.waits[pipeline]} for pipeline in before}
    goals = {
        pipeline: StepGoals(graph, before[pipeline], wanted[pipeline])
        for pipeline, graph in graphs.items()
    }
    kept = {pipeline: goal.kept for pipeline, goal in goals.items()}
    for stage in StepStage:
        after = {pipeline: goal.after(stage, before[pipeline]) for pipeline, goal in goals.items()}
        if after == before:
            continue  # every graph of the tenant would be resolved to find that
        try:
            changes = single_changes(encoder, before, replace(wish, waits=after), kept)
        except EncodeError:
            if stage is StepStage.LAST:
                raise
            continue
        for change in changes:
            if change.encoding.files:
                steps.append(_step(before, change, wanted, why))
                encoder = encoder.after(change.encoding)
            before = change.waits
    return steps


def _step(
    before: Waits, change: SingleChange, wanted: Waits, reasons: Mapping[tuple[str, str], str]
) -> EncodeStep:
    added, removed = _new(before, change.waits), _new(change.waits, before)
    new = {(job, wait.job) for job, wait in added}
    gone = [(job, wait) for job, wait in removed if (job, wait.job) not in new]
    names = {
        (job, wait.job) for jobs in wanted.values() for job, waits in jobs.items() for wait in waits
    }
    between = {
        (job, wait.job): "only until the last step, so that no order is lost"
        for job, wait in added
        if (job, wait.job) not in names
    }
    lines = [_line(job, wait, {**reasons, **between}) for job, wait in added]
    lines += [f"- {job} does not wait for {wait.job} any more." for job, wait in gone]
    return EncodeStep(_title(added, gone), tuple(lines), change.encoding)


def _new(before: Waits, after: Waits) -> list[tuple[str, Wait]]:
    new = (
        (job, wait)
        for pipeline, jobs in after.items()
        for job, waits in jobs.items()
        for wait in waits
        if wait not in before[pipeline][job]
    )
    return list(dict.fromkeys(new))


def _line(job: str, wait: Wait, reasons: Mapping[tuple[str, str], str]) -> str:
    soft = " (soft)" if wait.soft else ""
    why = reasons.get((job, wait.job), "")
    return f"- {job} waits for {wait.job}{soft}{f': {why}' if why else '.'}"


def _title(added: list[tuple[str, Wait]], gone: list[tuple[str, Wait]]) -> str:
    """Return what a step does, in the imperative."""
    targets = list(dict.fromkeys(wait.job for _, wait in added))
    if not targets:
        return f"Remove {counted(len(gone), 'dependency')}"
    names = " and ".join(targets) if len(targets) <= 2 else counted(len(targets), "other job")
    title = f"Let jobs wait for {names}"
    return title if len(title) <= 60 else f"Let jobs wait for {counted(len(targets), 'other job')}"
