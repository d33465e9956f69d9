"""Installs the wheel of ``dist/`` into a fresh environment and runs the tests there.

    python tools/check_wheel.py [ARGUMENTS OF PYTEST]

The tests are copied away from the repository, so that they can only find the installed package.
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
CACHES = shutil.ignore_patterns("__pycache__")


def only_wheel() -> Path:
    """Return the wheel in ``dist/``."""
    wheels = list((ROOT / "dist").glob("*.whl"))
    if len(wheels) != 1:
        raise SystemExit(f"dist/ has {len(wheels)} wheels; remove it and build again")
    return wheels[0]


def install(wheel: Path, folder: Path) -> Path:
    """Install a wheel with what its tests need; return the folder of the new commands."""
    venv.create(folder, with_pip=True)
    commands = folder / "bin"
    wanted = f"groundrules[test] @ {wheel.as_uri()}"
    pip = [commands / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--constraint", ROOT / "constraints.txt", wanted], check=True)
    return commands


def run_tests(commands: Path, folder: Path, arguments: list[str]) -> int:
    """Copy the tests and their settings into a folder and run them; return pytest's exit code."""
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=CACHES)
    shutil.copy(ROOT / "pyproject.toml", folder)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment["PATH"] = f"{commands}{os.pathsep}{environment['PATH']}"
    pytest = [commands / "pytest", "-m", "not repository", *arguments]
    return subprocess.run(pytest, cwd=folder, env=environment, check=False).returncode


def main() -> int:
    """Test the wheel; return the exit code."""
    with tempfile.TemporaryDirectory(prefix="groundrules-release-") as name:
        folder = Path(name)
        commands = install(only_wheel(), folder / "environment")
        away = folder / "away"
        away.mkdir()
        return run_tests(commands, away, sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
