"""The languages that a block of code can be shown in: those that Pygments and Sphinx know."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import cache

from docutils import nodes
from pygments.lexers import get_all_lexers

from groundrules.nearest import nearest

# Sphinx's own names beside those of Pygments (sphinx.highlighting, `PygmentsBridge.get_lexer`)
_OF_SPHINX = frozenset({"default", "guess", "none", "pycon3", "rest"})


def is_language(name: str, others: AbstractSet[str] = frozenset()) -> bool:
    """Return whether code can be shown in a language; ``others`` are what a build knows beside.

    Packages that bring languages are looked for only where nothing else has the name: finding
    them takes as long as reading all texts.
    """
    if name in _OF_SPHINX or name in others:
        return True
    return name.lower() in _names(packages=False) or name.lower() in _names(packages=True)


def instead(name: str) -> str:
    """Return what to write for an unknown language."""
    near = nearest(name, _names(packages=True) | _OF_SPHINX)
    return f"did you mean {near!r}?" if near else "use one of Pygments' names, or 'text'"


def show_uncolored(content: Iterable[nodes.Node], others: AbstractSet[str]) -> None:
    """Remove unknown languages from blocks of code.

    They are reported already (GR121), so Sphinx need not warn of them.
    """
    for block in (each for top in content for each in top.findall(nodes.literal_block)):
        if not is_language(block.get("language", "none"), others):
            block["language"] = "none"


@cache
def _names(*, packages: bool) -> frozenset[str]:
    every = get_all_lexers(plugins=packages)
    return frozenset(name.lower() for _, names, *_ in every for name in names)
