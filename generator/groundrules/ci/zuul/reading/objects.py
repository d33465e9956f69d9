"""The objects of a Zuul file: plain classes with slots, with their lines and columns.

They depend only on the bytes of the file, so they are cached by content.  Only
`groundrules.ci.zuul.layout.layout` knows the project and branch of a file.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from groundrules.yamlsource import Place

Pattern = tuple[str, bool]
"""A regular expression and whether it is negated."""


class Kept(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The base of cached objects; defaults are not stored, since most jobs are only a name."""


class SpecWithKeys(Kept, kw_only=True):
    """An object with the places of some of its keys or values."""

    place: Place
    places: dict[str, Place] = msgspec.field(default_factory=dict)

    def place_of(self, key: str) -> Place:
        """Return the place of a key or its value, or that of the object."""
        return self.places.get(key, self.place)


class Dependency(Kept, gc=False):
    """A dependency that a job declares."""

    name: str
    soft: bool
    place: Place


class Word(Kept, gc=False):
    """A name with its place: of a semaphore, a template, a secret."""

    name: str
    place: Place


class PlaybookSpec(Kept):
    """A playbook of a job by its path, and the semaphores that it acquires."""

    name: str
    place: Place
    semaphores: tuple[Word, ...] = ()


class VariablesFile(Kept, gc=False):
    """A file of ``include-vars``; ``project`` is empty for that of the file that names it.

    It is None for the project of the change.
    """

    name: str
    project: str | None = ""


class NodesetSpec(SpecWithKeys):
    """Nodes with labels, or alternative nodesets, of which the first available one is used.

    The names of alternatives have places.
    """

    name: str
    labels: tuple[Word, ...] = ()
    alternatives: tuple[str | NodesetSpec, ...] = ()
    identity: str = ""
    """Names, labels and groups as text, to compare nodesets."""


class JobSpec(SpecWithKeys):
    """A definition of a job, or (``is_entry``) its mention in a project's pipeline.

    ``sets`` are the keys of the attributes that Zuul regards as set.  A field is None if its
    attribute is not set.
    """

    name: str
    is_entry: bool = False
    is_bare: bool = False
    """Whether it is a mention without attributes."""

    is_repeated: bool = False
    """Whether it equals an earlier mention, so that Zuul ignores it unless it is an error."""

    sets: tuple[str, ...] = ()
    parent: str | None = None
    is_base: bool = False
    dependencies: tuple[Dependency, ...] | None = None
    inherits_dependencies: bool = False
    semaphores: tuple[Word, ...] = ()
    nodeset: str | NodesetSpec | None = None
    branches: tuple[Pattern, ...] | None = None
    branch_places: tuple[Place, ...] = ()
    files: tuple[Pattern, ...] | None = None
    file_places: tuple[Place, ...] = ()
    inherits_files: bool = False
    irrelevant_files: tuple[Pattern, ...] | None = None
    irrelevant_file_places: tuple[Place, ...] = ()
    inherits_irrelevant_files: bool = False
    tags: tuple[str, ...] = ()
    overrides_tags: bool = False
    required_projects: tuple[tuple[str, str | None], ...] = ()
    other_projects: tuple[str, ...] = ()
    variables_files: tuple[VariablesFile, ...] = ()
    overrides_variables_files: bool = False
    role_projects: tuple[str, ...] = ()
    allowed_projects: tuple[str, ...] | None = None
    project_places: dict[str, Place] = msgspec.field(default_factory=dict)
    """Where the projects of these lists are written first, by name."""

    override_checkout: str | None = None
    secrets: tuple[Word, ...] = ()
    passed_secrets: tuple[Word, ...] = ()
    pre_run: tuple[PlaybookSpec, ...] = ()
    run: tuple[PlaybookSpec, ...] = ()
    post_run: tuple[PlaybookSpec, ...] = ()
    cleanup_run: tuple[PlaybookSpec, ...] = ()
    final: bool = False
    abstract: bool = False
    intermediate: bool = False
    protected: bool | None = None
    post_review: bool = False
    voting: bool | None = None
    match_on_config_updates: bool | None = None
    type: str | None = None
    pre_timeout: int | None = None
    timeout: int | None = None
    post_timeout: int | None = None
    secret_exposure: str | None = None
    image_build_name: str | None = None
    final_attributes: tuple[str, ...] = ()

    @property
    def playbooks(self) -> tuple[PlaybookSpec, ...]:
        """All playbooks that it sets itself."""
        return (*self.pre_run, *self.run, *self.post_run, *self.cleanup_run)

    @property
    def all_semaphores(self) -> Iterator[Word]:
        """The semaphores that it or one of its playbooks acquires."""
        yield from self.semaphores
        for playbook in self.playbooks:
            yield from playbook.semaphores

    @property
    def named_jobs(self) -> list[str]:
        """The other jobs that it names: its parent, and those that it waits for."""
        names = [dependency.name for dependency in self.dependencies or ()]
        return [self.parent, *names] if self.parent else names


class ProjectSpec(SpecWithKeys):
    """A project stanza or template: mentions of jobs by pipeline, in order."""

    name: str | None
    is_template: bool = False
    templates: tuple[Word, ...] = ()
    queue: Word | None = None
    branches: tuple[Pattern, ...] = ()
    branch_places: tuple[Place, ...] = ()
    pipelines: dict[str, tuple[JobSpec, ...]] = msgspec.field(default_factory=dict)
    parametrised: tuple[str, ...] = ()
    """The pipelines for which it sets parameters."""

    @property
    def mentions(self) -> list[JobSpec]:
        """The mentions of jobs in all pipelines."""
        return [entry for entries in self.pipelines.values() for entry in entries]


class PipelineSpec(Kept, gc=False):
    """A pipeline; its triggers and reporters do not affect graphs, only when they start."""

    name: str
    place: Place
    post_review: bool = False
    allow_parameters: bool = False
    runs_for_tags: bool = False
    """Whether a trigger is for tags, which are not on a branch."""
    timers: tuple[str, ...] = ()
    """The times of its timer triggers."""
    is_serial: bool = False
    """Whether its manager is ``serial``."""

    tag_refs: tuple[str, ...] = ()
    """The expressions for refs, if every trigger is for tags only."""

    starts: tuple[str, ...] = ()
    """What starts it: see `groundrules.ci.zuul.reading.triggers.starts_of`."""


class NamedSpec(Kept, gc=False):
    """An object of which only the name matters: a semaphore, queue, secret or image.

    ``identity`` must be equal in definitions of the same name on different branches.
    """

    name: str
    place: Place
    identity: str = ""


class NodeObject(Kept):
    """A label, flavor, section or provider, and the names of others in it by their kinds."""

    kind: str
    name: str
    place: Place
    names: dict[str, tuple[Word, ...]] = msgspec.field(default_factory=dict)


class Pragma(Kept):
    """The settings of a file for the branch matchers of its objects."""

    matchers: bool | None = None
    branches: tuple[Pattern, ...] | None = None


class Mistake(Kept, gc=False):
    """A mistake in a file; ``kind`` and ``name`` are those of the lost object."""

    rule: str
    message: str
    place: Place
    kind: str = ""
    name: str = ""


class FileObjects(Kept):
    """All objects of a file, one list for each kind of object."""

    pragma: Pragma | None = None
    pipelines: list[PipelineSpec] = msgspec.field(default_factory=list)
    jobs: list[JobSpec] = msgspec.field(default_factory=list)
    templates: list[ProjectSpec] = msgspec.field(default_factory=list)
    projects: list[ProjectSpec] = msgspec.field(default_factory=list)
    nodesets: list[NodesetSpec] = msgspec.field(default_factory=list)
    secrets: list[NamedSpec] = msgspec.field(default_factory=list)
    semaphores: list[NamedSpec] = msgspec.field(default_factory=list)
    queues: list[NamedSpec] = msgspec.field(default_factory=list)
    images: list[NamedSpec] = msgspec.field(default_factory=list)
    node_objects: list[NodeObject] = msgspec.field(default_factory=list)
    mistakes: list[Mistake] = msgspec.field(default_factory=list)

    @property
    def is_unread(self) -> bool:
        """Whether the whole file is lost, so that its content is unknown."""
        return any(mistake.rule == "GR601" for mistake in self.mistakes)


TABLES = {
    "pipeline": "pipelines",
    "nodeset": "nodesets",
    "secret": "secrets",
    "job": "jobs",
    "image": "images",
    "semaphore": "semaphores",
    "queue": "queues",
    "project-template": "templates",
}
"""By kind the attribute of `FileObjects` with its objects, and that of a layout."""
