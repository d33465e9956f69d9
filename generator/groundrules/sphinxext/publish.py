"""Writes files beside the HTML pages: the data as JSON, its schemas, feeds of changes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from groundrules.atomic import write_text
from groundrules.pages import FEED, GENERATED, feed_of
from groundrules.pages.stamp import NotOursError, Stamp, digest_of
from groundrules.pages.write import write
from groundrules.sphinxext.domain import ci_domain
from groundrules.sphinxext.finished_builds import store_of
from groundrules.sphinxext.manual_build import ManualBuild, manual_build_of
from groundrules.sphinxext.translation import translated_prose, word
from groundrules.store import Store, digest

DATA = "_data"


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write the files beside the pages of an HTML build, if the data changed."""
    if exception is not None or app.builder.format != "html" or app.builder.name == "epub":
        return
    build = manual_build_of(app.config)
    folder, feed = Path(app.outdir, DATA), Path(app.outdir, FEED)
    stamp = Stamp(folder, store_of(app), (str(app.outdir),), (feed,))
    catalogs = [Path(app.srcdir, name) for name in app.config.locale_dirs]
    key = digest(build.inputs.digest, app.config.language, digest_of(build.root, *catalogs))
    if stamp.fits(key):
        return
    from groundrules.pages.marks import document
    from groundrules.pages.measurements import document as measured
    from groundrules.records.dump import documents

    texts = {f"{name}.json": _json(each) for name, each in documents(build.catalogue).items()}
    texts["verdicts.json"] = _json(document(build.catalogue, build.records.verdicts))
    if build.catalogue.measured:
        texts["measured.json"] = _json(measured(build.records.outline.measurements))
    texts |= {f"schemas/{name}.json": _json(each) for name, each in _schemas(build).items()}
    try:
        stamp.begin()
    except NotOursError as error:
        raise SphinxError(str(error)) from None
    feeds = _feeds(app, build)
    write_text(feed, feeds.pop(FEED))
    write(folder, {**texts, **feeds})
    stamp.finish(key)


def _json(value: object) -> str:
    from pydantic_core import to_json  # json's own takes four times as long for an indented text

    return f"{to_json(value, indent=1).decode()}\n"


def _schemas(build: ManualBuild) -> dict[str, Any]:
    """Return the schemas, which each version of this program generates only once."""
    from groundrules.cache_folder import cache_folder
    from groundrules.records.schema import schemas

    store = Store(cache_folder(build.root))
    known = store.get("schemas", dict[str, Any])
    if known is None:
        known = schemas()
        store.put("schemas", known)
    return known


def _feeds(app: Sphinx, build: ManualBuild) -> dict[str, str]:
    """Return the feed of the whole manual, and those of labels and graphs by their files."""
    from groundrules.pages.feed import FeedView, feed
    from groundrules.pages.labels import page_of
    from groundrules.prose.markup import plain

    domain, outline = ci_domain(app.env), build.records.outline

    def place(kind: str, name: str) -> tuple[str, str | None]:
        entry = domain.records.find(kind, name)
        if entry is None:
            return app.builder.get_target_uri(app.config.root_doc), None
        return f"{app.builder.get_target_uri(entry.docname)}#{entry.anchor}", entry.title

    @cache  # many feeds have the same change
    def text(prose: str) -> str:
        return plain(translated_prose(app.env, prose, f"{GENERATED}/changes"))

    def written(view: FeedView | None = None) -> str:
        return feed(outline, place, text, word, app.config.language, view)

    events = outline.concerned_events
    views = [
        FeedView("label", label.name, page_of(label), events.of_label(platform, label))
        for platform, label in outline.catalogue.labels.values()
    ]
    views += [
        FeedView("graph", graph.id, f"graphs/{graph.id}", events.of_graph(graph))
        for graph in outline.catalogue.graphs
    ]
    feeds = {FEED: written()}
    for view in views:
        file = feed_of(f"{GENERATED}/{view.file}")
        feeds[file.removeprefix(f"{DATA}/")] = written(view._replace(file=file))
    return feeds
