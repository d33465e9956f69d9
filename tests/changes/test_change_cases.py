"""Folders with the data before and after a change, and what the command prints of them.

A case is a folder with ``before/`` and ``after/``, two revisions of a manual, of June and of July
2026.  A file ``options`` has more options.  A new case needs no Python: write the two folders, and
``pytest --force-regen`` writes the expected answers, to be read before they are committed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_regressions.file_regression import FileRegressionFixture

from groundrules.cli import main
from repositories import git

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
DAYS = {"before": "2026-06-01", "after": "2026-07-01"}
ALWAYS = ("expected.txt", "text")
ALSO = (("expected.json", "json"), ("expected.md", "markdown"))


def history(case: Path, folder: Path) -> Path:
    """Make a repository with the two revisions of a case as tags."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for name, day in DAYS.items():
        for path in folder.iterdir():
            if path.name != ".git":
                shutil.rmtree(path)
        shutil.copytree(case / name, folder, dirs_exist_ok=True)
        git(folder, "read-tree", "--empty")  # git takes a file of the same size and time for equal
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "--allow-empty", "-m", name, day=day)
        git(folder, "tag", name)
    return folder


def answer(folder: Path, case: Path, form: str) -> str:
    options = case / "options"
    more = options.read_text("utf-8").split() if options.exists() else []
    words = ["changes", "before", "after", "--root", str(folder), "--format", form, *more]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    code = f"exit code {result.exit_code}\n" if form == "text" else ""
    return f"{result.stderr}{result.stdout}{code}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_answer_is_the_expected_one(
    case: Path, tmp_path: Path, file_regression: FileRegressionFixture
) -> None:
    folder = history(case, tmp_path / "manual")
    others = [pair for pair in ALSO if (case / pair[0]).exists()]
    for name, form in (ALWAYS, *others):
        said = answer(folder, case, form)
        file_regression.check(said, encoding="utf-8", fullpath=case / name)


def test_many_cases_have_nothing_to_report() -> None:
    said = [(case / "expected.txt").read_text("utf-8") for case in CASES]
    assert sum(text.startswith("Nothing changed") for text in said) >= 4


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_marks_of_direction_are_escaped(tmp_path: Path, form: str) -> None:
    case = tmp_path / "case"
    for part in DAYS:
        (case / part / "data/platforms").mkdir(parents=True)
        (case / part / "data/manual.yaml").write_text("title: T\npublisher: P\nsummary: S.\n")
        record = f'id: vm\ntitle: "V\\u200eM"\nsummary: "\\u200e{part}."\n'
        (case / part / "data/platforms/vm.yaml").write_text(record)
    (case / "options").write_text("--details")
    said = answer(history(case, tmp_path / "manual"), case, form)
    assert "u200eafter" in said
    assert all(line.isprintable() for line in said.split("\n"))
