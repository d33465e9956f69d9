"""`ManualRecords`: the records of a build, their claims, and the verdicts on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path

from sphinx.highlighting import lexer_classes, lexers

from groundrules.cache_folder import cache_folder
from groundrules.changes.published_changes import PublishedChanges, published_changes
from groundrules.checker import configurations_of_pages, usage_of_manual, verdicts_of
from groundrules.checker.check_data import check_data
from groundrules.checker.configurations import KEPT_BY_HAND, Configurations
from groundrules.claims.claims import Claims
from groundrules.claims.verdicts import Verdicts
from groundrules.diagnostics import Diagnostic
from groundrules.graphs.usage import NamedUsage
from groundrules.nearest import did_you_mean
from groundrules.pages.anchors import anchor_of
from groundrules.pages.outline import Outline
from groundrules.prose.languages import is_language
from groundrules.records import Catalogue, LoadedData
from groundrules.records.claims import claims_of
from groundrules.records.fields import Record
from groundrules.records.kinds import KINDS
from groundrules.records.loading import KnownFiles
from groundrules.rules.records import COME_WITH_TIME
from groundrules.sphinxext.build_errors import InvalidData, UnknownConfiguration
from groundrules.sphinxext.data_places import places_of_links
from groundrules.sphinxext.text_places import FileLine


@dataclass
class ManualRecords:
    """The records in the folder ``data``; ``given`` are paths of configurations by name.

    ``known`` are files that an earlier build in this process has read.
    """

    root: Path
    data: str
    given: Mapping[str, Path]
    known: KnownFiles = field(default_factory=dict)

    @cached_property
    def loaded(self) -> LoadedData:
        """The records, checked as by the command, with the same cache of texts."""
        own = {name for name in (*lexers, *lexer_classes) if not is_language(name)}
        cache = cache_folder(self.root)
        return check_data(self.root, self.data, cache=cache, languages=own, known=self.known)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The records; raises `InvalidData` when they have mistakes."""
        loaded = self.loaded
        if loaded.catalogue is None or loaded.report.has_errors:
            raise InvalidData(self.lasting)
        return loaded.catalogue

    @property
    def lasting(self) -> list[Diagnostic]:
        """The findings of a build: a build of the same files must not differ tomorrow."""
        return [
            each
            for each in self.loaded.report.diagnostics
            if each.rule not in COME_WITH_TIME and not each.rule.is_reminder
        ]

    @cached_property
    def claims(self) -> Claims:
        """The claims of the records about real configurations."""
        return claims_of(self.catalogue)

    @cached_property
    def configurations(self) -> Configurations:
        """The real configurations, which are read when they are needed."""
        cache = cache_folder(self.root)
        return configurations_of_pages(self.claims, self.root, self.given, cache)

    @cached_property
    def verdicts(self) -> Verdicts:
        """The verdicts on the documented graphs."""
        return verdicts_of(self.claims, self.configurations)

    @cached_property
    def usage(self) -> tuple[NamedUsage, ...]:
        """Who uses the documented labels and jobs, in each configuration."""
        return usage_of_manual(self.claims, self.configurations)

    @cached_property
    def outline(self) -> Outline:
        """The references between records."""
        return Outline(self.catalogue, self.verdicts, self.published)

    @cached_property
    def published(self) -> PublishedChanges | None:
        """What changed since the revision that ``manual.yaml`` names; None if it names none."""
        since = self.catalogue.manual.changes_since
        return published_changes(self.root, self.data, since) if since else None

    @cached_property
    def places_of_links(self) -> dict[str, list[FileLine]]:
        """Where the addresses are that the data files hold."""
        return places_of_links(self.loaded.texts)

    def place_of_page(self, page: str) -> FileLine | None:
        """Return where the record of a generated page is written; None for a page of many."""
        folder, _, name = page.partition("/")
        if folder == "labels":
            return self.place_of("label", self._labels_by_page.get(name, ""))
        kinds = {kind.folder: kind.name for kind in KINDS} | {"jobs": "job", "topics": "topic"}
        return self.place_of(kinds.get(folder, ""), name)

    @cached_property
    def _labels_by_page(self) -> dict[str, str]:
        return {anchor_of(name): name for name in self.catalogue.labels}

    def place_of(self, kind: str, name: str) -> FileLine | None:
        """Return where a record or a topic is written; None for an unknown one."""
        topics = (topic for topic in self.catalogue.topics if topic.topic == name)
        record = next(topics, None) if kind == "topic" else self.record(kind, name)
        place = record.location() if record else None
        return (place.path, place.line) if place else None

    def check_given(self) -> None:
        """Raise `UnknownConfiguration` for a path of none that ``manual.yaml`` says is read."""
        known = {claim.id: claim for claim in self.claims.configurations}
        for name in self.given:
            if name not in known:
                hint = did_you_mean(name, known, "known")
                raise UnknownConfiguration(f"unknown configuration {name!r}{hint}")
            if known[name].is_kept_by_hand:
                raise UnknownConfiguration(f"configuration {name!r} {KEPT_BY_HAND}")

    def record(self, kind: str, name: str) -> Record | None:
        """Return a record that has a page, or ``None``; a job is named ``GRAPH/NAME``."""
        catalogue = self.catalogue
        if kind == "expectation":
            return catalogue.expectations.get(name)
        if kind == "label":
            return catalogue.labels[name][1] if name in catalogue.labels else None
        if kind == "job":
            jobs = catalogue.jobs.get(name, ())
            return jobs[0][1] if len(jobs) == 1 else None
        records = (catalogue.of(each) for each in KINDS if each.name == kind and each.has_page)
        return next((record for record in chain(*records) if record.id == name), None)
