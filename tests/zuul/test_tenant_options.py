"""Options of a tenant file that Zuul 14.3 reads otherwise than they look, or refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.ci.zuul.layout.gathering import gather_tenant

REFUSED = {
    ("config", "{allow-reporter-jobs: true}"): (
        "unknown key 'allow-reporter-jobs'; allowed: allow-base-jobs, "
        "allow-circular-dependencies, always-dynamic-branches, exclude, exclude-branches, "
        "exclude-locked-branches, exclude-unprotected-branches, extra-config-paths, "
        "implied-branch-matchers, include, include-branches, include-provider-config, "
        "load-branch, shadow"
    ),
    ("app", "{allow-base-jobs: true}"): (
        "unknown key 'allow-base-jobs'; allowed: allow-circular-dependencies, "
        "allow-reporter-jobs, always-dynamic-branches, configure-projects, exclude, "
        "exclude-branches, exclude-locked-branches, exclude-unprotected-branches, "
        "extra-config-paths, implied-branch-matchers, include, include-branches, "
        "include-provider-config, load-branch, shadow"
    ),
    ("app", "{extra-config-paths: zuul.yaml}"): "zuul.yaml is read in any case; remove it",
    ("app", "{extra-config-paths: [a/, .zuul.d/]}"): ".zuul.d/ is read in any case; remove it",
    ("app", "{always-dynamic-branches: stable/.*}"): (
        "Zuul reads each letter of 'stable/.*' as an expression of its own; "
        "write always-dynamic-branches: ['stable/.*']"
    ),
    ("app", "{always-dynamic-branches: ['*']}"): (
        "always-dynamic-branches: not a regular expression: nothing to repeat at position 0"
    ),
}
ACCEPTED = [
    ("config", "{allow-base-jobs: false}"),
    ("app", "{allow-reporter-jobs: true, configure-projects: x}"),
    ("app", "{extra-config-paths: [zuul.d, a.yaml, b/]}"),
    ("app", "{always-dynamic-branches: [stable/.*]}"),
    ("app", "{always-dynamic-branches: x}"),
    ("app", "{include-branches: stable/.*, exclude-branches: stable/.*}"),
]


def findings(folder: Path, project: str, options: str) -> list[str]:
    named = {name: f"{name}: {options}" if name == project else name for name in ("config", "app")}
    (folder / "main.yaml").write_text(
        "- tenant:\n    name: t\n    source:\n      git:\n"
        f"        config-projects:\n        - {named['config']}\n"
        f"        untrusted-projects:\n        - {named['app']}\n"
    )
    gathered = gather_tenant(folder / "main.yaml", folder)
    return [diagnostic.message for diagnostic in gathered.report.diagnostics]


@pytest.mark.parametrize(("project", "options"), REFUSED, ids=str)
def test_zuul_refuses_the_tenant(project: str, options: str, tmp_path: Path):
    assert findings(tmp_path, project, options) == [REFUSED[project, options]]


@pytest.mark.parametrize(("project", "options"), ACCEPTED, ids=str)
def test_zuul_accepts_the_tenant(project: str, options: str, tmp_path: Path):
    assert findings(tmp_path, project, options) == []


# projects that are not a list: Zuul 14.3 iterates over what there is

LETTERS = (
    "Zuul reads each letter of 'conf' as a project of its own; write config-projects: ['conf']"
)
KEYS = (
    "Zuul reads only the keys of this mapping, as the names of config-projects; "
    "begin each with a dash"
)
SCALAR = {
    "conf": (["c", "o", "n", "f"], [LETTERS]),
    "''": ([], []),
    "{config: {load-branch: main}}": (["config"], [KEYS]),
    "{other: {}, config: {}}": (["config", "other"], [KEYS]),
    "{include: [job], projects: [config]}": (["include", "projects"], [KEYS]),
    "[{include: job, projects: ab}]": (
        ["a", "b"],
        ["Zuul reads each letter of 'ab' as a project of its own; write projects: ['ab']"],
    ),
    "[{include: job, projects: {config: {}}}]": (["config"], [KEYS.replace("config-", "")]),
    "config/config": (
        [],
        [LETTERS.replace("'conf'", "'config/config'")],
    ),
    "3": ([], ["expected text or a mapping, found the number 3"]),
    "": ([], ["expected text or a mapping, found nothing"]),
    "[{config: {}, other: {}}]": (
        [],
        [
            "unknown key 'config'; allowed: exclude, include, include-provider-config, projects",
            "unknown key 'other'; allowed: exclude, include, include-provider-config, projects",
        ],
    ),
}


@pytest.mark.parametrize("value", SCALAR, ids=str)
def test_projects_are_those_that_zuul_iterates_over(value: str, tmp_path: Path):
    file = tmp_path / "main.yaml"
    file.write_text(
        f"- tenant:\n    name: t\n    source:\n      git:\n        config-projects: {value}\n"
    )
    gathered = gather_tenant(file, tmp_path)
    names = [project.name for project in gathered.tenant.projects]
    messages = [diagnostic.message for diagnostic in gathered.report.diagnostics]
    assert (names, messages) == SCALAR[value]
