"""The nearest known name for a misspelt word."""

from __future__ import annotations

from collections.abc import Iterable

MOST_KEYS, MOST_NAMES = 20, 6
"""The number of words that a message lists."""


def did_you_mean(word: str, allowed: Iterable[str], what: str = "allowed") -> str:
    """Return the end of a message: the nearest allowed word, or a list of allowed words.

    Up to 20 keys or values are listed, and up to 6 names of records.

    >>> did_you_mean("standng", ["standing", "title"])
    "; did you mean 'standing'?"
    >>> did_you_mean("x", ["standing", "title"])
    '; allowed: standing, title'
    >>> did_you_mean("x", map(str, range(2010, 2024)), "sessions")
    '; sessions: 2010, 2011, 2012, 2013, 2014, 2015 and 8 more'
    """
    words = sorted(set(allowed) - {word})
    if near := nearest(word, words):
        return f"; did you mean {near!r}?"
    if not words:
        return f"; {what}: none"
    if what == "allowed":
        return f"; {what}: {', '.join(words)}" if len(words) <= MOST_KEYS else ""
    more = f" and {len(words) - MOST_NAMES} more" if len(words) > MOST_NAMES else ""
    return f"; {what}: {', '.join(words[:MOST_NAMES])}{more}"


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """Return the nearest allowed word, ignoring case, or one that starts with ``word``.

    It is never ``word`` itself.
    """
    return next(iter(NameIndex(allowed).nearest(word, most=1)), None)


class NameIndex:
    """An index of names for many searches for the nearest one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._folded = {name.casefold(): name for name in sorted(names, reverse=True)}
        self._words = [*self._folded]

    def nearest(self, word: str, most: int) -> list[str]:
        """Return the nearest names, or those that start with the word; never the word itself."""
        from rapidfuzz import process
        from rapidfuzz.distance import Indel, Prefix

        meant = word.casefold()
        likeness = 0.5 if len(meant) < 4 else 0.6  # in a word of two letters, one may be wrong
        near = process.extract(
            meant,
            self._words,
            scorer=Indel.normalized_similarity,
            limit=max(most, 20),
            score_cutoff=likeness - 1e-3,  # the score is rounded
        )
        # of equally near names, prefer those with the same start
        near.sort(key=lambda match: (-match[1], -Prefix.similarity(meant, match[0])))
        names = [self._folded[name] for name, _, _ in near if self._folded[name] != word]
        return (names or self._begun(word, meant))[:most]

    def _begun(self, word: str, meant: str) -> list[str]:
        if len(meant) < 3:
            return []
        names = (self._folded[folded] for folded in self._words if folded.startswith(meant))
        return sorted(name for name in names if name != word)
