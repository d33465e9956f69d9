"""Claim: 5,000 jobs with 10,000 dependencies are planned in two seconds of CPU time.

    python benchmarks/plan_graph.py [--jobs 5000] [--rounds 3]

Makes a virtual environment in ``build/networkx-venv`` and installs ``networkx`` of the Python
Package Index there.  Processes of their own, one after the other, CPU time with start-up:

* ours: the whole plan, as ``groundrules plan`` computes it of a graph that it has read: critical
  path, schedule under semaphores, bound, what holds it back, and what is known of all pairs;
* networkx: ``dag_longest_path`` of the same graph, the only one of these that it has.

Both have to print the same length of the longest path.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

import measure
from measure import Cost

GOAL = 2.0
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


def jobs(number: int) -> list[dict[str, Any]]:
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


def peer_python() -> Path:
    """Return the Python of the environment with networkx, which is made unless it is there."""
    folder = Path("build/networkx-venv")
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        print(f"installing networkx in {folder} …", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "-q", "networkx"]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        (folder / "complete").touch()
    return python


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    python = peer_python()
    with tempfile.TemporaryDirectory() as temporary:
        made = jobs(options.jobs)
        file = Path(temporary, "jobs.json")
        file.write_text(json.dumps(made))
        commands = {
            "ours, the plan": [sys.executable, "-c", OURS, file],
            "networkx, longest path": [python, "-c", PEER, file],
        }
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for name, command in commands.items():
            for _ in range(options.rounds):
                with Path(temporary, name).open("wb") as output:
                    costs[name].append(measure.run(command, output))
        lengths = {Path(temporary, name).read_text() for name in commands}
    if len(lengths) > 1:
        raise SystemExit(f"the longest paths differ: {sorted(lengths)}")
    cpu = {name: measure.median(cost.cpu for cost in found) for name, found in costs.items()}
    edges = sum(len(job["dependencies"]) for job in made)
    measure.show(
        (f"{options.jobs} jobs, {edges} dependencies", "CPU"),
        [(name, f"{seconds:.2f} s") for name, seconds in cpu.items()],
    )
    ours, peer = cpu.values()
    print(f"the plan takes {ours / peer:.1f} × the time of the longest path")
    measure.verdict("seconds of a plan", ours, GOAL)


if __name__ == "__main__":
    main()
