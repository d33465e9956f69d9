"""Problems for tests: written in a line a job, and at random."""

from hypothesis import strategies as st

from groundrules.plan.scheduling_problem import PlannedJob, SchedulingProblem


def problem(*lines, limits=None, nodes=None):
    """Return a problem from lines such as ``web 5 < base, keys; holds lock; pauses``."""
    return SchedulingProblem(tuple(_job(line) for line in lines), limits or {}, nodes)


def by_job(schedule):
    """Return the run of each job."""
    return {run.job: run for run in schedule.runs}


def _job(line):
    head, *rest = line.split(";")
    head, _, dependencies = head.partition("<")
    name, duration = head.split()
    words = dict(part.strip().partition(" ")[::2] for part in rest)
    return PlannedJob(
        name=name,
        duration=None if duration == "?" else int(duration),
        dependencies=_names(dependencies),
        semaphores=_names(words.get("holds", "")),
        nodes=int(words.get("nodes", 1)),
        pauses="pauses" in words,
        release=int(words.get("from", 0)),
        touches=_names(words.get("touches", "")),
        shares=_names(words.get("shares", "")),
    )


def _names(text):
    return tuple(name.strip() for name in text.split(",") if name.strip())


@st.composite
def problems(draw, most=8):
    """Return problems of few jobs, without cycles, that may never end."""
    names = [f"j{number}" for number in range(draw(st.integers(0, most)))]
    jobs = [
        PlannedJob(
            name=name,
            duration=draw(st.sampled_from([None, 0, 1, 2, 5, 9])),
            dependencies=tuple(draw(st.sets(st.sampled_from(names[:at])))) if at else (),
            semaphores=tuple(sorted(draw(st.sets(st.sampled_from("ab"))))),
            nodes=draw(st.integers(0, 2)),
            pauses=draw(st.sampled_from([False, False, False, True])),
            release=draw(st.sampled_from([0, 0, 3])),
        )
        for at, name in enumerate(names)
    ]
    return SchedulingProblem(
        tuple(draw(st.permutations(jobs))), {"a": 2}, draw(st.sampled_from([None, 2]))
    )
