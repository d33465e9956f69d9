"""Two manuals, each built once for all workers, and Debian's Chromium.

``site`` is this repository's own manual; ``marked`` is a small one that was held against a
configuration and has an address to edit it at.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from marked import write_marked
from visiting import Visit

ROOT = Path(__file__).parents[2]
# the shell draws the same pages without a window system, for half of the time
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
# nobody looks at the pictures, and no page lives long enough to be worth the best compiler
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--in-process-gpu", "--num-raster-threads=1", "--js-flags=--no-opt",
)  # fmt: skip


DESK = {"width": 1280, "height": 720}


@pytest.fixture(scope="session")
def built(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Callable[[str, Callable[[Path], None]], Path]:
    """Give a function that writes and builds a manual, unless another worker did."""
    base = tmp_path_factory.getbasetemp()
    base = base if worker_id == "master" else base.parent

    def build(name: str, write: Callable[[Path], None]) -> Path:
        folder = base / name
        with folder.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "html/index.html").is_file():
                write(folder / "manual")
                _build(folder / "manual", folder / "html")
        return folder / "html"

    return build


def _build(manual: Path, output: Path) -> None:
    command = [sys.executable, "-m", "groundrules", "build", "--root", manual, "-o", output]
    done = subprocess.run(
        [*command, "-q", "-W"], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.hookimpl(tryfirst=True)  # before pytest selects by markers
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what looks at the repository's own manual."""
    for item in items:
        if isinstance(item, pytest.Function) and "site" in item.fixturenames:
            item.add_marker(pytest.mark.repository)


@pytest.fixture(scope="session")
def site(built) -> Path:
    """The folder of the built manual of this repository."""
    return built("site", _write_own)


@pytest.fixture(scope="session")
def marked(built) -> Path:
    """The folder of the built manual whose graphs have verified, drifted and unchecked edges."""
    return built("marked", write_marked)


def _write_own(copy: Path) -> None:
    """Copy the manual, so that a build of the repository itself is not disturbed."""
    ignored = shutil.ignore_patterns("generated", "__pycache__")
    for name in ("conf.py", "README.rst", "data", "source", "templates"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=ignored)
        elif (ROOT / name).is_file():
            copy.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    # A page shows cases of Zuul's rules, another a picture of the package
    for name in ("tests", "tools", "generator"):
        (copy / name).symlink_to(ROOT / name)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium; the tests are skipped where it, or Playwright, is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        yield running
        running.close()


@pytest.fixture(scope="session")
def look(browser, site) -> Iterator[Callable[[str], object]]:
    """Give a function that looks at a page of the manual from all sides; at one page only once."""
    from looking import looked_at

    window = Visit(browser, color_scheme="light", reduced_motion="reduce")
    window.site = site
    yield cache(lambda name: looked_at(window, name))
    window.context.close()


@pytest.fixture(scope="session")
def windows(browser) -> Iterator[dict[str, list[Visit]]]:
    """Windows that nobody looks at, by their settings: opening one takes as long as two pages.

    Their size is no such setting: it can be changed.
    """
    kept: dict[str, list[Visit]] = {}
    yield kept
    for each in kept.values():
        for window in each:
            window.context.close()


@pytest.fixture
def visit(browser, windows, site) -> Iterator[Callable[..., Visit]]:
    """Give a function that opens windows with settings of their own; check them at the end."""
    made: list[tuple[str, Visit]] = []

    def start(
        manual: Path = site, *, checked: bool = True, viewport: dict = DESK, **settings
    ) -> Visit:
        key = repr(sorted(settings.items()))
        free = windows.setdefault(key, [])
        window = free.pop() if free else Visit(browser, **settings)
        window.page.set_viewport_size(viewport)
        window.site, window.checked = manual, checked
        made.append((key, window))
        return window

    yield start
    found = [(each.complaints[:] if each.checked else [], each.strangers) for _, each in made]
    for key, each in made:
        each.forget()
        windows[key].append(each)
    assert found == [([], [])] * len(made)
