"""Texts read one after the other by one state machine say what docutils says of each alone."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers import rst
from docutils.utils import new_document

from groundrules.prose.parser import Parser

TEXTS = (
    "A word.",
    "*one*, **two** and ``three``",
    "- a list\n\n  - in a list\n\n  of two paragraphs\n- and an item",
    "a *star too many",
    "Literally::\n\n    as it is\n\nand after",
    "term\n  definition\n\n:field: body\n",
    "1. one\n2. two\n\n    a quotation\n\n    -- somebody",
    "Heading\n=======\n\nLower\n-----\n\ntext",
    "Other\n-----\n\nLower\n=====\n\nthe lines are the other way round",
    ".. note:: a `link <https://example.org>`__\n\n   - nested\n",
    "+---+---+\n| a | b |\n+---+---+\n",
    "|nothing| and [1]_ and a_",
    "",
)


def read(parser: type[rst.Parser], text: str, **settings: object) -> tuple[str, list[str]]:
    """Return the nodes of a text, and what was said of it."""
    said: list[str] = []
    document = new_document("text", get_default_settings(rst.Parser))
    for name, value in {"report_level": 5, "warning_stream": "", **settings}.items():
        setattr(document.settings, name, value)
    document.reporter.attach_observer(lambda message: said.append(message.astext()))
    parser().parse(text, document)
    return document.pformat(), said


def test_each_text_reads_as_it_does_alone():
    alone = [read(rst.Parser, text) for text in TEXTS]
    assert [read(Parser, text) for text in TEXTS] == alone
    assert [read(Parser, text) for text in reversed(TEXTS)] == alone[::-1]


def test_a_line_that_is_too_long_for_docutils_is_not_read():
    text = f"short\n\n{'*x* ' * 20}"
    found, said = read(Parser, text, line_length_limit=50)
    assert said == [
        "text:: (ERROR/3) Line 3 exceeds the line-length-limit.",
    ]
    assert (found, said) == read(rst.Parser, text, line_length_limit=50)


def test_a_text_that_could_not_be_read_to_its_end_leaves_nothing_behind(monkeypatch):
    def broken(*_: object) -> nodes.Node:
        raise RuntimeError("in the middle of it")

    with monkeypatch.context() as patch:
        patch.setattr("docutils.nodes.bullet_list", broken)
        with pytest.raises(RuntimeError):
            read(Parser, TEXTS[2])
    assert read(Parser, TEXTS[2]) == read(rst.Parser, TEXTS[2])
