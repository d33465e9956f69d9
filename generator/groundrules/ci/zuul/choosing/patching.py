"""The files of a tenant with those of one change.

Zuul reads the configuration of a change as it will be merged (``_loadDynamicProjectData`` in
zuul/configloader.py): all files of its project and branch are read again, all others are cached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.loading import Raw, branch_files
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.sources.config_files import ROOTS
from groundrules.ci.zuul.sources.repositories import BranchFiles, Repository
from groundrules.diagnostics import Report

Patch = Mapping[str, bytes | None]


class PatchedFiles(Struct):
    """The files of a repository, in which one branch has those of a change."""

    repository: Repository
    branch: str
    patch: Patch

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files in Zuul's paths and ``extra`` ones."""
        known = branch in self.repository.branches
        sizes = dict(self.repository.sizes(branch, extra)) if known else {}
        for path, content in self.patch.items() if branch == self.branch else ():
            if content is None:
                sizes.pop(path, None)
            elif path.split("/")[0] in ROOTS or path.startswith(tuple(extra)):
                sizes[path] = len(content)
        return sizes

    def read(self, branch: str, path: str) -> bytes:
        """Return the content of a file that `sizes` lists.  Raises `UnreadableError`."""
        content = self.patch.get(path) if branch == self.branch else None
        return self.repository.read(branch, path) if content is None else content

    def place(self, branch: str, path: str) -> str:
        """Return the path of a file in diagnostics."""
        return self.repository.place(branch, path)


def patched(
    gathered: Gathered, project: TenantProject, repository: BranchFiles, branch: str
) -> Gathered:
    """Return the files with those of a project's branch in ``repository`` in their places.

    Raises `groundrules.ci.errors.UnreadableError` if the branch cannot be read.
    """
    order = {id(each): index for index, each in enumerate(gathered.tenant.projects)}
    branches = {name: index for index, name in enumerate(project.branches)}

    def place(raw: Raw) -> tuple[int, int]:
        source = raw.source
        is_own = source.project is project
        return order[id(source.project)], branches.get(source.branch, len(branches)) * is_own

    others = [
        raw
        for raw in gathered.files
        if raw.source.project is not project or raw.source.branch != branch
    ]
    changed = list(branch_files(project, repository, branch))
    return Gathered(gathered.tenant, sorted((*others, *changed), key=place), Report())
