"""`RunFile`: a file that jobs run, as a playbook or through one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from groundrules.ci.zuul.layout.variants import FileOrigin
from groundrules.ci.zuul.reading.objects import PlaybookSpec
from groundrules.graphs.elements import Step


def root_of(source: FileOrigin) -> str:
    """Return what diagnostics have before the paths of a repository's branch."""
    return (source.path or "").removesuffix(source.file)


class PlaybookAt(Struct, frozen=True):
    """A playbook by its path in a repository: the project's canonical name and the branch.

    Zuul takes a playbook from the repository and branch of the definition that names it
    (``PlaybookContext`` in zuul/model.py).
    """

    project: str
    branch: str
    path: str

    @classmethod
    def of(cls, source: FileOrigin, playbook: PlaybookSpec) -> PlaybookAt:
        """Return the playbook that a definition in a file names."""
        return cls(source.project.canonical_name, source.branch, playbook.name)


class RunFile(Struct, frozen=True):
    """The playbooks that a file is, or that use it, each with the steps from the file to it."""

    playbooks: Mapping[PlaybookAt, tuple[Step, ...]]
    unknown: tuple[str, ...] = ()
    """What is not known of the playbooks that use it, in sentences."""

    def steps(
        self, source: FileOrigin, playbooks: Iterable[PlaybookSpec]
    ) -> tuple[Step, ...] | None:
        """Return the steps to the first of some playbooks that uses it; None if none does."""
        for playbook in playbooks:
            before = self.playbooks.get(PlaybookAt.of(source, playbook))
            if before is not None:
                step = Step(f"playbook {playbook.name!r}", source.at(playbook.place))
                return (*before, step)
        return None
