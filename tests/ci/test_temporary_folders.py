"""The folders that git is run in: they go with their process, or with the next one."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from groundrules.ci.git import temporary
from groundrules.ci.git.temporary import TemporaryFolder

LIVING = """\
import time
from groundrules.ci.git.temporary import TemporaryFolder
folder = TemporaryFolder()
print(folder.name, flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A system's folder for temporary files, in which nothing was cleared up yet."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    temporary._remove_leftovers.cache_clear()
    yield tmp_path
    temporary._remove_leftovers.cache_clear()


def names(place: Path) -> set[str]:
    return {path.name for path in place.iterdir()}


def test_a_folder_goes_when_it_is_closed_or_forgotten(place: Path):
    closed, forgotten = TemporaryFolder(), TemporaryFolder()
    assert {closed.name, forgotten.name} == {str(path) for path in place.iterdir()}
    closed.cleanup()
    closed.cleanup()
    del forgotten
    assert names(place) == set()


def test_the_next_run_removes_the_folder_of_a_killed_one(place: Path):
    process = subprocess.Popen([sys.executable, "-c", LIVING], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout
        name = process.stdout.readline().strip()
        (Path(name) / "objects").symlink_to(place.parent)
        living = TemporaryFolder()
        assert Path(name).is_dir()
        process.send_signal(signal.SIGKILL)
    temporary._remove_leftovers.cache_clear()
    later = TemporaryFolder()
    assert {str(path) for path in place.iterdir()} == {living.name, later.name}
    assert place.exists()


def test_what_is_not_a_folder_of_ours_stays(place: Path, tmp_path_factory: pytest.TempPathFactory):
    away = tmp_path_factory.mktemp("away")
    (place / f"{temporary.PREFIX}link").symlink_to(away)
    (place / f"{temporary.PREFIX}file").write_text("")
    (place / "other").mkdir()
    (place / f"{temporary.PREFIX}dead").mkdir()
    folder = TemporaryFolder()
    assert names(place) == {
        *(f"{temporary.PREFIX}link", f"{temporary.PREFIX}file", "other"),
        os.path.basename(folder.name),  # noqa: PTH119
    }
    assert away.is_dir()


def test_a_folder_that_the_first_sweep_of_another_process_removes_is_made_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
):
    """It is not locked before it is there, so another process can take it for a leftover."""
    made: list[str] = []

    def made_and_removed(prefix: str) -> str:
        made.append(tempfile.mkdtemp(prefix=prefix))
        if len(made) == 1:
            temporary._remove_if_dead(made[0])
        return made[-1]

    monkeypatch.setattr(temporary, "mkdtemp", made_and_removed)
    folder = TemporaryFolder()
    assert folder.name == made[1]
    assert names(place) == {Path(folder.name).name}


def test_a_folder_that_is_removed_before_it_is_locked_is_made_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
):
    lock_it, removed = fcntl.flock, []

    def removed_and_locked(lock: int, how: int) -> None:
        if not removed:
            [folder] = place.iterdir()
            folder.rmdir()
            removed.append(folder.name)
        lock_it(lock, how)

    monkeypatch.setattr(fcntl, "flock", removed_and_locked)
    folder = TemporaryFolder()
    assert names(place) == {Path(folder.name).name}
    assert Path(folder.name).name not in removed
