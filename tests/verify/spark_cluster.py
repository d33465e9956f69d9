"""A Spark cluster on this machine: a master and two workers, each a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

WORKERS = 2


def why_no_cluster() -> str:
    """Return why a cluster cannot be started here; empty if it can."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed (the extra spark)"
    return "" if shutil.which("java") else "java is not installed"


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a cluster; yield the URL of its master."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"spark://127.0.0.1:{port}"
    with ExitStack() as running:
        arguments = ["--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
        master = running.enter_context(daemon("master.Master", arguments, folder / "master"))
        wait_for(master, "I have been elected leader")
        for number in range(WORKERS):
            work = folder / f"worker-{number}"
            options = ["--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir"]
            worker = [*options, str(work), "--host", "127.0.0.1", url]
            running.enter_context(daemon("worker.Worker", worker, work))
        for _ in range(WORKERS):
            wait_for(master, "Registering worker")
        yield url


@contextmanager
def daemon(name: str, arguments: list[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a daemon of Spark in a folder, and end it with all its children."""
    folder.mkdir(parents=True)
    found = find_spec("pyspark")
    assert found
    assert found.origin
    home = Path(found.origin).parent
    process = subprocess.Popen(
        [home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", *arguments],
        cwd=folder,
        env=os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_for(process: subprocess.Popen[str], text: str) -> None:
    """Read the log of a daemon until a text."""
    assert process.stderr
    lines = []
    for line in process.stderr:
        lines.append(line)
        if re.search(text, line):
            return
    raise AssertionError(f"{text!r} is not in the log:\n{''.join(lines)}")
