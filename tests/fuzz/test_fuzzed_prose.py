"""Whatever a text of a record has in it: flaws, or Sphinx reads it without a word."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutating import TESTS, bounded, fuzzed, mutated, seeds
from sphinx.application import Sphinx
from sphinx.testing import restructuredtext
from sphinx.util.docutils import docutils_namespace, patch_docutils

from groundrules.pages.rst import prose
from groundrules.prose.markup import read_markup

TEXTS = {name: data.decode() for name, data in seeds("prose").items()}
LINES = sorted({line for text in TEXTS.values() for line in text.splitlines()})
GLUE = ["\n", "\n", "\n\n", "\n\n", "\n   ", "\n\n   ", " ", ""]
MARKS = ["*", "**", "``", "`", "|", "_", "__", ":", "::", "..", "&", "\\", "<", ">", "[", "]_", "-"]

Saying = Callable[[str], str]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saying]:
    """Return what Sphinx warns of in a text of a record, or where it stops."""
    root = shutil.copytree(TESTS / "records/base", tmp_path_factory.mktemp("sphinx") / "manual")
    (root / "conf.py").write_text('extensions = ["groundrules.sphinxext"]')
    (root / "source").mkdir()
    (root / "source/index.rst").write_text("Index\n=====\n")
    warnings, output = StringIO(), root / "build"
    with patch_docutils(root), docutils_namespace():
        app = Sphinx(root / "source", root, output, output, "dummy", status=None, warning=warnings)

        def parse(text: str) -> str:
            warnings.seek(0)
            warnings.truncate()
            app.env.clear_doc("index")
            restructuredtext.parse(app, f"Index\n=====\n\n{prose(text)}\n")
            return warnings.getvalue()

        yield parse


def check(text: str, said: Saying) -> None:
    if not read_markup(text).flaws:
        assert said(text) == ""


@pytest.mark.parametrize("name", TEXTS)
def test_a_seed(name: str, said: Saying):
    bounded(lambda: read_markup(TEXTS[name]))
    check(TEXTS[name], said)


@st.composite
def fragments(draw: st.DrawFn) -> str:
    """Return lines of the seeds, and marks, one after the other."""
    pieces = st.sampled_from(LINES) | st.sampled_from(MARKS)
    parts = draw(st.lists(st.tuples(pieces, st.sampled_from(GLUE)), min_size=1, max_size=6))
    return "".join(piece + glue for piece, glue in parts)


def is_shown(text: str) -> bool:
    """Return whether a text has none of the characters that records refuse before its markup."""
    return not any(unicodedata.category(char) == "Cc" for char in text if char not in "\n\t")


SEEDS = [text.encode() for text in TEXTS.values()]
texts = fragments() | mutated(SEEDS).map(lambda data: data.decode("utf-8", "ignore"))


@fuzzed()
@given(text=texts.filter(is_shown))
def test_mutated(text: str, said: Saying):
    bounded(lambda: read_markup(text))
    check(text, said)
