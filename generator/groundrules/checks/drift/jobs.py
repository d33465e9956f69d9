"""Drift of jobs: which jobs run, the semaphores they hold, the time they may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from groundrules.checks.drift.comparison import About, Comparison, Difference, Note
from groundrules.checks.phrases import causes_of_absence, named, related_to
from groundrules.claims.claims import JobClaim
from groundrules.diagnostics import Related
from groundrules.fix import Fix, RenameJob, Write
from groundrules.graphs.elements import Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.grouping import grouped
from groundrules.nearest import nearest
from groundrules.rules import drift as rules
from groundrules.text import duration

MOST_PROJECTS = 3
"""The other projects that a message names."""


def check(comparison: Comparison) -> Iterator[Note]:
    """Yield the jobs that differ from their documentation."""
    for job in comparison.claim.jobs:
        yield from _check_runs(comparison, job)
        yield from _check_semaphores(comparison, job)
        yield from _check_duration(comparison, job)
    if comparison.claim.complete:
        yield from _check_documented(comparison)


def real_jobs(comparison: Comparison, job: JobClaim) -> dict[str, Job]:
    """Return a documented job as it really is, by pipeline."""
    real = comparison.real.jobs(job.name)
    return {pipeline: real[pipeline] for pipeline in job.pipelines if pipeline in real}


def _check_runs(comparison: Comparison, job: JobClaim) -> Iterator[Note]:
    real = real_jobs(comparison, job)
    about = About(job.name)
    missing = []
    for pipeline in job.pipelines:
        if pipeline in real or pipeline in comparison.real.refused:
            continue
        if doubt := comparison.real.run_doubt(pipeline, job.name):
            yield comparison.not_checked(about, doubt)
        elif pipeline in comparison.real.graphs:
            missing.append(pipeline)
        else:
            reason = f"pipeline {pipeline!r} runs no job of the project"
            yield comparison.drifted(about, reason)
    if missing:
        yield _does_not_run(comparison, job, missing)


def _does_not_run(comparison: Comparison, job: JobClaim, missing: list[str]) -> Difference:
    hint, related = _trace(comparison, job, missing)
    return comparison.differs(
        rules.JOB_NOT_THERE,
        job.place,
        f"job {job.name!r} does not run in {named('pipeline', missing)}{hint}",
        About(job.name),
        related=related,
        suggestion="" if job.name in comparison.moves.jobs else _pipelines(comparison, job),
        fix=_fix(comparison, job),
        pipelines=missing,
        because=causes_of_absence(job.name, map(comparison.real.graphs.__getitem__, missing)),
    )


def _trace(
    comparison: Comparison, job: JobClaim, missing: Iterable[str]
) -> tuple[str, list[Related]]:
    """Return why a job is missing, or its other name, as the end of a message."""
    for pipeline in missing:
        graph = comparison.real.graphs[pipeline]
        if absent := graph.absent_job(job.name):
            return f": {absent.reason}", related_to(absent.location, "it is mentioned here")
        if new := comparison.moves.names.get(job.name):
            return f"; it was renamed to {new!r}", _here(graph, new)
        undocumented = [name for name in graph.by_name if comparison.documented.job(name) is None]
        for name in job.formerly:
            if name in undocumented:
                return f"; it runs there under its former name {name!r}", _here(graph, name)
        if elsewhere := _elsewhere(comparison, job):
            return f"; it runs in {elsewhere} instead", []
        if near := nearest(job.name, undocumented):
            return f"; did you mean {near!r}?", _here(graph, near)
    return "", []


def _elsewhere(comparison: Comparison, job: JobClaim) -> str:
    """Return the pipelines that run a job though it is not documented for them, or projects."""
    real = comparison.real
    others = (pipeline for pipeline in real.pipelines if pipeline not in job.pipelines)
    graphs = {pipeline: graph for pipeline in others if (graph := real.graph(pipeline))}
    if pipelines := [at for at, graph in graphs.items() if job.name in graph.by_name]:
        return named("pipeline", pipelines)
    return "" if real.jobs(job.name) else " and ".join(real.projects(job.name)[:MOST_PROJECTS])


def _fix(comparison: Comparison, job: JobClaim) -> Fix | None:
    """Return the change that makes the record follow a job that has moved for certain."""
    if new := comparison.moves.names.get(job.name):
        return Fix(job.place.path, (RenameJob(comparison.claim.id, job.name, new),))
    if job.name in comparison.moves.jobs:
        before, after = comparison.moves.jobs[job.name]
        route = (*job.route, "pipelines", job.written.index(before))
        return Fix(job.place.path, (Write(route, after),))
    return None


def _here(graph: JobGraph, name: str) -> list[Related]:
    return related_to(graph.by_name[name].location, f"{name!r} is here")


def _pipelines(comparison: Comparison, job: JobClaim) -> str:
    """Return what to write for a job that other pipelines of the graph run."""
    running = comparison.real.jobs(job.name)
    return f"pipelines: [{', '.join(running)}]" if running else ""


def _check_semaphores(comparison: Comparison, job: JobClaim) -> Iterator[Note]:
    if job.semaphores is None:
        return
    jobs = real_jobs(comparison, job)
    held = {at: [semaphore.name for semaphore in real.semaphores] for at, real in jobs.items()}
    differing: dict[str, list[str]] = {}
    for name in dict.fromkeys(chain(job.semaphores, *held.values())):
        is_documented = name in job.semaphores
        wrong = [pipeline for pipeline in held if (name in held[pipeline]) is not is_documented]
        doubts = [_doubt(comparison, jobs[pipeline]) if is_documented else "" for pipeline in wrong]
        if known := [pipeline for pipeline, doubt in zip(wrong, doubts, strict=True) if not doubt]:
            differing[name] = known
        elif doubts:
            yield comparison.not_checked(About(job.name), doubts[0])
    wanted = sorted({*job.semaphores} ^ differing.keys())
    for name, pipelines in differing.items():
        real = {pipeline: jobs[pipeline] for pipeline in pipelines}
        yield _semaphore_differs(comparison, job, name, real, f"semaphores: [{', '.join(wanted)}]")


def _doubt(comparison: Comparison, job: Job) -> str:
    """Return why a job may hold semaphores that are not known; empty if it does not."""
    unseen = comparison.real.unseen
    return next((unseen.reason(job, origin) for origin in unseen.origins(job)), "")


def _semaphore_differs(
    comparison: Comparison, job: JobClaim, name: str, real: dict[str, Job], suggestion: str
) -> Difference:
    first = next(iter(real.values()))
    places, words = [first.location], "the job is here"
    kind, holds, undocumented = "lacks", "does not hold", ""
    if name not in (job.semaphores or ()):
        kind, holds, undocumented = "holds", "holds", ", which is not documented"
        places = [semaphore.location for semaphore in first.semaphores if semaphore.name == name]
        words = "it takes the semaphore here"
    return comparison.differs(
        rules.SEMAPHORE_DIFFERS,
        job.semaphores_place,
        f"job {job.name!r} {holds} semaphore {name!r} in {named('pipeline', real)}{undocumented}",
        About(job.name),
        related=[Related(place, words) for place in places if place],
        suggestion=suggestion,
        kind=f"{kind} {name}",
        pipelines=real,
    )


def _check_duration(comparison: Comparison, job: JobClaim) -> Iterator[Note]:
    ends = grouped(
        ((real.timeout, real.location), pipeline)
        for pipeline, real in real_jobs(comparison, job).items()
        if job.longest and real.timeout and job.longest > real.timeout
    )
    for (timeout, location), pipelines in ends.items():
        yield comparison.differs(
            rules.DURATION_ABOVE_TIMEOUT,
            job.longest_place,
            f"job {job.name!r} times out after {duration(timeout)} in "
            f"{named('pipeline', pipelines)}, but {duration(job.longest or 0)} is documented",
            About(job.name),
            related=related_to(location, f"the job, with a timeout of {timeout} s"),
            pipelines=pipelines,
        )


def _check_documented(comparison: Comparison) -> Iterator[Note]:
    """Yield the jobs that a complete graph does not name, or not for that pipeline."""
    for name, pipelines in _undocumented(comparison).items():
        claim = comparison.documented.job(name)
        what = "is documented for other pipelines only" if claim else "is not documented"
        everywhere = [*(claim.pipelines if claim else ()), *pipelines]
        ordered = [pipeline for pipeline in comparison.claim.pipelines if pipeline in everywhere]
        yield comparison.differs(
            rules.JOB_NOT_DOCUMENTED,
            claim.place if claim else comparison.claim.jobs_place,
            f"job {name!r} runs in {named('pipeline', pipelines)} but {what}",
            About(name),
            related=_way_in(comparison.real.graphs[pipelines[0]].by_name[name]),
            suggestion=_entry(name, ordered, comparison),
            pipelines=pipelines,
        )


def _undocumented(comparison: Comparison) -> dict[str, list[str]]:
    """Return the pipelines of each job that runs in them without being documented for them."""
    pipelines: dict[str, list[str]] = {}
    for pipeline in comparison.claim.pipelines:
        graph = comparison.real.graphs.get(pipeline)
        for name in graph.by_name if graph else ():
            claim = comparison.documented.job(name)
            moved = comparison.moves.jobs.get(name, ("", ""))[1] == pipeline
            if name in comparison.renamed or moved or comparison.documented.is_gone(name):
                continue
            if claim is None or pipeline not in claim.pipelines:
                pipelines.setdefault(name, []).append(pipeline)
    return pipelines


def _way_in(real: Job) -> list[Related]:
    """Return how a job comes into the pipeline, without the jobs that it inherits from."""
    places = [step.location for step in real.chain]
    start = places.index(real.location) if real.location in places else 0
    return [Related(step.location, step.what) for step in real.chain[start:] if step.location]


def _entry(name: str, pipelines: list[str], comparison: Comparison) -> str:
    """Return the record that names a job, or its pipelines if it has one."""
    if comparison.documented.job(name):
        return f"pipelines: [{', '.join(pipelines)}]"
    if pipelines == list(comparison.claim.pipelines):
        return f"- {{name: {name}, purpose: …}}"
    return f"- {{name: {name}, purpose: …, pipelines: [{', '.join(pipelines)}]}}"
