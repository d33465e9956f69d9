"""Whatever a stranger's file makes a message, path or line be: each format stays what it is."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from groundrules.diagnostics import Checked, Diagnostic, Hidden, Location, Related, Skipped
from groundrules.report import FORMATS
from groundrules.report.context import ReportContext
from groundrules.report.extent import end_column
from groundrules.report.github import summary
from groundrules.rules import RULES

SHARP = st.sampled_from(
    ["::error::", "\n", "\r", "%0A", "##[x]", "]]>", "\x1b[0m", "\0", "`", "](", "\ud800"]
)
TEXT = st.lists(SHARP | st.text(max_size=5), max_size=5).map("".join)
LOCATIONS = st.builds(Location, TEXT, st.integers(1, 4), st.integers(1, 30))
FINDINGS = st.builds(
    Diagnostic,
    LOCATIONS,
    TEXT,
    st.sampled_from(list(RULES.values())),
    st.lists(st.builds(Related, LOCATIONS, TEXT), max_size=2).map(tuple),
    suggestion=TEXT,
    key=TEXT,
    claim=TEXT,
)


@settings(max_examples=60)
@given(st.lists(FINDINGS, max_size=4), TEXT, TEXT)
def test_any_text(found: list[Diagnostic], text: str, what: str) -> None:
    texts = {each.location.path: text for each in found}
    checked = tuple(Checked(each.location.path, each.claim, each.key) for each in found)
    hidden = tuple(Hidden(each, each.message) for each in found)
    run = ReportContext(texts=texts, checked=checked, hidden=hidden, skipped=(Skipped(what, text),))
    rendered = {name: form(found, run) for name, form in FORMATS.items()}
    for name in ("json", "sarif", "gitlab", "zuul"):
        json.loads(rendered[name])
        assert rendered[name].isascii()
    etree.fromstring(rendered["junit"].encode())
    for line in rendered["github"].splitlines():
        assert re.match(r"- |::(error|warning|notice) ", line)
    for line in (rendered["text"] + rendered["full"] + summary(found, run)).split("\n"):
        assert line == "" or line.isprintable()
        assert not line.lstrip().startswith("::")


@given(st.text(), st.integers(1, 40))
def test_nothing_ends_before_it_starts(line: str, column: int) -> None:
    assert end_column(line, column) >= column
