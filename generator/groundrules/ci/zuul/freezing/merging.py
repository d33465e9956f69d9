"""A mentioned job on a branch → `Merged`, with all its variants applied."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from groundrules.ci.zuul.freezing.collecting import (
    Checkouts,
    Known,
    VanishedError,
    collect,
    known_or_made,
    update_checkouts,
)
from groundrules.ci.zuul.freezing.inheritance import apply, resolve_nodeset, started
from groundrules.ci.zuul.freezing.merged import FreezeError, Merged
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.variants import TagRef, Variant, item_named, matches
from groundrules.ci.zuul.reading.nodesets import alternatives
from groundrules.ci.zuul.reading.objects import NodesetSpec


class Merger(Struct):
    """Merges jobs; parts that several graphs share are merged once."""

    layout: Layout
    _jobs: Known[Merged] = {}
    _bases: Known[Merged] = {}
    _prefixes: dict[tuple[int, ...], Merged] = {}
    _general: dict[str, Merged] = {}
    _finished: dict[tuple[int, bool], Merged] = {}

    def job(self, name: str, branch: str | TagRef, mentions: Sequence[Variant]) -> Merged:
        """Return the job with its definitions and mentions applied.

        Raises `VanishedError` if the job is not in the graph, `FreezeError` if it makes the graph
        an error.
        """
        key = (name, branch, *map(id, mentions))
        return known_or_made(self._jobs, key, lambda: self._made(name, branch, mentions))

    def _made(self, name: str, branch: str | TagRef, mentions: Sequence[Variant]) -> Merged:
        for_branch = [mention for mention in mentions if matches(mention.matchers, branch)]
        matching = [mention for mention in for_branch if not mention.spec.is_repeated]
        checkouts: Checkouts = {}
        for variant in matching:
            update_checkouts(checkouts, variant, self.layout)
        base = self._base(name, branch, checkouts)
        if not matching:
            message = f"no mention of {name!r} is for {item_named(branch)}"
            raise VanishedError(message, is_by_branch=True)
        is_trusted = any(mention.source.project.trusted for mention in matching)
        if not _is_changed(base, for_branch):
            return self._mentioned(base, is_trusted, matching[0])
        merged = base.copied()
        merged.name = name
        for mention in for_branch:
            # Zuul applies an equal mention once.  Only if that succeeds does it compare as equal
            # in later graphs; otherwise each of them applies it again.
            apply(merged.copied() if mention.spec.is_repeated else merged, mention)
            if not mention.spec.is_repeated:
                self._check_image(merged, mention)
        _check_reporter(merged, base.type, matching)
        merged.ignores_allowed = is_trusted
        self._check_nodeset(merged)
        _check_pragma(merged)
        return merged

    def _mentioned(self, base: Merged, is_trusted: bool, mention: Variant) -> Merged:
        """Return a job whose mentions have no attributes, so that one result serves all of them."""
        key = (id(base), is_trusted)
        if key not in self._finished:
            merged = base.copied()
            merged.name = mention.spec.name
            resolve_nodeset(merged, mention)
            merged.ignores_allowed = is_trusted
            self._check_nodeset(merged)
            _check_pragma(merged)
            self._finished[key] = merged
        return self._finished[key]

    def _base(self, name: str, branch: str | TagRef, checkouts: Checkouts) -> Merged:
        """Return the job with only its definitions applied."""
        if not checkouts and (general := self._general.get(name)):
            return general
        key = (name, branch, *sorted(checkouts.items(), key=str))
        return known_or_made(self._bases, key, lambda: self._defined(name, branch, checkouts))

    def _defined(self, name: str, branch: str | TagRef, checkouts: Checkouts) -> Merged:
        variants, is_general = collect(self.layout, name, branch, checkouts)
        if not variants:
            raise VanishedError(self.layout.no_job(name), self.layout.undefined.get(name))
        merged = self._merged(variants)
        if is_general and not checkouts:
            self._general[name] = merged
        return merged

    def _merged(self, variants: list[Variant]) -> Merged:
        """Return the job with the variants applied; shared results of parents are cached."""
        key = tuple(map(id, variants))
        names = [variant.spec.name for variant in variants]
        ends = (at for at in range(len(key), 0, -1) if names[at - 1 : at] != names[at : at + 1])
        # a job can have thousands of variants, so prefixes that nobody keeps are not made
        start = next((end for end in ends if key[:end] in self._prefixes), 0)
        if start:
            merged = self._prefixes[key[:start]].copied()
        else:
            start, merged = 1, started(variants[0], self.layout)
        for index in range(start, len(variants)):
            if variants[index].spec.name != variants[index - 1].spec.name:
                self._prefixes[key[:index]] = merged.copied()
            apply(merged, variants[index])
        return merged

    def _check_image(self, merged: Merged, variant: Variant) -> None:
        if merged.image_build_name is None or not self.layout.tenant.is_complete:
            return
        image = self.layout.images.get(merged.image_build_name)
        if image is None:
            wrong = f"builds the image {merged.image_build_name!r}, which is not defined"
        elif (owner := image[1].project) is not variant.source.project:
            wrong = f"may build {merged.image_build_name!r} only in {owner.name}"
        else:
            return
        raise FreezeError(f"the job {merged.name!r} {wrong}", variant.location)

    def _check_nodeset(self, merged: Merged) -> None:
        """Refuse alternatives that are undefined or contain one nodeset twice."""
        if not isinstance(merged.nodeset, NodesetSpec) or not merged.nodeset.alternatives:
            return
        holder = merged.nodeset_variant or merged.applied[-1]
        location = holder.source.at(holder.spec.place_of("nodeset"))
        identities: list[str] = []
        for name, spec in alternatives(merged.nodeset, self.layout.nodeset_specs):
            wrong = ""
            if spec and spec.identity in identities:
                wrong = f"has the nodeset {name!r} twice as an alternative"
            elif spec:
                identities.append(spec.identity)
            elif self.layout.tenant.lacks("nodeset", name):
                wrong = f"needs the nodeset {name!r}, which is not defined"
            if wrong:
                cause = self.layout.wrong_alternatives.get(name)
                raise FreezeError(f"the job {merged.name!r} {wrong}", location, cause=cause)


def _is_changed(base: Merged, mentions: Sequence[Variant]) -> bool:
    """Return whether a mention of the job, or its source, can change the job."""
    if base.intermediate or base.type == "reporter" or base.image_build_name is not None:
        return True
    return not all(mention.spec.is_bare for mention in mentions)


def _check_pragma(merged: Merged) -> None:
    """Refuse a job on which Zuul 14.3 fails because of the pragma in its base job's file.

    ``PragmaParser.fromYaml`` keeps one matcher where ``Job.getBranches`` expects several.
    """
    base = merged.applied[0]
    pragma, project = base.source.pragma, base.source.project
    if merged.names_branches or pragma is None or pragma.branches is not None:
        return
    if project.implied_matchers if pragma.matchers is None else pragma.matchers:
        message = (
            f"Zuul 14.3 fails on the job {merged.name!r}: the pragma in the file of its base job "
            f"{base.spec.name!r} has no 'implied-branches'; give one of the two jobs 'branches'"
        )
        raise FreezeError(message, base.location, "GR616")


def _check_reporter(merged: Merged, kind: str, mentions: Sequence[Variant]) -> None:
    """Refuse a reporter job unless the first mention for which it is one can run it.

    A mention can change the type of a job, so each mention is checked.
    """
    for variant in mentions:
        kind = variant.spec.type or kind
        if kind == "reporter":
            if variant.source.project.allow_reporter_jobs:
                return
            name = variant.source.project.name
            message = f"{name} may not run the reporter job {merged.name!r}"
            raise FreezeError(message, variant.location)
