"""Builds as processes of their own, what they cost, and small tables of it."""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

GENERATOR = Path(__file__).parents[1] / "generator"


@dataclass(frozen=True)
class Cost:
    """CPU seconds, user and system, and the most memory held, in MiB."""

    cpu: float
    memory: float


def environment() -> dict[str, str]:
    """Return an environment in which Python imports the package of this working copy."""
    return {**os.environ, "PYTHONPATH": str(GENERATOR), "PYTHONHASHSEED": "0"}


@cache
def compiled() -> None:
    """Compile the package, as its installation does; Python need not be allowed to write."""
    compileall.compile_dir(GENERATOR, quiet=1)


def run(command: Sequence[str | Path], output: IO[bytes] | None = None, **variables: str) -> Cost:
    """Run a command that has to succeed; ``variables`` are added to its environment."""
    compiled()
    process = subprocess.Popen(command, env=environment() | variables, stdout=output)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"this failed: {' '.join(map(str, command))}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def build(folder: Path, python: str | Path = sys.executable) -> Cost:
    """Build the manual in ``folder`` to HTML, in one process; every warning ends it."""
    return run([python, "-m", "sphinx", *arguments(folder)], XDG_CACHE_HOME=str(cache_of(folder)))


def cache_of(folder: Path) -> Path:
    """Return the folder of caches for the manual in ``folder``: none of it, as in real life."""
    return folder.with_name(f"{folder.name}-cache")


def arguments(folder: Path) -> list[str]:
    """Return the arguments of ``sphinx-build`` for the manual in ``folder``."""
    output = str(folder / "build" / "html")
    options = ["-q", "-W", "-j", "1", "-b", "html", "-c", str(folder)]
    return [*options, "-d", str(folder / "build" / "doctrees"), str(folder / "source"), output]


def clean(folder: Path) -> None:
    """Remove everything that builds have made."""
    for made in (folder / "build", folder / "source" / "generated", cache_of(folder)):
        shutil.rmtree(made, ignore_errors=True)


def median(values: Iterable[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def show(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table, the first column to the left and all others to the right."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        first, *others = (
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join([first, *others]))


def verdict(what: str, reached: float, goal: float) -> None:
    """Print whether a goal is reached, which is when the figure is not above it."""
    print(f"{what}: {reached:.3g}, goal {goal:g}: {'reached' if reached <= goal else 'MISSED'}")
