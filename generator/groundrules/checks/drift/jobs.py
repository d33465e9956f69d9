"""Drift of jobs: which there are, the semaphores they hold, the time they may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.words import minutes, names
from groundrules.claims.claims import JobClaim
from groundrules.diagnostics import Fix, Location, Related, RenameJob, Write, nearest
from groundrules.graphs.job_graph import Absent, Job
from groundrules.rules import drift as rules

MOST = 3  # other projects that are named


def check(found: Comparison) -> None:
    """Note the jobs that differ from what is documented of them."""
    for job in found.claim.jobs:
        _check_there(found, job)
        _check_semaphores(found, job)
        _check_duration(found, job)
    if found.claim.complete:
        _check_documented(found)


def real_jobs(found: Comparison, job: JobClaim) -> dict[str, Job]:
    """Return a documented job as it is, by pipeline."""
    return {
        pipeline: graph.by_name[job.name]
        for pipeline in job.pipelines
        if (graph := found.real.graphs.get(pipeline)) and job.name in graph.by_name
    }


def _check_there(found: Comparison, job: JobClaim) -> None:
    there = real_jobs(found, job)
    missing = []
    for pipeline in job.pipelines:
        if pipeline in there or pipeline in found.real.refused:
            continue
        if doubt := found.real.doubt(pipeline, job.name):
            found.miss(f"the job {job.name!r} is not seen in {pipeline!r}: {doubt}", job=job.name)
        elif pipeline in found.real.graphs:
            missing.append(pipeline)
        else:
            found.drift(f"the pipeline {pipeline!r} runs no job of the project", job=job.name)
    if not missing:
        return
    hint, related = _trace(found, job, missing)
    found.note(
        rules.JOB_NOT_THERE,
        job.place,
        f"the job {job.name!r} is not in {names('pipeline', missing)}{hint}",
        related,
        suggestion="" if job.name in found.moves.jobs else _move(found, job),
        fix=_fix(found, job),
        job=job.name,
        pipelines=missing,
        because=_causes(found, job, missing),
    )


def _causes(found: Comparison, job: JobClaim, missing: Iterable[str]) -> list[Location]:
    """Return where the CI system reports why a job is not there, if it does for each pipeline."""
    causes = [
        next((each.cause for each in graph.absent if each.name == job.name), None)
        for graph in (found.real.graphs[pipeline] for pipeline in missing)
    ]
    return [each for each in causes if each] if all(causes) else []


def _trace(found: Comparison, job: JobClaim, missing: Iterable[str]) -> tuple[str, list[Related]]:
    """Return what is known of a job that is not there: why, or its other name."""
    for pipeline in missing:
        graph = found.real.graphs[pipeline]
        for absent in graph.absent:
            if absent.name == job.name:
                return f": {absent.reason}", _related(absent, "it is mentioned here")
        if new := found.moves.names.get(job.name):
            return f"; it is {new!r} now", _related(graph.by_name[new], f"{new!r} is here")
        undocumented = [each for each in graph.by_name if found.claim.job(each) is None]
        for name in job.formerly:
            if name in undocumented:
                related = _related(graph.by_name[name], f"{name!r} is here")
                return f"; it has its former name there, {name!r}", related
        if there := _elsewhere(found, job):
            return f"; it runs in {there} now", []
        if near := nearest(job.name, undocumented):
            return f"; did you mean {near!r}?", _related(graph.by_name[near], f"{near!r} is here")
    return "", []


def _elsewhere(found: Comparison, job: JobClaim) -> str:
    """Return the pipelines that run a job though it is not documented for them, or a project."""
    real = found.real
    pipelines = [
        each
        for each in real.pipelines
        if each not in job.pipelines and (graph := real.graph(each)) and job.name in graph.by_name
    ]
    if pipelines:
        return names("pipeline", pipelines)
    runs = any(job.name in graph.by_name for graph in real.graphs.values())
    return "" if runs else " and ".join(real.projects(job.name)[:MOST])


def _fix(found: Comparison, job: JobClaim) -> Fix | None:
    """Return how the record would follow a job that has moved for certain."""
    if new := found.moves.names.get(job.name):
        return Fix(job.place.path, (RenameJob(found.claim.id, job.name, new),))
    if job.name in found.moves.jobs:
        before, after = found.moves.jobs[job.name]
        route = (*job.route, "pipelines", job.written.index(before))
        return Fix(job.place.path, (Write(route, after),))
    return None


def _related(named: Job | Absent, message: str) -> list[Related]:
    return [Related(named.location, message)] if named.location else []


def _move(found: Comparison, job: JobClaim) -> str:
    """Return what to write for a job that other pipelines of the graph run."""
    there = [name for name, graph in found.real.graphs.items() if job.name in graph.by_name]
    return f"pipelines: [{', '.join(there)}]" if there else ""


def _check_semaphores(found: Comparison, job: JobClaim) -> None:
    if job.semaphores is None:
        return
    there = real_jobs(found, job)
    held = {pipeline: {each.name for each in real.semaphores} for pipeline, real in there.items()}
    differing: dict[str, list[str]] = {}
    for name in dict.fromkeys((*job.semaphores, *(each for one in held.values() for each in one))):
        is_documented = name in job.semaphores
        wrong = [each for each in held if (name in held[each]) is not is_documented]
        seen = [each for each in wrong if not is_documented or not _origin(found, there[each])]
        if seen:
            differing[name] = seen
        elif wrong:
            found.miss(_origin(found, there[wrong[0]]), job=job.name)
    wanted = sorted({*job.semaphores} ^ differing.keys())
    for name, seen in differing.items():
        _note_semaphore(found, job, name, seen, there, f"semaphores: [{', '.join(wanted)}]")


def _origin(found: Comparison, job: Job) -> str:
    """Return why a job may hold semaphores that cannot be seen; empty if it does not."""
    unseen = found.real.unseen
    return next((unseen.reason(job, each) for each in unseen.origins(job)), "")


def _note_semaphore(
    found: Comparison,
    job: JobClaim,
    name: str,
    pipelines: list[str],
    there: dict[str, Job],
    suggestion: str,
) -> None:
    documented = job.semaphores or ()
    where = names("pipeline", pipelines)
    if name in documented:
        message = f"the job {job.name!r} does not hold the semaphore {name!r} in {where}"
        real = [there[each].location for each in pipelines]
        related = [Related(each, "the job is here") for each in real[:1] if each]
    else:
        message = (
            f"the job {job.name!r} holds the semaphore {name!r} in {where}, which is not documented"
        )
        places = [each.location for each in there[pipelines[0]].semaphores if each.name == name]
        related = [Related(each, "it takes the semaphore here") for each in places if each]
    found.note(
        rules.SEMAPHORE_DIFFERS,
        job.semaphores_place,
        message,
        related,
        suggestion=suggestion,
        job=job.name,
        of=f"{'lacks' if name in documented else 'holds'} {name}",
        pipelines=pipelines,
    )


def _check_duration(found: Comparison, job: JobClaim) -> None:
    there = real_jobs(found, job)
    ends: dict[tuple[int, Location | None], list[str]] = {}
    for pipeline, real in there.items():
        if job.longest and real.timeout and job.longest > real.timeout:
            ends.setdefault((real.timeout, real.location), []).append(pipeline)
    for (timeout, location), pipelines in ends.items():
        found.note(
            rules.DURATION_ABOVE_TIMEOUT,
            job.longest_place,
            f"the job {job.name!r} is ended after {minutes(timeout)} in "
            f"{names('pipeline', pipelines)}, and {minutes(job.longest or 0)} is documented",
            [Related(location, f"the job, with a timeout of {timeout} seconds")]
            if location
            else [],
            job=job.name,
            pipelines=pipelines,
        )


def _check_documented(found: Comparison) -> None:
    """Note the jobs that a complete graph does not name, or not for that pipeline."""
    for name, pipelines in _undocumented(found):
        claim = found.claim.job(name)
        real = found.real.graphs[pipelines[0]].by_name[name]
        what = "documented for other pipelines only" if claim else "not documented"
        everywhere = [*(claim.pipelines if claim else ()), *pipelines]
        ordered = [each for each in found.claim.pipelines if each in everywhere]
        found.note(
            rules.JOB_NOT_DOCUMENTED,
            claim.place if claim else found.claim.jobs_place,
            f"the job {name!r} runs in {names('pipeline', pipelines)} and is {what}",
            _way_in(real),
            suggestion=f"pipelines: [{', '.join(ordered)}]"
            if claim
            else _entry(name, ordered, found),
            job=name,
            pipelines=pipelines,
        )


def _undocumented(found: Comparison) -> Iterator[tuple[str, list[str]]]:
    renamed = found.renamed()
    extra: dict[str, list[str]] = {}
    for pipeline in found.claim.pipelines:
        graph = found.real.graphs.get(pipeline)
        for name in graph.by_name if graph else ():
            claim = found.claim.job(name)
            moved = found.moves.jobs.get(name, ("", ""))[1] == pipeline
            if name in renamed or moved:
                continue
            if claim is None or pipeline not in claim.pipelines:
                extra.setdefault(name, []).append(pipeline)
    yield from extra.items()


def _way_in(real: Job) -> list[Related]:
    """Return how a job comes into the pipeline, without the jobs that it inherits from."""
    places = [step.location for step in real.chain]
    start = places.index(real.location) if real.location in places else 0
    way = real.chain[start:]
    return [Related(step.location, step.what) for step in way if step.location]


def _entry(name: str, pipelines: list[str], found: Comparison) -> str:
    """Return the record that names a job."""
    if pipelines == list(found.claim.pipelines):
        return f"- {{name: {name}, purpose: …}}"
    return f"- {{name: {name}, purpose: …, pipelines: [{', '.join(pipelines)}]}}"
