"""`quick`: what is read without docutils' lists gives the nodes that docutils would give."""

from __future__ import annotations

import pytest
from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.tables import ListTable

from groundrules.sphinxext.fast_directives import Facts, FastTable

FACTS = """\
:Pipelines: deploy, check
:At most: 1 h
:Written in: ``data/x.yaml``
:List: - no paragraph
:Nothing:
"""
CELLS = """\
   * - Job
     - why
   * - ``a`` *b* x
     - - a list
       - of two

       and more
   * -
     - :emphasis:`c`: d::

         literal

   * - 1. one
     - A. Bee

       two
"""


@pytest.fixture(autouse=True)
def registered():
    directives.register_directive("quick", FastTable)
    directives.register_directive("facts", Facts)
    directives.register_directive("slow", ListTable)


def document(text: str) -> str:
    settings = {"report_level": 5, "halt_level": 6, "_disable_config": True}
    return publish_doctree(text, settings_overrides=settings).pformat()


def test_a_table_is_that_of_docutils():
    head = ":: Title\n   :header-rows: 1\n   :widths: 30 70\n   :class: wide\n\n"
    quick, slow = (document(f".. {name}{head}{CELLS}") for name in ("quick", "slow"))
    assert quick == slow
    assert "system_message" not in quick


@pytest.mark.parametrize("cells", ["   * - a\n     - b\n   * - c\n", "   Text.\n", ""])
def test_an_invalid_table_is_reported_by_docutils(cells):
    quick, slow = (document(f".. {name}::\n\n{cells}\nEnd.") for name in ("quick", "slow"))
    assert quick.replace("quick", "slow") == slow


def test_facts_are_a_field_list():
    inside = FACTS.replace("\n:", "\n   :")
    quick = document(f"Text.\n\n.. facts::\n\n   {inside}\nEnd.\n")
    assert quick == document(f"Text.\n\n{FACTS}\nEnd.\n")


def test_a_fact_has_one_line():
    assert "not a field of one line: ':A: b'" in document(".. facts::\n\n   :A: b\n     c\n")
