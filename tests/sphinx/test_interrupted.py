"""After a build that was killed anywhere, the next one makes the site of a first build."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from manual_copies import with_few_records

# the child only builds; Python 3.12 warns that threads of pytest may hold locks in it
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
POINTS = int(os.environ.get("GROUNDRULES_KILLS", "3"))  # of each kind of build; 0 for all of them
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def change(manual) -> None:
    """Change a title, which many pages show, and remove records and their pages."""
    manual.replace("data/expectations/memory.yaml", "title: Swap", "title: Swap space")
    (manual.root / "data/expectations/network.yaml").unlink()
    # of as many lines: a page that is left alone keeps the line at which its record was written
    manual.replace("data/platforms/vm.yaml", PLATFORM, "It has\n  :ci:expectation:`swap`.")
    manual.replace("source/listings.rst", "   :topic: network", "   :topic: memory")


PLATFORM = "It has :ci:expectation:`swap` and perhaps\n  :ci:expectation:`ipv6`."


def site(manual) -> dict[str, bytes]:
    """Return the site, and the generated pages: nothing else may be among them."""
    return {
        path.relative_to(manual.root).as_posix(): content(path)
        for folder in (manual.root / "build/html", manual.source)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in OUR_OWN
    }


def content(path: Path) -> bytes:
    """Return the content of a file; of the index for the search without the words of no page.

    Sphinx keeps those of pages that are gone until the next build of all pages.
    """
    data = path.read_bytes()
    return re.sub(rb'"\w+":\[\],', b"", data) if path.name == "searchindex.js" else data


OUR_OWN = {".files", ".graphs", ".configurations", ".warnings"}


class Killer:
    """Kills its own process in the middle of a write, or before a rename, below a folder."""

    def __init__(self, root: Path, point: int) -> None:
        self.root, self.point, self.count = str(root), point, 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if not (writes or event == "os.rename") or not str(arguments[0]).startswith(self.root):
            return
        self.count += 1
        if self.count != self.point:
            return
        if writes:
            Path(str(arguments[0])).write_bytes(b"half")
        os.kill(os.getpid(), signal.SIGKILL)


def in_child(act: Callable[[], object]) -> int | None:
    """Do something in a process of its own; return how that ended."""
    child = get_context("fork").Process(target=act)
    child.start()
    child.join(120)
    return child.exitcode


def killed(manual, point: int) -> int:
    """Build and be killed at a point; return how many points the build had, if it ended."""
    report, send = os.pipe()

    def act() -> None:
        killer = Killer(manual.root, point)
        sys.addaudithook(killer)
        manual.build("html")
        os.write(send, str(killer.count).encode())

    code = in_child(act)
    os.close(send)
    text = os.read(report, 100).decode()
    os.close(report)
    assert (code, bool(text)) in ((0, True), (-signal.SIGKILL, False))
    return int(text or 0)


@pytest.fixture(scope="module")
def counted(tmp_path_factory) -> tuple[int, dict[str, bytes]]:
    """How many points a whole first build of the changed manual has, and its site."""
    manual = with_few_records(tmp_path_factory.mktemp("clean") / "manual")
    change(manual)
    return killed(manual, 0), site(manual)


@pytest.fixture(scope="module")
def clean(counted) -> dict[str, bytes]:
    """The site of the changed manual, built only once."""
    return counted[1]


def points(count: int) -> list[int]:
    """Return some points of that many, spread evenly, with the first and the last."""
    assert count > 20
    wanted = min(POINTS or count, count)
    return sorted({1 + (count - 1) * number // (wanted - 1) for number in range(wanted)})


def assert_healed(manual, clean, point: int) -> None:
    built = manual.build("html")
    assert built.warnings == "", point
    found = site(manual)
    assert found.keys() == clean.keys(), point
    assert [name for name in found if found[name] != clean[name]] == [], point


def test_a_first_build_may_be_killed_anywhere(tmp_path, counted):
    count, clean = counted
    for point in points(count):
        manual = with_few_records(tmp_path / f"at-{point}")
        change(manual)
        killed(manual, point)
        assert_healed(manual, clean, point)


def test_a_build_of_a_change_may_be_killed_anywhere(once_little, clean):
    with once_little.lent() as manual:
        change(manual)
        count = killed(manual, 0)
        assert_healed(manual, clean, 0)
    for point in points(count):
        with once_little.lent() as manual:
            change(manual)
            killed(manual, point)
            assert_healed(manual, clean, point)
