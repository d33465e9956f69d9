"""`Merged`: a job with some of its variants applied; `FreezeError`: why a graph is an error."""

from __future__ import annotations

from copy import copy

from msgspec import Struct

from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.variants import Variant
from groundrules.ci.zuul.reading.objects import (
    Dependency,
    NodesetSpec,
    Pattern,
    PlaybookSpec,
    VariablesFile,
    Word,
)
from groundrules.diagnostics import Location


class FreezeError(Exception):
    """A graph that cannot be built: the reason, and its location if it is in a file.

    ``cause`` is the location of a finding about an undefined name, if that is the reason.
    """

    def __init__(
        self,
        message: str,
        location: Location | None,
        rule: str = "GR608",
        cause: Location | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.location, self.rule, self.cause = message, location, rule, cause


class Playbooks(Struct):
    """The playbooks that one variant adds or sets."""

    variant: Variant
    specs: tuple[PlaybookSpec, ...]

    @property
    def semaphores(self) -> tuple[Word, ...]:
        """The semaphores that they hold while they run."""
        return tuple(word for playbook in self.specs for word in playbook.semaphores)


class Merged(Struct):
    """A job with the variants applied so far."""

    name: str
    layout: Layout
    applied: list[Variant] = []
    """The definitions of the job and its parents, without mentions."""

    dependencies: dict[tuple[str, bool], tuple[Dependency, Variant]] = {}
    replaces_dependencies: bool = False
    """Whether the dependencies replace the inherited ones."""

    semaphores: dict[str, tuple[Word, Variant]] = {}
    nodeset: str | NodesetSpec | None = None
    nodeset_variant: Variant | None = None
    final: bool = False
    abstract: bool = False
    intermediate: bool = False
    protecting: str | None = None
    final_attributes: frozenset[str] = frozenset()
    allowed: frozenset[str] | None = None
    ignores_allowed: bool = False
    post_review: bool = False
    voting: bool = True
    match_on_config_updates: bool = True
    variables_files: list[tuple[VariablesFile, Variant]] = []
    type: str = "regular"
    timeout: int | None = None
    image_build_name: str | None = None
    doubt: str = ""
    """Why it may wait for other jobs than those of ``dependencies``."""

    secret_exposure: str | None = None
    tags: set[str] = set()
    files: dict[Pattern, None] | None = None
    """None if ``files`` is not set; an empty list matches no file."""

    irrelevant_files: dict[Pattern, None] = {}
    names_branches: bool = False
    """Whether a variant has ``branches`` of its own."""

    run: Playbooks | None = None
    around: list[Playbooks] = []
    """The playbooks before and after ``run``; variants only add to them."""

    @property
    def playbooks(self) -> tuple[Playbooks, ...]:
        """All playbooks that it runs."""
        return (*self.around, self.run) if self.run else tuple(self.around)

    def copied(self) -> Merged:
        """Return a copy that further variants can be applied to."""
        made = copy(self)
        made.applied, made.around, made.tags = [*self.applied], [*self.around], {*self.tags}
        made.files = None if self.files is None else {**self.files}
        made.irrelevant_files = {**self.irrelevant_files}
        made.variables_files = [*self.variables_files]
        made.dependencies, made.semaphores = {**self.dependencies}, {**self.semaphores}
        return made
