"""The projects that a config repository on its own configures, beside itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.own_name import other_names
from groundrules.ci.zuul.layout.tenant import ALL_CLASSES, TenantProject, is_same_project
from groundrules.ci.zuul.reading.expressions import InvalidError, expression


def with_configured(
    gathered: Gathered, stanzas: Sequence[str | None], branch: str, *, is_asked: bool
) -> Gathered:
    """Return the files of one repository with the projects of its ``stanzas`` on a branch.

    A repository that configures only others is a config project too.  Any other may configure
    itself only.  If a branch was not asked for, it is assumed for the others.
    """
    [own] = gathered.tenant.projects
    is_config = own.trusted or not any(_is_own(own, name) for name in stanzas)
    names = [*other_names(own.canonical_name, stanzas)] if is_config else []
    if not names:
        return gathered
    own.trusted, own.classes = True, ALL_CLASSES
    own.branches = own.all_branches = [branch]
    own.has_all_branches = False
    tenant = replace(
        gathered.tenant,
        projects=[own, *(_configured(*pair, branch, is_asked=is_asked) for pair in names)],
    )
    files = [raw for raw in gathered.files if raw.source.branch == branch]
    return Gathered(tenant, files, gathered.report)


def _is_own(own: TenantProject, stanza: str | None) -> bool:
    """Return whether a stanza is, or may be, that of the repository itself."""
    if stanza is None or not stanza.startswith("^"):
        return stanza is None or is_same_project(stanza, own.canonical_name)
    try:
        return own.is_named(expression(stanza))
    except InvalidError:
        return True


def _configured(name: str, whole_name: str, branch: str, *, is_asked: bool) -> TenantProject:
    """Return a project of which only a stanza in another repository is known."""
    return TenantProject(
        name=name,
        connection="",
        canonical_name=whole_name,
        trusted=False,
        is_alone=True,
        owns_nameless_stanza=False,
        branches=[branch],
        all_branches=[branch],
        assumes_branch=not is_asked,
    )
