"""What ``groundrules check`` costs as a pre-commit hook on one repository (goal: 250 ms of CPU).

Beside it, in the same run: zuulcilint, which looks at the form of Zuul's files, and a bare
PyYAML load, by its C loader, of all files that groundrules reads; both in an environment of their
own.  Two git repositories: this project, and a made-up one with 100 documented jobs.  A change
adds a comment; a changed text is one that docutils has to read.

    python benchmarks/check_hook.py

Measured on two cores that others used too (Python 3.11, medians, all bytecode compiled; the
columns "before" are of version 0.1.0 before it kept texts, in a quieter hour):

=====================  ============  ======  ========  ======
CPU                    this project  before  100 jobs  before
=====================  ============  ======  ========  ======
first run              419 ms        596 ms  364 ms    449 ms
nothing changed        175 ms        196 ms  186 ms    188 ms
configuration changed  174 ms        196 ms  197 ms    189 ms
data changed           353 ms        611 ms  325 ms    444 ms
a text changed         390 ms        611 ms  379 ms    444 ms
zuulcilint             157 ms        171 ms  308 ms    280 ms
PyYAML load            49 ms         54 ms   42 ms     40 ms
=====================  ============  ======  ========  ======

So the goal is reached where the configuration changed and missed where data did: importing
pydantic and building a first schema with it takes 90 ms by themselves.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

from measure import median, run, show, verdict

ROOT = Path(__file__).parents[1]
GOAL = 0.25
LOAD = """\
import sys, yaml
class Loader(yaml.CSafeLoader): pass
Loader.add_multi_constructor("!", lambda loader, tag, node: None)
for name in sys.argv[1:]:
    with open(name, "rb") as stream:
        yaml.load(stream, Loader)
"""
MANUAL = """\
title: Jobs
publisher: The CI team
summary: Made up.
configurations: [{id: ours, title: Our CI, path: .}]
"""
GRAPH = """\
id: deploy
title: Deployment
configuration: ours
project: team/config
pipelines: [deploy]
coverage: complete
jobs:
"""


def install(folder: Path) -> Path:
    """Make a venv with the peers; return its ``bin``."""
    venv.create(folder, with_pip=True, clear=True)
    command = [folder / "bin/python", "-m", "pip", "install", "-q", "zuulcilint", "PyYAML"]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return folder / "bin"


def this_project(folder: Path) -> Path:
    """Copy what a check of this project reads."""
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copy(ROOT / ".zuul.yaml", folder)
    return folder


def made_up(folder: Path, jobs: int = 100) -> Path:
    """Write a repository whose every job waits for the one before it, and documents that."""
    names = [f"deploy-{number}" for number in range(jobs)]
    pairs = list(zip([None, *names], names, strict=False))
    graph, real, mentions = [GRAPH], ["- job: {name: run, parent: null, run: play.yaml}\n"], []
    for before, name in pairs:
        graph.append(f"- name: {name}\n")
        real.append(f"- job:\n    name: {name}\n    parent: run\n    timeout: 600\n")
        mentions.append(f"        - {name}\n")
        if before:
            graph.append(f"  waits_for:\n  - {{job: {before}, why: Made up.}}\n")
            real.append(f"    dependencies: [{before}]\n")
    (folder / "data/graphs").mkdir(parents=True)
    (folder / "data/manual.yaml").write_text(MANUAL)
    (folder / "data/graphs/deploy.yaml").write_text("".join(graph))
    project = "- project:\n    deploy:\n      jobs:\n" + "".join(mentions)
    (folder / ".zuul.yaml").write_text("".join(real) + project)
    return folder


def change(path: Path) -> Callable[[], None]:
    """Return what changes a file without changing what it says."""

    def changed() -> None:
        with path.open("a") as stream:
            stream.write("# changed\n")

    return changed


def other_text(path: Path) -> Callable[[], None]:
    """Return what writes a platform with a text that docutils has not read before."""
    numbers = itertools.count()

    def changed() -> None:
        path.parent.mkdir(exist_ok=True)
        text = f"Written *{next(numbers)}* times."
        path.write_text(f"id: {path.stem}\ntitle: Measured\nsummary: {text}\n", "utf-8")

    return changed


def both(*changes: Callable[[], None]) -> Callable[[], None]:
    """Return what makes several changes."""

    def changed() -> None:
        for each in changes:
            each()

    return changed


def in_git(folder: Path) -> Path:
    """Make a folder a git repository, as those of hooks are; return it."""
    subprocess.run(["git", "-C", folder, "init", "--quiet"], check=True)
    return folder


def nothing() -> None:
    """Change nothing."""


def measure(folder: Path, peers: Path, rounds: int) -> list[tuple[str, float]]:
    """Return the CPU seconds of each way, the median of some rounds, in turn."""
    cache = folder.with_suffix(".cache")
    configuration, data = folder / ".zuul.yaml", folder / "data/manual.yaml"
    files = sorted(map(str, folder.rglob("*.yaml")))
    hook = [sys.executable, "-m", "groundrules", "check"]
    ways: list[tuple[str, Callable[[], None], list[str | Path]]] = [
        ("first run", lambda: shutil.rmtree(cache, ignore_errors=True), hook),
        ("nothing changed", nothing, hook),
        ("configuration changed", change(configuration), hook),
        ("data changed", change(data), hook),
        ("both changed", both(change(configuration), change(data)), hook),
        ("a text changed", other_text(folder / "data/platforms/measured.yaml"), hook),
        ("zuulcilint", nothing, [peers / "zuulcilint", ".zuul.yaml"]),
        ("PyYAML load", nothing, [peers / "python", "-c", LOAD, *files]),
    ]
    costs: dict[str, list[float]] = {name: [] for name, _, _ in ways}
    os.chdir(folder)
    with Path(os.devnull).open("wb") as silence:
        for _ in range(rounds):
            for name, prepare, command in ways:
                prepare()
                costs[name].append(run(command, silence, XDG_CACHE_HOME=str(cache)).cpu)
    return [(name, median(each)) for name, each in costs.items()]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        peers = install(base / "peers")
        worlds = {
            "this project": in_git(this_project(base / "ours")),
            "100 jobs": in_git(made_up(base / "made-up")),
        }
        found = {name: measure(folder, peers, rounds) for name, folder in worlds.items()}
    rows = [
        (name, *(f"{dict(each)[name] * 1000:.0f} ms" for each in found.values()))
        for name, _ in found["this project"]
    ]
    show(("CPU", *found), rows)
    for world, each in found.items():
        for state in ("configuration changed", "data changed", "a text changed"):
            verdict(f"{world}, {state}, s", dict(each)[state], GOAL)


if __name__ == "__main__":
    main()
