"""Claim: ten times the jobs cost at most eleven times, and 5,000 pages fit in 1 GiB of memory.

    python benchmarks/growth.py [--jobs 500] [--theme pydata_sphinx_theme] [--rounds 1]

Installs nothing.  Cold builds of a made-up manual of ``--jobs`` jobs and of ten times as many;
CPU time, user and system, and the most memory that the process held.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import made_up
import measure
from measure import Cost

GOAL_TIME, GOAL_MEMORY = 11, 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=500)
    parser.add_argument("--theme", default="pydata_sphinx_theme")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    sizes = (options.jobs, options.jobs * 10)
    found: dict[int, list[Cost]] = {size: [] for size in sizes}
    with tempfile.TemporaryDirectory() as temporary:
        for size in sizes:
            manual = Path(temporary, str(size))
            made_up.write_manual(manual, made_up.graphs(size), options.theme)
        for _ in range(options.rounds):
            for size in sizes:
                measure.clean(Path(temporary, str(size)))
                found[size].append(measure.build(Path(temporary, str(size))))
    cpu = {size: measure.median(each.cpu for each in found[size]) for size in sizes}
    memory = {size: measure.median(each.memory for each in found[size]) for size in sizes}
    measure.show(
        (f"cold, {options.theme}", "CPU", "a job", "memory"),
        [
            (
                f"{size} jobs",
                f"{cpu[size]:.1f} s",
                f"{cpu[size] / size * 1000:.1f} ms",
                f"{memory[size]:.0f} MiB",
            )
            for size in sizes
        ],
    )
    small, large = sizes
    measure.verdict("ten times the jobs, CPU time", cpu[large] / cpu[small], GOAL_TIME)
    measure.verdict(f"memory of {large} jobs, MiB", memory[large], GOAL_MEMORY)


if __name__ == "__main__":
    main()
