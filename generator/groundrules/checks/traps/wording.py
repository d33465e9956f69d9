"""Words that all traps share: numbers, lists of names, places of graphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from groundrules.definitions import PlacedGraph
from groundrules.diagnostics import Location, Related

MOST = 10


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "job"), counted(3, "job"), counted(2, "branch")
    ('1 job', '3 jobs', '2 branches')
    """
    ending = "" if number == 1 else "es" if noun.endswith("ch") else "s"
    return f"{number} {noun}{ending}"


def listed(names: Iterable[str], noun: str, most: int = 3) -> str:
    """Return names in the order given, or how many there are.

    >>> listed(["check", "gate"], "pipeline"), listed(["a", "b", "c"], "job", most=2)
    ('check and gate', '3 jobs')
    """
    found = list(dict.fromkeys(names))
    if len(found) > most:
        return counted(len(found), noun)
    return " and ".join(", ".join(found).rsplit(", ", 1))


def told(places: Sequence[PlacedGraph]) -> str:
    """Return in which pipelines, of which projects, on which branches graphs are.

    >>> told([])
    ''
    """
    if not places:
        return ""
    pipelines = listed((each.pipeline for each in places), "pipeline")
    projects = listed((each.project for each in places), "project", most=1)
    branches = listed((each.branch for each in places), "branch", most=2)
    return f"{pipelines} of {projects} on {branches}"


def related(places: Iterable[tuple[Location, str]], but: Location) -> list[Related]:
    """Return further places, sorted and each once; past ten the last one says how many more."""
    found = sorted({each for each in places if each[0] != but})
    shown = [Related(place, words) for place, words in found[:MOST]]
    if more := found[MOST:]:
        shown[-1] = Related(more[-1][0], f"the last of {counted(len(more) + 1, 'more place')}")
    return shown
