"""The file ``searchentries.js``: what the search of the pages knows beside Sphinx's own index.

Sphinx's index has the words of each page.  This file has what can be found on it, with a sentence
on each, and the synonyms of ``manual.yaml``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from groundrules.atomic import write_text
from groundrules.sphinxext.domain import ci_domain
from groundrules.sphinxext.search_entries import SearchEntry, entries_of, with_titles
from groundrules.sphinxext.translation import word

NAME = "searchentries.js"


def write_entries(app: Sphinx, exception: Exception | None) -> None:
    """Write the file beside Sphinx's index."""
    builder: Any = app.builder
    if exception is None and builder.format == "html" and builder.search:
        write_text(Path(app.outdir, NAME), _script(app.env))


def titles_of(env: BuildEnvironment) -> Callable[[str, str], str]:
    """Return a function that gives the title of a page or record by kind and name."""
    domain = ci_domain(env)

    def title_of(kind: str, name: str) -> str:
        if kind == "doc":
            page = name.lstrip("/")
            return env.titles[page].astext() if page in env.titles else name
        entry = domain.records.find(kind, name)
        return entry.title if entry else name

    return title_of


def _script(env: BuildEnvironment) -> str:
    domain, title_of = ci_domain(env), titles_of(env)

    def shown(entry: SearchEntry) -> list[str]:
        sentence = with_titles(entry.sentence, title_of)
        return [entry.kind, entry.anchor, entry.title, entry.details, sentence, *entry.names]

    pages = {page: list(map(shown, entries)) for page, entries in sorted(entries_of(env).items())}
    kinds = sorted({entry[0] for entries in pages.values() for entry in entries})
    synonyms = domain.data.get("synonyms", ())
    data = {"kinds": {kind: word(kind) for kind in kinds}, "pages": pages, "synonyms": synonyms}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"window.groundrulesSearchEntries = {text};\n"
