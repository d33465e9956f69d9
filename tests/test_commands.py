"""The environments of tox that pages and CI name exist, and fragments of changes are sound."""

from __future__ import annotations

import re
import tomllib
from configparser import ConfigParser
from pathlib import Path

import docutils.core
import pytest
import yaml

pytestmark = pytest.mark.repository
ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for pattern in ("*.rst", "changes/README.rst", "source/**/*.rst")
    for path in ROOT.glob(pattern)
    if "generated" not in path.parts
)
NAMED = re.compile(r"(?:tox(?: -q)? run |``)-e ([\w,]+)")
FRAGMENTS = sorted(path for path in (ROOT / "changes").iterdir() if path.name.count(".") == 2)


def environments() -> set[str]:
    """Return the environments of ``tox.ini``; ``py`` is the Python that runs tox."""
    parser = ConfigParser(interpolation=None)
    parser.read(ROOT / "tox.ini", "utf-8")
    written = {name.partition(":")[2] for name in parser.sections() if ":" in name}
    versions = re.findall(r"\b3\d+\b", parser["tox"]["env_list"])
    return {"py", *written, *(f"py{version}" for version in versions)}


def named_by(text: str) -> set[str]:
    return {name for names in NAMED.findall(text) for name in names.split(",")}


def test_environments_are_found_in_commands():
    text = "``tox run -e min`` and ``-e py311,py312``\n   $ tox -q run -e lint -- --fix"
    assert named_by(text) == {"min", "py311", "py312", "lint"}
    assert {"release", "changelog", "min", "docs", "py"} <= named_by(
        "".join(page.read_text("utf-8") for page in PAGES)
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_names_environments_that_exist(page: Path):
    assert named_by(page.read_text("utf-8")) - environments() == set()


def test_ci_runs_environments_that_exist():
    items = yaml.safe_load((ROOT / ".zuul.yaml").read_text("utf-8"))
    jobs = [item["job"] for item in items if "job" in item]
    assert {job["vars"]["tox_envlist"] for job in jobs} - environments() == set()
    assert named_by((ROOT / ".ci/run").read_text("utf-8")) - environments() == set()


def test_the_changelog_has_a_place_for_new_changes():
    text = (ROOT / "CHANGELOG.rst").read_text("utf-8")
    assert text.count("\n.. towncrier release notes start\n") == 1


def test_a_fragment_is_of_a_known_kind():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["towncrier"]
    kinds = {kind["directory"] for kind in settings["type"]}
    assert kinds == {"added", "changed", "fixed", "removed"}
    assert {path.name for path in FRAGMENTS if path.name.split(".")[1] not in kinds} == set()
    others = {"README.rst", Path(settings["template"]).name}
    assert {path.name for path in (ROOT / "changes").iterdir()} == others | {
        path.name for path in FRAGMENTS
    }


def test_fragments_are_restructuredtext():
    for path in FRAGMENTS:
        settings = {"halt_level": 2, "report_level": 5, "file_insertion_enabled": False}
        document = docutils.core.publish_doctree(
            path.read_text("utf-8"), str(path), settings_overrides=settings
        )
        assert len(document.children) == 1, f"{path.name} has one paragraph"
