"""Directives: a record's anchor, a record's prose, and listings for hand-written pages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.addnodes import download_reference, pending_xref
from sphinx.highlighting import lexer_classes, lexers
from sphinx.util.docutils import SphinxDirective, switch_source_input
from typing_extensions import override

from groundrules.nearest import did_you_mean
from groundrules.pages.anchors import anchor_of
from groundrules.pages.listings import LISTINGS, UnknownName, known_word
from groundrules.prose.allowed import is_address
from groundrules.prose.languages import show_uncolored
from groundrules.prose.record_mentions import ARGUMENTS, KINDS
from groundrules.replaced import replaced
from groundrules.sphinxext.authors import mark, without_roles
from groundrules.sphinxext.build_errors import InvalidTemplate
from groundrules.sphinxext.domain import CiDomain, ci_domain
from groundrules.sphinxext.manual_build import ManualBuild, manual_build_of
from groundrules.sphinxext.part import PagePart, read_generated
from groundrules.sphinxext.search_entries import RECORD
from groundrules.sphinxext.translation import N_, translated, word
from groundrules.store import digest

if TYPE_CHECKING:
    from groundrules.pages.render import Templates

AROUND, LIVES = "around", "lives"
WORDS_OF_LIVES = {
    "title": N_("The labels of each operating system over the years"),
    "description": N_(
        "Each row is an operating system, with a bar for each of its labels that differ in their "
        "dates. The pages of the labels have every date."
    ),
    "supplied": N_("supplied"),
    "deprecated": N_("deprecated"),
    "not_supplied": N_("not supplied"),
    "planned": N_("planned"),
    "unknown": N_("not known"),
    "seen": N_("last seen in use"),
    "removed": N_("removed"),
    "today": N_("today"),
}


class CiDirective(SphinxDirective):
    """The base of the domain's directives."""

    @property
    def manual_build(self) -> ManualBuild:
        """The data of this build."""
        return manual_build_of(self.config)

    @property
    def ci(self) -> CiDomain:
        """The domain."""
        return ci_domain(self.env)


class RecordAnchor(CiDirective):
    """Sets the permanent anchor of a record and registers it: ``ci:record:: KIND NAME``."""

    required_arguments = 2
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"title": directives.unchanged}

    @override
    def run(self) -> list[nodes.Node]:
        from groundrules.sphinxext.record_details import details_of, names_of

        kind, name = self.arguments
        if kind not in KINDS:
            raise self.error(f"unknown kind of record {kind!r}{did_you_mean(kind, KINDS)}")
        anchor = anchor_of(name.rpartition("/")[2] if kind == "job" else name)
        if anchor in self.state.document.ids:  # of another kind of record, or of a heading
            anchor = f"{kind}-{anchor}"
        target = nodes.target("", "", ids=[anchor])
        self.state.document.note_explicit_target(target)
        title = translated(self.env, without_roles(self.options.get("title", anchor)))
        details = details_of(self.manual_build.records, kind, name)
        names = names_of(self.manual_build.catalogue, kind, name)
        target[RECORD] = kind, name, anchor, title, details, names
        self.ci.note_record(kind, name, title, anchor, self.get_location())
        return [target]


class ProseDirective(CiDirective):
    """Contains a record's text; errors in it are reported at the record's own file and line."""

    has_content = True

    @override
    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        origin = self.manual_build.places.of_lines(text)
        content = self.content
        if origin:
            self.ci.note_data_file(origin[0][0])
        if origin is not None and len(origin) == len(content):
            content = StringList(list(content), items=[(path, line - 1) for path, line in origin])
        settings = self.state.document.settings
        safe = replaced(settings, file_insertion_enabled=False, raw_enabled=False)
        with safe, switch_source_input(self.state, content):
            parsed = PagePart(content, 0).read(self.state)
        if wrong := _refused(parsed):
            raise self.error(wrong)
        mark(self.env, parsed, is_own=False)
        self._place_roles(parsed, text)
        show_uncolored(parsed, {*lexers, *lexer_classes})
        return parsed

    def _place_roles(self, parsed: list[nodes.Node], text: str) -> None:
        """Set the lines of roles, because docutils only knows the first line of their paragraph."""
        for role in (role for node in parsed for role in node.findall(pending_xref)):
            if place := self.manual_build.places.of_part(text, role.rawsource):
                role.source, role.line = place


def _refused(content: Iterable[nodes.Node]) -> str | None:
    """Return why some nodes are not allowed in data; ``None`` if all are.

    The text was checked with docutils' own directives (`groundrules.prose.allowed`), which Sphinx
    and other extensions replace.  If one of theirs accepts more, this keeps it off the page.
    """
    for node in (node for top in content for node in top.findall()):
        match node:
            case nodes.image() | nodes.math() | nodes.math_block() | nodes.raw():
                return f"data cannot contain {node.tagname!r}"
            case download_reference():
                return f"data cannot publish the file {node['reftarget']!r}"
            case nodes.Element() if not is_address(node.get("refuri", "https:")):
                return f"a link to {node['refuri']!r} is not a web or mail address"
    return None


class PictureDirective(CiDirective, ABC):
    """The base of directives with a picture in a page that has the same content as text.

    So the page is read again only if the text changes, or a template of pictures.
    """

    @override
    def run(self) -> list[nodes.Node]:
        from groundrules.pages.render import TemplateProblem

        templates = self.manual_build.templates
        self.ci.note_listing(AROUND, (), digest(templates.source_of_pictures()))
        try:
            return self.picture(templates)
        except TemplateProblem as error:
            raise self.error(str(error)) from None

    @abstractmethod
    def picture(self, templates: Templates) -> list[nodes.Node]:
        """Return the picture; nothing if it is empty.  Raises `TemplateProblem`."""


class Listing(CiDirective):
    """Shows the records that its options select; see `groundrules.pages.listings`."""

    @override
    def run(self) -> list[nodes.Node]:
        name = self.name.partition(":")[2]
        options = {**self.options, **({"id": self.arguments[0]} if self.arguments else {})}
        try:
            text = listing_text(self.manual_build, name, options)
        except (UnknownName, InvalidTemplate) as error:
            raise self.error(str(error)) from None
        self.ci.note_listing(name, options.items(), digest(text))
        if name == "matrix":
            from groundrules.pages.matrix import matrix
            from groundrules.sphinxext.table import matrix_tables

            table = matrix(self.manual_build.catalogue, options.get("topic"))
            shown = matrix_tables(table, self.env)
            for role in (role for node in shown for role in node.findall(pending_xref)):
                self.set_source_info(role)
            return shown
        shown_text = read_generated(self, text)
        mark(self.env, shown_text, is_own=True)
        return shown_text


def listing_text(build: ManualBuild, name: str, options: Mapping[str, str]) -> str:
    """Return the text of a listing with ``options``; raises `UnknownName`, `InvalidTemplate`."""
    from groundrules.pages.render import TemplateProblem

    try:
        return _listing_text(build, name, options)
    except TemplateProblem as error:
        raise InvalidTemplate(str(error)) from None


def _listing_text(build: ManualBuild, name: str, options: Mapping[str, str]) -> str:
    from groundrules.pages.label_comparison import answer_key
    from groundrules.pages.label_lives import label_lives
    from groundrules.pages.matrix import matrix

    if name == AROUND:
        return build.templates.source_of_pictures()
    if name == LIVES:
        lives = label_lives(build.catalogue)
        words = {key: word(text) for key, text in WORDS_OF_LIVES.items()}
        return build.templates.picture("lives", {"lives": lives, "words": words}) if lives else ""
    if name == "matrix":
        topics = (topic.topic for topic in build.catalogue.topics)
        table = matrix(build.catalogue, known_word("topic", options.get("topic"), topics))
        rows = [(row.expectation.id, *map(answer_key, row.answers)) for row in table.rows]
        return repr(([(column.platform.id, column.name) for column in table.columns], rows))
    template, _, context = LISTINGS[name]
    return build.templates.part(template, context(build.records.outline, options))


def listing_directives() -> dict[str, type[Listing]]:
    """Return a directive for each listing, with its options."""
    made: dict[str, type[Listing]] = {}
    options_of = {name: options for name, (_, options, _) in LISTINGS.items()}
    for name, options in {**options_of, "matrix": ("topic",)}.items():
        spec = dict.fromkeys(options, directives.unchanged_required)
        members = {"option_spec": spec, "required_arguments": int(name in ARGUMENTS)}
        made[name] = type(f"{name.title()}Listing", (Listing,), members)
    return made
