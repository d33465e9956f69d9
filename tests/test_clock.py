"""`today`: the day of the run, which ``SOURCE_DATE_EPOCH`` sets for all parts of the program."""

from __future__ import annotations

import ast
import datetime
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import groundrules
from groundrules.cli import main
from groundrules.clock import ClockError, today

PACKAGE = Path(groundrules.__file__).parent


@pytest.mark.parametrize(
    ("seconds", "day"),
    [("0", "1970-01-01"), ("86399", "1970-01-01"), ("86400", "1970-01-02")],
)
def test_source_date_epoch_sets_the_day(monkeypatch, seconds, day):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    assert str(today()) == day


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_without_it_the_day_is_that_of_utc_in_every_time_zone(monkeypatch, zone):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("TZ", zone)
    before = datetime.datetime.now(datetime.UTC).date()
    assert before <= today() <= datetime.datetime.now(datetime.UTC).date()


@pytest.mark.parametrize("value", ["tomorrow", "1e9", "9" * 30, "-" + "9" * 30])
def test_another_value_is_an_error_that_says_what_to_write(monkeypatch, value):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(ClockError) as caught:
        today()
    assert str(caught.value) == (
        f"SOURCE_DATE_EPOCH is {value!r}; set it to seconds since 1970, or unset it"
    )


def test_the_command_reports_it_without_a_traceback(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/manual.yaml").write_text("{title: M, publisher: P, summary: S.}\n")
    ended = CliRunner().invoke(main, ["check", "--root", str(tmp_path)])
    assert (ended.exit_code, ended.stdout, ended.stderr) == (
        3,
        "",
        "groundrules: SOURCE_DATE_EPOCH is 'tomorrow'; set it to seconds since 1970, or unset it\n",
    )


def test_no_other_module_asks_for_the_day():
    asking = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for text in [path.read_text("utf-8")]
        if re.search(r"\b(now|today|utcnow)\b", text)  # to parse all others takes most of the time
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow")
        if not (isinstance(node.value, ast.Name) and node.value.id in ("self", "catalogue"))
        if not isinstance(node.value, ast.Attribute) or node.value.attr != "catalogue"
    }
    assert asking == {"clock.py"}
