"""A day of looking on the days around that of the run."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

MANUAL = "{{title: Rules, publisher: Us, summary: Rules., updated: {updated}}}\n"
FINDING = (
    "data/manual.yaml:1:57: 'updated' (2100-01-03) is in the future; correct the date [GR112]\n"
)


@pytest.mark.parametrize(
    ("run", "updated", "expected"),
    [
        ("2100-01-01", "2100-01-01", ""),
        ("2100-01-01", "2100-01-02", ""),  # it is the next day already east of Greenwich
        ("2100-01-01", "2100-01-03", FINDING),
        ("1980-01-01", "2020-01-01", ""),  # a reproducible build that is dated back
    ],
)
def test_days_are_compared_with_the_run_and_the_clock(
    tiny_manual: Path, findings: Callable[[Path], str], monkeypatch, run, updated, expected
):
    (tiny_manual / "data/manual.yaml").write_text(MANUAL.format(updated=updated), "utf-8")
    run_on(run, monkeypatch)
    assert findings(tiny_manual) == expected


def test_a_comparison_before_a_build_that_is_dated_back_has_come(
    findings: Callable[[Path], str], monkeypatch, tmp_path
):
    case = Path(__file__).parent / "cases/silent/a-record-of-a-graph"
    run_on("1980-01-01", monkeypatch)
    assert "has not come yet" not in findings(shutil.copytree(case, tmp_path / "manual"))


def run_on(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    time = datetime.datetime.fromisoformat(f"{day}T00:00:00+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(time.timestamp())))
