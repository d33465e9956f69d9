"""`Resolver`: a resolved tenant, which builds its graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from groundrules.ci.zuul.freezing.freeze import Freezer
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.layout.any_tag import AnyTag
from groundrules.ci.zuul.layout.building import build
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.loading import Parse, loaded
from groundrules.ci.zuul.layout.stand_ins import with_stand_ins
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import FileOrigin, TagRef
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.diagnostics import Diagnostic, Report
from groundrules.garbage import collection_paused
from groundrules.rules.zuul import ORDINARY


def resolve(gathered: Gathered, parse_file: Parse | None = None) -> Resolver:
    """Return the resolved tenant; ``parse_file`` can use a cache.

    In an incomplete tenant, only the names of jobs in other repositories are known.
    """
    with collection_paused():
        parse_file = parse_file or FileCache().parse
        files = [loaded(raw, parse_file) for raw in gathered.files]
        layout = with_stand_ins(build(gathered.tenant, files, gathered.report))
        branches = {raw.source.path: raw.source.branch for raw in gathered.files if raw.source.path}
        unsure = {
            raw.source.path: (raw.source.project.name, raw.source.branch)
            for raw in gathered.files
            if raw.source.path and _is_unsure(raw.source)
        }
        return Resolver(layout, gathered.report, branches, unsure)


def _is_unsure(source: FileOrigin) -> bool:
    """Return whether a file is on a branch that Zuul may ignore because it is not protected."""
    project = source.project
    if project.is_alone or project.trusted or project.knows_branches:
        return False
    return bool(project.default_branch) and source.branch != project.default_branch


@dataclass
class Resolver:
    """A resolved tenant; ``report`` contains the mistakes in its configuration.

    ``branches`` has the branch of each file, by path.
    """

    layout: Layout
    report: Report
    branches: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The project and branch of the files that Zuul may ignore, by path."""

    freezer: Freezer = field(init=False)

    def __post_init__(self) -> None:
        self.freezer = Freezer(self.layout)

    @property
    def projects(self) -> list[TenantProject]:
        """The projects of the tenant, in load order."""
        return self.layout.tenant.projects

    def project(self, name: str) -> TenantProject | None:
        """Return a project by its short or canonical name."""
        return self.layout.tenant.project(name)

    def freeze(self, project: str, pipeline: str, branch: str) -> Frozen | None:
        """Return one graph; None if the project is not in the pipeline on that branch."""
        tenant_project = self.project(project)
        return self.frozen(tenant_project, pipeline, branch) if tenant_project else None

    def frozen(self, project: TenantProject, pipeline: str, branch: str) -> Frozen | None:
        """Return one graph: for a tag on the branch if the pipeline runs for tags only."""
        return self.freezer.freeze(project, pipeline, self.item(pipeline, branch))

    def item(self, pipeline: str, branch: str | TagRef) -> str | TagRef:
        """Return what a pipeline runs for: any tag on a branch if it runs for tags only."""
        spec = self.layout.pipelines.get(pipeline)
        if isinstance(branch, TagRef) or spec is None or not spec.tag_refs:
            return branch
        return AnyTag(branches=(branch,), expressions=spec.tag_refs)

    def pipelines(self, project: TenantProject, branch: str | TagRef) -> list[str]:
        """Return the pipelines that can have jobs of a project for a branch or tags on it."""
        named = self.freezer.finder.pipelines(project, branch)
        items = {name: self.item(name, branch) for name in self._for_tags}
        if not items:
            return named
        found = {item: self.freezer.finder.pipelines(project, item) for item in {*items.values()}}
        of_tags = {name for name, item in items.items() if name in found[item]}
        wanted = {name for name in named if name not in items} | of_tags
        known = self.layout.pipelines
        return [name for name in known if name in wanted] + sorted(wanted - known.keys())

    @cached_property
    def _for_tags(self) -> list[str]:
        return [name for name, spec in self.layout.pipelines.items() if spec.tag_refs]

    def graphs(self, branch: str = "") -> list[Frozen]:
        """Return the graph of every project, pipeline and branch that has one, or its error.

        With ``branch``, only graphs of that branch are returned.
        """
        with collection_paused():
            return [*self.each_graph(branch)]

    def each_graph(
        self, branch: str = "", pipeline: str = "", projects: Iterable[TenantProject] | None = None
    ) -> Iterator[Frozen]:
        """Yield the graphs one by one, for a caller that does not keep all of them.

        Only those of a branch, pipeline and projects are yielded, if these are given.
        """
        for project in self.projects if projects is None else projects:
            if not self.layout.projects.get(project.canonical_name):
                continue
            for name in (each for each in project.all_branches if branch in ("", each)):
                for known in self.pipelines(project, name):
                    if pipeline in ("", known) and (frozen := self.frozen(project, known, name)):
                        yield frozen

    def findings(self, branch: str = "") -> list[Diagnostic]:
        """Return the mistakes; with ``branch``, only those in files of that branch.

        Mistakes in files that Zuul may ignore are not returned.  Without ``branch``, a name that
        another repository defines is returned once, although several branches use it.
        """
        again = frozenset() if branch else self._again
        return [
            finding
            for finding in self.report.diagnostics
            if finding.location.path not in self.unsure
            and branch in ("", self.branches.get(finding.location.path, branch))
            and finding not in again
        ]

    @property
    def _again(self) -> frozenset[Diagnostic]:
        """The findings of names that were found on another branch before."""
        ordinary = [finding for finding in self.report.found if finding.rule.id in ORDINARY]
        first = {finding.message: finding for finding in reversed(ordinary)}
        return frozenset(ordinary).difference(first.values())

    @property
    def unsure_branches(self) -> frozenset[tuple[str, str]]:
        """The projects and branches whose mistakes are not returned."""
        unsure = (self.unsure.get(each.location.path) for each in self.report.diagnostics)
        return frozenset(branch for branch in unsure if branch)


def runs_of(resolver: Resolver) -> dict[tuple[str, str], list[str]]:
    """Return the pipelines that run each job on each branch, as text.

    The default branch of a project has its name, and the empty one too.
    """
    runs: dict[tuple[str, str], list[str]] = {}
    for frozen in resolver.graphs():
        project = resolver.project(frozen.project)
        is_default = project is not None and frozen.branch in project.all_branches[:1]
        branches = (frozen.branch, "") if is_default else (frozen.branch,)
        where = f"{frozen.pipeline!r} of {frozen.project}"
        for name in (job.name for job in frozen.shape.jobs):
            for branch in branches:
                runs.setdefault((name, branch), []).append(where)
    return runs
