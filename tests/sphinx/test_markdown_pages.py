"""Hand-written pages in Markdown show records as pages in reStructuredText do."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("myst_parser")
MARKDOWN = """\
# Ours

{ci:expectation}`memory-8gb` and {ci:job}`gitea`.

```{ci:expectations}
:topic: memory
```

```{ci:glance}
```

```{ci:graph} deploy
```

```{ci:verification}
```

```{ci:matrix}
```

```{ci:search} Find a promise
```

```{toctree}
listings
roles
quiet
generated/expectations/index
generated/platforms/index
generated/graphs/index
generated/sessions/index
generated/changes
```
"""
EXTENSIONS = ["groundrules.sphinxext", "myst_parser"]
# without it Sphinx adds Markdown to its default, for all builds of this process
SUFFIXES = {".rst": "restructuredtext"}
# what a reader of the page would see of markup that nobody has read
RAW = re.compile(r":ci:|\.\. |\{ci:|\{toctree")


def test_a_markdown_page_shows_what_the_same_page_in_rst_shows(manual):
    (manual.source / "index.rst").unlink()
    manual.write("source/index.md", MARKDOWN)
    built = manual.build("text", extensions=EXTENSIONS, source_suffix=SUFFIXES)
    page = built.text("index.txt")
    assert built.warnings == ""
    assert RAW.findall(page) == []
    assert "✔ guaranteed" in page
    assert "Every node has at least 8 GB of memory." in page


def test_a_manual_may_have_markdown_pages_alone(manual):
    for path in manual.source.glob("*.rst"):
        path.unlink()
    toctree = MARKDOWN.replace("listings\nroles\nquiet\n", "")
    manual.write("source/index.md", toctree)
    built = manual.build("text", extensions=EXTENSIONS, source_suffix={".md": "markdown"})
    assert built.warnings == ""
    assert "Every node" in built.text("generated/expectations/memory-8gb.txt")
