"""A question of a batch → `ChangeItem`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, ValidationError, convert

from groundrules.ci.graph_question import AskedError
from groundrules.ci.zuul.choosing.change_item import ChangeItem
from groundrules.ci.zuul.layout.variants import TagRef
from groundrules.ci.zuul.reading.triggers import TAGS


class BatchQuestion(Struct, kw_only=True):
    """A line of a batch.

    ``kind`` is that of the event: a change, a push to a branch, a tag, or another ref, for which
    ``ref`` is its name and ``containing`` the branches that have it.
    """

    project: str
    pipeline: str
    branch: str = ""
    files: tuple[str, ...] = ()
    patch: dict[str, str | None] = {}
    kind: str = ""
    ref: str = ""
    containing: tuple[str, ...] = ()


def item_of(question: Mapping[str, object]) -> ChangeItem:
    """Return the change that a question is about.  Raises `AskedError`."""
    try:
        asked = convert(question, BatchQuestion)
    except ValidationError as error:
        raise AskedError(str(error)) from None
    kind = asked.kind or ("change" if asked.branch else "tag")
    if kind not in ("change", "branch", "tag", "ref"):
        raise AskedError(f"unknown kind {kind!r}; use change, branch, tag or ref")
    is_branch = kind in ("change", "branch")
    if is_branch and not asked.branch:
        raise AskedError(f"the question about a {kind} has no branch")
    return ChangeItem(
        project=asked.project,
        pipeline=asked.pipeline,
        branch=asked.branch if is_branch else _ref(asked, kind),
        files=(*asked.files, *(path for path in asked.patch if path not in asked.files)),
        patch={
            path: None if text is None else text.encode("utf-8", "surrogatepass")
            for path, text in asked.patch.items()
        },
        is_change=kind == "change",
    )


def _ref(asked: BatchQuestion, kind: str) -> TagRef:
    is_whole = kind == "ref" or asked.ref.startswith("refs/")
    return TagRef(asked.ref if is_whole else f"{TAGS}{asked.ref}", asked.containing)
