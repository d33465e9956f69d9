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
from typing_extensions import override

from groundrules.diagnostics import did_you_mean
from groundrules.records.kinds import roles
from groundrules.sphinxext.origin import OriginRole
from groundrules.sphinxext.register import Register, RegisterEntry, bare
from groundrules.sphinxext.translation import N_, word

logger = logging.getLogger(__name__)
KINDS = roles()
KEYWORD = "keyword"
MATRIX = "generated/matrix"


class later(nodes.Element):  # noqa: N801 - docutils names nodes so
    """A placeholder for links to jobs by ``names``, made when the page is written."""


class RecordRole(XRefRole):
    """Refers to a record by its id or name; without a title of its own it shows the record's."""

    @override
    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        is_job = refnode["reftype"] == "job" and not has_explicit_title
        return title.rpartition("/")[2] if is_job else title, target


BADGES = {
    "guaranteed": ("✔", N_("guaranteed")),
    "varies": ("◐", N_("varies")),
    "not-guaranteed": ("✘", N_("not guaranteed")),
    "enforced": ("✔", N_("enforced")),
    "verified": ("✔", N_("verified")),
    "drifted": ("✘", N_("drifted")),
    "planned": ("◌", N_("planned")),
    "not-checked": ("?", N_("not checked")),
    "upcoming": ("◌", N_("not there yet")),
    "current": ("✔", N_("current")),
    "announced": ("▽", N_("about to go")),
    "deprecated": ("▽", N_("deprecated")),
    "removed": ("✘", N_("removed")),
    "active": ("✔", N_("active")),
    "disabled": ("✘", N_("disabled")),
    "unknown": ("?", N_("unknown")),
    "open": ("◌", N_("open")),
    "done": ("✔", N_("done")),
    "dropped": ("✘", N_("dropped")),
}


def badge_node(state: str) -> nodes.inline:
    """Return a standing, stage or state with its symbol, so that color alone never matters."""
    symbol, text = BADGES[state]
    return nodes.inline(state, f"{symbol} {word(text)}", classes=["ci-badge", f"ci-{state}"])


class BadgeRole(SphinxRole):
    """Shows a standing, stage or state with its symbol."""

    @override
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if self.text in BADGES:
            return [badge_node(self.text)], []
        message = f"unknown badge {self.text!r}{did_you_mean(self.text, BADGES)}"
        error = self.inliner.reporter.error(message, line=self.lineno)
        return [self.inliner.problematic(self.rawtext, self.rawtext, error)], [error]


class edge(nodes.inline):  # noqa: N801 - docutils names nodes so
    """How one job waits for another, in the row of a table that an arrow of a picture leads to."""


class EdgeRole(SphinxRole):
    """Shows how a job waits, as the other end of an arrow: ``GRAPH-NUMBER WORD``."""

    @override
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        number, _, how = self.text.partition(" ")
        return [edge("", word(how), number=number)], []


KIND_WORDS = (
    N_("expectation"),
    N_("graph"),
    N_("job"),
    N_("keyword"),
    N_("label"),
    N_("platform"),
    N_("session"),
)
HOW = (N_("hard"), N_("soft"))
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
    initial_data: ClassVar[dict[str, Any]] = {
        "records": Register(),
        "listings": {},
        "mentions": {},
        "data_files": {},
    }
    data_version = 4

    @property
    def records(self) -> Register:
        """The place of each record."""
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

    @property
    def data_files(self) -> dict[str, set[str]]:
        """Pages → the data files whose texts they show, as directives."""
        files: dict[str, set[str]] = self.data["data_files"]
        return files

    def note_record(self, kind: str, name: str, title: str, anchor: str, where: str) -> None:
        """Remember the place of a record; warn when another page has it too."""
        docname = self.env.current_document.docname
        other = self.records.get((kind, name))
        if other is not None and other.docname != docname:
            logger.warning(
                "duplicate %s %r; the other one is on %s",
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

    def note_data_file(self, path: str) -> None:
        """Remember a data file whose text a page shows."""
        self.data_files.setdefault(self.env.current_document.docname, set()).add(path)

    @override
    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
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

    @override
    def clear_doc(self, docname: str) -> None:
        self.listings.pop(docname, None)
        self.mentions.pop(docname, None)
        self.data_files.pop(docname, None)
        self.records.clear(docname)

    @override
    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self.records.update(otherdata["records"], docnames)
        for kind in ("listings", "mentions", "data_files"):
            for docname, noted in otherdata[kind].items():
                if docname in docnames:
                    self.data[kind][docname] = noted

    @override
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

    @override
    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        links = (
            (
                f"ci:{kind}",
                self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode),
            )
            for kind in KINDS
        )
        return [(role, link) for role, link in links if link is not None]

    @override
    def get_type_name(self, type: ObjType, primary: bool = False) -> str:
        return word(type.lname)

    @override
    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
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
