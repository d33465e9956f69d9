"""Claim: one record changed among 1,000 jobs costs at most 1.15 × of Sphinx with nothing changed.

    python benchmarks/one_changed.py [--jobs 1000] [--theme pydata_sphinx_theme] [--rounds 5]
        [--folder FOLDER]

The peer is installed by pip into a venv below FOLDER (a temporary folder when left out).

The record is a job whose purpose changes, which stands on its own page only, or the reason of one
of its dependencies, which stands on three: its own, that of the job it waits for, and in the table
of its graph, of 294 rows.  The yardstick is an unchanged build without our own part, as
`own_share` measures it: Sphinx with the same pages.  Beside it stands what Sphinx itself takes when
one of its pages was touched, below which nothing can come, and datatemplates, the same change made
in the data of the pages that show it.  All figures are CPU time; turns, medians.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import made_up
import measure
import peer
from made_up import Graph
from own_share import timed_build

GOAL = 1.15
CHANGES = ("purpose", "reason")


def changed(graph: Graph, what: str, number: int) -> Graph:
    """Return ``graph`` with one job's purpose, or the reason of its first dependency, new."""
    jobs = list(graph.jobs)
    job = jobs[len(jobs) // 2]
    if what == "purpose":
        job = replace(job, purpose=f"Does it in the {number}th way.")
    else:
        first, *rest = job.waits_for
        job = replace(job, waits_for=(replace(first, why=f"For reason {number}."), *rest))
    jobs[len(jobs) // 2] = job
    return replace(graph, jobs=tuple(jobs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--theme", default="pydata_sphinx_theme")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where the peer's venv is kept")
    options = parser.parse_args()
    costs: dict[str, list[float]] = {}

    def note(what: str, cost: float) -> None:
        costs.setdefault(what, []).append(cost)

    with tempfile.TemporaryDirectory() as temporary:
        python = peer.install((options.folder or Path(temporary)) / "datatemplates-venv")
        made = made_up.graphs(options.jobs)
        ours, theirs = Path(temporary, "groundrules"), Path(temporary, "datatemplates")
        made_up.write_manual(ours, made, options.theme)
        peer.write_manual(theirs, made, options.theme)
        measure.build(ours)
        measure.build(theirs, python)
        job = made[0].jobs[len(made[0].jobs) // 2]
        touched = ours / "source" / "generated" / "jobs" / made[0].id / f"{job.name}.rst"
        for number in range(options.rounds):
            note("sphinx unchanged", timed_build(ours)["sphinx"])
            touched.touch()
            note("sphinx, one page touched", timed_build(ours)["sphinx"])
            note("groundrules unchanged", measure.build(ours).cpu)
            note("datatemplates unchanged", measure.build(theirs, python).cpu)
            for what in CHANGES:
                graph = changed(made[0], what, number)
                made_up.write_graph(ours, graph)
                peer.write_graph(theirs, graph)
                note(f"groundrules {what}", measure.build(ours).cpu)
                note(f"datatemplates {what}", measure.build(theirs, python).cpu)
    middle = {what: measure.median(values) for what, values in costs.items()}
    yardstick = middle["sphinx unchanged"]
    measure.show(
        (f"{options.jobs} jobs, {options.theme}", "CPU", "of Sphinx unchanged"),
        [(what, f"{cost:.2f} s", f"{cost / yardstick:.2f}") for what, cost in middle.items()],
    )
    for what in CHANGES:
        name = f"groundrules {what}"
        measure.verdict(
            f"one {what} changed beside Sphinx unchanged", middle[name] / yardstick, GOAL
        )


if __name__ == "__main__":
    main()
