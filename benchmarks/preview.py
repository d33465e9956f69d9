"""Claim: `preview` shows a saved record in at most 0.5 × of the time of sphinx-autobuild.

    python benchmarks/preview.py [--jobs 1000] [--theme pydata_sphinx_theme] [--rounds 5]
        [--folder FOLDER] [--own]

The peer is installed by pip into a venv below FOLDER (a temporary folder when left out); it needs
playwright and Chromium, as the browser tests do.

The manual of `made_up` is served by ``groundrules preview`` from its records, and by
sphinx-autobuild from .rst pages with the same words (`peer`'s templates, filled in).  A browser has
the page of one job open.  The purpose of the job is saved, with us in the record, there on the
page.  The time ends when the browser shows the new text, after the page was loaded again.  The two
take turns, and the median counts.  What the preview leaves for later (the search index, the
inventory) is done before the next turn.

With ``--own``, one record of this repository's manual is measured too; its goal is one second,
which is a matter of the machine.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
import made_up
import measure
import peer
from made_up import Graph
from playwright.sync_api import Browser, Error, Page, sync_playwright

ROOT = Path(__file__).parents[1]
GOAL, OWN_GOAL = 0.5, 1.0
PAUSE = 4.0  # seconds, for what follows a build
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")


@dataclass
class Served:
    """A served manual: its process, the open page, and how its text is saved."""

    page: Page
    save: Callable[[str], object]

    def shown_after(self, text: str) -> float:
        """Return the seconds from the save to the shown text."""
        start = time.perf_counter()
        self.save(text)
        self.page.get_by_text(text).first.wait_for(timeout=120_000)
        return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--theme", default="pydata_sphinx_theme")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where the peer's venv is kept")
    parser.add_argument("--own", action="store_true", help="also measure this repository's manual")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = options.folder or Path(temporary)
        python = peer.install(folder / "autobuild-venv", "sphinx-autobuild")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        made = made_up.graphs(options.jobs)
        with (
            ours(browser, Path(temporary, "groundrules"), made, options.theme) as preview,
            theirs(browser, Path(temporary, "autobuild"), made, options.theme, python) as autobuild,
        ):
            times = by_turns({"groundrules": preview, "autobuild": autobuild}, options.rounds)
        show(f"{options.jobs} jobs, {options.theme}", times)
        ratio = measure.median(times["groundrules"]) / measure.median(times["autobuild"])
        measure.verdict("a saved record shown beside sphinx-autobuild", ratio, GOAL)
        if options.own:
            with own(browser, Path(temporary, "own")) as manual:
                times = by_turns({"this manual": manual}, options.rounds)
            show("this repository", times)
            seconds = measure.median(times["this manual"])
            measure.verdict("a saved record of this manual shown, in seconds", seconds, OWN_GOAL)
        browser.close()


def by_turns(served: dict[str, Served], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in served}
    for number in range(rounds):
        for name, manual in served.items():
            time.sleep(PAUSE)
            times[name].append(manual.shown_after(f"Does it in the {number}th way."))
    return times


def show(what: str, times: dict[str, list[float]]) -> None:
    rows = [
        (name, f"{measure.median(each):.2f} s", f"{min(each):.2f} to {max(each):.2f} s")
        for name, each in times.items()
    ]
    measure.show((what, "save to shown", "of all rounds"), rows)


@contextmanager
def ours(browser: Browser, folder: Path, made: list[Graph], theme: str) -> Iterator[Served]:
    """Preview the manual, with the page of the middle job of the first graph."""
    made_up.write_manual(folder, made, theme)
    name = made[0].jobs[len(made[0].jobs) // 2].name
    command = [sys.executable, "-m", "groundrules", "preview", "--root", str(folder)]
    with serving(command, "built in") as address:
        page = opened(browser, f"{address}generated/jobs/{made[0].id}/{name}.html")
        yield Served(page, lambda text: made_up.write_graph(folder, changed(made[0], text)))


@contextmanager
def theirs(
    browser: Browser, folder: Path, made: list[Graph], theme: str, python: Path
) -> Iterator[Served]:
    """Serve the same pages, written by hand, with the same page open."""
    write_pages(folder, made, theme)
    job = made[0].jobs[len(made[0].jobs) // 2]
    path = folder / "source" / "jobs" / made[0].id / f"{job.name}.rst"
    text = path.read_text("utf-8")
    options = ["-c", str(folder), "-q", "-j", "auto", "--port", "0"]
    source, output = str(folder / "source"), str(folder / "html")
    command = [str(python), "-m", "sphinx_autobuild", *options, source, output]
    with serving(command, "Waiting to detect changes") as address:
        page = opened(browser, f"{address}jobs/{made[0].id}/{job.name}.html")
        yield Served(page, lambda new: path.write_text(text.replace(job.purpose, new), "utf-8"))


@contextmanager
def own(browser: Browser, folder: Path) -> Iterator[Served]:
    """Preview a copy of this repository's manual, with the page of one expectation."""
    folder.mkdir()
    for name in ("conf.py", "README.rst", "data", "source"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    for name in ("tests", "tools", "generator"):  # which some pages show
        (folder / name).symlink_to(ROOT / name)
    record = folder / "data/expectations/swap.yaml"
    record = next(iter(sorted((folder / "data/expectations").glob("*.yaml"))), record)
    text = record.read_text("utf-8")
    name = re.search(r"^  - id: (\S+)$", text, re.MULTILINE)
    if name is None:
        raise SystemExit(f"{record} has no expectation")
    command = [sys.executable, "-m", "groundrules", "preview", "--root", str(folder)]
    with serving(command, "built in") as address:
        page = opened(browser, f"{address}generated/expectations/{name[1]}.html")
        statement = re.compile(r"^    statement: .*\n(?:      .*\n)*", re.MULTILINE)

        def save(new: str) -> None:
            record.write_text(statement.sub(f"    statement: {new}\n", text, count=1), "utf-8")

        yield Served(page, save)


def changed(graph: Graph, purpose: str) -> Graph:
    """Return ``graph`` with another purpose of its middle job."""
    jobs = list(graph.jobs)
    at = len(jobs) // 2
    jobs[at] = replace(jobs[at], purpose=purpose)
    return replace(graph, jobs=tuple(jobs))


def write_pages(folder: Path, made: list[Graph], theme: str) -> None:
    """Write the pages that the peer's templates make of its data."""
    templates = jinja2.Environment(loader=jinja2.DictLoader(peer.TEMPLATES), autoescape=False)  # noqa: S701 (no HTML)

    def write(path: Path, template: str, value: dict[str, Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = templates.get_template(template).render(data=value)
        path.with_name(f"{path.name}.rst").write_text(peer.FIELDS.get(template, "") + text, "utf-8")

    peer.write_manual(folder, made, theme, write)
    conf = (folder / "conf.py").read_text("utf-8")
    (folder / "conf.py").write_text(conf.replace("'sphinxcontrib.datatemplates'", ""), "utf-8")


@contextmanager
def serving(command: list[str], started: str) -> Iterator[str]:
    """Run a server; give its address when it says that it has built."""
    environment = measure.environment() | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    address = ""
    try:
        for line in process.stdout or ():
            if found := re.search(r"http://[\d.]+:\d+", line):
                address = f"{found[0]}/"
            if address and started in line:
                break
        else:
            raise SystemExit(f"this failed: {' '.join(command)}")
        # nothing may wait until somebody reads
        with subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL) as drain:
            try:
                yield address
            finally:
                process.terminate()  # else its output does not end
                drain.wait()
    finally:
        process.terminate()
        process.wait()


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    for _ in range(100):
        with suppress(Error):  # it may not listen yet
            if (response := page.goto(address)) and response.ok:
                return page
        time.sleep(0.2)
    raise SystemExit(f"{address} cannot be opened")


if __name__ == "__main__":
    main()
