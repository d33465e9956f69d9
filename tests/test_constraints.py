"""`constraints.txt` pins all that tox installs, on every Python, and names no machine."""

from __future__ import annotations

import re
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.repository
ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "constraints.txt").read_text("utf-8")
PINS = [Requirement(line) for line in TEXT.splitlines() if line.strip()[:1] not in ("", "#")]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
OPEN = {"latest", "min", "constraints"}  # environments that look for other versions


def required() -> list[Requirement]:
    """Return what ``pyproject.toml`` and ``tox.ini`` require of others."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = data["project"]
    groups = (
        project["dependencies"],
        data["build-system"]["requires"],
        *project["optional-dependencies"].values(),
        *data["dependency-groups"].values(),
        *(tox()[name].get("deps", "").split() for name in constrained()),
    )
    named = (Requirement(text) for group in groups for text in group)
    return [requirement for requirement in named if requirement.name != project["name"]]


def tox() -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.read(ROOT / "tox.ini", "utf-8")
    return parser


def constrained() -> list[str]:
    """Return the sections of ``tox.ini`` whose environments take the constraints."""
    return [
        name
        for name in tox().sections()
        if name.startswith("testenv") and name.partition(":")[2] not in OPEN
    ]


def pinned(name: str, python: str) -> list[str]:
    """Return the versions of a package that are pinned for a Python."""
    return [
        str(pin.specifier).removeprefix("==")
        for pin in PINS
        if canonicalize_name(pin.name) == canonicalize_name(name) and is_for(pin, python)
    ]


def is_for(requirement: Requirement, python: str) -> bool:
    """Return whether something is installed on a Python."""
    environment = {"python_version": python, "python_full_version": f"{python}.9"}
    return requirement.marker is None or requirement.marker.evaluate(environment)


@pytest.mark.parametrize(
    ("requirement", "python"),
    [
        pytest.param(requirement, python, id=f"{requirement}-{python}")
        for requirement in required()
        for python in PYTHONS
        if is_for(requirement, python)
    ],
)
def test_each_requirement_has_one_version_that_fits(requirement: Requirement, python: str):
    versions = pinned(requirement.name, python)
    assert len(versions) == 1, "run `tox run -e constraints`"
    assert requirement.specifier.contains(versions[0]), "run `tox run -e constraints`"


def test_every_line_pins_a_version():
    assert [str(pin) for pin in PINS if not re.fullmatch(r"==[^*,]+", str(pin.specifier))] == []


def test_it_names_no_host_and_no_folder():
    lines = [line for line in TEXT.splitlines() if "/" in line or "--" in line]
    assert lines == []


def test_only_environments_that_look_for_other_versions_take_none():
    names = {name.partition(":")[2] for name in tox().sections() if name.startswith("testenv:")}
    assert names > OPEN
    assert tox()["testenv"]["constraints"] == tox()["pkgenv"]["constraints"] == "constraints.txt"
    without = {name for name in names if tox()[f"testenv:{name}"].get("constraints") == ""}
    assert without == OPEN
