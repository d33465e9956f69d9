"""Claim: 5,000 jobs with 10,000 dependencies are planned in two seconds of CPU time.

    python benchmarks/plan_graph.py [--jobs 5000] [--rounds 3]

Makes virtual environments in ``build/`` and installs ``networkx`` and ``zuul-client`` of the
Python Package Index there.  Processes of their own, one after the other, CPU time with start-up:

* ours: the whole plan, as ``groundrules plan`` computes it of a graph that it has read: critical
  path, schedule under semaphores, bound, what holds it back, and what is known of all pairs;
* networkx: ``dag_longest_path`` of the same graph, the only one of these that it has;
* what users do without either (`by_hand`): ``zuul-client job-graph``, and a spreadsheet of its
  table in which LibreOffice computes when each job ends.  It is left out without ``soffice``.

All have to give the same length of the longest path.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import by_hand
import measure

GOAL = 2.0
Jobs = list[dict[str, Any]]
OURS = """
import json, sys
from groundrules.plan.graph_plan import plan
from groundrules.plan.scheduling_problem import PlannedJob, SchedulingProblem
with open(sys.argv[1]) as file:
    jobs = [PlannedJob(**{key: tuple(value) if isinstance(value, list) else value
                          for key, value in job.items()}) for job in json.load(file)]
print(plan(SchedulingProblem(tuple(jobs))).critical.total)
"""
PEER = """
import json, sys
import networkx
with open(sys.argv[1]) as file:
    jobs = json.load(file)
graph = networkx.DiGraph()
for job in jobs:
    for name in job["dependencies"] or ["end"]:
        graph.add_edge(job["name"], name, weight=job["duration"])
print(networkx.path_weight(graph, networkx.dag_longest_path(graph), "weight"))
"""


def jobs(number: int) -> Jobs:
    """Return jobs of which each, but the first ones, waits for two before it."""
    draw = random.Random(0)  # noqa: S311
    return [
        {
            "name": f"j{at}",
            "duration": draw.randrange(60, 3600),
            "dependencies": sorted({f"j{draw.randrange(at // 2, at)}" for _ in range(2)})
            if at
            else [],
            "semaphores": [f"s{at % 50}"] if at % 3 == 0 else [],
            "touches": [f"host{at % 500}"],
        }
        for at in range(number)
    ]


def peer_python(package: str) -> Path:
    """Return the Python of the environment with a package, which is made unless it is there."""
    folder = Path(f"build/{package}-venv").resolve()
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        print(f"installing {package} in {folder} …", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "-q", package]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        (folder / "complete").touch()
    return python


def by_programs(folder: Path, made: Jobs, rounds: int) -> tuple[dict[str, float], set[str]]:
    """Return the CPU seconds of ours and networkx, and the lengths that they print."""
    file = folder / "jobs.json"
    file.write_text(json.dumps(made))
    commands = {
        "ours, the plan": [sys.executable, "-c", OURS, file],
        "networkx, longest path": [peer_python("networkx"), "-c", PEER, file],
    }
    costs = {name: median_cpu(command, folder / name, rounds) for name, command in commands.items()}
    return costs, {(folder / name).read_text().strip() for name in commands}


def by_users(folder: Path, made: Jobs, rounds: int) -> tuple[dict[str, float], set[str]]:
    """Return the CPU seconds of zuul-client and a spreadsheet, and the length in the sheet."""
    soffice = shutil.which("soffice")
    if soffice is None:
        print("left out: soffice is not installed", file=sys.stderr)
        return {}, set()
    client = peer_python("zuul-client").with_name("zuul-client")
    table, file = folder / "table.txt", folder / "plan.fods"
    names = ["--tenant", "t", "--pipeline", "deploy", "--project", "p", "--branch", "main"]
    with by_hand.served(made) as url:
        command = [client, "--zuul-url", url, "job-graph", *names]
        costs = {"zuul-client, job graph": median_cpu(command, table, rounds)}
    file.write_text(by_hand.sheet(table.read_text("utf-8"), made), "utf-8")
    command = by_hand.recalculated(soffice, file)
    costs["LibreOffice, when each job ends"] = median_cpu(command, folder / "log", rounds)
    return costs, {by_hand.total_of(file.with_suffix(".csv"))}


def median_cpu(command: Sequence[str | Path], output: Path, rounds: int) -> float:
    """Return the CPU seconds of a command, whose output is kept."""
    found = []
    for _ in range(rounds):
        with output.open("wb") as stream:
            found.append(measure.run(command, stream).cpu)
    return measure.median(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    made = jobs(options.jobs)
    with tempfile.TemporaryDirectory() as temporary:
        programs, lengths = by_programs(Path(temporary), made, options.rounds)
        users, sheets = by_users(Path(temporary), made, options.rounds)
    if len(lengths | sheets) > 1:
        raise SystemExit(f"the longest paths differ: {sorted(lengths | sheets)}")
    edges = sum(len(job["dependencies"]) for job in made)
    measure.show(
        (f"{options.jobs} jobs, {edges} dependencies", "CPU"),
        [(name, f"{seconds:.2f} s") for name, seconds in (programs | users).items()],
    )
    ours, peer = programs.values()
    print(f"the plan takes {ours / peer:.1f} × the time of the longest path")
    if users:
        print(f"and {ours / sum(users.values()):.2g} × that of the way by hand")
    measure.verdict("seconds of a plan", ours, GOAL)


if __name__ == "__main__":
    main()
