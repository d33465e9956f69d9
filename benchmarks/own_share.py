"""Claim: what Groundrules does itself adds at most 5 % to Sphinx's own time, cold and unchanged.

    python benchmarks/own_share.py [--jobs 1000] [--theme pydata_sphinx_theme] [--rounds 3]

Installs nothing.  Each build is a process of its own (`timed_build`), in which our part is
measured: importing our modules, loading and checking the data, planning, rendering and writing
pages, comparing listings, and publishing the data and the feed.  The rest is Sphinx, reading and
writing the very same pages; of it, our code makes the ``links of lists`` in place of Sphinx's, and
says when the garbage ``collector`` walks through Sphinx's nodes.
All figures are CPU time; the share is ours divided by the rest.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import made_up
import measure

GOAL = 0.05
OF_SPHINX = ("links of lists", "collector")
STATES = ("cold", "unchanged")


def timed_build(folder: Path) -> dict[str, float]:
    """Build the manual in ``folder``; return the CPU time of Sphinx and of each of our parts."""
    report = folder / "parts.json"
    script = Path(__file__).with_name("timed_build.py")
    cache = str(measure.cache_of(folder))
    whole = measure.run([sys.executable, script, folder, report], XDG_CACHE_HOME=cache).cpu
    parts: dict[str, float] = json.loads(report.read_text())
    shared = {part: parts.pop(part, 0.0) for part in OF_SPHINX}
    return {"sphinx": whole - sum(parts.values()), **shared, **parts}


def share(costs: dict[str, float], of_sphinx: tuple[str, ...] = OF_SPHINX) -> float:
    """Return our part divided by Sphinx's."""
    ours = (cost for part, cost in costs.items() if part not in ("sphinx", *of_sphinx))
    return sum(ours) / costs["sphinx"]


def middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Return the medians of each part."""
    parts = dict.fromkeys(part for each in rounds for part in each)
    return {part: measure.median(each.get(part, 0.0) for each in rounds) for part in parts}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--theme", default="pydata_sphinx_theme")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    found: dict[str, list[dict[str, float]]] = {state: [] for state in STATES}
    with tempfile.TemporaryDirectory() as temporary:
        manual = Path(temporary, "manual")
        made_up.write_manual(manual, made_up.graphs(options.jobs), options.theme)
        for _ in range(options.rounds):
            measure.clean(manual)
            for state in STATES:
                found[state].append(timed_build(manual))
    costs = {state: middle(rounds) for state, rounds in found.items()}
    measure.show(
        (f"{options.jobs} jobs, {options.theme}", *STATES),
        [
            (part, *(f"{costs[state].get(part, 0.0):.3f} s" for state in STATES))
            for part in costs["cold"]
        ],
    )
    for state in STATES:
        shares = measure.median(share(each) for each in found[state])
        measure.verdict(f"our share beside Sphinx's, {state}", shares, GOAL)
        shares = measure.median(share(each, OF_SPHINX[:1]) for each in found[state])
        measure.verdict(f"the same with the collector as ours, {state}", shares, GOAL)


if __name__ == "__main__":
    main()
