"""What a tenant allows in an object: project names, labels, timeouts and base jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundrules.ci.zuul.layout.layout import Layout, RefusedObjectError, near
from groundrules.ci.zuul.layout.tenant import Tenant
from groundrules.ci.zuul.layout.variants import FileOrigin
from groundrules.ci.zuul.reading.expressions import InvalidError, expression
from groundrules.ci.zuul.reading.nodesets import labels_of
from groundrules.ci.zuul.reading.objects import JobSpec, NodesetSpec, ProjectSpec
from groundrules.text import listed

IGNORED = "Zuul ignores this definition"
STANZA = "this project stanza"
MOST_PROJECTS = 5
"""The number of unknown projects that a message names."""


def check_job(layout: Layout, source: FileOrigin, spec: JobSpec) -> None:
    """Raise `RefusedObjectError` for a job, or a mention of one, that the tenant does not allow.

    https://zuul-ci.org/docs/zuul/latest/tenants.html (labels, timeouts, base jobs)
    """
    tenant = layout.tenant
    if isinstance(spec.nodeset, NodesetSpec):
        check_labels(tenant, spec.nodeset, _which(spec))
    _check_timeouts(tenant, spec)
    if spec.is_base and not source.project.may_define_base_jobs:
        raise RefusedObjectError(
            f"the job {spec.name!r} is lost: {source.project.name} may not define base jobs "
            "(jobs with 'parent: null')",
            place=spec.place_of("parent"),
        )


def check_labels(tenant: Tenant, nodeset: NodesetSpec, what: str) -> None:
    """Raise `RefusedObjectError` for a label that the tenant does not allow; ``what`` is lost."""
    for label in labels_of(nodeset):
        try:
            is_allowed = tenant.may_use_label(label.name)
        except InvalidError as error:
            message = f"an expression for the tenant's labels is not RE2, so {what} is lost"
            raise RefusedObjectError(f"{message}: {error}") from None
        if not is_allowed:
            message = f"the tenant does not allow the label {label.name!r}, so {what} is lost"
            raise RefusedObjectError(message, place=label.place)


def check_projects(tenant: Tenant, source: FileOrigin, specs: Sequence[JobSpec]) -> None:
    """Raise `RefusedObjectError` for unknown projects in a job, or in the mentions of a stanza."""
    names = [name for spec in specs for name in _projects(spec, source)]
    unknown = [name for name in dict.fromkeys(names) if tenant.project(name) is None]
    if unknown and not tenant.is_alone:
        message = f"{_not_in_tenant(unknown, tenant)}, so {_which(specs[0])} is lost"
        # the suggestions of several names stand behind each of them
        end = near(unknown[0], tenant.names) if len(unknown) == 1 else ""
        places = (spec.project_places.get(unknown[0]) for spec in specs)
        raise RefusedObjectError(f"{message}{end}", "GR606", next(filter(None, places), None))
    for spec in specs:
        for name in spec.role_projects:
            tenant.project(name)  # raises for an ambiguous name; a missing one is not an error


def _projects(spec: JobSpec, source: FileOrigin) -> Iterator[str]:
    yield from (name for name, _ in spec.required_projects)
    yield from spec.other_projects
    # a project's own name is valid even if it is ambiguous
    yield from (name for name in spec.allowed_projects or () if name != source.project.name)


def _not_in_tenant(unknown: Sequence[str], tenant: Tenant) -> str:
    if len(unknown) == 1:
        return f"no project {unknown[0]!r} is in the tenant"
    named = [f"{name!r}{_hint(name, tenant)}" for name in unknown[:MOST_PROJECTS]]
    more = [f"{len(unknown) - MOST_PROJECTS} more"] if len(unknown) > MOST_PROJECTS else []
    return f"the projects {listed([*named, *more])} are not in the tenant"


def _hint(name: str, tenant: Tenant) -> str:
    end = near(name, tenant.names).removeprefix("; ")
    return f" ({end})" if end else ""


def _which(spec: JobSpec) -> str:
    return STANZA if spec.is_entry else f"the job {spec.name!r}"


def _check_timeouts(tenant: Tenant, spec: JobSpec) -> None:
    most, end = tenant.max_job_timeout, f"so {_which(spec)} is lost"
    for key, value in (
        ("pre-timeout", spec.pre_timeout),
        ("timeout", spec.timeout),
        ("post-timeout", spec.post_timeout),
    ):
        if value and most != -1 and value > most:
            message = (
                f"the {key} of {spec.name!r} is {value} s, which exceeds the tenant's "
                f"'max-job-timeout' of {most} s, {end}"
            )
            raise RefusedObjectError(message, place=spec.place_of(key))
    if spec.pre_timeout and spec.timeout and spec.pre_timeout > spec.timeout:
        message = f"the pre-timeout of {spec.name!r} exceeds its timeout, {end}"
        raise RefusedObjectError(message, place=spec.place_of("pre-timeout"))


def check_parameters(layout: Layout, spec: ProjectSpec) -> None:
    """Raise `RefusedObjectError` for parameters of a project that the pipeline does not allow."""
    for name in spec.parametrised:
        pipeline = layout.pipelines.get(name)
        if pipeline and not pipeline.allow_parameters:
            raise RefusedObjectError(
                f"the pipeline {name!r} takes no parameters, so {STANZA} is lost",
                place=spec.place_of(name),
            )


def check_branch(source: FileOrigin, what: str) -> None:
    """Refuse an object on a branch whose name is not a regular expression, as Zuul does."""
    if source.pragma and source.pragma.branches is not None:
        return
    try:
        expression(source.branch)
    except InvalidError as error:
        message = f"{what} is lost: Zuul takes the name of the branch for an expression: {error}"
        raise RefusedObjectError(message, "GR603") from None
