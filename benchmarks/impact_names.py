"""Claim: what an object touches costs at most 1 s of CPU, though nobody asked for it before.

    python benchmarks/impact_names.py FOLDER [--rounds 3] [KIND:NAME …]

``FOLDER`` holds a tenant file ``main.yaml`` and the tenant's repositories as Zuul's snapshots:
``<project>/<branch>/<path>``.  Processes of their own, one after the other, CPU time with start-up:

* cold: the first name, with nothing in the cache;
* files known: each other name, with what the files say from the cache;
* cached: the first name again.

The goal is for names of which the answer is not the whole tenant.  The parent of all jobs is shown
too: its answer about the openstack tenant has 190,000 lines.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import measure

GOAL = 1.0
IMPACT = "from groundrules.cli import main; main()"
NAMES = (
    *("label:ubuntu-focal", "label:ubuntu-noble", "job:devstack-tempest", "job:openstack-tox"),
    *("nodeset:openstack-single-node-jammy", "template:openstack-python3-jobs"),
)
EVERYTHING = "job:base"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", default=NAMES)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    first, *others = options.names
    costs: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as temporary:
            questions = {f"cold, {first}": first}
            questions |= {f"files known, {name}": name for name in (*others, EVERYTHING)}
            questions[f"cached, {first}"] = first
            for title, name in questions.items():
                cpu = impact(options.folder, name, Path(temporary))
                costs.setdefault(title, []).append(cpu)
    medians = {title: measure.median(values) for title, values in costs.items()}
    measure.show(("", "CPU"), [(title, f"{cpu:.2f} s") for title, cpu in medians.items()])
    slowest = max(medians[f"files known, {name}"] for name in others)
    measure.verdict("files known, the slowest name (s)", slowest, GOAL)


def impact(folder: Path, name: str, temporary: Path) -> float:
    """Return the CPU seconds of one answer."""
    arguments = ["--tenant-config", str(folder / "main.yaml"), "--root", str(folder)]
    command = [sys.executable, "-c", IMPACT, "impact", *name.split(":", 1), *arguments]
    with (temporary / "answer.txt").open("wb") as output:
        return measure.run(command, output=output, XDG_CACHE_HOME=str(temporary / "cache")).cpu


if __name__ == "__main__":
    main()
