"""Unknown records on hand-written pages: ``check`` reports those that a build warns of, no others.

A folder of files is a case: ``by_hand/*/NAME`` becomes a folder of the small manual's pages, and
``expected.txt`` beside them has the findings.  ``pytest --force-regen`` writes it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from groundrules.checker import check_data
from groundrules.prose.record_mentions import OWN

pytest.importorskip("myst_parser")
pytestmark = pytest.mark.xdist_group("page-check")  # its build is shared
CASES = Path(__file__).parent / "by_hand"
LOUD = sorted((CASES / "loud").iterdir())
SILENT = sorted((CASES / "silent").iterdir())
UNKNOWN = r"unknown \w+ '[^']*'|several graphs have a job [^[]*"
WARNED = re.compile(rf"^ROOT/source/by_hand/(\S+?):\d+: (?:WARNING|ERROR): ({UNKNOWN})", re.M)
FOUND = re.compile(rf"source/by_hand/(\S+?):\d+:\d+: ({UNKNOWN})")


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory, copy_of_small_manual: Callable):
    """The small manual with the pages of all cases."""
    manual = copy_of_small_manual(tmp_path_factory.mktemp("page-check") / "manual")
    shutil.copytree(CASES, manual.source / "by_hand")
    return manual


@pytest.fixture(scope="module")
def findings(manual) -> list[str]:
    return list(map(str, check_data(manual.root).report.diagnostics))


@pytest.fixture(scope="module")
def built(manual):
    return manual.build(
        "dummy",
        extensions=["groundrules.sphinxext", "myst_parser"],
        exclude_patterns=["**/.hidden", "**/_build"],
        suppress_warnings=["toc.not_included"],
    )


@pytest.fixture(scope="module")
def warned(built) -> set[tuple[str, str]]:
    """The pages and unknown records, roles and directives that a build warns of."""
    # docutils' and MyST's own words
    words = re.sub(
        r"Unknown interpreted text (role) \"(ci:.+?)\"", r"unknown \1 '\2'", built.warnings
    )
    words = re.sub(r"Unknown (directive) type:? [\"'](ci:.+?)[\"']", r"unknown \1 '\2'", words)
    return set(WARNED.findall(words))


@pytest.mark.parametrize("case", LOUD + SILENT, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_says_what_is_expected(
    case: Path, findings: list[str], file_regression: FileRegressionFixture
):
    folder = f"source/by_hand/{case.parent.name}/{case.name}/"
    found = "".join(
        f"{finding.removeprefix(folder)}\n" for finding in findings if finding.startswith(folder)
    )
    file_regression.check(found, encoding="utf-8", fullpath=case / "expected.txt")


def test_loud_cases_expect_something_and_silent_ones_nothing():
    assert [case.name for case in LOUD if not (case / "expected.txt").read_text("utf-8")] == []
    assert [case.name for case in SILENT if (case / "expected.txt").read_text("utf-8")] == []
    assert len(SILENT) >= len(LOUD)


@pytest.mark.parametrize("case", LOUD + SILENT, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_build_warns_of_the_same_records(case: Path, findings: list[str], warned):
    own = f"{case.parent.name}/{case.name}/"
    found = {match.groups() for finding in findings if (match := FOUND.match(finding))}
    assert {one for one in found if one[0].startswith(own)} == {
        one for one in warned if one[0].startswith(own)
    }


def test_the_roles_and_directives_are_those_of_the_domain(built):
    domain = built.app.env.get_domain("ci")
    assert {"role": set(domain.roles), "directive": set(domain.directives)} == OWN
