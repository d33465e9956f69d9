"""What stands beside the HTML pages: the data as JSON, its schemas, a feed of changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from groundrules.atomic import write_text
from groundrules.pages import FEED
from groundrules.pages.stamp import NotOursError, begin, finish, is_current
from groundrules.pages.write import write
from groundrules.sphinxext.domain import CiDomain
from groundrules.sphinxext.manual_build import ManualBuild, manual_build_of

DATA = "_data"


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write them beside the pages of an HTML build, when the data changed since the last time."""
    if exception is not None or app.builder.format != "html":
        return
    edition, folder = manual_build_of(app.config), Path(app.outdir, DATA)
    beside = Path(app.outdir, FEED)
    if is_current(folder, edition.digest, beside, by_time=False):
        return
    from groundrules.pages.marks import document
    from groundrules.records.dump import documents

    texts = {f"{name}.json": _json(each) for name, each in documents(edition.catalogue).items()}
    texts["verdicts.json"] = _json(document(edition.catalogue, edition.found))
    texts |= {f"schemas/{name}.json": _json(each) for name, each in _schemas(edition).items()}
    try:
        begin(folder)
    except NotOursError as error:
        raise SphinxError(str(error)) from None
    write(folder, texts)
    write_text(beside, _feed(app, edition))
    finish(folder, edition.digest, beside, by_time=False)


def _json(value: object) -> str:
    from pydantic_core import to_json  # json's own takes four times as long for an indented text

    return f"{to_json(value, indent=1).decode()}\n"


def _schemas(edition: ManualBuild) -> dict[str, Any]:
    """Return the schemas, made only once by each edition of this program, as a cache knows it."""
    from groundrules.cache import cache_folder, read_cache, write_cache
    from groundrules.records.schema import schemas

    path = cache_folder(edition.root)
    known: dict[str, Any] | None = read_cache(path / "schemas.json") if path else None
    if known is None:
        known = schemas()
        if path:
            write_cache(path / "schemas.json", known)
    return known


def _feed(app: Sphinx, edition: ManualBuild) -> str:
    from groundrules.pages.feed import feed
    from groundrules.prose.markup import plain

    domain = cast(CiDomain, app.env.get_domain("ci"))

    def address(kind: str, name: str) -> str:
        entry = domain.records.find(kind, name)
        if entry is None:
            return app.builder.get_target_uri(app.config.root_doc)
        return f"{app.builder.get_target_uri(entry.docname)}#{entry.anchor}"

    return feed(edition.outline, address, plain)
