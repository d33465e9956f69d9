"""Plain words in reStructuredText that shows them, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundrules.prose.escaping import code, link, shown, split_marks
from groundrules.prose.markup import plain, read_markup

MARKS = list("ab1 *_`|\\:.-+#>()[]<>/@=~'\"!?{}&%^$;,x")
WORDS = [
    "foo_", "_foo_", "__x__", "[1]_", "::", "::x", "a::b", "*", "**", "*a*", "`x`", "``", "***",
    "info:foo", "file:/x", "git:x", "----", "....", "====", "1.", "(a)", "A.", "..", "-", "--x",
    "/V", ">", "#", "[x](http://a.b)", "[a]:", "http://x", ":foo:", "|x|", "|", "a|b", "\\",
    "\\\\", "\\x", "<b>", "http://a.b/c_", "https://a.b/c__d/", "http://a.b/_-x", "x@y.z",
    "(http://a.b/_)", "http://a.b/x*", "https://a.b/*x*", "https://a.b/`", "http://a.b:80/x::y",
    "<http://a.b>", "mailto:x@y.z", "☃", "\u00a0x", "!!!!", "~~~", "```x", "|---|---|", "a_b",
    "a__", "C:\\x", "…", "'*'", "iv)", "#.",
]  # fmt: skip
TEXTS = st.text(alphabet=st.sampled_from(MARKS), max_size=40) | st.lists(
    st.sampled_from(WORDS), max_size=5
).map(" ".join)


@given(TEXTS)
def test_readers_see_the_words(text: str):
    written = shown(text)
    reading = read_markup(written)
    assert ([flaw.message for flaw in reading.flaws], reading.mentions) == ([], [])
    assert plain(written) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Nothing here: (see e.g. a_b, 2 * 3 and C++).", None),
        ("See https://example.org/#/q/topic:x_y, or mail a@example.org.", None),
        ("stable/* or *", r"stable/\* or *"),
        ("1. May", r"1\. May"),
        ("- one", r"\- one"),
        ("foo_ and |bar|", r"foo\_ and \|bar\|"),
        ("info:foo", r"info\:foo"),
        ("http://a.b/c_-d", "`http://a.b/c_-d <http://a.b/c\\_-d>`__"),
        ("---- text", r"\---- text"),
    ],
)
def test_as_few_characters_as_possible_are_escaped(text: str, written: str | None):
    assert shown(text) == (written or text)


def test_code_and_links():
    assert code("apt  update") == "``apt update``"
    assert code("a`b") == r"a\`b"
    assert link("the <plan>", "https://example.org/a_") == (
        r"`the \<plan\> <https://example.org/a\_>`__"
    )
    assert read_markup(link("the <plan>", "https://example.org/a_")).flaws == []


@pytest.mark.parametrize("words", [[r"\*\*"] * 5_000, ["-a" * 150] * 100])
def test_a_paragraph_with_many_marks_is_divided(words: list[str]):
    groups = split_marks(words)
    assert len(groups) > 1
    assert [word for group in groups for word in group] == words
    assert [flaw for group in groups for flaw in read_markup(" ".join(group)).flaws] == []
