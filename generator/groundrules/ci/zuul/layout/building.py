"""The objects of all files → `Layout`.

Objects are added in load order.  An object that Zuul refuses is reported, and does not affect the
others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from groundrules.ci.zuul.layout.layout import Layout, RefusedObjectError
from groundrules.ci.zuul.layout.loading import LoadedFiles
from groundrules.ci.zuul.layout.own_name import possible_hosts
from groundrules.ci.zuul.layout.permissions import (
    IGNORED,
    check_branch,
    check_job,
    check_labels,
    check_projects,
)
from groundrules.ci.zuul.layout.references import check_references
from groundrules.ci.zuul.layout.stanzas import add_project, add_template, attach, targets
from groundrules.ci.zuul.layout.tenant import AmbiguousError, Tenant, TenantProject
from groundrules.ci.zuul.layout.variants import FileOrigin, PlacedNodeObject, Stanza, Variant
from groundrules.ci.zuul.reading.objects import (
    TABLES,
    JobSpec,
    NamedSpec,
    NodesetSpec,
    PipelineSpec,
    ProjectSpec,
)
from groundrules.diagnostics import Report


def build(tenant: Tenant, files: list[LoadedFiles], report: Report) -> Layout:
    """Return the layout of a tenant's files, and add mistakes to ``report``."""
    layout = Layout(tenant, report)
    for loaded in files:
        _note_mistakes(layout, loaded)
        if loaded.objects.is_unread:
            layout.unread.append(loaded.source)
    for kind, add in STEPS:
        for loaded in files:
            if kind in loaded.source.project.classes:
                for spec in getattr(loaded.objects, TABLES[kind]):
                    _add(layout, loaded.source, kind, spec, add)
    layout.node_objects = [
        PlacedNodeObject(spec, loaded.source)
        for loaded in files
        for spec in loaded.objects.node_objects
        if spec.kind in loaded.source.project.classes
    ]
    _add_projects(layout, files)
    check_references(layout)
    layout.name_others()
    return layout


def _note_mistakes(layout: Layout, loaded: LoadedFiles) -> None:
    classes = loaded.source.project.classes
    for mistake in loaded.objects.mistakes:
        if not mistake.kind or mistake.kind in classes or mistake.kind == "pragma":
            location = loaded.source.at(mistake.place)
            layout.note(mistake.rule, location, mistake.message, mistake.name)
            if mistake.rule in ("GR602", "GR603"):
                layout.broken.append((loaded.source, mistake.kind))
                if mistake.kind != "pipeline" or loaded.source.project.may_define_pipelines:
                    layout.lost_names.setdefault((mistake.kind, mistake.name), location)


def _add(  # type: ignore[no-untyped-def]
    layout: Layout, source: FileOrigin, kind: str, spec, add: Callable[..., None]
) -> None:
    try:
        add(layout, source, spec)
        return
    except RefusedObjectError as refused:
        place = source.at(refused.place or spec.place)
        layout.note(refused.rule, place, refused.message, spec.name)
        if kind == "job" and refused.rule == "GR606":
            layout.without_project.append(Variant(spec, source))
    except AmbiguousError as error:
        place = source.at(spec.place)
        layout.note("GR606", place, str(error))
    layout.lost_mentions.update(_mentioned(spec))
    if kind not in ("pipeline", "project"):
        layout.lost_names.setdefault((kind, spec.name or ""), place)


def _mentioned(spec: object) -> Iterator[str]:
    """Yield the other jobs that a job, template or stanza names."""
    if isinstance(spec, JobSpec):
        yield from spec.named_jobs
    elif isinstance(spec, ProjectSpec):
        for entry in spec.mentions:
            yield from (entry.name, *entry.named_jobs)


def _add_pipeline(layout: Layout, source: FileOrigin, spec: PipelineSpec) -> None:
    if not source.project.may_define_pipelines:
        message = f"the pipeline {spec.name!r} is lost: only a config project may define pipelines"
        raise RefusedObjectError(message)
    if spec.name in layout.pipelines:
        raise RefusedObjectError(f"the pipeline {spec.name!r} is already defined; {IGNORED}")
    layout.pipelines[spec.name] = spec
    layout.pipeline_files[spec.name] = source


def _add_nodeset(layout: Layout, source: FileOrigin, spec: NodesetSpec) -> None:
    check_labels(layout.tenant, spec, f"the nodeset {spec.name!r}")
    _add_identical("nodeset", layout, source, spec)


def _add_identical(
    kind: str, layout: Layout, source: FileOrigin, spec: NamedSpec | NodesetSpec
) -> None:
    """Add an object that can be defined again on another branch if it is identical."""
    table = getattr(layout, TABLES[kind])
    if spec.name not in table:
        table[spec.name] = spec, source
        return
    first, its_source = table[spec.name]
    where, wrong = its_source.at(first.place), ""
    if its_source.project is not source.project:
        wrong = f"belongs to {its_source.project.name} ({where})"
    elif its_source.branch == source.branch:
        wrong = f"is already defined at {where}"
    elif first.identity != spec.identity:
        wrong = f"is defined differently at {where}"
    if wrong:
        raise RefusedObjectError(f"the {kind} {spec.name!r} {wrong}; {IGNORED}")
    if kind == "semaphore":
        again = source.branch, source.at(spec.place)
        layout.semaphores_again.setdefault(spec.name, []).append(again)


def _add_job(layout: Layout, source: FileOrigin, spec: JobSpec) -> None:
    if spec.branches is None:
        check_branch(source, f"the job {spec.name!r}")
    check_job(layout, source, spec)
    check_projects(layout.tenant, source, [spec])
    variants = layout.jobs.setdefault(spec.name, [])
    if variants:
        first = variants[0]
        owner = first.source.project
        if owner is not source.project:
            if owner.canonical_name in _shadowed(layout, source.project):
                return
            raise RefusedObjectError(
                f"the job {spec.name!r} belongs to {owner.name} ({first.location}), "
                f"which {source.project.name} may not shadow; {IGNORED}",
            )
    variants.append(Variant(spec, source))


def _shadowed(layout: Layout, project: TenantProject) -> set[str]:
    """Return the canonical names of the projects that ``project`` can shadow.

    With one unknown name, Zuul does not look up the others.
    """
    shadowed = [_known(layout.tenant, name) for name in project.shadows]
    return (
        {other.canonical_name for other in shadowed if other}
        if all(shadowed)
        else set(project.shadows)
    )


def _known(tenant: Tenant, name: str) -> TenantProject | None:
    try:
        return tenant.project(name)
    except AmbiguousError:
        return None


def _add_projects(layout: Layout, files: list[LoadedFiles]) -> None:
    """Add stanzas by name, then those by expression: these apply last."""
    by_expression: dict[str, list[Stanza]] = {}
    for loaded in files:
        if "project" not in loaded.source.project.classes:
            continue
        for spec in loaded.objects.projects:
            if spec.name and spec.name.startswith("^"):
                stanza = Stanza(spec, loaded.source)
                by_expression.setdefault(spec.name, []).append(stanza)
            else:
                _add(layout, loaded.source, "project", spec, add_project)
    if layout.tenant.is_alone:
        for project in layout.tenant.projects:
            project.hosts = possible_hosts(project, by_expression)
    for pattern, stanzas in by_expression.items():
        for target in targets(layout, pattern, stanzas):
            for stanza in stanzas:
                add = partial(attach, stanza=stanza, target=target)
                _add(layout, stanza.source, "project", stanza.spec, add)


STEPS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("pipeline", _add_pipeline),
    ("nodeset", _add_nodeset),
    ("secret", partial(_add_identical, "secret")),
    ("job", _add_job),
    ("image", partial(_add_identical, "image")),
    ("semaphore", partial(_add_identical, "semaphore")),
    ("queue", partial(_add_identical, "queue")),
    ("project-template", add_template),
)
