"""Installs the wheel of ``dist/`` into a fresh environment, makes a manual, and runs the tests.

    python tools/check_wheel.py [ARGUMENTS OF PYTEST]

The manual is made in an empty folder, before the requirements of the tests are installed.  The
tests are copied away from the repository, so that they can only find the installed package.
Those marked ``repository`` are left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
# what a stranger reads, and the clone that the guide begins with
FOLLOWED = ("source/reference/own-manual.rst", "examples")
CACHES = shutil.ignore_patterns("__pycache__")


def only_wheel() -> Path:
    """Return the wheel in ``dist/``."""
    wheels = list((ROOT / "dist").glob("*.whl"))
    if len(wheels) != 1:
        raise SystemExit(f"dist/ has {len(wheels)} wheels; remove it and build again")
    return wheels[0]


def install(wheel: Path, commands: Path, extras: str = "") -> None:
    """Install a wheel into the environment of ``commands``."""
    wanted = f"groundrules{extras} @ {wheel.as_uri()}"
    pip = [commands / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--constraint", ROOT / "constraints.txt", wanted], check=True)


def make_manual(commands: Path, folder: Path) -> None:
    """Make, check and build a manual; it needs nothing that the wheel alone does not install."""
    groundrules = commands / "groundrules"
    folder.mkdir()
    for words in (
        ["init", "--ci", "all"],
        ["check"],
        ["build", "--quiet", "--fail-on-warning", "--nitpicky"],
    ):
        subprocess.run([groundrules, *words], cwd=folder, env=_environment(commands), check=True)


def _environment(commands: Path) -> dict[str, str]:
    """Return an environment in which only the installed package is found."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment["PATH"] = f"{commands}{os.pathsep}{environment['PATH']}"
    return environment


def run_tests(commands: Path, folder: Path, arguments: list[str]) -> int:
    """Copy the tests and their settings into a folder and run them; return pytest's exit code."""
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=CACHES)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in FOLLOWED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, folder / name)
    pytest = [commands / "pytest", "-m", "not repository", *arguments]
    return subprocess.run(pytest, cwd=folder, env=_environment(commands), check=False).returncode


def main() -> int:
    """Test the wheel; return the exit code."""
    with tempfile.TemporaryDirectory(prefix="groundrules-release-") as name:
        folder = Path(name)
        venv.create(folder / "environment", with_pip=True)
        commands, wheel = folder / "environment" / "bin", only_wheel()
        install(wheel, commands)
        make_manual(commands, folder / "manual")
        install(wheel, commands, "[test]")
        away = folder / "away"
        away.mkdir()
        return run_tests(commands, away, sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
