"""What CI runs is the test command that the README tells people to run."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_ci_runs_the_command_of_the_readme():
    commands = re.findall(r"^   \$ (python3 -m venv .*)$", (ROOT / "README.rst").read_text(), re.M)
    assert len(commands) == 2
    assert (ROOT / ".ci/run").read_text().splitlines()[-1] == commands[1]
