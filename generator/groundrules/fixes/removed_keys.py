"""`removed`: a text without some keys, which values that are shared through aliases can have."""

from __future__ import annotations

from collections.abc import Collection

from groundrules.fix import Route
from groundrules.fixes.rewriting import SourceText, rewritten, unshared
from groundrules.yamlsource import untagged


def removed(text: str, routes: Collection[Route]) -> str:
    """Return the text without the keys at the ends of routes.

    An alias stays where all that share it lose the key; another one is replaced by its value.
    Raises `FixRefusedError`.
    """
    source = SourceText(text)
    values = unshared(source.parsed.value)
    for *above, last in routes:
        holder = values
        for step in above:
            holder = untagged(holder[step])
        holder.pop(last, None)
    return rewritten(source, values).text
