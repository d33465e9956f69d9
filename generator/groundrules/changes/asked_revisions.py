"""The revisions as a user writes them: ``REV``, ``A..B``, ``A...B``, ``REV:FOLDER``."""

from __future__ import annotations

from msgspec import Struct

from groundrules.ci.revisions import split_steps


class RevisionError(Exception):
    """A revision cannot be read; the message says why and what to do."""


class AskedRevision(Struct, frozen=True):
    """A revision: its name, the steps to an ancestor of it, and the folder of its data."""

    name: str
    steps: str = ""
    folder: str | None = None

    @property
    def words(self) -> str:
        """The revision as it was written."""
        return f"{self.name}{self.steps}"


class AskedRevisions(Struct, frozen=True):
    """The two revisions; the work tree for an ``after`` that is None.

    With ``from_common``, the older one is the last commit that both have in common.
    """

    before: AskedRevision
    after: AskedRevision | None = None
    from_common: bool = False


def asked_revisions(first: str, second: str | None = None) -> AskedRevisions:
    """Return what a user asked for.  Raises `RevisionError`.

    >>> asked_revisions("v1~2"), asked_revisions("main...").from_common
    (AskedRevisions(before=AskedRevision(name='v1', steps='~2', folder=None), after=None, \
from_common=False), True)
    """
    before, dots, after = first.partition("..." if "..." in first else "..")
    if not dots:
        return AskedRevisions(_revision(first), _revision(second) if second is not None else None)
    if second is not None:
        raise RevisionError(f"{first!r} names two revisions already; leave out {second!r}")
    asked = _revision(after) if after else None
    return AskedRevisions(_revision(before or "HEAD"), asked, from_common=dots == "...")


def _revision(text: str) -> AskedRevision:
    name, colon, folder = text.partition(":")
    base, steps = split_steps(name)
    if not base:
        raise RevisionError(f"{text!r} is not a revision; write a commit, tag or branch")
    path = folder.strip("/") if colon else None
    return AskedRevision(base, steps, path)
