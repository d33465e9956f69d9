"""Paths below a folder are written relative to it; other text does not change."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from groundrules.sphinxext.message_streams import Relative


def written(text: str, folder: str = "/srv/manual") -> str:
    stream = StringIO()
    assert Relative(stream, Path(folder)).write(text) == len(text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("/srv/manual/source/a.rst:4: WARNING: no\n", "source/a.rst:4: WARNING: no\n"),
        ("\x1b[91m/srv/manual/a.rst:4: WARNING", "\x1b[91ma.rst:4: WARNING"),
        ("the pages '/srv/manual/a.rst' and /srv/manual/b", "the pages 'a.rst' and b"),
    ],
)
def test_paths_below_the_folder(text: str, output: str):
    assert written(text) == output


@pytest.mark.parametrize(
    "text",
    [
        "/srv/manuals/a.rst:4: WARNING: no\n",
        "file:///srv/manual/build/index.html",
        "https://example.org/srv/manual/a.rst",
        "./srv/manual/a.rst",
        "the folder /srv/manual/ and /srv/manual",
        "building [html]: targets for 2 source files\n",
    ],
)
def test_all_else(text: str):
    assert written(text) == text


def test_the_root_itself():
    assert written("/a.rst:4: no, /etc/b and https://example.org/", "/") == (
        "a.rst:4: no, etc/b and https://example.org/"
    )
