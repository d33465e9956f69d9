"""Claim: a cold build of 1,000 job pages costs at most 0.8 × of sphinxcontrib-datatemplates.

    python benchmarks/cold_build.py [--jobs 100 --jobs 1000] [--theme pydata_sphinx_theme]
        [--rounds 3] [--folder FOLDER]

The peer is installed by pip into a venv below FOLDER (a temporary folder when left out).

What is the same: Python, Sphinx, docutils, theme and settings; one page a job with the same
title, headings, paragraphs, lists of dependencies with their reasons, references and anchors; one
page a graph with the same table; the index of all jobs; jobs and graphs as objects of the
inventory and the search.  The words of one job page and one graph page are compared first.

What is not: Groundrules also checks the data, finds out who waits for whom (the peer has that in
its data), draws a diagram a graph, and writes the pages of platforms, expectations, sessions and
changes, the data as JSON and a feed.  So what it does is more, never less.  It brings PyStemmer,
which Sphinx's search then uses (a twentieth of a build), and spares the garbage collector work.

Cold is a build with no file from an earlier one, unchanged the same build again.  Figures are CPU
time, user and system, of the whole process; the two run by turns and the median counts.
"""

from __future__ import annotations

import argparse
import difflib
import html
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import made_up
import measure
import peer

GOAL = 0.8


def words(page: Path) -> list[str]:
    """Return the words of the article of a built page, diagrams left out."""
    whole = page.read_text("utf-8")
    start = re.search(r"<section[ >]", whole)
    end = whole.rindex("</section>")
    article = whole[start.start() if start else 0 : end]
    article = re.sub(r"<svg.*?</svg>", " ", article, flags=re.DOTALL)
    # the mark that shows beside a heading is the theme's
    article = re.sub(r'<a class="headerlink".*?</a>', " ", article)
    text = html.unescape(re.sub(r"<[^>]+>", " ", article))
    # a link that ends before a comma is no other text
    return re.sub(r"\s+([,.;:)])", r"\1", text).split()


def differences(ours: list[str], theirs: list[str]) -> Iterator[str]:
    """Yield the words that only one of them has."""
    matcher = difflib.SequenceMatcher(a=theirs, b=ours, autojunk=False)
    for kind, i, j, k, n in matcher.get_opcodes():
        if kind != "equal":
            yield f"theirs {' '.join(theirs[i:j])!r}, ours {' '.join(ours[k:n])!r}"


def compare(ours: Path, theirs: Path) -> None:
    """Print how the words of one job page and one graph page differ."""
    for kind, name in (("job", "jobs/team-00/team-00-registry-49"), ("graph", "graphs/team-00")):
        mine = words(ours / "build" / "html" / "generated" / f"{name}.html")
        other = words(theirs / "build" / "html" / f"{name}.html")
        found = list(differences(mine, other))
        print(f"{kind} page: {len(mine)} words, {len(found)} differences", *found, sep="\n  ")


def measured(folder: Path, python: Path, jobs: int, theme: str, rounds: int) -> float:
    """Print the costs of both for ``jobs`` jobs; return the ratio of cold builds."""
    made = made_up.graphs(jobs)
    ours, theirs = folder / f"groundrules-{jobs}", folder / f"datatemplates-{jobs}"
    made_up.write_manual(ours, made, theme)
    peer.write_manual(theirs, made, theme)
    costs: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, manual, runner in (
            ("groundrules", ours, None),
            ("datatemplates", theirs, python),
        ):
            measure.clean(manual)
            for state in ("cold", "unchanged"):
                cost = measure.build(manual, *filter(None, [runner]))
                costs.setdefault(f"{name} {state}", []).append(cost.cpu)
    compare(ours, theirs)
    middle = {name: measure.median(values) for name, values in costs.items()}
    ratios = {
        state: middle[f"groundrules {state}"] / middle[f"datatemplates {state}"]
        for state in ("cold", "unchanged")
    }
    measure.show(
        (f"{jobs} jobs, {theme}", "groundrules", "datatemplates", "ratio"),
        [
            (
                state,
                f"{middle[f'groundrules {state}']:.2f} s",
                f"{middle[f'datatemplates {state}']:.2f} s",
                f"{ratio:.2f}",
            )
            for state, ratio in ratios.items()
        ],
    )
    return ratios["cold"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, action="append")
    parser.add_argument("--theme", default="pydata_sphinx_theme")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the peer's venv is kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        python = peer.install((options.folder or Path(temporary)) / "datatemplates-venv")
        for jobs in options.jobs or [100, 1000]:
            ratio = measured(Path(temporary), python, jobs, options.theme, options.rounds)
    measure.verdict(f"cold build of {jobs} jobs beside datatemplates", ratio, GOAL)


if __name__ == "__main__":
    main()
