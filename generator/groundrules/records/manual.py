"""`Manual`: what the manual is called, who publishes it, where the real configurations are."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StrictInt

from groundrules.records.fields import Id, Keyword, Line, Name, Record, Reference, Some, Text, Url
from groundrules.records.kinds import KINDS
from groundrules.records.times import Date
from groundrules.systems import OTHER, SYSTEMS

if TYPE_CHECKING:
    KindName = str
    System = str
else:  # a type checker wants the names written out; they are those of the tables
    KindName = Literal[tuple(kind.name for kind in KINDS)]
    System = Literal[(*SYSTEMS, OTHER)]


class Connection(Record):
    """One of Zuul's connections, which the tenant file names."""

    name: Name
    """Its name in the tenant file."""
    host: Line
    """The host in the canonical names of its projects, such as ``opendev.org``."""


class NamedConfiguration(Record):
    """A real CI configuration that documented graphs describe."""

    id: Id
    """The name that graphs refer to it by."""
    title: Line
    """What readers call it, also within a sentence, such as ``OpenDev's deployment jobs``."""
    system: System = "zuul"
    """The CI system that reads it; ``other`` for one that nothing here reads, such as GitHub
    Actions or a wiki: graphs of it are kept by hand, and compared with nothing."""
    url: Url | None = None
    """Where people can look at it."""
    folder: Line | None = Field(default=None, alias="path")
    """The folder in this repository that holds it: a checkout (``.`` is this one) or a snapshot."""
    git: Line | None = None
    """The git repository that holds it, beside this one, such as ``../system-config``."""
    ref: Line | None = None
    """The branch, tag or commit to read from ``git``; the graph's branch by default."""
    tenant: Line | None = None
    """The tenant file in this repository; its repositories are below ``path``, or beside it."""
    tenant_name: Line | None = None
    """The tenant to read, where the tenant file has several."""
    connections: tuple[Connection, ...] = ()
    """The hosts of connections, where canonical names such as ``opendev.org/openstack/nova``
    need them."""


class Source(Record):
    """What readers call an address that records give as evidence."""

    url: Url
    """The address, exactly as the records have it."""
    title: Line = Field(examples=["project-config, commit of 5 March 2025: use the new locking"])
    """What it is, in the words of its link."""


class EvidencePolicy(StrEnum):
    """Whether records have to name their source."""

    OPTIONAL = "optional"
    """The page of a record without evidence says that there is none."""
    REQUIRED = "required"
    """A record without evidence is an error."""


class PromiseKind(StrEnum):
    """What can be taken away from somebody who relies on it."""

    LABEL = "label-removed"
    """A label is removed, or nobody supplies it any more."""
    WITHDRAWN = "expectation-withdrawn"
    """A guaranteed expectation is withdrawn, or its record is gone."""
    STANDING = "standing-lowered"
    """An expectation is not guaranteed any more, on all labels or on some."""
    BOUND = "bound-loosened"
    """The measure of a guaranteed expectation allows more than before, or is gone."""
    SCOPE = "scope-narrowed"
    """A guaranteed expectation does not apply to a label any more."""


class Notice(Record):
    """How long before its end a promise has to be announced; for ``changes --breaking``."""

    days: StrictInt = Field(ge=1, le=36_500, examples=[90])
    """The days between the announcement and the end; a label can be deprecated for as long."""
    kinds: Some[PromiseKind] = tuple(PromiseKind)
    """What counts as taken away; everything by default."""
    waived: tuple[Reference, ...] = Field(default=(), examples=[["label:centos-7"]])
    """Labels and expectations that may end without notice, for reasons that nobody could know."""


class Manual(Record):
    """The manual as a whole; ``data/manual.yaml``."""

    title: Line
    """The name of the manual, on every page."""
    publisher: Line
    """The team that keeps the promises."""
    license: Line | None = Field(default=None, examples=["Apache License 2.0"])
    """The license of the manual's texts."""
    about: Text | None = None
    """What readers should know of the manual itself, such as whether it is official."""
    summary: Text
    """What a newcomer learns here, in one or two sentences."""
    site: Url | None = None
    """The address the manual is published at; the feed's links need it."""
    report: Url | None = None
    """Where readers report a mistake: a tracker or a mailing list."""
    edit: Url | None = None
    """The address before a data file's path where readers can propose a change."""
    updated: Date | None = None
    """The day on which the data last changed; by default the one that git knows."""
    kinds: tuple[KindName, ...] | None = Field(default=None, examples=[["platform", "expectation"]])
    """The kinds of records that the manual has; all by default. Another kind has pages and menu
    entries as soon as it has a record."""
    confirm_after: StrictInt | None = Field(default=None, ge=1, examples=[365])
    """The days after which a page says that an expectation was not confirmed for that long."""
    verified_within: Annotated[int, Field(strict=True, ge=1)] = 90
    """After how many days a recorded verification is reported as old."""
    evidence: EvidencePolicy = EvidencePolicy.OPTIONAL
    """Whether every expectation, platform and graph has to name its source."""
    rules_page: Line | None = Field(default=None, examples=["reference/rules"])
    """The hand-written page that lists the rules of ``groundrules check`` with ``ci:rules``; with
    this key, each rule has a page of its own, to which the list links."""
    synonyms: tuple[Some[Keyword], ...] = ()
    """Words that mean the same to somebody who searches, such as ``[memory, RAM]``."""
    changes_since: Line | None = Field(default=None, examples=["v1.0"])
    """The git revision since which the page of changes lists every difference of the data, such as
    the tag of the last release. A build that cannot read it says so."""
    notice: Notice | None = None
    """The notice that is given before a promise ends."""
    sources: tuple[Source, ...] = ()
    """Titles of addresses in ``evidence`` and ``notes``. Without one, a link says what its address
    does, such as the repository and commit."""
    configurations: tuple[NamedConfiguration, ...] = ()
    """The real configurations that the graphs are compared with."""

    @property
    def is_without_zuul(self) -> bool:
        """Whether nothing here is Zuul's: all configurations are kept by hand."""
        systems = {each.system for each in self.configurations}
        return bool(systems) and "zuul" not in systems

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of `sources` by address."""
        return {source.url: source.title for source in self.sources}
