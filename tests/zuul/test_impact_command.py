"""``groundrules impact`` from the outside: a folder of ``impact/`` is a configuration.

Its ``answers.txt`` has a question after each ``$``, then the whole answer.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main

CASES = Path(__file__).parent / "impact"


def answer(folder: Path, *arguments: str) -> str:
    """Return the output; for a refusal, the message after the usage."""
    tenant = folder / "main.yaml"
    where = ["--tenant-config", str(tenant)] if tenant.exists() else []
    root = str(folder if where else folder / "repository")
    result = CliRunner().invoke(main, ["impact", "--root", root, "--no-cache", *where, *arguments])
    if result.exit_code == 2:
        return f"Error: {result.stderr.partition('Error: ')[2]}"
    assert result.exit_code == 0, result.output
    return result.stdout


def questions(folder: Path) -> list[str]:
    lines = (folder / "answers.txt").read_text("utf-8").splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_the_answers_are_those_of_the_case(case: str):
    folder = CASES / case
    asked = questions(folder)
    given = [f"$ {question}\n{answer(folder, *question.split())}" for question in asked]
    assert "\n".join(given) == (folder / "answers.txt").read_text("utf-8")
