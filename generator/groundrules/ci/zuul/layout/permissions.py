"""What a tenant allows in an object: project names, labels, timeouts and base jobs."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.ci.zuul.layout.layout import Layout, RefusedObjectError, near
from groundrules.ci.zuul.layout.tenant import Tenant
from groundrules.ci.zuul.layout.variants import FileOrigin
from groundrules.ci.zuul.reading.expressions import InvalidError
from groundrules.ci.zuul.reading.objects import JobSpec, NodesetSpec, ProjectSpec


def check_job(layout: Layout, source: FileOrigin, spec: JobSpec) -> None:
    """Raise `RefusedObjectError` for a job, or a mention of one, that the tenant does not allow.

    https://zuul-ci.org/docs/zuul/latest/tenants.html (labels, timeouts, base jobs)
    """
    tenant = layout.tenant
    if isinstance(spec.nodeset, NodesetSpec):
        check_labels(tenant, spec.nodeset)
    _check_projects(tenant, source, spec)
    _check_timeouts(tenant, spec)
    if spec.is_base and not source.project.may_define_base_jobs:
        raise RefusedObjectError(
            "GR607",
            f"the job {spec.name!r} is lost: {source.project.name} may not define base jobs "
            "(jobs with 'parent: null')",
        )


def check_labels(tenant: Tenant, nodeset: NodesetSpec) -> None:
    """Raise `RefusedObjectError` for a label that the tenant does not allow."""
    for label in _labels(nodeset):
        try:
            is_allowed = tenant.may_use_label(label)
        except InvalidError as error:
            message = f"an expression for the tenant's labels is not RE2, so this is lost: {error}"
            raise RefusedObjectError("GR607", message) from None
        if not is_allowed:
            message = f"the tenant does not allow the label {label!r}, so this is lost"
            raise RefusedObjectError("GR607", message)


def _labels(nodeset: NodesetSpec) -> Iterator[str]:
    yield from (word.name for word in nodeset.labels)
    for alternative in nodeset.alternatives:
        if isinstance(alternative, NodesetSpec):
            yield from _labels(alternative)


def _check_projects(tenant: Tenant, source: FileOrigin, spec: JobSpec) -> None:
    names = [name for name, _ in spec.required_projects]
    names += spec.other_projects
    # a project's own name is valid even if it is ambiguous
    names += [name for name in spec.allowed_projects or () if name != source.project.name]
    for name in names:
        if tenant.project(name) is None and not tenant.is_alone:
            end = near(name, tenant.names)
            raise RefusedObjectError(
                "GR606", f"no project {name!r} is in the tenant, so {_which(spec)} is lost{end}"
            )
    for name in spec.role_projects:
        tenant.project(name)  # raises for an ambiguous name; a missing one is not an error


def _which(spec: JobSpec) -> str:
    return "this project" if spec.is_entry else f"the job {spec.name!r}"


def _check_timeouts(tenant: Tenant, spec: JobSpec) -> None:
    most = tenant.max_job_timeout
    for key, value in (
        ("pre-timeout", spec.pre_timeout),
        ("timeout", spec.timeout),
        ("post-timeout", spec.post_timeout),
    ):
        if value and most != -1 and value > most:
            raise RefusedObjectError(
                "GR607", f"{_which(spec)} is lost: its {key} of {value} s exceeds {most} s"
            )
    if spec.pre_timeout and spec.timeout and spec.pre_timeout > spec.timeout:
        raise RefusedObjectError("GR607", f"{_which(spec)} is lost: pre-timeout exceeds timeout")


def check_parameters(layout: Layout, spec: ProjectSpec) -> None:
    """Raise `RefusedObjectError` for parameters of a project that the pipeline does not allow."""
    for name in spec.parametrised:
        pipeline = layout.pipelines.get(name)
        if pipeline and not pipeline.allow_parameters:
            raise RefusedObjectError("GR607", f"the pipeline {name!r} takes no parameters")
