"""Two builds of one manual do not meet: the second one waits for the first one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from multiprocessing import get_context

import pytest
from click.testing import CliRunner
from sphinx.errors import SphinxError

from groundrules.cli import main
from groundrules.sphinxext import build_lock

# the child only builds; Python 3.12 warns that threads of pytest may hold locks in it
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
HOLD = """\
import sys, time
from pathlib import Path
from groundrules.sphinxext.build_lock import lock
lock(Path(sys.argv[1]))
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that builds in the folder."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stdout.readline() == b"locked\n"
        yield child
        child.kill()


def test_a_build_that_does_not_end_is_named(tmp_path, holder, monkeypatch, caplog):
    monkeypatch.setattr(build_lock, "PATIENCE", 0.1)
    with pytest.raises(SphinxError) as raised:
        build_lock.lock(tmp_path)
    assert caplog.messages == [f"another build is running in {tmp_path}; waiting for it"]
    assert str(raised.value) == (
        f"another build is running in {tmp_path}; try again when it has ended"
    )


def test_a_build_waits_for_another(tmp_path, holder, monkeypatch, caplog):
    monkeypatch.setattr("time.sleep", lambda _: (holder.stdin.close(), holder.wait()))
    build_lock.lock(tmp_path)
    build_lock.unlock(tmp_path)
    assert len(caplog.messages) == 1


def test_the_lock_of_a_dead_process_does_not_block(tmp_path, holder, caplog):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    build_lock.lock(tmp_path)
    build_lock.unlock(tmp_path)
    assert caplog.messages == []
    assert list(tmp_path.iterdir()) == []


def test_what_a_dead_process_forked_is_waited_for(tmp_path, monkeypatch):
    """It may still write pages."""
    reading, writing = os.pipe()

    def parent() -> None:
        build_lock.lock(tmp_path)
        if os.fork() == 0:
            os.close(writing)
            os.read(reading, 1)
            os._exit(0)
        os.kill(os.getpid(), signal.SIGKILL)

    child = get_context("fork").Process(target=parent)
    child.start()
    child.join()
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", lambda time: waited.append(time) or os.close(writing))
    monkeypatch.setattr(build_lock, "_try", patiently(build_lock._try, waited))
    build_lock.lock(tmp_path)
    build_lock.unlock(tmp_path)
    assert waited == [build_lock.STEP]


def patiently(attempt, waited):
    """Try once, and after the child was let go until it has ended."""

    def tried(descriptor: int) -> bool:
        if not waited:
            return attempt(descriptor)
        while not attempt(descriptor):
            pass
        return True

    return tried


def test_a_process_may_build_twice(tiny):
    conf = (tiny.root / "conf.py").read_text("utf-8")
    tiny.write("conf.py", f"{conf}\ndef setup(app):\n    raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        tiny.build("dummy")
    tiny.write("conf.py", conf)
    tiny.build("dummy")


def test_builds_at_the_same_time_make_the_site_of_one(tiny):
    alone = tiny.build(output="alone").texts
    shutil.rmtree(tiny.source / "generated")

    def build() -> None:
        sys.exit(CliRunner().invoke(main, ["build", "-q", "--root", str(tiny.root)]).exit_code)

    children = [get_context("fork").Process(target=build) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join(120)
    assert [child.exitcode for child in children] == [0, 0, 0]
    folder = tiny.root / "build/html"
    texts = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert texts.keys() == alone.keys()
    differing = {name for name, text in texts.items() if text != alone[name]}
    assert differing <= {".buildinfo"}  # it was built with another -n
