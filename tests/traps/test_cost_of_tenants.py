"""What a tenant costs to read and to check grows as it does, whatever its jobs wait for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from worlds import checked, definitions

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.zuul.system import read
from groundrules.claims.claims import Claims
from steps import growth

CONFIG = """\
- pipeline: {name: check, manager: independent}
- job: {name: base, parent: null, run: base.yaml}
- semaphore: {name: turn, max: 1}
- project-template:
    name: common
    check: {jobs: [prepare]}
- job: {name: prepare, run: prepare.yaml}
- job: {name: idle, run: idle.yaml}
"""
PROJECT = """\
- job: {{name: build-{0}, run: build.yaml, files: ^src/, semaphore: turn}}
- job: {{name: test-{0}, parent: build-{0}, dependencies: [prepare, build-{0}]}}
- job: {{name: publish-{0}, dependencies: [test-{0}, {{name: idle, soft: true}}]}}
- project:
    templates: [common]
    check: {{jobs: [build-{0}, test-{0}, publish-{0}]}}
"""
CONFIGURED = """\
- job: {{name: build-{0}, run: build.yaml, files: ^src/}}
- project:
    name: team/app-{0}
    check: {{jobs: [build-{0}, prepare: {{dependencies: [build-{0}]}}]}}
"""
EXPRESSIONS = """\
- project: {name: ^team/.*, templates: [common]}
- project: {name: ^forge.example/team/.*, check: {jobs: [idle]}}
"""


def test_a_tenant_costs_in_proportion_to_its_projects(tmp_path: Path):
    def of(size: int) -> Callable[[], object]:
        folder = tmp_path / str(size)
        names = [f"app-{at}" for at in range(size)]
        files = {
            "main.yaml": "- tenant:\n    name: ours\n    source:\n      git: {config-projects: "
            f"[config], untrusted-projects: [{', '.join(names)}]}}\n",
            "config/master/zuul.yaml": CONFIG,
        }
        files |= {f"app-{at}/master/.zuul.yaml": PROJECT.format(at) for at in range(size)}
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return lambda: checked(definitions(folder), Claims())

    assert growth(of, size=40) < 2.1


def test_a_config_repository_costs_in_proportion_to_the_projects_it_configures(tmp_path: Path):
    def of(size: int) -> Callable[[], object]:
        folder = tmp_path / str(size)
        folder.mkdir()
        jobs = "".join(CONFIGURED.format(at) for at in range(size))
        (folder / ".zuul.yaml").write_text(CONFIG + jobs + EXPRESSIONS)

        def check() -> None:
            configuration = read(ConfigSource(folder=folder))
            checked(configuration.definitions("config", "", ""), Claims())
            configuration.impact("job", "prepare", "", "")

        return check

    assert growth(of, size=40) < 2.1
