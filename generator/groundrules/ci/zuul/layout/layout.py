"""`Layout`: the objects of all files of a tenant, by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice

from groundrules.ci.zuul.layout.slips import Slips
from groundrules.ci.zuul.layout.tenant import Tenant, TenantProject
from groundrules.ci.zuul.layout.variants import FileOrigin, PlacedNodeObject, Stanza, Variant
from groundrules.ci.zuul.reading.objects import (
    TABLES,
    JobSpec,
    NamedSpec,
    NodesetSpec,
    PipelineSpec,
    PlaybookSpec,
)
from groundrules.diagnostics import Diagnostic, Location, Report
from groundrules.graphs.unknowns import Unknowns
from groundrules.nearest import cut, did_you_mean
from groundrules.rules.zuul import RULES
from groundrules.text import listed
from groundrules.yamlsource import Place


class RefusedObjectError(Exception):
    """An object that a layout does not accept, with the rule and the reason.

    ``place`` is that of the wrong value, if it is known.
    """

    def __init__(self, message: str, rule: str = "GR607", place: Place | None = None) -> None:
        super().__init__(message)
        self.rule, self.message, self.place = rule, message, place


ERRORS = frozenset(("GR601", "GR602", "GR603", "GR606", "GR607", "GR612"))
"""The rules of mistakes that are configuration errors to Zuul, not warnings."""

FEW = 300
MOST_SUBJECTS = 5
"""The objects with one mistake that a message names."""

ZUUL = TenantProject(name="zuul itself", connection="", canonical_name="", trusted=True)
NOOP = JobSpec(
    name="noop",
    place=Place(1, 1),
    is_base=True,
    final=True,
    run=(PlaybookSpec(name="noop", place=Place(1, 1)),),
)
"""The built-in job of Zuul that always succeeds."""


@dataclass(slots=True)
class Layout:
    """The objects of a tenant by name: `build` makes one."""

    tenant: Tenant
    report: Report
    pipelines: dict[str, PipelineSpec] = field(default_factory=dict)
    pipeline_files: dict[str, FileOrigin] = field(default_factory=dict)
    jobs: dict[str, list[Variant]] = field(default_factory=dict)
    nodesets: dict[str, tuple[NodesetSpec, FileOrigin]] = field(default_factory=dict)
    secrets: dict[str, tuple[NamedSpec, FileOrigin]] = field(default_factory=dict)
    semaphores: dict[str, tuple[NamedSpec, FileOrigin]] = field(default_factory=dict)
    semaphores_again: dict[str, list[tuple[str, Location | None]]] = field(default_factory=dict)
    """The branches with an equal definition of a semaphore, and the place there."""

    wrong_alternatives: dict[str, Location | None] = field(default_factory=dict)
    """The alternatives that are undefined or contain themselves, and where that is reported."""

    queues: dict[str, tuple[NamedSpec, FileOrigin]] = field(default_factory=dict)
    images: dict[str, tuple[NamedSpec, FileOrigin]] = field(default_factory=dict)
    node_objects: list[PlacedNodeObject] = field(default_factory=list)
    templates: dict[str | None, list[Stanza]] = field(default_factory=dict)
    projects: dict[str, list[Stanza]] = field(default_factory=dict)
    """By canonical name, in the order they apply."""

    elsewhere: frozenset[str] = frozenset()
    """The jobs of which only the name is known: unavailable repositories define them."""

    others: list[Stanza] = field(default_factory=list)
    """The stanzas of a repository on its own for projects that it is not known to configure."""

    expressions: list[Stanza] = field(default_factory=list)
    """The stanzas of a repository on its own that may be for unknown projects, by their names."""

    named_elsewhere: set[tuple[str, str, str]] = field(default_factory=set)
    """In an incomplete tenant, the reported kinds and names that are not defined here.

    The third part is the branch of the use in a repository on its own, else empty.
    """

    undefined: dict[str, Location] = field(default_factory=dict)
    """The undefined jobs, with the place where each is reported."""

    lost_names: dict[tuple[str, str], Location | None] = field(default_factory=dict)
    """The kinds and names with a refused or invalid definition, and where it is reported."""

    lost_mentions: set[str] = field(default_factory=set)
    """The jobs that a refused object names."""

    without_project: list[Variant] = field(default_factory=list)
    """The definitions that are refused because of a project that is not in the tenant."""

    broken: list[tuple[FileOrigin, str]] = field(default_factory=list)
    """The files with an invalid object, and its kind; the jobs that it names are unknown."""

    unread: list[FileOrigin] = field(default_factory=list)
    """The files that cannot be parsed; their content is unknown."""

    refusals: list[Diagnostic] = field(default_factory=list)
    """The mistakes that Zuul itself reports as errors."""

    _shared: dict[tuple[str, Location, str], tuple[int, dict[str, None]]] = field(
        init=False, default_factory=dict
    )
    _is_beyond_zuul: bool = field(init=False, default=False)
    _nodeset_specs: dict[str, NodesetSpec] = field(init=False, default_factory=dict)
    _slips: dict[str, Slips] = field(init=False, default_factory=dict)
    _near: dict[tuple[str, str, bool], str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for spec in self.tenant.semaphores:
            self.semaphores[spec.name] = (spec, FileOrigin(ZUUL, "", self.tenant.file))
        self.jobs["noop"] = [Variant(NOOP, FileOrigin(ZUUL, "", None))]

    @property
    def nodeset_specs(self) -> dict[str, NodesetSpec]:
        """The nodesets by name, without their origins."""
        if len(self._nodeset_specs) != len(self.nodesets):
            self._nodeset_specs = {name: spec for name, (spec, _) in self.nodesets.items()}
        return self._nodeset_specs

    def note(
        self, rule: str, location: Location | None, message: str, subject: str | None = ""
    ) -> None:
        """Report a mistake, if its object is in a file.

        Objects that share the mistake by an alias of YAML have one finding; ``subject`` is the
        name of the object in the message.
        """
        if location is None:
            return
        diagnostic = Diagnostic(location, message, RULES[rule])
        if rule in ERRORS and not self._is_beyond_zuul:
            self.refusals.append(diagnostic)
        found = self.report.found
        name = repr(cut(subject or ""))
        key = rule, location, message.replace(name, "")
        subjects = self._shared.setdefault(key, (len(found), {}))[1]
        if not subjects:
            found.append(diagnostic)
        subjects[name] = None

    def name_others(self) -> None:
        """Name the other objects with the same mistake in the finding about the first one."""
        found = self.report.found
        for index, (_, *others) in self._shared.values():
            if others:
                end = f"; the same for {listed(others, most=MOST_SUBJECTS)}"
                found[index] = replace(found[index], message=f"{found[index].message}{end}")

    @contextmanager
    def beyond_zuul(self) -> Iterator[None]:
        """Report mistakes that Zuul does not report itself."""
        before, self._is_beyond_zuul = self._is_beyond_zuul, True
        try:
            yield
        finally:
            self._is_beyond_zuul = before

    def definitions(self) -> Iterator[Variant]:
        """Yield the definitions of all jobs."""
        for variants in self.jobs.values():
            yield from variants

    def named_objects(self) -> Iterator[tuple[str, str, Place, FileOrigin]]:
        """Yield kind, name, place and file of all objects but jobs, templates and stanzas."""
        for name, pipeline in self.pipelines.items():
            yield "pipeline", name, pipeline.place, self.pipeline_files[name]
        for kind in ("nodeset", "semaphore", "secret", "queue", "image"):
            for name, (spec, source) in getattr(self, TABLES[kind]).items():
                yield kind, name, spec.place, source
        for each in self.node_objects:
            yield each.spec.kind, each.spec.name, each.spec.place, each.source

    def stanzas(self) -> Iterator[Stanza]:
        """Yield all templates and stanzas, one for several projects only once."""
        groups = (*self.templates.values(), *self.projects.values())
        yield from {id(stanza): stanza for group in groups for stanza in group}.values()

    def written_stanzas(self) -> Iterator[Stanza]:
        """Yield the same, and the stanzas that configure no project that is known here."""
        groups = (self.stanzas(), self.others, self.expressions)
        yield from {id(stanza): stanza for group in groups for stanza in group}.values()

    def other_projects(self, branch: str = "") -> list[str]:
        """Return the projects of `others`, each once; with ``branch``, those of its files."""
        return _names(self.others, branch)

    def name_expressions(self, branch: str = "") -> list[str]:
        """Return the names of `expressions`, each once; with ``branch``, those of its files."""
        return _names(self.expressions, branch)

    def templates_of(self, stanza: Stanza) -> Iterator[Stanza]:
        """Yield the templates that a stanza names."""
        for word in stanza.spec.templates:
            yield from self.templates.get(word.name, ())

    def defines_job(self, name: str) -> bool:
        """Return whether an available file or Zuul itself defines a job."""
        return name in self.jobs and name not in self.elsewhere

    def may_run_for_tags(self, pipeline: str) -> bool:
        """Return whether a trigger of a pipeline can be for tags, or is not known."""
        spec = self.pipelines.get(pipeline)
        return spec is None or spec.runs_for_tags

    def lost(self, kind: str, name: str) -> str:
        """Return what is lost here that has, or may have, a definition; empty for nothing."""
        if (kind, name) in self.lost_names:
            return "its definition is refused"
        unread = Unknowns(files=tuple(source.path or "" for source in self.unread)).unread
        return f"it may be in a file that is lost: {unread}" if unread else ""

    def lacks_secret(self, name: str, project: TenantProject) -> bool:
        """Return whether a secret is not defined that a job of ``project`` uses.

        Only its own project can define it (``PlaybookContext.validateReferences`` in
        zuul/model.py).
        """
        if name in self.secrets or self.tenant.lacks("secret", name):
            return name not in self.secrets
        if self.lost("secret", name):
            return False
        if not project.is_alone:
            return project.name not in self.tenant.missing
        return project.trusted or project.has_all_branches  # Zuul reads one branch of a trusted one

    def cause(self, job: str) -> Location | None:
        """Return the finding that explains why a job is undefined.

        In an incomplete tenant, a use of an undefined name is not an error.
        """
        lost = None if self.tenant.is_complete else self.lost_names.get(("job", job))
        return lost or self.undefined.get(job)

    def not_defined(
        self, kind: str, name: str, known: Collection[str | None], use: str = "", but: str = ""
    ) -> str:
        """Return the message about a name that is not defined, or lost.

        ``known`` are the names to suggest, except ``but``; ``use`` follows the name.
        """
        if (kind, name) in self.lost_names:
            return f"the {kind} {name!r}{use and f'{use},'} is lost: its definition is refused"
        return f"no {kind} {name!r} is defined{use}{self._suggestion(kind, name, known, but)}"

    def _suggestion(self, kind: str, name: str, known: Collection[str | None], but: str) -> str:
        """Return the nearest name, which is searched once although thousands of jobs can use it."""
        key = kind, name, bool(known)
        if key not in self._near:
            self._near[key] = near(name, known)
        is_refused = self._near[key] == f"; did you mean {but!r}?"
        return near(name, known, but=but) if is_refused else self._near[key]

    def meant(self, kind: str, name: str, known: Collection[str | None], but: str = "") -> str:
        """Return the known name that differs by one letter, other than ``but``, or empty text."""
        if kind not in self._slips:
            self._slips[kind] = Slips.of(filter(None, known))
        return self._slips[kind].meant(name, but)

    def no_job(self, name: str) -> str:
        """Return the message about a job that is not defined."""
        return self.not_defined("job", name, self.jobs)


def _names(stanzas: Iterable[Stanza], branch: str) -> list[str]:
    here = (stanza for stanza in stanzas if branch in ("", stanza.source.branch))
    return list(dict.fromkeys(stanza.spec.name for stanza in here if stanza.spec.name))


def near(name: str, names: Collection[str | None], but: str = "") -> str:
    """Return the end of a message: the nearest name other than ``but``, or an empty text.

    If there are many, at most `FEW` names with the same start are compared.
    """
    known: Iterable[str] = filter(None, names)
    if len(names) >= FEW:
        known = (other for other in known if other[:3] == name[:3])
    end = did_you_mean(name, {*islice(known, FEW)} - {but})
    return end if end.startswith("; did you mean") else ""
