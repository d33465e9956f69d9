"""The domain ``ci``: records as objects, and the pages that contain or mention them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.osutil import relative_uri
from typing_extensions import override

from groundrules.nearest import did_you_mean
from groundrules.pages import GENERATED
from groundrules.pages.rst import TEXT_ROLE
from groundrules.prose.record_mentions import KINDS
from groundrules.records.references import of_several_graphs
from groundrules.sphinxext.authors import TextRole
from groundrules.sphinxext.origin import OriginRole
from groundrules.sphinxext.register import Register, RegisterEntry, bare
from groundrules.sphinxext.roles import BadgeRole, EdgeRole, RecordRole, RowRole, ShareRole, later
from groundrules.sphinxext.translation import word

logger = logging.getLogger(__name__)
KEYWORD = "keyword"
BESIDE = "beside"
HOLDS = "holds"
WORD = "word"
_MATRIX = f"{GENERATED}/matrix"


@dataclass(slots=True)
class PageNotes:
    """What builds have to know of a page.

    ``listings`` are digests of what its listings show, by directive and options.  ``mentions`` are
    the records to which it refers, by kind and name.  ``data_files`` are those whose texts it
    shows, as directives.
    """

    listings: dict[tuple[str, tuple[tuple[str, str], ...]], str] = field(default_factory=dict)
    mentions: list[tuple[str, str]] = field(default_factory=list)
    data_files: set[str] = field(default_factory=set)


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
        "row": RowRole(),
        "share": ShareRole(),
        TEXT_ROLE: TextRole(),
        BESIDE: XRefRole(innernodeclass=nodes.inline),
        HOLDS: XRefRole(innernodeclass=nodes.inline),
        WORD: XRefRole(innernodeclass=nodes.inline),
    }
    initial_data: ClassVar[dict[str, Any]] = {
        "records": Register(),
        "pages": {},
    }
    data_version = 5

    @property
    def records(self) -> Register:
        """The place of each record."""
        records: Register = self.data["records"]
        return records

    @property
    def pages(self) -> dict[str, PageNotes]:
        """The notes on each page that has any."""
        pages: dict[str, PageNotes] = self.data["pages"]
        return pages

    def _notes(self, docname: str) -> PageNotes:
        return self.pages.setdefault(docname, PageNotes())

    def note_record(self, kind: str, name: str, title: str, anchor: str, where: str) -> None:
        """Register a record; warn if another page has it too."""
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
        """Store the digest of a listing, so that a build can detect changes."""
        notes = self._notes(self.env.current_document.docname)
        notes.listings[name, tuple(sorted(options))] = digest

    def note_data_file(self, path: str) -> None:
        """Store a data file whose text a page shows."""
        self._notes(self.env.current_document.docname).data_files.add(path)

    @override
    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        mentions = {
            (node["reftype"], node["reftarget"])
            for node in document.findall(pending_xref)
            if node.get("refdomain") == self.name
        }
        mentions |= {("job", name) for node in document.findall(later) for name in node["names"]}
        if mentions:
            self._notes(docname).mentions = sorted(mentions)

    def mentions_on(self, docname: str) -> list[RegisterEntry | None]:
        """Return the places and titles of the records to which a page refers."""
        notes = self.pages.get(docname)
        return [self.records.find(*key) for key in notes.mentions] if notes else []

    @override
    def clear_doc(self, docname: str) -> None:
        self.pages.pop(docname, None)
        self.records.clear(docname)

    @override
    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self.records.update(otherdata["records"], docnames)
        pages: dict[str, PageNotes] = otherdata["pages"]
        self.pages.update({name: pages[name] for name in docnames if name in pages})

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
        if typ == WORD:  # a term of the manual's glossary, if it has one
            words = env.get_domain("std")
            link = words.resolve_xref(env, fromdocname, builder, "term", target, node, contnode)
            return link or cast(nodes.reference, contnode)  # Sphinx accepts any node
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
            priority = 0 if kind == KEYWORD else 1  # in the search, 0 comes first
            yield name, entry.title, kind, entry.docname, entry.anchor, priority
            short = bare(name)
            if kind == "job" and len(self.records.jobs_called(short)) == 1:
                yield short, entry.title, kind, entry.docname, entry.anchor, -1


def ci_domain(env: BuildEnvironment) -> CiDomain:
    """Return the domain of an environment."""
    return cast(CiDomain, env.get_domain(CiDomain.name))


def warn_unknown(app: Any, domain: Domain | None, node: pending_xref) -> bool | None:
    """Warn about an unknown record with a suggestion, instead of Sphinx's own warning."""
    if not isinstance(domain, CiDomain):
        return None
    kind, target = node["reftype"], node["reftarget"]
    names = [name for each, name in domain.records if each == kind]
    if kind == "job":
        if fits := domain.records.jobs_called(target):
            message = of_several_graphs(target, fits)
            logger.warning(message, location=node, type="ref", subtype=kind)
            return True
        names += [bare(name) for name in names]
    message = f"unknown {kind} {target!r}{did_you_mean(target, names)}"
    logger.warning(message, location=node, type="ref", subtype=kind)
    return True


def _link_beside(
    fromdocname: str, builder: Builder, target: str, contnode: nodes.Element
) -> nodes.reference:
    """Return the link to a file beside the HTML pages; in other formats, its text."""
    if builder.format != "html" or builder.name == "epub":
        return cast(nodes.reference, contnode)  # Sphinx accepts any node
    here = builder.get_target_uri(fromdocname).partition("#")[0]
    return nodes.reference("", "", contnode, refuri=relative_uri(here, target))


def _link_matrix(
    fromdocname: str, builder: Builder, label: str, contnode: nodes.Element
) -> nodes.reference:
    """Return the link to the matrix, filtered by a label; in other formats, its text."""
    if builder.format != "html":
        return cast(nodes.reference, contnode)
    page = builder.get_relative_uri(fromdocname, _MATRIX).partition("#")[0]
    if builder.name == "epub":  # these have no script, and every fragment has to exist
        return nodes.reference("", "", contnode, refuri=page, internal=True)
    return nodes.reference("", "", contnode, refuri=f"{page}#{urlencode({'label': label})}")
