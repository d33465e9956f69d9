"""`Answers`: what a new manual is called, who keeps it, and which parts it has."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from groundrules.nearest import did_you_mean
from groundrules.records.kinds import KINDS

ALL, NONE = "all", "none"
KIND_NAMES = tuple(kind.name for kind in KINDS)
CI = ("zuul", "github", "gitlab", "readthedocs")
LICENSES = {
    "Apache-2.0": "Apache License 2.0",
    "CC-BY-4.0": "Creative Commons Attribution 4.0 International",
    "CC0-1.0": "Creative Commons Zero 1.0 Universal",
}
LONGEST = 150  # characters


class AnswerError(ValueError):
    """An answer cannot be used; the message says why."""


class Answers(Struct, frozen=True, kw_only=True):
    """The answers of a user, each already checked.

    ``folder`` is the manual's folder below the top of the repository, with ``/``, and empty at
    the top.  ``project`` is the repository's name on its server.  ``pages`` is the folder of the
    pages in the manual's folder, and empty where they are beside ``conf.py``.
    """

    name: str
    title: str
    publisher: str
    kinds: tuple[str, ...]
    ci: tuple[str, ...]
    license: str
    requirement: str
    day: datetime.date
    project: str
    folder: str = ""
    pages: str = "source"

    @property
    def slug(self) -> str:
        """The name as jobs are called."""
        return slug(self.name)

    @property
    def in_project(self) -> bool:
        """Whether it is in an existing Sphinx project below the top of the repository."""
        return bool(self.folder) and not self.pages

    @property
    def documented(self) -> str:
        """The CI system whose jobs the example of a graph documents; empty for none."""
        return next((name for name in CI[:3] if name in self.ci), "")


def slug(name: str) -> str:
    """Return a name in lower-case letters, digits and hyphens; ``manual`` if none is left.

    >>> slug("Example CI"), slug("Köln's CI"), slug("試験")
    ('example-ci', 'koln-s-ci', 'manual')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-") or "manual"


def line_of(text: str, longest: int = LONGEST) -> str:
    """Return a text that fits on one line.  Raises `AnswerError`."""
    text = text.strip()
    if not text:
        raise AnswerError("it is empty; write a few words")
    if len(text) > longest:
        raise AnswerError(f"it has {len(text)} characters; write at most {longest}")
    odd = next((character for character in text if not character.isprintable()), None)
    if odd is not None:
        what = "a line break" if odd in "\r\n" else f"the character {odd!a}"
        raise AnswerError(f"it has {what}; write one line of printable characters")
    return text


def names_of(text: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """Return the names in a list such as ``a,b``, or of ``all`` or ``none``.

    They are in the order of ``allowed``.  Raises `AnswerError` for an unknown name.
    """
    known = tuple(allowed)
    words = text.replace(",", " ").lower().split()
    if words == [ALL]:
        return known
    if words == [NONE]:
        return ()
    if {ALL, NONE} & {*words}:
        raise AnswerError(f"{ALL!r} and {NONE!r} cannot be used with other names")
    for word in words:
        if word not in known:
            raise AnswerError(f"unknown name {word!r}{did_you_mean(word, (*known, ALL, NONE))}")
    if not words:
        raise AnswerError(f"it is empty; write {ALL}, {NONE}, or some of {', '.join(known)}")
    return tuple(name for name in known if name in words)


def license_of(text: str) -> str:
    """Return the name of a license, empty for ``none``.  Raises `AnswerError`."""
    known = {name.lower(): name for name in LICENSES}
    word = text.strip().lower()
    if word == NONE:
        return ""
    if word not in known:
        allowed = ", ".join((*LICENSES, NONE))
        raise AnswerError(f"unknown license {text.strip()!r}; write one of {allowed}")
    return known[word]
