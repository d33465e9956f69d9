"""The private names of Sphinx's search: one script uses them, and Sphinx still has them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

import sphinx
from groundrules import sphinxext

# The script was read with these versions; before adding one, compare its searchtools.js.
KNOWN: Final = ((8, 2), (9, 0), (9, 1), (9, 2))
PRIVATE = re.compile(r"\b(Search\.\w+|DOCUMENTATION_OPTIONS|stopwords|Stemmer)\b")
OWN = Path(sphinxext.__file__).parent / "static" / "groundrules"
SCRIPTS = {path.name: path.read_text("utf-8") for path in OWN.glob("*.js")}
STATIC = Path(sphinx.__file__).parent / "themes/basic/static"


def source_of(name: str) -> str:
    """Return a script of the installed Sphinx, or its template."""
    [path] = STATIC.glob(f"{name}.js*")
    return path.read_text("utf-8")


def test_this_version_of_sphinx_was_compared():
    assert sphinx.version_info[:2] in KNOWN


def test_one_script_uses_private_names():
    assert [name for name, text in SCRIPTS.items() if PRIVATE.search(text)] == ["sphinx_search.js"]


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("searchtools", "const Search = {"),
        ("searchtools", "  _index: null,"),
        ("searchtools", "  performSearch: (query) => {"),
        ("searchtools", "if (query) Search.performSearch(query);"),
        ("searchtools", "const stemmer = new Stemmer();"),
        ("searchtools", "stemmer.stemWord("),
        ("documentation_options", "    BUILDER: "),
        ("documentation_options", "    LINK_SUFFIX: "),
        ("language_data", "stopwords = "),
    ],
)
def test_sphinx_has_the_names_that_the_script_uses(script, text):
    assert text in source_of(script)


@pytest.mark.parametrize("part", ["docnames", "terms", "titleterms"])
def test_the_index_has_the_parts_that_the_script_uses(built, part):
    assert re.search(rf'[{{,]"?{part}"?:', built.text("searchindex.js"))
