"""`rst`: whatever a record says reaches docutils as those characters, or as its own markup."""

from __future__ import annotations

from copy import copy
from functools import cache

import pytest
from docutils import nodes
from docutils.core import Publisher, publish_doctree
from docutils.frontend import Values
from docutils.parsers.rst import Parser
from docutils.readers.standalone import Reader
from docutils.statemachine import string2lines
from docutils.writers.pseudoxml import Writer
from hypothesis import example, given
from hypothesis import strategies as st

from groundrules.pages import rst
from groundrules.prose import record_text
from groundrules.records.expectation import Scope

# What docutils, Jinja2, HTML and Sphinx could each take for more than text.
MARKS = (
    "*", "**", "`", "``", "|", "_", "__", ":", "::", "\\", "<", ">", "{{ x }}", "{% x %}", "..",
    ".. raw:: html", "<script>", ":role:`x`", "- ", "* ", "+ ", "1. ", "a) ", "(i) ", "#. ", "-v ",
    "--all ", "/V ", ">>> ", "| ", ":field: ", "__ ", "====", "----", "|x|", "[1]_", "[#]_", "a_",
    "~", "!", " ", "  ", "a", "b1", "é", "中", "\u0301", "\u2028", "\u0085", "\x1d", "\u00a0",
    "javascript:alert(1)", "https://example.org/a_b", "javascript://%0aalert", "me@example.org",
    "(", ")", '"', "'", "“", "/", ",", ".", ";", "#", "@", "$", "%", "^", "&", "=", "+", "?",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(MARKS) | st.characters(exclude_categories=("Cs", "Cc"))).map(
    lambda parts: " ".join("".join(parts).splitlines()).strip()
).filter(bool)  # fmt: skip


@cache
def settings() -> Values:
    """Return the settings of all documents: docutils takes more time for them than for a text."""
    publisher = Publisher(reader=Reader(), parser=Parser(), writer=Writer())
    ours = {"report_level": 5, "halt_level": 2, "_disable_config": True, "raw_enabled": True}
    publisher.process_programmatic_settings(None, ours, None)
    return publisher.settings


def document(text: str) -> nodes.document:
    return publish_doctree(text, settings=copy(settings()))


def only_text(node: nodes.Element) -> str:
    """Return the text of a node that holds nothing else."""
    assert [type(each) for each in node.children] == [nodes.Text]
    return node.astext()


@given(TEXTS)
@example("a\N{LINE SEPARATOR}b")
@example("javascript:alert(1)")
@example("::")
@example("1. one")
@example("Note::")
def test_escaped_text_is_one_paragraph_of_the_same_characters(text):
    [paragraph] = document(rst.escape(text)).children
    assert isinstance(paragraph, nodes.paragraph)
    assert only_text(paragraph) == text_of_one_line(text)


def text_of_one_line(text: str) -> str:
    return " ".join(text.splitlines())


@given(TEXTS)
def test_escaped_text_is_the_same_as_a_heading(text):
    [title] = document(f"{rst.heading(text)}\nText.\n").findall(nodes.title)
    assert only_text(title) == text_of_one_line(text)


@given(TEXTS)
def test_escaped_text_is_the_same_in_a_cell_of_a_table(text):
    table = f".. list-table::\n\n   * - {rst.escape(text)}\n     - next\n"
    first, second = document(table).findall(nodes.entry)
    [paragraph] = first.children
    assert only_text(paragraph) == text_of_one_line(text)
    assert second.astext() == "next"


@given(TEXTS)
def test_escaped_text_is_the_same_in_a_field(text):
    [body] = document(f":Event: {rst.escape(text)}\n").findall(nodes.field_body)
    [paragraph] = [each for each in body if not isinstance(each, nodes.system_message)]
    assert only_text(paragraph) == text_of_one_line(text)


@given(TEXTS)
def test_a_literal_holds_the_same_characters(text):
    [paragraph] = document(f"Before {rst.literal(text)} after.\n").children
    before, literal, after = paragraph.children
    assert (before.astext(), after.astext()) == ("Before ", " after.")
    assert isinstance(literal, nodes.literal)
    assert only_text(literal) == text_of_one_line(text)


@given(TEXTS)
@example("a <javascript:alert(1)>`__ `b")
def test_the_title_of_a_link_is_text_and_its_address_stays(text):
    [paragraph] = document(f"See {rst.link('https://example.org/a_', text)}, too.\n").children
    _, link, _ = paragraph.children
    assert (link["refuri"], only_text(link)) == ("https://example.org/a_", text_of_one_line(text))


@pytest.mark.parametrize(
    "text", ["Memory", "8 GB", "Zuul's file", "at least 10 %", "a–b", "Debian 12: bookworm", ""]
)
def test_ordinary_text_stays_as_it_was_written(text):
    assert rst.escape(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (8, "8"),
        (7.5, "7.5"),
        (rst.Rst("*kept*"), "*kept*"),
        ("*shown*", "\\*shown\\*"),
        ("two\nlines", "two lines"),
        (" (default)", " \\(default)"),
        (", ", "\\, "),
        ("{{ ''.__class__ }}", "\\{{ ''.\\_\\_class\\_\\_ }}"),
        ("javascript:alert(1)", "javascript\\:alert(1)"),
        ("me@example.org", "me\\@example.org"),
        ("<script>alert(1)</script>", "\\<script>alert(1)</script>"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        (".. include:: /etc/passwd", "\\.. include\\:\\: /etc/passwd"),
    ],
)
def test_what_templates_print_is_escaped(value, text):
    assert rst.escape(value) == text


@given(TEXTS)
@example("javascript://%0aalert")
@example("https://example.org/")
@example("a. b")
@example("A. b")
@example("end::")
def test_plain_text_has_no_markup(text):
    if record_text.PLAIN.fullmatch(text):
        [paragraph] = document(text).children
        assert isinstance(paragraph, nodes.paragraph)
        assert only_text(paragraph) == text


@given(TEXTS | st.lists(st.sampled_from([*MARKS, "``a``", "``*``", " ", "``"])).map("".join))
@example("``a``b")
@example("``a`` and ``*b``.")
@example("(``a``)")
def test_simple_text_has_literals_and_no_other_markup(text):
    if record_text.is_simple(text):
        [paragraph] = document(text).children
        assert isinstance(paragraph, nodes.paragraph)
        assert {type(each) for each in paragraph.children} <= {nodes.Text, nodes.literal}
        assert paragraph.astext() == text.replace("``", "").strip()


@pytest.mark.parametrize(
    "text",
    [
        "Every node has at least 8 GB of memory.",
        "It has /opt (or not); see the manual's page: it is 40 % larger.",
        "x86-64 and snake_case",
        "What changed? Nothing!",
    ],
)
def test_most_prose_is_plain(text):
    assert record_text.PLAIN.fullmatch(text)
    assert rst.prose(text, 7) == text


LITERALS = st.lists(TEXTS.map("``{}``".format) | st.sampled_from(("a", "(", ":", " ", ".", "_")))


@given(LITERALS.map("".join) | LITERALS.map(" ".join))
@example("``a``")
@example("Run ``a -b`` (or ``c``), then ``d``: it is ``e``.")
@example("``a\nb``")
@example("``a``_ ``b``:c ( ``)`` ) ``c`` `` d``")
def test_simple_text_has_no_markup_but_literals(text):
    if record_text.is_simple(text):
        [paragraph] = document(text).children
        assert isinstance(paragraph, nodes.paragraph)
        assert {type(each) for each in paragraph.children} <= {nodes.Text, nodes.literal}
        assert paragraph.astext() == text.replace("``", "").rstrip()


def test_prose_with_literals_needs_no_directive():
    assert rst.prose("Runs ``a`` and ``b c``, not ``d``.") == "Runs ``a`` and ``b c``, not ``d``."


@pytest.mark.parametrize("text", ["*a*", "a_", "a\nb", "a::", "1. a", "- a", "", " a", "`a`"])
def test_what_may_be_markup_is_not_plain(text):
    assert not record_text.PLAIN.fullmatch(text)


def test_prose_with_markup_stands_in_a_directive_of_its_own():
    assert rst.prose("It is *slow*:\n\n* very\t\n* most\n", 2) == (
        ".. ci:prose::\n\n     It is *slow*:\n\n     * very\n     * most"
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\fb\vc", ["a b c"]),
        ("a\u2028b\u2029c\x85d\x1ce", ["a", "b", "c", "d", "e"]),
        ("a\r\nb\n", ["a", "b"]),
        ("", []),
    ],
)
def test_lines_are_those_of_docutils(text, lines):
    assert record_text.lines_of(text) == lines == string2lines(text, convert_whitespace=True)


@given(TEXTS | st.text(st.sampled_from("a.:-* \t\n\v\f\r\x1c\x85\u2028\u2029")))
def test_what_is_published_stays_in_its_directive(text):
    margin, *others = record_text.lines_of(rst.prose(f"*a*{text}", 2))
    assert margin == ".. ci:prose::"
    assert all(each.startswith("     ") for each in others if each)


@pytest.mark.parametrize(
    "text",
    [
        "C. Boylan asked.",
        "8. Gigabytes",
        "(ii) is less",
        "+ 2 GB",
        "- 5 °C",
        "* a",
        "#. x",
        "A.",
        "-",
    ],
)
def test_one_line_is_not_a_list_of_one_item(text):
    [paragraph] = document(record_text.normal(text)).children
    assert isinstance(paragraph, nodes.paragraph)
    assert paragraph.astext() == text


@pytest.mark.parametrize(
    "text", ["* a\n* b", "1. a\n2. b", "A.\n\n* b", "A.b c", "-v is an option"]
)
def test_lists_stay_lists_and_other_text_stays_as_it_is(text):
    assert record_text.normal(text) == text


def test_prose_holds_only_anonymous_links():
    text = "`One <https://example.org/1>`_ and `two <https://example.org/2>`__."
    assert record_text.normal(text) == (
        "`One <https://example.org/1>`__ and `two <https://example.org/2>`__."
    )


@pytest.mark.parametrize(
    ("text", "is_underlined"),
    [
        ("Memory", "Memory\n======\n"),
        ("IO", "IO\n====\n"),
        ("*", "\\*\n====\n"),
        ("内存内存", "内存内存\n========\n"),
    ],
)
def test_a_heading_is_underlined_as_wide_as_it_is(text, is_underlined):
    assert rst.heading(text) == is_underlined


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (rst.ref("job", "deploy/base"), ":ci:job:`deploy/base`"),
        (
            rst.ref("label", "debian-12", "the <new> one"),
            ":ci:label:`the \\<new\\> one <debian-12>`",
        ),
        (rst.badge("varies"), ":ci:badge:`varies`"),
        (rst.link("https://example.org"), "`example.org <https://example.org>`__"),
        (
            rst.link("https://example.org/a/b/?c=d#e"),
            "`example.org/a/b/?c=d#e <https://example.org/a/b/?c=d#e>`__",
        ),
        (
            rst.evidence(["session:summit-2016", "https://example.org/1"]),
            ":ci:session:`summit-2016`; `example.org/1 <https://example.org/1>`__",
        ),
        (
            rst.evidence(["https://a.org/1", "https://a.org/1"], {"https://a.org/1": "`One` <1>"}),
            "`\\`One\\` \\<1\\> <https://a.org/1>`__",
        ),
        (rst.evidence([]), ""),
    ],
)
def test_references(made, text):
    assert (made, type(made)) == (text, rst.Rst)


def test_a_scope_names_platforms_and_labels_with_commas_between_them():
    scope = Scope(platforms=("vm", "board-*"), labels=("small", "*-arm64"))
    assert rst.scope(scope) == ":ci:platform:`vm`, ``board-*``, :ci:label:`small`, ``*-arm64``"
    assert rst.scope(Scope()) == ""
