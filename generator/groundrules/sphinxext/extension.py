"""The Sphinx extension: its settings, domain, directives and event handlers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from functools import cache, partial
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from msgspec.structs import replace
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from groundrules import __version__
from groundrules.build_folders import UnwritableFolderError
from groundrules.checkout import file_from_here
from groundrules.pages.listings import UnknownName
from groundrules.sphinxext import (
    diagram,
    directives,
    existing_projects,
    finished_builds,
    memory_use,
    origin,
    preconditions,
)
from groundrules.sphinxext import html_elements as elements
from groundrules.sphinxext import search_box as finder
from groundrules.sphinxext.authors import BuiltinWords, PeoplesWords
from groundrules.sphinxext.breadcrumbs import add_trail, mark_section
from groundrules.sphinxext.build_errors import (
    UNKNOWN,
    UNWRITABLE,
    InvalidData,
    InvalidTemplate,
    UnknownConfiguration,
)
from groundrules.sphinxext.data_places import place_links
from groundrules.sphinxext.domain import CiDomain, ci_domain, warn_unknown
from groundrules.sphinxext.epub import prepare_epub
from groundrules.sphinxext.fast_directives import Facts, FastTable, JobsRole, Waits, expand
from groundrules.sphinxext.html_page import SiteFacts, on_each_page
from groundrules.sphinxext.known_pages import KnownPages
from groundrules.sphinxext.manual_build import manual_build_of, open_manual_build
from groundrules.sphinxext.not_found import add_base, not_found_page
from groundrules.sphinxext.page_footer import add_footer
from groundrules.sphinxext.page_head import add_head
from groundrules.sphinxext.page_scripts import add_scripts, add_scripts_of_page, remove_maps
from groundrules.sphinxext.pictures import Changing, GanttDirective, LivesDirective, NodeValues
from groundrules.sphinxext.publish import publish
from groundrules.sphinxext.roles import badge, edge, share, visit_badge, visit_share
from groundrules.sphinxext.script_texts import add_texts
from groundrules.sphinxext.search_box import Keywords
from groundrules.sphinxext.search_data import write_entries
from groundrules.sphinxext.search_entries import SearchCollector
from groundrules.sphinxext.translation import add_catalog
from groundrules.sphinxext.warned_pages import collect_warnings, warned_pages
from groundrules.store import digest
from groundrules.text import counted

logger = logging.getLogger(__name__)

SETTING = "groundrules_configurations"

# Bump whenever the shape of what is stored in the environment changes.
ENV_VERSION = 13


def generate(app: Sphinx) -> None:
    """Generate the pages before Sphinx searches for source files.

    Mistakes in data and templates end the build here, each with its place, and without the
    traceback that Sphinx shows for errors of extensions.
    """
    try:
        with memory_use.seldom_collected():
            open_manual_build(app).generate()
        return
    except InvalidData as error:
        root = manual_build_of(app.config).root
        for diagnostic in error.diagnostics:
            place = diagnostic.location
            shown = replace(place, path=file_from_here(root, place.path))
            logger.error("%s [%s]", diagnostic.message, diagnostic.rule.id, location=str(shown))
        files = {diagnostic.location.path for diagnostic in error.diagnostics}
        mistakes = counted(len(error.diagnostics), "mistake")
        logger.error("%s in %s; nothing was built", mistakes, counted(len(files), "file"))
        code = 2
    except (InvalidTemplate, UnwritableFolderError, UnknownConfiguration) as error:
        logger.error("%s", error)
        codes = {InvalidTemplate: 2, UnwritableFolderError: UNWRITABLE}
        code = codes.get(type(error), UNKNOWN)
    finished_builds.stop(app)
    raise SystemExit(code)


def outdated_listings(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    """Return the pages whose listings have changed."""
    build = manual_build_of(app.config)
    domain = ci_domain(env)
    if domain.data.get("digest") == build.inputs.digest:
        return []
    domain.data["digest"] = build.inputs.digest
    domain.data["synonyms"] = build.catalogue.manual.synonyms
    domain.data["site"] = SiteFacts.of(build.catalogue.manual)
    says = cache(partial(_says, app))  # thousands of pages have the same one
    return [
        docname
        for docname, notes in domain.pages.items()
        if any(says(*key) != said for key, said in notes.listings.items())
    ]


def _says(app: Sphinx, name: str, options: tuple[tuple[str, str], ...]) -> str:
    try:
        return digest(directives.listing_text(manual_build_of(app.config), name, dict(options)))
    except (UnknownName, InvalidTemplate):
        return ""


def add_style(app: Sphinx) -> None:
    """Make the extension's style sheet and scripts static files of the manual.

    An ePub gets none, because ePub readers and epubcheck do not support nested CSS rules yet.
    """
    if app.builder.name == "epub":
        return
    app.add_css_file("groundrules.css")
    add_scripts(app)
    app.config.html_static_path.append(str(Path(__file__).parent / "static"))


DIRECTIVES: dict[str, type[Directive]] = {
    "record": directives.RecordAnchor,
    "prose": directives.ProseDirective,
    "around": diagram.Around,
    "changing": Changing,
    "details": elements.DetailsDirective,
    "diagram": diagram.DiagramDirective,
    "search": finder.Search,
    "facts": Facts,
    "gantt": GanttDirective,
    "keywords": Keywords,
    "lives": LivesDirective,
    "table": FastTable,
    "toctree": KnownPages,
    "values": NodeValues,
    "waits": Waits,
    **directives.listing_directives(),
}
# nodes, and the functions that begin and end them in HTML; other formats skip these nodes
ONLY_IN_HTML: dict[type[nodes.Element], Any] = {
    diagram.diagram: (diagram.visit_html, diagram.depart_html),
    elements.site_markup: (elements.visit_site_markup, None),
    finder.search: (finder.visit_html, None),
}
# other formats show these as the nodes from which they are derived
OTHER_IN_HTML: dict[type[nodes.Element], Any] = {
    badge: (visit_badge, None),
    share: (visit_share, elements.closed("span")),
    edge: (diagram.visit_edge, elements.closed("a")),
    origin.origin: (origin.visit_html, None),
    elements.named_cell: (elements.visit_named_cell, elements.closed("td", "\n")),
    elements.head_cell: (elements.visit_head_cell, elements.closed("th", "\n")),
    elements.bare_paragraph: (elements.nothing, elements.nothing),
    elements.details: (
        elements.opened("details", "\n", "ci-details"), elements.closed("details", "\n")
    ),
    elements.summary: (elements.opened("summary"), elements.closed("summary", "\n")),
}  # fmt: skip
# Sphinx's events, their handlers, and the priority, which is 500 if order does not matter
HANDLERS: tuple[tuple[str, Callable[..., Any], int], ...] = (
    ("config-inited", preconditions.require_settings, 500),
    ("config-inited", preconditions.require_folders, 500),
    ("config-inited", finished_builds.begin, 500),
    ("config-inited", existing_projects.read_generated_pages, 900),  # after Sphinx's own reading
    ("doctree-read", existing_projects.own_labels, 400),  # before autosectionlabel
    ("doctree-read", existing_projects.shared_labels, 600),
    ("html-page-context", on_each_page(add_trail, in_epub=True), 500),
    ("html-page-context", on_each_page(add_footer, add_head, add_base, add_scripts_of_page), 500),
    ("html-page-context", on_each_page(mark_section), 900),  # after the theme
    ("html-collect-pages", not_found_page, 500),
    ("builder-inited", collect_warnings, 100),  # before others warn
    ("builder-inited", prepare_epub, 400),  # before the builder's own check
    ("builder-inited", add_style, 500),
    ("builder-inited", add_texts, 500),
    ("builder-inited", generate, 500),
    ("env-get-outdated", outdated_listings, 500),
    ("env-get-outdated", warned_pages, 500),
    ("env-before-read-docs", preconditions.require_first_page, 100),
    ("env-before-read-docs", preconditions.require_generated_pages, 100),
    ("env-before-read-docs", finished_builds.begin_reading, 500),
    ("env-before-read-docs", memory_use.collect_seldom, 500),
    ("source-read", memory_use.hold_fewer_pages, 500),
    ("env-updated", memory_use.hold_no_pages, 900),
    ("env-updated", finished_builds.outdated_pages, 500),
    ("warn-missing-reference", warn_unknown, 500),
    ("doctree-resolved", expand, 500),
    ("doctree-resolved", elements.name_cells, 500),
    ("doctree-resolved", place_links, 500),
    ("build-finished", publish, 500),
    ("build-finished", write_entries, 500),
    ("build-finished", remove_maps, 500),
    ("build-finished", memory_use.collect_as_before, 500),
    ("build-finished", finished_builds.finish, 900),
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the domain, its directives and the generator to Sphinx."""
    templates = "The folder of templates that override built-in ones, relative to conf.py."
    configurations = "Where configurations of manual.yaml are, by name; relative to conf.py."
    data = "The folder of records, relative to conf.py."
    app.add_config_value("groundrules_data", "data", "env", (str,), data)
    app.add_config_value("groundrules_templates", "templates", "env", (str,), templates)
    app.add_config_value(SETTING, {}, "", (dict,), configurations)
    add_catalog(app)
    app.add_transform(BuiltinWords)
    app.add_transform(PeoplesWords)
    app.add_domain(CiDomain)
    app.add_env_collector(SearchCollector)
    app.add_role_to_domain("ci", "jobs", JobsRole())
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("ci", name, directive)
    others = ("latex", "text", "man", "texinfo")
    elsewhere: dict[str, Any] = dict.fromkeys(others, (diagram.skip, None))
    for node, html in ONLY_IN_HTML.items():
        app.add_node(node, html=html, **elsewhere)
    for node, html in OTHER_IN_HTML.items():
        app.add_node(node, html=html)
    for event, handler, priority in HANDLERS:
        app.connect(event, handler, priority)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
