"""What ``groundrules check`` costs as a pre-commit hook on one repository (goal: 250 ms of CPU).

Beside it, in the same run: zuulcilint, which looks at the form of Zuul's files, and a bare
PyYAML load, by its C loader, of all files that groundrules reads; both in an environment of their
own.  Two repositories: this project, and a made-up one with 100 documented jobs.

    python benchmarks/check_hook.py
"""

from __future__ import annotations

import argparse
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


def nothing() -> None:
    """Change nothing."""


def measure(folder: Path, peers: Path, rounds: int) -> list[tuple[str, float]]:
    """Return the CPU seconds of each way, the median of some rounds, in turn."""
    cache = folder / ".cache"
    files = sorted(map(str, folder.rglob("*.yaml")))
    hook = [sys.executable, "-m", "groundrules", "check"]
    ways: list[tuple[str, Callable[[], None], list[str | Path]]] = [
        ("first run", lambda: shutil.rmtree(cache, ignore_errors=True), hook),
        ("nothing changed", nothing, hook),
        ("configuration changed", change(folder / ".zuul.yaml"), hook),
        ("data changed", change(folder / "data/manual.yaml"), hook),
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
            "this project": this_project(base / "ours"),
            "100 jobs": made_up(base / "made-up"),
        }
        found = {name: measure(folder, peers, rounds) for name, folder in worlds.items()}
    rows = [
        (name, *(f"{dict(each)[name] * 1000:.0f} ms" for each in found.values()))
        for name, _ in found["this project"]
    ]
    show(("CPU", *found), rows)
    for world, each in found.items():
        verdict(f"{world}, configuration changed, s", dict(each)["configuration changed"], GOAL)


if __name__ == "__main__":
    main()
