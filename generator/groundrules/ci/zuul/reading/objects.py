"""What the objects of one Zuul file say: slotted, plain, with a line and column each.

They depend on the bytes of the file and on nothing else, so the cache keeps them by content.
Which project and branch a file belongs to is known only to `groundrules.ci.zuul.layout.layout`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from groundrules.yamlsource import Place

Pattern = tuple[str, bool]
"""A regular expression and whether it is negated."""


@dataclass(slots=True, kw_only=True)
class Dependency:
    """What a job says it waits for."""

    name: str
    soft: bool
    place: Place


@dataclass(slots=True, kw_only=True)
class Word:
    """A name at its place: of a semaphore, a template, a secret."""

    name: str
    place: Place


@dataclass(slots=True, kw_only=True)
class PlaybookSpec:
    """A playbook of a job, and the semaphores that it holds while it runs."""

    name: str
    semaphores: Sequence[Word] = ()


@dataclass(slots=True, kw_only=True)
class NodesetSpec:
    """Nodes by label, or other nodesets of which the first that can be had is used."""

    name: str
    place: Place
    labels: Sequence[Word] = ()
    alternatives: Sequence[str | NodesetSpec] = ()
    identity: str = ""
    """What makes two nodesets the same: names, labels and groups, as text."""


@dataclass(slots=True, kw_only=True)
class JobSpec:
    """A definition of a job, or (``is_entry``) its mention in a project's pipeline.

    ``sets`` are the attributes that Zuul regards as set, by the name of the key; None stands
    for an attribute that is not set.
    """

    name: str
    place: Place
    is_entry: bool = False
    is_bare: bool = False
    """Whether it is a mention that says nothing but the name."""

    sets: Sequence[str] = ()
    parent: str | None = None
    is_base: bool = False
    dependencies: Sequence[Dependency] | None = None
    inherits_dependencies: bool = False
    semaphores: Sequence[Word] = ()
    nodeset: str | NodesetSpec | None = None
    nodeset_place: Place | None = None
    branches: Sequence[Pattern] | None = None
    files: Sequence[Pattern] | None = None
    inherits_files: bool = False
    irrelevant_files: Sequence[Pattern] | None = None
    inherits_irrelevant_files: bool = False
    file_words: Sequence[Word] = ()
    """The expressions of ``files`` that are not negated, each at its place."""

    irrelevant_file_words: Sequence[Word] = ()
    tags: Sequence[str] = ()
    overrides_tags: bool = False
    required_projects: Sequence[tuple[str, str | None]] = ()
    other_projects: Sequence[str] = ()
    role_projects: Sequence[str] = ()
    allowed_projects: Sequence[str] | None = None
    override_checkout: str | None = None
    secrets: Sequence[str] = ()
    passed_secrets: Sequence[str] = ()
    pre_run: Sequence[PlaybookSpec] = ()
    run: Sequence[PlaybookSpec] = ()
    post_run: Sequence[PlaybookSpec] = ()
    cleanup_run: Sequence[PlaybookSpec] = ()
    final: bool = False
    abstract: bool = False
    intermediate: bool = False
    protected: bool | None = None
    post_review: bool = False
    voting: bool | None = None
    type: str | None = None
    pre_timeout: int | None = None
    timeout: int | None = None
    post_timeout: int | None = None
    secret_exposure: str | None = None
    image: str | None = None
    final_attributes: Sequence[str] = ()

    @property
    def playbooks(self) -> tuple[PlaybookSpec, ...]:
        """All playbooks that it names itself."""
        return (*self.pre_run, *self.run, *self.post_run, *self.cleanup_run)


@dataclass(slots=True, kw_only=True)
class ProjectSpec:
    """A project stanza or a project template: job entries by pipeline, in order."""

    name: str | None
    place: Place
    is_template: bool = False
    templates: Sequence[Word] = ()
    branches: Sequence[Pattern] = ()
    pipelines: dict[str, Sequence[JobSpec]] = field(default_factory=dict)
    parametrised: Sequence[str] = ()
    """The pipelines for which it declares parameters."""


@dataclass(slots=True, kw_only=True)
class PipelineSpec:
    """A pipeline: where changes go and what is said of them is of no interest here."""

    name: str
    place: Place
    post_review: bool = False
    allow_parameters: bool = False
    runs_for_tags: bool = False
    """Whether a trigger names tags, which are not on a branch."""


@dataclass(slots=True, kw_only=True)
class NamedSpec:
    """An object of which the name matters: a semaphore, queue, secret or image.

    ``identity`` is what two definitions of one name on two branches have to share.
    """

    name: str
    place: Place
    identity: str = ""


@dataclass(slots=True, kw_only=True)
class Pragma:
    """What a file says about the branches that its objects belong to."""

    matchers: bool | None = None
    branches: Sequence[Pattern] | None = None


@dataclass(slots=True, kw_only=True)
class Mistake:
    """Something wrong in a file; ``kind`` is the kind of object that was lost, if one was."""

    rule: str
    message: str
    place: Place
    kind: str = ""


@dataclass(slots=True, kw_only=True)
class FileObjects:
    """Everything that one file says, in its order; each list is one kind of object."""

    pragma: Pragma | None = None
    pipelines: list[PipelineSpec] = field(default_factory=list)
    jobs: list[JobSpec] = field(default_factory=list)
    templates: list[ProjectSpec] = field(default_factory=list)
    projects: list[ProjectSpec] = field(default_factory=list)
    nodesets: list[NodesetSpec] = field(default_factory=list)
    secrets: list[NamedSpec] = field(default_factory=list)
    semaphores: list[NamedSpec] = field(default_factory=list)
    queues: list[NamedSpec] = field(default_factory=list)
    images: list[NamedSpec] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def is_unread(self) -> bool:
        """Whether the file is lost whole, so that it says nothing of what it was to say."""
        return any(each.rule == "GR601" for each in self.mistakes)
