"""`ChangeQuestion`: the change whose jobs ``groundrules jobs`` has to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from groundrules.ci.graph_question import GraphQuestion

if TYPE_CHECKING:
    from groundrules.graphs.shown_graph import ChosenGraph


class ChangeQuestion(GraphQuestion, frozen=True, kw_only=True):
    """The place of a configuration, and a change of one of its projects.

    ``change`` is two revisions, ``BEFORE..AFTER``; ``files`` are the changed paths if they are
    given instead.  Without both, the change is what the checkout has and its branch does not.
    ``ref`` is a tag or another ref in place of a branch.  ``old_names`` is whether the old name of
    a renamed file counts too; None leaves that to the remote.
    """

    change: str | None = None
    files: tuple[str, ...] | None = None
    ref: str | None = None
    old_names: bool | None = None


class AskedChange(Protocol):
    """A change whose jobs are chosen when they are needed."""

    @property
    def compared(self) -> str:
        """What is compared with what, in words."""

    @property
    def files(self) -> Sequence[str]:
        """The changed paths."""

    @property
    def notes(self) -> Sequence[str]:
        """What was taken for granted, in sentences, such as the branch of the change."""

    def graphs(self) -> Sequence[ChosenGraph]:
        """Return the graph of each pipeline.

        Raises `groundrules.ci.graph_question.AskedError` for a question that cannot be answered.
        """

    def answer(self, question: dict[str, object]) -> ChosenGraph:
        """Return the graph for one question of a batch.  Raises `AskedError`."""
