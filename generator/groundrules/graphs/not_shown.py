"""The graphs of other projects that a repository on its own may add jobs to, but does not show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundrules.text import listed, verbatim

MOST_NAMES = 5
SHOWN_BY = "'groundrules graph --project NAME' shows one"


def graphs_not_shown(names: Sequence[str], expressions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield which graphs are not shown, and why.

    ``names`` are the projects with stanzas that the repository may not configure, ``expressions``
    those in stanzas for all projects whose names match.

    >>> [(what, _)] = graphs_not_shown([], ["^org/.*"])
    >>> what
    "graphs of other projects whose names match '^org/.*'"
    """
    if names:
        what = f"graphs of {listed(names, most=MOST_NAMES)}, whose stanzas are here"
        yield what, f"whether this repository may configure them is not known; {SHOWN_BY}"
    if expressions:
        matching = listed(map(verbatim, expressions), "or", most=MOST_NAMES)
        what = f"graphs of other projects whose names match {matching}"
        yield what, f"their names are not in this repository; {SHOWN_BY}"
