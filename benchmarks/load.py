"""Claim: cost grows in proportion to the input, whatever a stranger writes.

    python benchmarks/load.py

Made-up inputs of a size and of twice the size, each in a process of its own: CPU seconds and
memory with start-up, and the exponent of the growth beside its bound.
"""

from __future__ import annotations

import math
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import made_up
import measure

CHECK = "from groundrules.cli import main; main()"
DATA = "title: T\npublisher: P\nsummary: S.\n"
MANUAL = "title: T\npublisher: P\nsummary: S.\nconfigurations: [{id: c, title: C, %s}]\n"
GRAPH = "id: g\ntitle: G\nconfiguration: c\nproject: app\npipelines: [check]\njobs: [{name: %s}]\n"


Make = Callable[[int], Callable[[Path], None]]
CHECK_DATA = ("check", "--no-cache", "--exit-zero")


class Claim(NamedTuple):
    """An input of any size, the smaller of two sizes, what runs on it, and the largest exponent."""

    what: str
    make: Make
    size: int
    command: tuple[str, ...] = CHECK_DATA
    bound: float = 1.2


def findings(size: int) -> Callable[[Path], None]:
    """Return how to make a file with so many scalars that are no date."""
    dates = "".join("- 2025-01-32\n" for _ in range(size))
    topic = {"data/expectations/t.yaml": f"topic: t\ntitle: T\nkeywords:\n{dates}"}
    return lambda folder: write(folder, topic | {"data/manual.yaml": DATA})


def promises(size: int) -> Callable[[Path], None]:
    """Return how to make labels and as many expectations of one fact."""
    labels = "".join(f"- {{name: l{at}, operating_system: X 1}}\n" for at in range(size))
    rest = "title: T, standing: guaranteed, statement: S., measure: {fact: f, at_least: 1}"
    expectations = "".join(f"- {{id: e{at}, {rest}}}\n" for at in range(size))
    files = {
        "data/manual.yaml": DATA,
        "data/platforms/x.yaml": f"id: x\ntitle: X\nsummary: S.\nlabels:\n{labels}",
        "data/expectations/t.yaml": f"topic: t\ntitle: T\nexpectations:\n{expectations}",
    }
    return lambda folder: write(folder, files)


def chain(size: int) -> Callable[[Path], None]:
    """Return how to make jobs of which each waits for the one before it."""
    return lambda folder: jobs(folder, (range(max(0, at - 1), at) for at in range(size)))


def many_files(size: int) -> Callable[[Path], None]:
    """Return how to make a repository with so many files of configuration."""

    def make(folder: Path) -> None:
        jobs(folder, [[]])
        (folder / "zuul/.zuul.yaml").rename(folder / "zuul/first.yaml")
        (folder / "zuul/zuul.d").mkdir()
        (folder / "zuul/first.yaml").rename(folder / "zuul/zuul.d/first.yaml")
        text = "- job: {{name: k{}, parent: null, run: x.yaml}}\n"
        write(folder, {f"zuul/zuul.d/f{at}.yaml": text.format(at) for at in range(size)})

    return make


def pages(size: int) -> Callable[[Path], None]:
    """Return how to make a manual of so many jobs."""
    return lambda folder: made_up.write_manual(folder, made_up.graphs(size), "basic")


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


def dead_matchers(size: int) -> Callable[[Path], None]:
    """Return how to make a project of git with so many branches and matchers that match nothing."""

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
        for at in range(size - 1):
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
    Claim("findings of one file", findings, 40_000),
    Claim("labels x expectations", promises, 1000),
    Claim("dense graph, jobs of 100 edges", dense, 400),
    Claim("chain of jobs", chain, 5000),
    Claim("jobs of 4 edges", sparse, 2500),
    Claim("jobs of 4 edges, graph", sparse, 2500, ("graph",)),
    Claim("files of configuration", many_files, 5000),
    # twice the branches have twice the matchers each
    Claim("branches x matchers", dead_matchers, 10, bound=2.2),
    Claim("unknown names", unknown_names, 300),
    Claim("job pages", pages, 500, ("html",)),
)


def cost(claim: Claim, size: int) -> measure.Cost:
    """Return what the command of a claim costs on an input of a size."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "manual"
        folder.mkdir()
        claim.make(size)(folder)
        if claim.command == ("html",):
            return measure.build(folder)
        root = folder / "zuul" if claim.command[0] == "graph" else folder
        with (folder / "output").open("wb") as output:
            return measure.run(
                [sys.executable, "-c", CHECK, *claim.command, f"--root={root}"], output
            )


def main() -> None:
    """Print the table, then each exponent beside its bound."""
    rows, exponents = [], []
    for claim in CLAIMS:
        sizes = (claim.size, 2 * claim.size)
        small, large = (cost(claim, size) for size in sizes)
        exponent = math.log2(large.cpu / small.cpu)
        exponents.append((claim, exponent))
        for size, one in zip(sizes, (small, large), strict=True):
            rows.append((claim.what, f"{size:,}", f"{one.cpu:.2f} s", f"{one.memory:.0f} MiB"))
        print(f"{claim.what}: {small.cpu:.2f} {large.cpu:.2f} s, {exponent:.2f}", flush=True)
    measure.show(("", "size", "CPU", "memory"), rows)
    for claim, exponent in exponents:
        measure.verdict(claim.what, exponent, claim.bound)


if __name__ == "__main__":
    main()
