"""`steps_of`: the order in which a large change can be merged.

Dependencies are added from the first job of the graph on: those on jobs that wait for nothing,
then those on the jobs after them, then all others; what is not documented is removed at last.
So no step loses an order that the graphs had before and keep.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from groundrules.ci.wish import EncodeError, Encoder, Encoding, Wait, Waits, Wish
from groundrules.encode.wanted import JobWaits, graph_with, present_waits
from groundrules.graphs.job_graph import JobGraph
from groundrules.text import counted

REST = 2
"""The dependencies on jobs this deep in the graph, or deeper, are added together."""


class EncodeStep(Struct, frozen=True):
    """A step: its title, its edges in words, and its files."""

    title: str
    lines: tuple[str, ...]
    encoding: Encoding


def steps_of(
    encoder: Encoder,
    graphs: Mapping[str, JobGraph],
    wish: Wish,
    why: Mapping[tuple[str, str], str],
) -> list[EncodeStep]:
    """Return the steps that are needed.  A step that Zuul would refuse is part of the next one.

    ``why`` has the reasons for the descriptions of steps.  Raises `EncodeError` if the last step
    is impossible.
    """
    wanted = wish.waits
    steps: list[EncodeStep] = []
    before: Waits = {
        pipeline: {job: present_waits(graphs[pipeline], job) for job in jobs}
        for pipeline, jobs in wanted.items()
    }
    depths = {pipeline: _depths(graphs[pipeline], waits) for pipeline, waits in wanted.items()}
    for number in range(REST + 2):
        after: Waits = {
            pipeline: {
                job: _at(number, before[pipeline][job], waits, depths[pipeline])
                for job, waits in jobs.items()
            }
            for pipeline, jobs in wanted.items()
        }
        try:
            encoding = encoder.encoded(Wish(waits=after, at=wish.at, reasons=wish.reasons))
        except EncodeError:
            if number == REST + 1:
                raise
            continue
        if encoding.files:
            steps.append(_step(before, after, encoding, why))
            encoder = encoder.after(encoding)
        before = after
    return steps


def _depths(graph: JobGraph, waits: JobWaits) -> dict[str, int]:
    """Return for each job the number of jobs on the longest way before it."""
    waves = graph_with(graph, waits).waves()
    return {job: depth for depth, wave in enumerate(waves) for job in wave}


def _at(
    number: int, before: tuple[Wait, ...], wanted: tuple[Wait, ...], depths: Mapping[str, int]
) -> tuple[Wait, ...]:
    """Return the dependencies of a job after a step."""
    if number > REST:
        return wanted
    known = {wait.job for wait in before}
    added = tuple(
        wait
        for wait in wanted
        if wait.job not in known and min(depths.get(wait.job, REST), REST) <= number
    )
    if number < REST:
        return before + added
    softness = {wait.job: wait.soft for wait in wanted}
    present = (Wait(name, softness.get(name, soft)) for name, soft in before)
    return (*dict.fromkeys(present), *added)


def _step(
    before: Waits, after: Waits, encoding: Encoding, reasons: Mapping[tuple[str, str], str]
) -> EncodeStep:
    added, removed = _new(before, after), _new(after, before)
    gone = [(job, wait) for job, wait in removed if not _has(added, job, wait.job)]
    lines = [_line(job, wait, reasons) for job, wait in added]
    lines += [f"- {job} does not wait for {wait.job} any more." for job, wait in gone]
    return EncodeStep(_title(added, gone), tuple(lines), encoding)


def _new(before: Waits, after: Waits) -> list[tuple[str, Wait]]:
    new = (
        (job, wait)
        for pipeline, jobs in after.items()
        for job, waits in jobs.items()
        for wait in waits
        if wait not in before[pipeline][job]
    )
    return list(dict.fromkeys(new))


def _has(added: list[tuple[str, Wait]], job: str, dependency: str) -> bool:
    return any(name == job and wait.job == dependency for name, wait in added)


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
