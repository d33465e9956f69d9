"""The domain ``ci``: records as objects, roles that lead to them, and what is out of date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.osutil import relative_uri

from groundrules.diagnostics import did_you_mean
from groundrules.records.kinds import roles
from groundrules.sphinxext.origin import OriginRole
from groundrules.sphinxext.register import Register, RegisterEntry, bare

logger = logging.getLogger(__name__)
KINDS = roles()
KEYWORD = "keyword"
MATRIX = "generated/matrix"


class later(nodes.Element):  # noqa: N801 - docutils names nodes so
    """Stands for links to jobs, by their ``names``, that are made when the page is written."""


class RecordRole(XRefRole):
    """Refers to a record by its id or name; without a title of its own it shows the record's."""

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Show a job as its name, without the graph before it."""
        is_job = refnode["reftype"] == "job" and not has_explicit_title
        return title.rpartition("/")[2] if is_job else title, target


BADGES = {
    "guaranteed": ("✔", "guaranteed"),
    "varies": ("◐", "varies"),
    "not-guaranteed": ("✘", "not guaranteed"),
    "enforced": ("✔", "enforced"),
    "verified": ("✔", "verified"),
    "drifted": ("✘", "drifted"),
    "planned": ("◌", "planned"),
    "not-checked": ("?", "not checked"),
    "upcoming": ("◌", "not there yet"),
    "current": ("✔", "current"),
    "announced": ("▽", "about to go"),
    "deprecated": ("▽", "deprecated"),
    "removed": ("✘", "removed"),
    "active": ("✔", "active"),
    "disabled": ("✘", "disabled"),
    "unknown": ("?", "unknown"),
    "open": ("◌", "open"),
    "done": ("✔", "done"),
    "dropped": ("✘", "dropped"),
}


def badge_node(word: str) -> nodes.inline:
    """Return a word of the records with its symbol; never told by colour alone."""
    symbol, text = BADGES[word]
    return nodes.inline(word, f"{symbol} {text}", classes=["ci-badge", f"ci-{word}"])


class BadgeRole(SphinxRole):
    """Shows a standing, stage or state with its symbol."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the mark, or an error for a word that is none."""
        if self.text in BADGES:
            return [badge_node(self.text)], []
        message = f"there is no badge {self.text!r}{did_you_mean(self.text, BADGES)}"
        error = self.inliner.reporter.error(message, line=self.lineno)
        return [self.inliner.problematic(self.rawtext, self.rawtext, error)], [error]


class edge(nodes.inline):  # noqa: N801 - docutils names nodes so
    """How one job waits for another, in the row of a table that an arrow of a picture leads to."""


class EdgeRole(SphinxRole):
    """Shows how a job waits, as the other end of an arrow: ``GRAPH-NUMBER WORD``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the word with the number of its arrow."""
        number, _, word = self.text.partition(" ")
        return [edge("", word, number=number)], []


BESIDE = "beside"
HOLDS = "holds"


class CiDomain(Domain):
    """Platforms, labels, expectations, graphs, jobs and sessions."""

    name = "ci"
    label = "Continuous integration"
    object_types: ClassVar[dict[str, ObjType]] = {
        kind: ObjType(kind, kind) for kind in (*KINDS, KEYWORD)
    }
    roles: ClassVar[dict[str, Any]] = {
        **{
            kind: RecordRole(
                warn_dangling=True,
                innernodeclass=nodes.literal if kind in ("job", "label") else nodes.inline,
            )
            for kind in KINDS
        },
        "badge": BadgeRole(),
        "edge": EdgeRole(),
        "origin": OriginRole(),
        BESIDE: XRefRole(innernodeclass=nodes.inline),
        HOLDS: XRefRole(innernodeclass=nodes.inline),
    }
    initial_data: ClassVar[dict[str, Any]] = {"records": Register(), "listings": {}, "mentions": {}}
    data_version = 3

    @property
    def records(self) -> Register:
        """Where each record stands."""
        records: Register = self.data["records"]
        return records

    @property
    def listings(self) -> dict[str, dict[tuple[str, tuple[tuple[str, str], ...]], str]]:
        """Pages → the listings on them, by directive and options → a digest of the content."""
        listings: dict[str, Any] = self.data["listings"]
        return listings

    @property
    def mentions(self) -> dict[str, list[tuple[str, str]]]:
        """Pages → the records that they refer to, by kind and name."""
        mentions: dict[str, list[tuple[str, str]]] = self.data["mentions"]
        return mentions

    def note_record(self, kind: str, name: str, title: str, anchor: str, where: str) -> None:
        """Remember where a record stands; warn when it already stands elsewhere."""
        docname = self.env.current_document.docname
        other = self.records.get((kind, name))
        if other is not None and other.docname != docname:
            logger.warning(
                "the %s %r stands on %s too",
                kind,
                name,
                other.docname,
                location=where,
                type="groundrules",
                subtype="duplicate",
            )
        self.records.add((kind, name), RegisterEntry(docname, anchor, title))

    def note_listing(self, name: str, options: Iterable[tuple[str, str]], digest: str) -> None:
        """Remember what a listing showed, so that a build sees when it would show otherwise."""
        docname = self.env.current_document.docname
        self.listings.setdefault(docname, {})[name, tuple(sorted(options))] = digest

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Remember which records a page refers to."""
        mentions = {
            (node["reftype"], node["reftarget"])
            for node in document.findall(pending_xref)
            if node.get("refdomain") == self.name
        }
        mentions |= {("job", name) for node in document.findall(later) for name in node["names"]}
        if mentions:
            self.mentions[docname] = sorted(mentions)

    def mentions_on(self, docname: str) -> list[RegisterEntry | None]:
        """Return where the records are that a page refers to, and their titles."""
        return [self.records.find(*key) for key in self.mentions.get(docname, ())]

    def clear_doc(self, docname: str) -> None:
        """Forget what stood on a page."""
        self.listings.pop(docname, None)
        self.mentions.pop(docname, None)
        self.records.clear(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel process read."""
        self.records.update(otherdata["records"], docnames)
        for kind in ("listings", "mentions"):
            for docname, noted in otherdata[kind].items():
                if docname in docnames:
                    self.data[kind][docname] = noted

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Return the link to a record, or ``None``, which Sphinx reports."""
        if typ == BESIDE:
            return _link_beside(fromdocname, builder, target, contnode)
        if typ == HOLDS:
            return _link_matrix(fromdocname, builder, target, contnode)
        entry = self.records.find(typ, target)
        if entry is None:
            return None
        if not node.get("refexplicit") and typ not in ("job", "label"):
            contnode = nodes.inline(entry.title, entry.title, classes=["ci", f"ci-to-{typ}"])
        return entry.link(builder, fromdocname, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Return the links to every record of the name."""
        found = (
            (
                f"ci:{kind}",
                self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode),
            )
            for kind in KINDS
        )
        return [(role, link) for role, link in found if link is not None]

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002
        """Return what the search calls a kind of record: its own word, without the domain's."""
        return type.lname

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every record for the inventory and the search; jobs by their bare name too."""
        for (kind, name), entry in self.records.items():
            priority = 0 if kind == KEYWORD else 1  # the search puts 0 first
            yield name, entry.title, kind, entry.docname, entry.anchor, priority
            short = bare(name)
            if kind == "job" and len(self.records.jobs_called(short)) == 1:
                yield short, entry.title, kind, entry.docname, entry.anchor, -1


def _link_beside(
    fromdocname: str, builder: Builder, target: str, contnode: nodes.Element
) -> nodes.reference:
    """Return the link to a file beside the HTML pages, from the site's root; elsewhere its text."""
    if builder.format != "html" or builder.name == "epub":
        return cast(nodes.reference, contnode)  # Sphinx takes any node
    here = builder.get_target_uri(fromdocname).partition("#")[0]
    return nodes.reference("", "", contnode, refuri=relative_uri(here, target))


def _link_matrix(
    fromdocname: str, builder: Builder, label: str, contnode: nodes.Element
) -> nodes.reference:
    """Return the link to the matrix, of which its script shows one label; elsewhere its text."""
    if builder.format != "html":
        return cast(nodes.reference, contnode)
    page = builder.get_relative_uri(fromdocname, MATRIX).partition("#")[0]
    if builder.name == "epub":  # no script, and every fragment has to exist
        return nodes.reference("", "", contnode, refuri=page, internal=True)
    return nodes.reference("", "", contnode, refuri=f"{page}#{urlencode({'label': label})}")


def warn_unknown(app: Any, domain: Domain | None, node: pending_xref) -> bool | None:
    """Say which record a role may have meant, in place of Sphinx's own warning."""
    if not isinstance(domain, CiDomain):
        return None
    kind, target = node["reftype"], node["reftarget"]
    names = [name for each, name in domain.records if each == kind]
    if kind == "job":
        if fits := domain.records.jobs_called(target):
            message = f"several graphs have a job {target!r}; write {' or '.join(fits)}"
            logger.warning(message, location=node, type="ref", subtype=kind)
            return True
        names += [bare(name) for name in names]
    message = f"unknown {kind} {target!r}{did_you_mean(target, names)}"
    logger.warning(message, location=node, type="ref", subtype=kind)
    return True
