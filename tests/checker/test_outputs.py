"""Where ``--output`` leads: a file whole or not at all; a device, a pipe or a link stays one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from manual import SURPRISE, write

from groundrules.cli import main


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, SURPRISE)


def check(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--root", str(root), *arguments])


def rules_in(document: str) -> list[str]:
    return [each["rule"] for each in json.loads(document)["findings"]]


def test_a_link_is_followed_since_the_user_named_it(root):
    target, link = root / "target.json", root / "link.json"
    target.write_text("old")
    link.symlink_to(target)
    assert check(root, "--output", f"json={link}").exit_code == 1
    assert (link.is_symlink(), rules_in(target.read_text())) == (True, ["GR108"])


def test_a_pipe_stays_a_pipe(root):
    pipe = root / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_text)
        assert check(root, "--output", f"json={pipe}").exit_code == 1
        assert rules_in(read.result(timeout=60)) == ["GR108"]
    assert pipe.is_fifo()


def test_nowhere_stays_a_device(root):
    assert check(root, "--output", f"json={os.devnull}").exit_code == 1
    assert Path(os.devnull).is_char_device()


def test_a_reader_that_leaves_is_not_a_finding(root):
    command = [sys.executable, "-m", "groundrules", "check", "--root", root, "--format", "json"]
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as nobody:  # noqa: PTH123 - a descriptor
        done = subprocess.run(command, stdout=nobody, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (3, b"")


def test_the_data_may_be_named_from_the_top(root):
    relative, absolute = check(root), check(root, "--data", str(root / "data"))
    assert (absolute.exit_code, absolute.output) == (1, relative.output)


@pytest.mark.parametrize("other", ["report", "./report", "below/../report"])
def test_two_reports_in_one_file_are_refused(root, monkeypatch, other):
    monkeypatch.chdir(root)
    done = check(root, "--output", "json=report", "--output", f"sarif={other}")
    assert done.exit_code == 2
    named = Path(other)
    assert done.output.endswith(f"Invalid value for '--output': {named} is given twice\n")
    assert not (root / "report").exists()


def test_one_format_in_two_files_and_all_on_a_device_are_fine(root):
    one, two = root / "one", root / "two"
    nowhere = ("--output", f"json={os.devnull}", "--output", f"sarif={os.devnull}")
    assert (
        check(root, "--output", f"json={one}", "--output", f"json={two}", *nowhere).exit_code == 1
    )
    assert one.read_text() == two.read_text() != ""


def test_folders_that_are_missing_are_made(root):
    report = root / "reports" / "ours" / "report.json"
    assert check(root, "--output", f"json={report}").exit_code == 1
    assert report.read_text() == check(root, "--format", "json").stdout


def test_a_file_in_place_of_a_folder_is_reported(root):
    (root / "reports").write_text("a file")
    done = check(root, "--output", f"json={root / 'reports' / 'report.json'}")
    assert done.exit_code == 3
    assert done.stderr == (
        f"groundrules: {root / 'reports' / 'report.json'} cannot be written: File exists\n"
    )
