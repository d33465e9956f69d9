"""How a command ends that is interrupted or cannot write: never with 1, never with a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from manual import SURPRISE, write

from groundrules.cli import main
from repositories import repository

COMMAND = [sys.executable, "-m", "groundrules"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path, SURPRISE)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_decides_the_exit_code(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    def interrupted(*_: object) -> None:
        os.kill(os.getpid(), number)

    monkeypatch.setattr("groundrules.checker.flow.check_data_cached", interrupted)
    before = signal.getsignal(number)
    result = CliRunner().invoke(main, ["check"])
    assert (result.exit_code, result.output) == (code, "")
    assert signal.getsignal(number) is before


def test_a_terminated_build_is_143(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def terminated(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    (root / "conf.py").touch()
    (root / "source").mkdir(exist_ok=True)
    monkeypatch.setattr("groundrules.sphinxext.build.build_main", terminated)
    assert CliRunner().invoke(main, ["build"]).exit_code == 143


def test_an_interrupted_library_call_is_130(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("groundrules.checker.flow.check_data_cached", interrupted)
    assert CliRunner().invoke(main, ["check"]).exit_code == 130


def test_an_ignored_signal_stays_ignored(root: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert CliRunner().invoke(main, ["check"]).exit_code == 1
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


APP = ["--root", "app", "--no-cache"]
PRINTING = [
    *(["check"], ["explain", "GR101"], ["--help"]),
    *(["graph", *APP], ["impact", *APP, "job", "unit"], ["jobs", *APP, "--files", "x"]),
]


def close(number: int) -> Callable[[], None]:
    return lambda: os.close(number)


@pytest.mark.parametrize("words", [["check"], ["explain", "GR101"], ["--help"]])
def test_closed_output_is_a_sentence(root: Path, words: list[str]) -> None:
    done = subprocess.run(
        [*COMMAND, *words], stderr=subprocess.PIPE, preexec_fn=close(1), check=False, text=True
    )
    message = "groundrules: standard output cannot be written: Bad file descriptor\n"
    assert (done.returncode, done.stderr) == (3, message)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("words", PRINTING, ids=lambda words: words[0])
def test_full_output_is_a_sentence(root: Path, words: list[str]) -> None:
    repository(root / "app")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *words], stdout=full, stderr=subprocess.PIPE, check=False, text=True
        )
    message = "groundrules: standard output cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (3, message)


@pytest.mark.parametrize("words", PRINTING, ids=lambda words: words[0])
def test_a_reader_that_has_ended_gets_no_message(root: Path, words: list[str]) -> None:
    repository(root / "app")
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as closed:
        done = subprocess.run(
            [*COMMAND, *words], stdout=closed, stderr=subprocess.PIPE, check=False, text=True
        )
    assert (done.returncode, done.stderr) == (3, "")


def test_closed_standard_error_stops_nothing(root: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "check"], stdout=subprocess.PIPE, preexec_fn=close(2), check=False, text=True
    )
    assert done.returncode == 1
    assert "1 finding in 1 file\n" in done.stdout


def test_a_deleted_working_directory_needs_none(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = root / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = CliRunner().invoke(main, ["check", "--root", str(root)])
    assert (result.exit_code, result.stderr) == (1, "")
    result = CliRunner().invoke(main, ["check"])
    message = "groundrules: the working directory does not exist any more; change to another one\n"
    assert (result.exit_code, result.stderr) == (3, message)


def test_a_configuration_without_permission_is_an_error(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(root / "ci/.git"))

    (root / "ci").mkdir()
    manual = root / "data/manual.yaml"
    manual.write_text(manual.read_text().replace("title: Our jobs}", "title: Our jobs, path: ci}"))
    monkeypatch.setattr("groundrules.ci.read", refuse)
    result = CliRunner().invoke(main, ["check", "--no-cache", "--select", "GR2"])
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "data/manual.yaml:4:23: configuration 'ours' cannot be read: Permission denied: ci/.git "
        "[GR200]\n"
    )
