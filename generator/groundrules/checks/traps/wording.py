"""Words that all traps share: numbers, lists of names, places of graphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from groundrules.counting import counted, listed
from groundrules.diagnostics import Location, Related
from groundrules.graphs.definitions import PlacedGraph

MOST = 10


def few(names: Iterable[str], noun: str, most: int = 3) -> str:
    """Return names in the order given, or how many there are.

    >>> few(["check", "gate"], "pipeline"), few(["a", "b", "c"], "job", most=2)
    ('check and gate', '3 jobs')
    """
    found = list(dict.fromkeys(names))
    return counted(len(found), noun) if len(found) > most else listed(found)


def told(places: Sequence[PlacedGraph]) -> str:
    """Return in which pipelines, of which projects, on which branches graphs are.

    >>> told([])
    ''
    """
    if not places:
        return ""
    pipelines = few((each.pipeline for each in places), "pipeline")
    projects = few((each.project for each in places), "project", most=1)
    branches = few((each.branch for each in places), "branch", most=2)
    return f"{pipelines} of {projects} on {branches}"


def related(places: Iterable[tuple[Location, str]], but: Location) -> list[Related]:
    """Return further places, sorted and each once; past ten the last one says how many more."""
    found = sorted({each for each in places if each[0] != but})
    shown = [Related(place, words) for place, words in found[:MOST]]
    if more := found[MOST:]:
        shown[-1] = Related(more[-1][0], f"the last of {counted(len(more) + 1, 'more place')}")
    return shown
