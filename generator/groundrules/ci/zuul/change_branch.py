"""The branch of a change: that of the revisions of ``--change``, or of the checkout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from groundrules.ci.zuul.sources.checkouts import Checkouts
from groundrules.ci.zuul.sources.taken_branch import TakenBranch


def branch_of_revisions(folder: Path, change: str | None) -> TakenBranch | None:
    """Return the branch of a change: the first of its revisions that names one.

    Otherwise it is that of its last commit.  None if it is that of the checkout.
    """
    before, dots, after = (change or "").partition("..")
    if not before or not dots:
        return None
    checkouts, after = _checkouts(folder), after.lstrip(".") or "HEAD"
    named = checkouts.branch_named(before) or checkouts.branch_named(after)
    return TakenBranch(named) if named else checkouts.branch_of(after)


def branch_in_tenant(folder: Path, change: str | None, branches: Sequence[str]) -> TakenBranch:
    """Return the branch of a change of a project; ``branches`` are those that Zuul reads."""
    taken = branch_of_revisions(folder, change)
    if taken is None:
        checkouts = _checkouts(folder)
        taken = TakenBranch(checkouts.branch, checkouts.note)
    return taken if taken.branch in branches else TakenBranch(next(iter(branches), ""))


def _checkouts(folder: Path) -> Checkouts:
    return Checkouts(folder, follows_topics=False)
