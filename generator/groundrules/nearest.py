"""The nearest known name for a misspelt word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

MOST_KEYS, MOST_NAMES = 20, 6
"""The number of words that a message lists."""

LONGEST_NAME = 200
"""The characters of a name in messages of which a file can have thousands."""

_BETWEEN = re.compile(r"[\W_]+")
# before the rest of a word, which has four letters or more; "in-tree" says no "not"
_NEGATION = re.compile(
    r"(?<![^\W_])(?:((?:not?|non|un|dis)[-_ ]|non|un|in|dis)(?:en)?|en)(?=\w{4})", re.ASCII
)


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
        return meaning(word, near)
    if not words:
        return f"; {what}: none"
    if what == "allowed":
        return f"; {what}: {', '.join(words)}" if len(words) <= MOST_KEYS else ""
    return f"; {what}: {first_few(words)}"


def first_few(words: Sequence[str], most: int = MOST_NAMES) -> str:
    """Return words with commas between them; those after the first ``most`` are counted.

    >>> first_few("abc", 3), first_few("abcd", 2)
    ('a, b, c', 'a, b and 2 more')
    """
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return f"{', '.join(map(cut, words[:most]))}{more}"


def cut(name: str) -> str:
    """Return a name for messages that could repeat it thousands of times, so without its end."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


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
            limit=max(most, 10),
            score_cutoff=likeness - 1e-3,  # the score is rounded
        )
        # of equally near names, prefer those with the same start
        near.sort(key=lambda match: (-match[1], -Prefix.similarity(meant, match[0])))
        names = (
            self._folded[name]
            for name, _, _ in near
            if self._folded[name] != word
            and _is_slip(meant, name)
            and not _is_opposite(meant, name)
        )
        return [*islice(names, most)] or self._begun(word, meant)[:most]

    def _begun(self, word: str, meant: str) -> list[str]:
        if len(meant) < 3:
            return []
        names = (self._folded[folded] for folded in self._words if folded.startswith(meant))
        return sorted(name for name in names if name != word)


def meaning(word: str, near: str) -> str:
    """Return the end of a message: the word that is probably meant."""
    return f"; did you mean {cut(near)!r}?{_lookalike(word, near)}"


def _lookalike(word: str, near: str) -> str:
    """Name the first letter of another alphabet, which is shown like one of ``near``."""
    strange = next((letter for letter in word if letter.isalpha() and not letter.isascii()), None)
    if strange is None or len(word) != len(near) or not near.isascii():
        return ""
    return f" {strange!r} is {unicodedata.name(strange, 'a letter without a name')}"


def _is_opposite(word: str, other: str) -> bool:
    """Return whether only one of two similar names says "not".

    >>> _is_opposite("inactive", "active"), _is_opposite("enabled", "disabled")
    (True, True)
    >>> _is_opposite("tox-voting", "tox-non-voting"), _is_opposite("build-in-vm", "build-vm")
    (True, False)
    >>> _is_opposite("unguaranteed", "not-guaranteed"), _is_opposite("nstead", "instead")
    (False, False)
    """
    nots, others = (list(filter(None, _NEGATION.findall(name))) for name in (word, other))
    if len(nots) == len(others) or _is_near(word, other, 1):  # one letter is a slip
        return False
    return _is_near(_NEGATION.sub("", word), _NEGATION.sub("", other), 1)


def _is_slip(word: str, other: str) -> bool:
    """Return whether two similar names differ by a slip in the words that they do not share.

    Names of several words are similar even if they share only an owner or a kind of job.  A name
    may lack its owner, or a word of up to a quarter of its length.

    >>> _is_slip("openstack/nvoa", "openstack/nova"), _is_slip("openstack/nova", "openstack/zun")
    (True, False)
    >>> _is_slip("build-image", "build-images-base"), _is_slip("site/nova", "nova")
    (False, True)
    """
    if word.endswith(f"/{other}") or other.endswith(f"/{word}"):
        return True
    words, others = _BETWEEN.split(word), _BETWEEN.split(other)
    # a pattern is not a name
    if "*" in word or (len(words) == len(others) == 1 and word[:1] == other[:1]):
        return True
    words, others = differing(words, others)
    if len(words) == len(others):
        pairs = zip(words, others, strict=True)
        return all(_is_near(one, two, (max(len(one), len(two)) + 1) // 3) for one, two in pairs)
    one, two = "-".join(words), "-".join(others)
    longest = max(len(name.rpartition("/")[2]) for name in (word, other))
    return _is_near(one, two, 2 if one and two else longest // 4)


def differing(words: list[str], others: list[str]) -> tuple[list[str], list[str]]:
    """Return two lists of words without what they have in common at both ends."""
    start = _shared(words, others)
    words, others = words[start:], others[start:]
    end = _shared(words[::-1], others[::-1])
    return words[: len(words) - end], others[: len(others) - end]


def _shared(words: list[str], others: list[str]) -> int:
    """Return the number of words with which both lists begin."""
    for number, (one, two) in enumerate(zip(words, others, strict=False)):
        if one != two:
            return number
    return min(len(words), len(others))


def _is_near(one: str, two: str, most: int) -> bool:
    """Return whether at most ``most`` letters differ, or one."""
    from rapidfuzz.distance import OSA

    most = max(1, most)
    return OSA.distance(one, two, score_cutoff=most) <= most
