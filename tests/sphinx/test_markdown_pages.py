"""Hand-written pages in Markdown show records as pages in reStructuredText do."""

from __future__ import annotations

import re

import pytest
from lxml import html

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

```{ci:fields}
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
ALONE = """\
# Ours

{ci:platform}`vm`

```{toctree}
:glob:

generated/*
generated/*/*
```
"""
EXTENSIONS = ["groundrules.sphinxext", "myst_parser"]
# without it Sphinx adds Markdown to its default, for all builds of this process
SUFFIXES = {".rst": "restructuredtext"}
# what a reader of the page would see of markup that nobody has read
RAW = re.compile(r":ci:|\.\. |\{ci:|\{toctree")


def test_a_manual_may_have_markdown_pages_alone(tiny):
    (tiny.source / "index.rst").unlink()
    tiny.write("source/index.md", ALONE)
    tiny.write("source/deep/README.rst", "No page\n=======\n")
    built = tiny.build("text", extensions=EXTENSIONS, source_suffix={".md": "markdown"})
    assert built.warnings == ""
    assert built.text("index.txt").startswith("Ours\n****\n\nMachine\n\n* About")
    assert "One." in built.text("generated/platforms/vm.txt")
    assert "deep/README" not in built.read


# directive → argument, and option or content in both markups
DIRECTIVES = {
    "actions": ("", ":state: closed"),
    "around": ("deploy/gitea", ""),
    "changes": ("", ":most: 2"),
    "details": ("Summary", "Words."),
    "expectations": ("", ":topic: memory"),
    "glance": ("", ""),
    "going": ("", ":stage: removed"),
    "graph": ("deploy", ""),
    "keywords": ("RAM, main memory", ""),
    "lives": ("", ""),
    "matrix": ("", ":topic: memory"),
    "rules": ("", ""),
    "search": ("Find a record", ""),
    "toctree": ("", "Graphs </generated/graphs/index>"),
    "values": ("7100 8000 2 30 8", ":at-least: 7600"),
    "verification": ("", ""),
}
ONCE = {"fields"}  # it has labels, so it is on one page; see MARKDOWN
INTERNAL = {
    "changing",
    "diagram",
    "facts",
    "gantt",
    "prose",
    "record",
    "table",
    "waits",
}  # of generated pages
NUMBERS = re.compile(r"(?<=keyword-)\d+|(?<=id)\d+")


@pytest.fixture(scope="module")
def both(tmp_path_factory, copy_of_small_manual):
    """A manual with two pages for each directive, one in each markup, and a front page."""
    manual = copy_of_small_manual(tmp_path_factory.mktemp("both") / "manual")
    (manual.source / "index.rst").unlink()
    manual.write("source/index.md", MARKDOWN)
    for name, (argument, rest) in DIRECTIVES.items():
        space = "" if rest.startswith(":") else "\n   "
        rst = f".. ci:{name}:: {argument}\n   {space}{rest}\n"
        manual.write(f"source/rst/{name}.rst", f":orphan:\n\nPage\n====\n\n{rst}")
        markdown = f"```{{ci:{name}}} {argument}\n{rest}\n```\n"
        manual.write(f"source/md/{name}.md", f"---\norphan: true\n---\n# Page\n\n{markdown}")
    return manual.build(extensions=EXTENSIONS, source_suffix=SUFFIXES)


@pytest.mark.parametrize("name", DIRECTIVES)
def test_a_directive_shows_the_same_in_markdown(both, name):
    pages = [both.text(f"{markup}/{name}.html") for markup in ("rst", "md")]
    bodies = [NUMBERS.sub("", page.partition('role="main">')[2]) for page in pages]
    rst, markdown = (body.partition('<div class="clearer">')[0] for body in bodies)
    assert markdown.replace("md/", "rst/") == rst
    assert rst.count("<") > 6


def test_a_markdown_page_may_be_the_first_one(both):
    page = html.fromstring(both.text("index.html")).find_class("body")[0].text_content()
    assert RAW.findall(page) == []
    assert "✔ guaranteed" in page
    assert "Every node has at least 8 GB of memory." in page


def test_every_directive_for_hand_written_pages_is_compared(both):
    assert set(both.app.env.get_domain("ci").directives) == DIRECTIVES.keys() | ONCE | INTERNAL
    assert both.warnings == ""
