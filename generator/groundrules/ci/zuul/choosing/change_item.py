"""`ChangeItem`: a change, or another event, for which a pipeline runs jobs."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, ValidationError, convert

from groundrules.ci.graph_question import AskedError
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import TagRef
from groundrules.ci.zuul.reading.triggers import TAGS

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


class BatchQuestion(Struct, kw_only=True):
    """A line of a batch.

    ``kind`` is that of the event: a change, a push to a branch, a tag, or another ref, for which
    ``ref`` is its name and ``containing`` the branches that have it.
    """

    project: str
    pipeline: str
    branch: str = ""
    files: tuple[str, ...] = ()
    patch: dict[str, str | None] = {}
    kind: str = ""
    ref: str = ""
    containing: tuple[str, ...] = ()


def item_of(question: Mapping[str, object]) -> ChangeItem:
    """Return the change that a question is about.  Raises `AskedError`."""
    try:
        asked = convert(question, BatchQuestion)
    except ValidationError as error:
        raise AskedError(str(error)) from None
    kind = asked.kind or ("change" if asked.branch else "tag")
    if kind not in ("change", "branch", "tag", "ref"):
        raise AskedError(f"unknown kind {kind!r}; use change, branch, tag or ref")
    is_branch = kind in ("change", "branch")
    if is_branch and not asked.branch:
        raise AskedError(f"the question about a {kind} has no branch")
    return ChangeItem(
        project=asked.project,
        pipeline=asked.pipeline,
        branch=asked.branch if is_branch else _ref(asked, kind),
        files=(*asked.files, *(path for path in asked.patch if path not in asked.files)),
        patch={
            path: None if text is None else text.encode("utf-8", "surrogatepass")
            for path, text in asked.patch.items()
        },
        is_change=kind == "change",
    )


def _ref(asked: BatchQuestion, kind: str) -> TagRef:
    is_whole = kind == "ref" or asked.ref.startswith("refs/")
    return TagRef(asked.ref if is_whole else f"{TAGS}{asked.ref}", asked.containing)
