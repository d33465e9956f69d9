"""What the manual adds of its own to every page, beside theme and Sphinx."""

from __future__ import annotations

import re
from pathlib import Path

from visiting import KINDS

from groundrules import sphinxext

FOLDER = Path(sphinxext.__file__).parent
OWN = [path for path in FOLDER.rglob("*") if path.suffix in (".js", ".css")]


def test_own_script_and_style_stay_below_thirty_kilobytes_on_every_page():
    assert {path.name for path in OWN} == {"groundrules.js", "groundrules.css", "scorer.js"}
    assert sum(path.stat().st_size for path in OWN) < 30_000


def test_pages_load_no_other_script_or_style_of_the_manual(site):
    for name in KINDS.values():
        page = (site / name).read_text("utf-8")
        loaded = re.findall(r'(?:src|href)="[^"]*_static/([\w-]+\.(?:js|css))', page)
        assert set(loaded) <= {
            "groundrules.js",
            "groundrules.css",
            "basic.css",
            "pygments.css",
            "doctools.js",
            "documentation_options.js",
            "language_data.js",
            "searchtools.js",
            "sphinx_highlight.js",
        }, name
