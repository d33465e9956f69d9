"""Claim: ``check`` costs in proportion to edges, trees and names, whatever a stranger writes.

    python benchmarks/check_graphs.py

Made-up configurations of the sizes at which the check of November 2026 (``f8d62a8``) took minutes
or did not end, each checked in a process of its own: CPU time with start-up, beside the old
figure on a similar machine.  The goals are for a machine with slow cores.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import measure

CHECK = "from groundrules.cli import main; main()"
MANUAL = "title: T\npublisher: P\nsummary: S.\nconfigurations: [{id: c, title: C, %s}]\n"
GRAPH = "id: g\ntitle: G\nconfiguration: c\nproject: app\npipelines: [check]\njobs: [{name: %s}]\n"


class Claim(NamedTuple):
    """A configuration, what it cost before, and what it may cost."""

    what: str
    make: Callable[[Path], None]
    before: str
    goal: float


def dense(size: int) -> Callable[[Path], None]:
    """Return how to make jobs of which each waits for up to 100 before it."""
    return lambda folder: jobs(folder, (range(max(0, at - 100), at) for at in range(size)))


def sparse(size: int) -> Callable[[Path], None]:
    """Return how to make jobs of which each waits for four before it."""
    chance = random.Random(1)  # noqa: S311 (the same graph each time)
    waits = (chance.sample(range(at), min(at, 4)) for at in range(size))
    return lambda folder: jobs(folder, waits)


def jobs(folder: Path, waits: Iterable[Iterable[int]]) -> None:
    """Make a repository whose jobs wait for others by number."""
    lists = [", ".join(f"j{other}" for other in others) for others in waits]
    defined = [f"- job: {{name: j{at}, parent: null, run: x.yaml}}\n" for at in range(len(lists))]
    entries = [f"        - j{at}: {{dependencies: [{names}]}}\n" for at, names in enumerate(lists)]
    text = "".join([*defined, "- project:\n    check:\n      jobs:\n", *entries])
    write(folder, {"zuul/.zuul.yaml": text})
    manual(folder, "path: zuul", "j0")


def unknown_names(size: int) -> Callable[[Path], None]:
    """Return how to make a tenant that mentions so many jobs that are not defined."""

    def make(folder: Path) -> None:
        name = "bakery-integration-{}-oven{}-python3{}-shelf{}"
        kinds = {
            kind: [name.format(kind, at % 10, at // 10 % 10, at // 100) for at in range(size)]
            for kind in ("bread", "pastry")
        }
        defined = [f"- job: {{name: {each}, run: x.yaml}}\n" for each in kinds["bread"]]
        entries = [f"        - {each}\n" for each in kinds["pastry"]]
        text = "".join([*defined, "- project:\n    check:\n      jobs:\n", *entries])
        write(folder, {"app/master/.zuul.yaml": text})
        tenant(folder)
        write(folder, {"config/master/zuul.yaml": PIPELINE})
        manual(folder, "tenant: main.yaml", kinds["bread"][0])

    return make


def dead_matchers(branches: int, size: int) -> Callable[[Path], None]:
    """Return how to make a project of git with matchers that match nothing on any branch."""

    def make(folder: Path) -> None:
        dead = ", ".join(f"gone/number{at}" for at in range(size))
        web = f"- job: {{name: web, run: b.yaml, files: [src/1, {dead}]}}\n"
        files = {f"app/src/{at}": "" for at in range(200)}
        write(folder, files | {"app/.zuul.yaml": f"{web}- project: {{check: {{jobs: [web]}}}}\n"})
        write(folder, {"config/zuul.yaml": PIPELINE, "config/b.yaml": ""})
        tenant(folder)
        for name in ("app", "config"):
            git(folder / name, "init", "-q", "-b", "master")
            git(folder / name, "add", ".")
            git(folder / name, "commit", "-qm", "One")
        for at in range(branches - 1):
            git(folder / "app", "branch", f"stable/{at}")
        manual(folder, "tenant: main.yaml", "web")

    return make


PIPELINE = (
    "- pipeline: {name: check, manager: independent}\n"
    "- job: {name: base, parent: null, run: b.yaml}\n"
)


def git(folder: Path, *arguments: str) -> None:
    """Run git as somebody."""
    somebody = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
    subprocess.run(["git", *somebody, *arguments], cwd=folder, check=True)


def tenant(folder: Path) -> None:
    """Write a tenant file with a config project and one other."""
    projects = "{git: {config-projects: [config], untrusted-projects: [app]}}"
    write(folder, {"main.yaml": f"- tenant: {{name: t, source: {projects}}}\n"})


def manual(folder: Path, where: str, job: str) -> None:
    """Write a manual that documents one job of the project ``app``."""
    write(folder, {"data/manual.yaml": MANUAL % where, "data/graphs/g.yaml": GRAPH % job})


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


CLAIMS = (
    Claim("dense graph, 100 jobs, 4,950 edges", dense(100), "3.7 s", 2),
    Claim("dense graph, 400 jobs, 35,050 edges", dense(400), "> 240 s", 6),
    Claim("dense graph, 800 jobs, 75,050 edges", dense(800), "not tried", 12),
    Claim("graph, 2,500 jobs, 10,000 edges", sparse(2500), "21.3 s", 5),
    Claim("graph, 5,000 jobs, 20,000 edges", sparse(5000), "85.6 s", 10),
    Claim("300 unknown names", unknown_names(300), "12.7 s", 2),
    Claim("3,000 unknown names", unknown_names(3000), "not tried", 8),
    Claim("dead matchers, 6 branches x 20", dead_matchers(6, 20), "26 s", 2),
    Claim("dead matchers, 20 branches x 20", dead_matchers(20, 20), "271 s", 3),
)


def main() -> None:
    rows, failed = [], []
    for claim in CLAIMS:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            claim.make(folder)
            options = ["check", "--root", temporary, "--no-cache", "--exit-zero"]
            with (folder / "told").open("wb") as output:
                cost = measure.run([sys.executable, "-c", CHECK, *options], output=output)
        rows.append((claim.what, claim.before, f"{cost.cpu:.2f} s", f"{cost.memory:.0f} MiB"))
        failed += [(claim, cost.cpu)] if cost.cpu > claim.goal else []
    measure.show(("", "before", "now", "memory"), rows)
    for claim, cpu in failed:
        measure.verdict(claim.what, cpu, claim.goal)


if __name__ == "__main__":
    main()
