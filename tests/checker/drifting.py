"""A manual and the small repository that it is held against, in which tests change a line."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from groundrules.cli import main

MANUAL = """\
title: Our jobs
publisher: The CI team
summary: What waits for what.
configurations: [{id: ours, title: Our CI, path: .}]
"""
GRAPH = """\
id: deploy
title: Deployment
configuration: ours
project: team/config
pipelines: [deploy, hourly]
jobs:
- name: base
- name: web
  semaphores: []
  waits_for: [{job: base, why: Users first.}]
- name: backup
  waits_for: [{job: web, why: It copies what web has., status: planned}]
rules:
- {id: first, every: {name: web}, waits_for: base, why: Users come first.}
"""
JOBS = "".join(
    f"- job: {{name: {name}, parent: null, run: {name}.yaml}}\n"
    for name in ("base", "web", "backup", "other")
)
WAITS = "{web: {dependencies: [base]}}"


def project(**pipelines: str) -> str:
    """Return a project that runs the documented jobs; ``web`` is what a pipeline says of it."""
    lines = [f"    {name}: {{jobs: [base, {web}, backup]}}\n" for name, web in pipelines.items()]
    return f"- project:\n{''.join(lines)}"


def world(root: Path, ours: str, graph: str = GRAPH) -> Path:
    """Write manual and repository to ``root``."""
    files = {"data/manual.yaml": MANUAL, "data/graphs/deploy.yaml": graph}
    for name, text in {**files, ".zuul.yaml": JOBS + ours}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def check(*options: str) -> Result:
    return CliRunner().invoke(main, ["check", "--no-cache", *options], catch_exceptions=False)
