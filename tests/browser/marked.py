"""A small manual held against a configuration: edges verified, drifted, planned, not checked."""

from __future__ import annotations

import shutil
from pathlib import Path

SMALL = Path(__file__).parents[1] / "sphinx" / "manual"
EDIT = "https://code.example.org/team/manual/edit/main/"
BASIC = 'html_theme = "basic"'
THEME = """\
html_theme = "pydata_sphinx_theme"
html_title = "Our jobs"
html_context = {"default_mode": "auto"}
"""
ZUUL = """\
- semaphore: {name: production, max: 1}
- job: {name: deploy-parent, parent: null, abstract: true, run: run.yaml}
- job: {name: base, parent: deploy-parent, semaphore: production, files: ['^playbooks/base/.*$']}
- job: {name: certificates, parent: deploy-parent}
- job:
    name: gitea
    parent: deploy-parent
    tags: [webserver]
    dependencies: [{name: base, soft: true}]
- project:
    deploy: {jobs: [base, certificates, gitea]}
    periodic: {jobs: [base, certificates]}
"""
OWN_JOBS = "  - name: base\n  - name: lint\n"
WAITING = """\
  - name: base
    semaphores: [tools]
  - name: lint
    semaphores: [tools]
  - name: tests
    touches: [disk]
    waits_for:
      - {job: lint, why: Style is cheaper to mend.}
      - {job: base, soft: true, why: It has the tools.}
  - name: docs
    shares: [disk]
  - name: site
    touches: [site]
    semaphores: [tools]
independent:
  - {jobs: [docs, lint], why: Neither reads what the other writes.}
rules:
  - {id: tools-first, every: {name: docs}, waits_for: base, status: planned, why: It has the tools.}
"""


def write_marked(folder: Path) -> None:
    """Write the manual; nothing is wrong with it but the drift of ``certificates``."""
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("generated", "build"))
    _replace(folder / "conf.py", BASIC, THEME)
    title = "title: Our deployment"
    _replace(folder / "data/manual.yaml", title, f"{title}\n    path: ci")
    _replace(folder / "data/manual.yaml", "site:", f"edit: {EDIT}\nsite:")
    rule = "every: {tag: webserver}"
    _replace(folder / "data/graphs/deploy.yaml", rule, f"{rule}\n    status: planned")
    _replace(folder / "data/graphs/own.yaml", OWN_JOBS, WAITING)
    (folder / "ci").mkdir()
    (folder / "ci/.zuul.yaml").write_text(ZUUL, "utf-8")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")
