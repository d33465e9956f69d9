"""Which expressions a browser is trusted with; tests/browser compares their answers with RE2's."""

from __future__ import annotations

import pytest

from groundrules.pages.javascript_patterns import in_javascript


@pytest.mark.parametrize(
    ("pattern", "script"),
    [
        ("docs", "^(?:docs)"),
        ("^docs/.*$", r"^(?:^docs\u{2f}[^\n]*$)"),
        (r".*\.py", r"^(?:[^\n]*\u{2e}py)"),
        (r"^(?P<name>a|b)\s", r"^(?:^(?:a|b)[\t\n\f\r ])"),
        ("[^/a-c-]+?", r"^(?:[^\u{2f}a-c\u{2d}]+)"),
        (r"\d{2,3}\W", "^(?:[0-9]{2,3}[^0-9A-Za-z_])"),
        (r"\Aé\z", r"^(?:^\u{e9}$)"),
    ],
)
def test_an_expression_in_javascript(pattern, script):
    assert in_javascript(pattern) == script


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(?i)docs", "flags"),
        ("(?!docs)", "Python's engine reads the others of its parts"),
        (r"\pL", "the tables of Unicode differ"),
        ("[[:alpha:]]", "the names of classes"),
        ("[z-é]", "a range that is not of letters"),
        ("(a*)*b", "a browser tries every way"),
        ("(a|a)*b", "a browser tries every way"),
        (".*.*.*.*x", "a browser tries every way"),
        ("(a?){50}", "a browser tries every way"),
        ("a" * 3000, "too long"),
        ("(" * 3000 + ")" * 3000, "too long"),
        ("(" * 500 + "a" + ")" * 500, "too deep"),
        ("a**", "not RE2"),
        ("(a", "not RE2"),
        ("a)", "not RE2"),
    ],
)
def test_an_expression_that_a_browser_may_decide_differently(pattern, reason):
    assert in_javascript(pattern) is None, reason
