"""Claim: the jobs of a change cost at most 0.3 s of CPU when the tenant has not changed.

    python benchmarks/change_jobs.py FOLDER [--zuul PYTHON] [--rounds 3] [--project openstack/nova]

``FOLDER`` holds a tenant file ``main.yaml`` and the tenant's repositories as Zuul's snapshots:
``<project>/<branch>/<path>``.  ``PYTHON`` is an interpreter that has Zuul; without one, Zuul is
left out.  Processes of their own, one after the other, CPU time with start-up:

* Zuul loads the tenant with its own classes, as ``tests/zuul/ask_zuul.py`` does;
* Zuul's ``createJobGraph``, which its ``freezeJobGraph`` calls: one graph of the loaded tenant;
* ours, cold: the jobs of a change of one file, in all pipelines of the project;
* ours, files known: another file, with what the configuration says from the cache;
* ours, cached: the same question again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import measure

GOAL = 0.3
JOBS = "from groundrules.cli import main; main()"
ASKING = Path(__file__).parents[1] / "tests/zuul"
ASK = """
import json, logging, sys, time
from pathlib import Path
import ask_zuul
logging.disable(logging.CRITICAL)
start = time.process_time()
tenant = ask_zuul.load(Path(sys.argv[1]))
loaded = time.process_time()
_, project = tenant.getProject(sys.argv[2])
for _ in range(9):
    ask_zuul.frozen(tenant, project, "check", "master")
print(json.dumps([loaded - start, (time.process_time() - loaded) / 9]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--zuul", type=Path, help="a Python that has Zuul")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--project", default="openstack/nova")
    options = parser.parse_args()
    costs: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as temporary:
            for name, path in (
                ("ours, cold", "one.py"),
                ("ours, files known", "other.py"),
                ("ours, cached", "other.py"),
            ):
                cpu = jobs(options.folder, options.project, path, Path(temporary))
                costs.setdefault(name, []).append(cpu)
    rows = [(name, f"{measure.median(values):.2f} s") for name, values in costs.items()]
    if options.zuul:
        load, freeze = zuul(options.folder, options.zuul, options.project)
        rows = [
            ("Zuul loads", f"{load:.2f} s"),
            ("Zuul freezes one graph", f"{freeze:.3f} s"),
            *rows,
        ]
    measure.show(("", "CPU"), rows)
    measure.verdict("ours, cached (s)", measure.median(costs["ours, cached"]), GOAL)


def jobs(folder: Path, project: str, path: str, temporary: Path) -> float:
    """Return the CPU seconds of one answer."""
    arguments = ["jobs", "--tenant-config", str(folder / "main.yaml"), "--root", str(folder)]
    command = [sys.executable, "-c", JOBS, *arguments, "--project", project, "--files", path]
    with (temporary / "jobs.txt").open("wb") as output:
        return measure.run(command, output=output, XDG_CACHE_HOME=str(temporary / "cache")).cpu


def zuul(folder: Path, python: Path, project: str) -> tuple[float, float]:
    """Return the CPU seconds in which Zuul loads the tenant, and freezes one graph."""
    environment = measure.environment() | {"PYTHONPATH": str(ASKING)}
    command = [python, "-c", ASK, str(folder), project]
    output = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    load, freeze = json.loads(output)
    return load, freeze


if __name__ == "__main__":
    main()
