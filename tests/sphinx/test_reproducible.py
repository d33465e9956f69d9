"""The same data make the same site, byte for byte, wherever and whenever it is built."""

from __future__ import annotations

import os
import subprocess
import sys

LATER = 2_000_000_000
# differs from the data in every edge
ZUUL = """\
- job: {name: base, parent: null, run: run.yaml}
- job: {name: certificates, run: run.yaml}
- job: {name: gitea, run: run.yaml}
- project: {deploy: {jobs: [base, certificates, gitea]}}
"""


def with_configuration(manual):
    """Give the manual a configuration to be compared with."""
    manual.replace("data/manual.yaml", "title: Our deployment", "title: Ours\n    path: ci")
    manual.write("ci/.zuul.yaml", ZUUL)
    return manual


def built(manual, *options: str, **variables: str) -> dict[str, bytes]:
    """Build with the command and some variables of the environment; return the site."""
    command = [sys.executable, "-m", "groundrules", "build", "-q", *options]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", **variables}
    done = subprocess.run(
        command, cwd=manual.root, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    folder = manual.root / "build/html"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_builds_make_one_site(tmp_path, copy_of_small_manual):
    first = with_configuration(copy_of_small_manual(tmp_path / "one"))
    second = with_configuration(copy_of_small_manual(tmp_path / "another/folder"))
    for path in second.root.rglob("*"):
        os.utime(path, (LATER, LATER))
    one = built(first, "-j", "1", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")
    two = built(second, "-j", "2", PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
    assert b"ci-drifted" in one["generated/graphs/deploy.html"]
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert [name for name in one if str(tmp_path).encode() in one[name]] == []
