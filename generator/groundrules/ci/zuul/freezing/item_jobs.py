"""`ItemJobs`: the jobs that a pipeline runs for a branch, or for a tag that may have any name.

Zuul compares the branches of an object with the whole ref of a tag, and with the branches that
contain it (``BranchMatcher.matches`` in zuul/change_matcher.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from groundrules.ci.zuul.freezing.collecting import VanishedError
from groundrules.ci.zuul.freezing.mentions import JobMention, Mentions
from groundrules.ci.zuul.freezing.merged import FreezeError, Merged
from groundrules.ci.zuul.freezing.merging import Merger
from groundrules.ci.zuul.layout.any_tag import AnyTag
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import Matchers, TagRef, Variant, matches


class PipelineItem(Struct, frozen=True):
    """What a pipeline runs for.

    ``tags`` is its name if it may run for tags too.  ``doubts`` are the mentioned jobs whose
    stanza, template or mention is for some tags only, and the expression that decides.
    """

    branch: str | TagRef
    tags: str = ""
    doubts: tuple[tuple[str, str], ...] = ()


class ItemJobs(Struct):
    """Merges the jobs of a layout for the items of its pipelines."""

    layout: Layout
    merger: Merger
    _doubts: dict[tuple[str, AnyTag], str] = {}
    _more: dict[tuple[str, AnyTag], bool] = {}

    def item(
        self,
        project: TenantProject,
        pipeline: str,
        branch: str | TagRef,
        mentions: Mentions,
        *,
        is_change: bool = False,
    ) -> PipelineItem:
        """Return what a pipeline runs for, with all that the jobs depend on beside variants.

        Without a change, a pipeline that runs for a branch may run for its tags too.
        """
        if isinstance(branch, AnyTag):
            return PipelineItem(branch, doubts=tuple(_doubts(branch, project, mentions)))
        is_sure = is_change or isinstance(branch, TagRef)
        has_choice = not is_sure and self.layout.may_run_for_tags(pipeline)
        return PipelineItem(branch, tags=pipeline if has_choice else "")

    def job(self, name: str, item: PipelineItem, mentions: Sequence[Variant]) -> Merged:
        """Return a job with its definitions and mentions applied.

        Raises `VanishedError` if it is not in the graph, or only for some tags; `FreezeError`
        if it makes the graph an error.
        """
        try:
            job = self.merger.job(name, item.branch, mentions)
        except VanishedError as vanished:
            raise self._for_tags(vanished, item, name, mentions) from None
        except FreezeError:
            self._check_name(name, item)
            raise
        self._check_name(name, item)
        if doubt := self._waits_for_tags(job, item, mentions):
            job = job.copied()
            job.doubt = doubt
        return job

    def _check_name(self, name: str, item: PipelineItem) -> None:
        """Raise `VanishedError` if the name of a tag decides about a job."""
        tag = item.branch
        if not isinstance(tag, AnyTag):
            return
        if doubt := dict(item.doubts).get(name) or self._defined(name, tag):
            raise VanishedError(
                f"it depends on the name of the tag: {doubt!r} is not for every tag, and "
                "groundrules jobs --ref resolves one",
                is_sure=False,
            )

    def _defined(self, name: str, tag: AnyTag) -> str:
        """Return an expression in the definitions of a job that is for some tags only."""
        key = name, tag
        if key not in self._doubts:
            definitions = (variant.matchers for variant in self._definitions(name, tag))
            self._doubts[key] = next(filter(None, map(tag.doubt, definitions)), "")
        return self._doubts[key]

    def _definitions(self, name: str, tag: AnyTag) -> Iterator[Variant]:
        """Yield the definitions of a job and of its parents that may be for the tag."""
        names, known = [name], {name}
        while names:
            for variant in self.layout.jobs.get(names.pop(), ()):
                if not matches(variant.matchers, tag):
                    continue
                yield variant
                default = None if variant.spec.is_base else self.layout.tenant.default_parent
                parent = variant.spec.parent or default
                if parent and parent not in known:
                    known.add(parent)
                    names.append(parent)

    def _for_tags(
        self, vanished: VanishedError, item: PipelineItem, name: str, mentions: Sequence[Variant]
    ) -> VanishedError:
        """Return why a job is missing on a branch in a pipeline that may run for tags too."""
        if not (item.tags and vanished.is_by_branch) or self._is_for_no_tag(name, item, mentions):
            return vanished
        end = f"it can run for a tag, {self._end(item.tags)}"
        return VanishedError(f"{vanished.reason}; {end}", is_sure=False)

    def _end(self, pipeline: str) -> str:
        if pipeline in self.layout.pipelines:
            return f"and {pipeline!r} runs for tags, which groundrules jobs --ref resolves"
        return f"but whether {pipeline!r} runs for tags is not known"

    def _is_for_no_tag(self, name: str, item: PipelineItem, mentions: Sequence[Variant]) -> bool:
        try:
            self.merger.job(name, _tag_of(item), mentions)
        except VanishedError:
            return True
        except FreezeError:
            return False
        return False

    def _waits_for_tags(self, job: Merged, item: PipelineItem, mentions: Sequence[Variant]) -> str:
        """Return why a job may wait for other jobs in a pipeline that may run for tags too."""
        if not item.tags:
            return ""
        tag = _tag_of(item)
        own = (mention for mention in mentions if matches(mention.matchers, tag))
        if all(matches(variant.matchers, item.branch) for variant in own) and not (
            self._has_more(job.name, tag)
        ):
            return ""
        try:
            other = self.merger.job(job.name, tag, mentions)
        except (VanishedError, FreezeError):
            return ""
        if other.dependencies.keys() == job.dependencies.keys():
            return ""
        return f"{job.name!r} waits for other jobs for some tags, {self._end(item.tags)}"

    def _has_more(self, name: str, tag: AnyTag) -> bool:
        """Return whether a definition of a job is for tags on a branch and not for the branch."""
        key = name, tag
        if key not in self._more:
            definitions = self._definitions(name, tag)
            self._more[key] = any(
                not matches(variant.matchers, str(tag)) for variant in definitions
            )
        return self._more[key]


def _tag_of(item: PipelineItem) -> AnyTag:
    return AnyTag(branches=(str(item.branch),))


def _doubts(tag: AnyTag, project: TenantProject, mentions: Mentions) -> Iterator[tuple[str, str]]:
    for name, listed in mentions.items():
        texts = (tag.doubt(matchers) for mention in listed for matchers in _of(mention, project))
        if doubt := next(filter(None, texts), ""):
            yield name, doubt


def _of(mention: JobMention, project: TenantProject) -> Iterator[Matchers]:
    yield mention.variant.matchers
    for stanza in mention.part:
        yield stanza.matchers(project)
