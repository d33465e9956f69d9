"""`TakenBranch`: the branch that a commit is on, or from which a change begins, by git's refs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from groundrules.ci.errors import suppress_unreadable
from groundrules.ci.git import Git
from groundrules.text import listed

MOST_NAMES = 4
_SHORT = 9


class TakenBranch(Struct, frozen=True):
    """The branch of a commit; ``note`` says why it was taken if others are possible."""

    branch: str
    note: str = ""


def branch_of(
    git: Git,
    refs: Mapping[str, str],
    commit: str,
    what: str,
    default: str,
    preferred: Sequence[str] = (),
) -> TakenBranch | None:
    """Return the branch that contains a commit, or from which its own commits begin.

    ``refs`` are the refs by their branches, and ``what`` is the commit in a note.  If several
    branches contain it, the first of the ``preferred`` ones is meant, then the only one whose last
    commit it is.  Of several such ones, the default branch is taken, else the branch by which
    ``git name-rev`` names it.  None for none.
    """
    with suppress_unreadable():
        folder = _folder(refs)
        base = git.begin(commit, folder)
        names = [ref.removeprefix(folder) for ref in (git.containing(base, folder) if base else ())]
        branches = [branch for branch in names if branch in refs]
        if meant := next((branch for branch in preferred if branch in branches), ""):
            return TakenBranch(meant)
        if len(branches) == 1:
            return TakenBranch(branches[0])
        if branches:
            ends = {ref.removeprefix(folder) for ref in git.containing(base, folder, at_end=True)}
            ending = [branch for branch in branches if branch in ends]
            if len(ending) == 1:
                return TakenBranch(ending[0])
            nearest = default if default in ending else git.nearest(base, folder)
            branch = nearest if nearest in branches else branches[0]
            return TakenBranch(branch, _note(what, branch, branches, base, is_base=base == commit))
    return None


def _folder(refs: Mapping[str, str]) -> str:
    """Return the folder of the refs: that of local branches, or of those of a remote."""
    branch, ref = next(iter(refs.items()))
    return ref.removesuffix(branch)


def _note(what: str, branch: str, branches: Sequence[str], base: str, *, is_base: bool) -> str:
    names = listed([branch, *(name for name in branches if name != branch)], most=MOST_NAMES)
    where = "is" if is_base else f"begins at {base[:_SHORT]}, which is"
    return f"{what} {where} on the branches {names}; {branch} is taken, the nearest one"
