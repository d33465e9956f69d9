"""``ci:toctree``: the menu has the generated pages that there are, and warns about other ones."""

from __future__ import annotations

INDEX = """\
Rules
=====

.. ci:toctree::

   generated/expectations/index
   /generated/platforms/index
   /generated/graphs/index
   /generated/sessions/index
   generated/changes
"""
MANUAL = "{title: Rules, publisher: Us, summary: Rules., kinds: [platform]}\n"
MEETING = "{id: first, title: The first meeting, kind: meeting, date: 2026-11-30}\n"


def test_a_page_that_is_not_there_is_no_entry_until_there_is_a_record(tiny):
    tiny.write("source/index.rst", INDEX)
    tiny.write("data/manual.yaml", MANUAL)
    built = tiny.build()
    assert built.warnings == ""
    assert "generated/platforms/index.html" in built.text("index.html")
    assert not (built.folder / "generated/sessions").exists()
    assert "generated/sessions" not in built.text("index.html")

    tiny.write("data/sessions/first.yaml", MEETING)
    built = tiny.build()
    assert built.warnings == ""
    assert "index" in built.read
    assert "generated/sessions/index.html" in built.text("index.html")


def test_another_page_that_is_missing_is_reported(tiny):
    tiny.write("source/index.rst", f"{INDEX}   guides\n")
    assert tiny.build().warnings == (
        "ROOT/source/index.rst:4: WARNING: toctree contains reference to nonexisting document "
        "'guides' [toc.not_readable]\n"
    )
