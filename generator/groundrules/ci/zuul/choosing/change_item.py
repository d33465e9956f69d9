"""`ChangeItem`: a change, or another event, for which a pipeline runs jobs."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import TagRef

PLACES = ("zuul.yaml", ".zuul.yaml")
FOLDERS = ("zuul.d/", ".zuul.d/")
ENDS = (".yaml", "/.zuul.ignore")


class ChangeItem(Struct, frozen=True, kw_only=True):
    """What Zuul knows of an event: its project, branch or ref, and the changed files.

    ``patch`` has the new content of changed files, None for removed ones, where the change edits
    the configuration.  A push to a branch is not a ``is_change``: it runs with the configuration
    that is already there.
    """

    project: str
    pipeline: str
    branch: str | TagRef
    files: tuple[str, ...] = ()
    patch: Mapping[str, bytes | None] = {}
    is_change: bool = True

    def updates_configuration(self, project: TenantProject) -> bool:
        """Return whether Zuul loads the configuration of the change (``Ref.updatesConfig``)."""
        if not self.is_change or isinstance(self.branch, TagRef):
            return False
        if any(pattern.matches_all(self.branch) for pattern in project.dynamic_branches):
            return True
        return any(_is_configuration(path, project.extra_paths) for path in self.files)


def is_loaded(project: TenantProject, branch: str) -> bool:
    """Return whether Zuul reads the configuration of a change for a branch.

    Of a config project, it loads one branch; always dynamic branches are loaded only for changes.
    """
    if project.trusted and not project.is_alone:
        return branch == (project.load_branch or "master")
    return branch in project.branches or any(
        pattern.matches_all(branch) for pattern in project.dynamic_branches
    )


def _is_configuration(path: str, extra: tuple[str, ...]) -> bool:
    if path in PLACES or (path.startswith(FOLDERS) and path.endswith(ENDS)):
        return True
    files = tuple(place for place in extra if not place.endswith("/"))
    folders = tuple(place.rstrip("/") for place in extra if place.endswith("/"))
    return path.startswith(files) or (path.startswith(folders) and path.endswith(ENDS))
