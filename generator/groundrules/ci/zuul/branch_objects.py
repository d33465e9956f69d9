"""The files and objects on each branch of a repository on its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from groundrules.ci.zuul.layout.loading import Parse, Raw
from groundrules.ci.zuul.reading.objects import FileObjects
from groundrules.confined import LARGEST
from groundrules.grouping import grouped


class BranchObjects(Struct, dict=True):
    """The files of all branches; ``is_snapshot`` is whether they are from folders without git."""

    files: Sequence[Raw]
    parse: Parse
    is_snapshot: bool = False

    @cached_property
    def by_branch(self) -> dict[str, list[Raw]]:
        """The files of each branch that has some, in the order of the files."""
        return grouped((raw.source.branch, raw) for raw in self.files)

    def files_of(self, branch: str) -> list[Raw]:
        """Return the files of a branch."""
        return self.by_branch.get(branch, [])

    def objects(self, branch: str) -> list[FileObjects]:
        """Return the objects in each file of a branch that can be read."""
        return [
            self.parse(raw.content)
            for raw in self.files_of(branch)
            if isinstance(raw.content, bytes) and len(raw.content) <= LARGEST
        ]

    def stanzas(self, branch: str) -> list[str | None]:
        """Return the names of the project stanzas of a branch."""
        return [stanza.name for objects in self.objects(branch) for stanza in objects.projects]

    @cached_property
    def stanzas_of_all(self) -> list[str | None]:
        """The names in the stanzas of all branches that are not those of a config project."""
        branches = (branch for branch in self.by_branch if not self.is_trusted(branch))
        return [name for branch in branches for name in self.stanzas(branch)]

    def is_trusted(self, branch: str) -> bool:
        """Return whether a branch has objects that only a config project can define.

        https://zuul-ci.org/docs/zuul/latest/config/pipeline.html and, of base jobs,
        https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.parent
        """
        if self.is_snapshot and len(self.by_branch) > 1:
            return False  # Zuul reads one branch of a config project, but there are several here
        return any(
            objects.pipelines
            or any(job.is_base for job in objects.jobs)
            or any(mistake.kind == "pipeline" for mistake in objects.mistakes)
            for objects in self.objects(branch)
        )
