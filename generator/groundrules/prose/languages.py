"""The languages of code blocks: those of Pygments and Sphinx."""

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
    """Return whether a language is known; ``others`` are additional languages of a build.

    Installed plugins are searched only for unknown names, because finding them takes as long as
    reading all texts.
    """
    if name in _OF_SPHINX or name in others:
        return True
    return name.lower() in _names(packages=False) or name.lower() in _names(packages=True)


def instead(name: str) -> str:
    """Return the suggestion for an unknown language."""
    near = nearest(name, _names(packages=True) | _OF_SPHINX)
    return f"did you mean {near!r}?" if near else "use one of Pygments' names, or 'text'"


def show_uncolored(content: Iterable[nodes.Node], others: AbstractSet[str]) -> None:
    """Remove unknown languages from blocks of code.

    They are reported already (GR121), so Sphinx does not need to warn.
    """
    for block in (each for top in content for each in top.findall(nodes.literal_block)):
        if not is_language(block.get("language", "none"), others):
            block["language"] = "none"


@cache
def _names(*, packages: bool) -> frozenset[str]:
    every = get_all_lexers(plugins=packages)
    return frozenset(name.lower() for _, names, *_ in every for name in names)
