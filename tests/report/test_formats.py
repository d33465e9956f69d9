"""Every format, whole texts: a case is a folder, its golden files stand in it.

After a change that is meant, ``pytest tests/report --force-regen`` writes them anew.
"""

from __future__ import annotations

import pytest
from pytest_regressions.file_regression import FileRegressionFixture
from report_cases import CASES, NAMES, case

from groundrules.report import FORMATS
from groundrules.report.github import summary

ENDINGS = {"text": "txt", "full": "txt", "junit": "xml", "github": "txt"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMATS)
def test_format(form: str, name: str, file_regression: FileRegressionFixture) -> None:
    diagnostics, run = case(name)
    golden = CASES / name / f"{form}.{ENDINGS.get(form, 'json')}"
    file_regression.check(FORMATS[form](diagnostics, run), fullpath=golden)


@pytest.mark.parametrize("name", NAMES)
def test_summary_of_a_step(name: str, file_regression: FileRegressionFixture) -> None:
    diagnostics, run = case(name)
    if diagnostics:
        golden = CASES / name / "github-summary.md"
        file_regression.check(summary(diagnostics, run), fullpath=golden)
