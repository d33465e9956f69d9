"""The Sphinx extension: its settings, domain, directives and event handlers."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

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
    finished_builds,
    origin,
    table_cells,
)
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
from groundrules.sphinxext.diagram import (
    Around,
    DiagramDirective,
    depart_html,
    diagram,
    skip,
    visit_edge,
    visit_html,
)
from groundrules.sphinxext.directives import (
    ProseDirective,
    RecordAnchor,
    listing_directives,
    listing_text,
)
from groundrules.sphinxext.domain import CiDomain, warn_unknown
from groundrules.sphinxext.epub import prepare_epub
from groundrules.sphinxext.existing_projects import (
    own_labels,
    read_generated_pages,
    shared_labels,
)
from groundrules.sphinxext.fast_directives import Facts, FastTable, JobsRole, Waits, expand
from groundrules.sphinxext.html_elements import (
    DetailsDirective,
    bare_paragraph,
    closed,
    details,
    nothing,
    opened,
    site_markup,
    summary,
    visit_site_markup,
)
from groundrules.sphinxext.html_page import on_each_page
from groundrules.sphinxext.keywords import Keywords
from groundrules.sphinxext.known_pages import KnownPages
from groundrules.sphinxext.manual_build import manual_build_of, open_manual_build
from groundrules.sphinxext.memory_use import (
    collect_as_before,
    collect_seldom,
    hold_fewer_pages,
    hold_no_pages,
    seldom_collected,
)
from groundrules.sphinxext.not_found import add_base, not_found_page
from groundrules.sphinxext.page_footer import add_footer
from groundrules.sphinxext.page_head import add_head
from groundrules.sphinxext.page_scripts import add_scripts, add_scripts_of_page, remove_maps
from groundrules.sphinxext.pictures import Changing, GanttDirective, LivesDirective, NodeValues
from groundrules.sphinxext.preconditions import (
    require_first_page,
    require_folders,
    require_generated_pages,
    require_settings,
)
from groundrules.sphinxext.publish import publish
from groundrules.sphinxext.roles import badge, edge, share, visit_badge, visit_share
from groundrules.sphinxext.script_texts import add_texts
from groundrules.sphinxext.search_data import write_entries
from groundrules.sphinxext.search_entries import SearchCollector
from groundrules.sphinxext.site_facts import SiteFacts
from groundrules.sphinxext.translation import add_catalog
from groundrules.sphinxext.warned_pages import collect_warnings, warned_pages
from groundrules.store import digest
from groundrules.text import counted

logger = logging.getLogger(__name__)

SETTING = "groundrules_configurations"

# Bump whenever the shape of what is stored in the environment changes.
ENV_VERSION = 12


def generate(app: Sphinx) -> None:
    """Generate the pages before Sphinx searches for source files.

    Mistakes in data and templates end the build here, each with its place, and without the
    traceback that Sphinx shows for errors of extensions.
    """
    try:
        with seldom_collected():
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
    except InvalidTemplate as error:
        logger.error("%s", error)
        code = 2
    except UnwritableFolderError as error:
        logger.error("%s", error)
        code = UNWRITABLE
    except UnknownConfiguration as error:
        logger.error("%s", error)
        code = UNKNOWN
    finished_builds.stop(app)
    raise SystemExit(code)


def outdated_listings(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    """Return the pages whose listings have changed."""
    build = manual_build_of(app.config)
    domain = cast(CiDomain, env.get_domain("ci"))
    if domain.data.get("digest") == build.inputs.digest:
        return []
    domain.data["digest"] = build.inputs.digest
    domain.data["synonyms"] = build.catalogue.manual.synonyms
    domain.data["site"] = SiteFacts.of(build.catalogue.manual)
    says = cache(partial(_says, app))  # thousands of pages have the same one
    return [
        docname
        for docname, listings in domain.listings.items()
        if any(says(*key) != said for key, said in listings.items())
    ]


def _says(app: Sphinx, name: str, options: tuple[tuple[str, str], ...]) -> str:
    try:
        return digest(listing_text(manual_build_of(app.config), name, dict(options)))
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
    directives: dict[str, type[Directive]] = {
        "record": RecordAnchor,
        "prose": ProseDirective,
        "around": Around,
        "changing": Changing,
        "details": DetailsDirective,
        "diagram": DiagramDirective,
        "search": finder.Search,
        "facts": Facts,
        "gantt": GanttDirective,
        "keywords": Keywords,
        "lives": LivesDirective,
        "table": FastTable,
        "toctree": KnownPages,
        "values": NodeValues,
        "waits": Waits,
        **listing_directives(),
    }
    for name, directive in directives.items():
        app.add_directive_to_domain("ci", name, directive)
    elsewhere: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (skip, None))
    app.add_node(diagram, html=(visit_html, depart_html), **elsewhere)
    app.add_node(site_markup, html=(visit_site_markup, None), **elsewhere)
    app.add_node(finder.search, html=(finder.visit_html, None), **elsewhere)
    app.add_node(badge, html=(visit_badge, None))
    app.add_node(share, html=(visit_share, closed("span")))
    app.add_node(edge, html=(visit_edge, closed("a")))
    app.add_node(origin.origin, html=(origin.visit_html, None))
    app.add_node(table_cells.named_cell, html=(table_cells.visit_named_cell, closed("td", "\n")))
    app.add_node(bare_paragraph, html=(nothing, nothing))
    opening = opened("details", "\n", "ci-details")
    app.add_node(details, html=(opening, closed("details", "\n")))
    app.add_node(summary, html=(opened("summary"), closed("summary", "\n")))
    app.add_node(table_cells.head_cell, html=(table_cells.visit_head_cell, closed("th", "\n")))
    app.connect("config-inited", require_settings)
    app.connect("config-inited", require_folders)
    app.connect("config-inited", finished_builds.begin)
    app.connect("config-inited", read_generated_pages, priority=900)  # after Sphinx's own reading
    app.connect("doctree-read", own_labels, priority=400)  # before autosectionlabel
    app.connect("doctree-read", shared_labels, priority=600)
    app.connect("html-page-context", on_each_page(add_trail, in_epub=True))
    app.connect(
        "html-page-context", on_each_page(add_footer, add_head, add_base, add_scripts_of_page)
    )
    app.connect("html-page-context", on_each_page(mark_section), priority=900)  # after the theme
    app.connect("html-collect-pages", not_found_page)
    app.connect("builder-inited", collect_warnings, priority=100)  # before others warn
    app.connect("builder-inited", prepare_epub, priority=400)  # before the builder's own check
    app.connect("builder-inited", add_style)
    app.connect("builder-inited", add_texts)
    app.connect("builder-inited", generate)
    app.connect("env-get-outdated", outdated_listings)
    app.connect("env-get-outdated", warned_pages)
    app.connect("env-before-read-docs", require_first_page, priority=100)
    app.connect("env-before-read-docs", require_generated_pages, priority=100)
    app.connect("env-before-read-docs", finished_builds.begin_reading)
    app.connect("env-before-read-docs", collect_seldom)
    app.connect("source-read", hold_fewer_pages)
    app.connect("env-updated", hold_no_pages, priority=900)
    app.connect("env-updated", finished_builds.outdated_pages)
    app.connect("warn-missing-reference", warn_unknown)
    app.connect("doctree-resolved", expand)
    app.connect("doctree-resolved", table_cells.name_cells)
    app.connect("doctree-resolved", place_links)
    app.connect("build-finished", publish)
    app.connect("build-finished", write_entries)
    app.connect("build-finished", remove_maps)
    app.connect("build-finished", collect_as_before)
    app.connect("build-finished", finished_builds.finish, priority=900)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
