"""The loop that builds: what it does after changes, with a build that only takes notes."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from watchfiles import watch
from watchfiles.main import FileChange

from groundrules.authoring.preview import loop as previewing
from groundrules.authoring.preview.loop import RESTART, PreviewLoop, PreviewSettings
from groundrules.sphinxext.build_paths import BuildPaths
from groundrules.sphinxext.warm_build import Rebuilt

PATIENCE = 20.0  # seconds
QUIET = 50  # milliseconds: the tests do not wait as long as users
ROUNDS = 3


class Notes:
    """Stands in for the build, and takes notes of what it is asked for."""

    def __init__(self, root: Path) -> None:
        self.root, self.is_behind = root, False
        self.built: list[bool] = []
        self.caught_up = 0
        self.texts: list[str] = []
        self.states = "first"
        self.next = Rebuilt(frozenset({"a.html"}), (), failed=False)
        self.during: Callable[[], object] = lambda: None

    def rebuild(self, *, assets: bool = False) -> Rebuilt:
        self.built.append(assets)
        record = self.root / "data/a.yaml"
        self.texts.append(record.read_text() if record.exists() else "")
        self.during()
        return self.next

    def catch_up(self) -> Iterator[Rebuilt]:
        self.caught_up += 1
        self.is_behind = False
        yield Rebuilt(frozenset(), (), failed=False)

    def paths(self, root: Path) -> BuildPaths:
        return BuildPaths(
            pages=frozenset({root / "data", root / "source"}),
            assets=frozenset({root / "source/_static"}),
            program=frozenset({root / "conf.py"}),
            written=frozenset({root / "source/generated"}),
        )

    def configuration_states(self) -> object:
        return self.states


class Running(NamedTuple):
    """A loop in a thread, the build that it asks, and what it tells the server."""

    root: Path
    build: Notes
    messages: list[dict[str, Any]]
    ended: list[object]
    quiet: list[float]
    """When the loop has seen no change for a while."""

    def waits_for(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "nothing happens"
            time.sleep(0.01)

    def settles(self) -> int:
        """Wait until there was no build in some quiet rounds; return the number of builds."""
        count = -1
        while count != len(self.build.built):
            count, rounds = len(self.build.built), len(self.quiet) + ROUNDS
            self.waits_for(lambda: len(self.quiet) >= rounds)  # noqa: B023 (called at once)
        return count


@pytest.fixture
def running(tmp_path, monkeypatch) -> Iterator[Running]:
    for name in ("data/graphs", "source/_static", "source/generated"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "conf.py").touch()
    (tmp_path / "data/a.yaml").write_text("first")
    reading, writing = Pipe(duplex=False)
    settings = PreviewSettings(
        root=tmp_path, conf=tmp_path, source=tmp_path / "source", output=tmp_path / "build"
    )
    build, ended, quiet = Notes(tmp_path), [], []
    loop = PreviewLoop(settings, build, writing)  # type: ignore[arg-type]

    def watched(*folders: Path, **options: Any) -> Iterator[set[FileChange]]:
        for changes in watch(*folders, **options):
            yield changes
            if not changes:
                quiet.append(time.monotonic())

    monkeypatch.setattr(previewing, "watch", watched)
    monkeypatch.setattr(previewing, "QUIET", QUIET)

    def run() -> None:
        try:
            loop.run()
        except SystemExit as error:
            ended.append(error.code)

    messages: list[dict[str, Any]] = []

    def listen() -> None:
        try:
            while True:
                messages.append(json.loads(reading.recv_bytes()))
        except EOFError:
            pass

    threads = [threading.Thread(target=run), threading.Thread(target=listen)]
    for thread in threads:
        thread.start()
    started = Running(tmp_path, build, messages, ended, quiet)
    started.waits_for(lambda: len(build.built) >= 2)  # the second one looks for missed changes
    yield started
    loop._parent = 0
    threads[0].join(PATIENCE)
    writing.close()
    threads[1].join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)


def write_over(path: Path) -> None:
    path.write_text("second")


def rename_over(path: Path) -> None:
    beside = path.with_name(".a.yaml.tmp")
    beside.write_text("second")
    beside.replace(path)


def as_vim(path: Path) -> None:
    probe, backup = path.with_name("4913"), path.with_name("a.yaml~")
    probe.touch()
    probe.unlink()
    path.rename(backup)
    path.write_text("second")
    backup.unlink()


def as_emacs(path: Path) -> None:
    lock = path.with_name(".#a.yaml")
    lock.symlink_to("somebody@host.1234")
    path.write_text("second")
    lock.unlink()


def as_jetbrains(path: Path) -> None:
    new, old = path.with_name("a.yaml.___jb_tmp___"), path.with_name("a.yaml.___jb_old___")
    new.write_text("second")
    path.rename(old)
    new.rename(path)
    old.unlink()


@pytest.mark.parametrize("save", [write_over, rename_over, as_vim, as_emacs, as_jetbrains])
def test_a_save_is_built(running, save):
    save(running.root / "data/a.yaml")
    running.waits_for(lambda: running.build.texts[-1] == "second")
    assert running.messages[-1] == {"pages": ["a.html"], "problems": [], "failed": False}


def test_a_lock_of_an_editor_is_not_built(running):
    before = running.settles()
    (running.root / "data/.#a.yaml").symlink_to("somebody@host.1234")
    (running.root / "data/.a.yaml.swp").touch()
    (running.root / "source/generated/a.rst").touch()
    assert running.settles() == before


def test_many_files_at_once_are_one_build(running):
    before = running.settles()
    for number in range(300):
        (running.root / f"data/graphs/g{number}.yaml").write_text("x")
    running.waits_for(lambda: len(running.build.built) > before)
    assert running.settles() <= before + 2  # the files take longer than a pause on a busy machine


def test_a_removed_file_is_built(running):
    (running.root / "data/a.yaml").unlink()
    running.waits_for(lambda: running.build.texts[-1] == "")


def test_a_file_in_a_new_folder_is_built(running):
    before = running.settles()
    (running.root / "data/sessions").mkdir()
    running.waits_for(lambda: len(running.build.built) > before)
    before = running.settles()
    (running.root / "data/sessions/s.yaml").write_text("x")
    running.waits_for(lambda: len(running.build.built) > before)


def test_a_save_during_a_build_is_built_after_it(running):
    running.settles()
    record = running.root / "data/a.yaml"

    def save() -> None:
        running.build.during = lambda: None
        record.write_text("third")

    running.build.during = save
    record.write_text("second")
    running.waits_for(lambda: running.build.texts[-1] == "third")


def test_a_static_file_is_copied(running):
    (running.root / "source/_static/logo.svg").write_text("x")
    running.waits_for(lambda: running.build.built[-1])


def test_a_mistake_is_told_and_taken_back(running):
    running.build.next = Rebuilt(frozenset(), ("a.yaml:1: wrong",), failed=True)
    (running.root / "data/a.yaml").write_text("second")
    running.waits_for(lambda: running.messages[-1]["failed"])
    assert running.messages[-1] == {
        "pages": [], "problems": ["a.yaml:1: wrong"], "failed": True,
    }  # fmt: skip
    running.build.next = Rebuilt(frozenset(), (), failed=False)  # the text is as before
    (running.root / "data/a.yaml").write_text("first")
    running.waits_for(lambda: not running.messages[-1]["failed"])
    assert running.messages[-1] == {"pages": [], "problems": [], "failed": False}


def test_a_build_that_changes_nothing_is_not_told(running):
    running.settles()
    told = len(running.messages)
    running.build.next = Rebuilt(frozenset(), (), failed=False)
    before = len(running.build.built)
    os.utime(running.root / "data/a.yaml")
    running.waits_for(lambda: len(running.build.built) > before)
    running.settles()
    assert len(running.messages) == told


def test_the_rest_of_a_build_follows(running):
    running.build.is_behind = True
    (running.root / "data/a.yaml").write_text("second")
    running.waits_for(lambda: running.build.caught_up == 1)


def test_a_changed_configuration_is_built(running, monkeypatch):
    monkeypatch.setattr(previewing, "BUSY", 1.0)
    before = running.settles()
    running.build.states = "second"
    running.waits_for(lambda: len(running.build.built) > before)


def test_sphinx_starts_again_after_a_change_of_conf_py(running):
    (running.root / "conf.py").write_text("x = 1")
    running.waits_for(lambda: running.ended == [RESTART])
