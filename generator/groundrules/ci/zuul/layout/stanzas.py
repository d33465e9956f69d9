"""Project stanzas and templates, added to the projects that they configure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundrules.ci.zuul.layout.layout import Layout, RefusedObjectError, near
from groundrules.ci.zuul.layout.permissions import (
    IGNORED,
    STANZA,
    check_branch,
    check_job,
    check_parameters,
    check_projects,
)
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import FileOrigin, Stanza
from groundrules.ci.zuul.reading.expressions import InvalidError, expression
from groundrules.ci.zuul.reading.objects import ProjectSpec
from groundrules.text import verbatim


def add_template(layout: Layout, source: FileOrigin, spec: ProjectSpec) -> None:
    """Add a template.  Raises `RefusedObjectError`."""
    check_branch(source, f"the template {spec.name!r}")
    _check_entries(layout, source, spec)
    stanzas = layout.templates.setdefault(spec.name, [])
    if stanzas and stanzas[0].source.project is not source.project:
        owner = stanzas[0]
        raise RefusedObjectError(
            f"the template {spec.name!r} belongs to {owner.source.project.name} "
            f"({owner.location}); {IGNORED}",
        )
    stanzas.append(Stanza(spec, source))


def _check_entries(layout: Layout, source: FileOrigin, spec: ProjectSpec) -> None:
    for entry in spec.mentions:
        check_job(layout, source, entry)
    check_projects(layout.tenant, source, spec.mentions)
    check_parameters(layout, spec)


def add_project(layout: Layout, source: FileOrigin, spec: ProjectSpec) -> None:
    """Add a stanza that is not named by an expression.  Raises `RefusedObjectError`."""
    target = layout.tenant.project(spec.name) if spec.name else source.project
    is_of_other = not spec.name and not source.project.owns_nameless_stanza
    if is_of_other or (target is None and layout.tenant.is_alone):
        # it is unknown whether the tenant has this project and allows configuring it
        layout.others.append(Stanza(spec, source))
        return
    if target is None:
        end = near(spec.name or "", layout.tenant.names)
        message = f"no project {spec.name!r} is in the tenant, so {STANZA} is lost{end}"
        raise RefusedObjectError(message, "GR606", spec.place_of("name"))
    attach(layout, source, spec, Stanza(spec, source), target)


def targets(layout: Layout, pattern: str, stanzas: Sequence[Stanza]) -> Iterator[TenantProject]:
    """Yield the projects whose names an expression matches; note one that Zuul refuses."""
    try:
        compiled = expression(pattern)
    except InvalidError as error:
        complaint = str(error)
    else:
        complaint = compiled.complaint or ""
    if complaint:
        message = f"{verbatim(pattern)} is not an RE2 expression, so {STANZA} is lost: {complaint}"
        for stanza in stanzas:
            layout.note("GR603", stanza.source.at(stanza.spec.place_of("name")), message)
        return
    if layout.tenant.is_alone:
        layout.expressions += stanzas
    yield from layout.tenant.named(compiled)


def attach(
    layout: Layout, source: FileOrigin, spec: ProjectSpec, stanza: Stanza, target: TenantProject
) -> None:
    """Add a stanza to a project.  Raises `RefusedObjectError`."""
    check_branch(source, STANZA)
    if not source.project.may_configure(target):
        raise RefusedObjectError(
            f"{source.project.name} may not configure {target.name}, only itself, "
            f"so {STANZA} is lost",
            place=spec.place_of("name"),
        )
    _check_entries(layout, source, spec)
    layout.projects.setdefault(target.canonical_name, []).append(stanza)
