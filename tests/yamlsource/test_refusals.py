"""`read`: what is refused, where, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from yaml import _yaml

from groundrules.yamlsource import Limits, NotText, Problem, read
from steps import growth

LIBYAML = _yaml.get_version()
REFUSED = {
    "a: b: c": "1:5 a second ': ' in one value; quote the text, or check the "
    "indentation of the key",
    "a: 1\n b: 2": "2:3 a second ': ' in one value; quote the text, or check the "
    "indentation of the key",
    "a:\n\tb: 1": "2:1 YAML does not allow tabs here; indent with spaces",
    "a: |\n\tb": "2:1 YAML does not allow tabs here; indent with spaces",
    "a: 'b\nc": "1:4 this quote is not closed; add ' at the end of the text",
    "a: @b": "1:4 '@' cannot begin a value; quote the text",
    "a: %b": "1:4 '%' cannot begin a value; quote the text",
    "a: `b`": "1:4 '`' cannot begin a value; quote the text",
    "a: ? b": "1:4 '? ' cannot begin a value here; quote the text",
    "a: | b": "1:6 text after '|' or '>' begins on the next line; move it there, or quote the "
    "value",
    "a: >\n  b\nc: > d": "3:6 text after '|' or '>' begins on the next line; move it there, or "
    "quote the value",
    "[a": "1:1 the list in brackets is not closed; add ']'",
    "{a: 1": "1:1 the mapping in braces is not closed; add '}'",
    "a: 1\nb: [\n  c,\nd: 1\n": "2:4 the list in brackets is not closed; add ']'",
    "{a: 1 b: 2}": "1:7 a second ': ' in one value; put a comma before 'b', or quote the text",
    "- {a: b,\n   c: d e: f}": "2:9 a second ': ' in one value; put a comma before 'e', or quote "
    "the text",
    "{a: 1\n b: 2}": "2:2 a second ': ' in one value; put a comma before 'b', or quote the text",
    "{a: x y: [z],\n b: 2}": "1:7 a second ': ' in one value; put a comma before 'y', or quote "
    "the text",
    "- {a: 1\nb: {c: d}": "1:3 the mapping in braces is not closed; add '}'",
    "- {a: 1\n- b: 2": "1:3 the mapping in braces is not closed; add '}'",
    "{a: 'b' c: d}": "1:9 the text in quotes ends before this; put a comma before 'c', or quotes "
    "around the whole value",
    "}": "1:1 a value is missing, or a bracket is not closed; write one, or quote the text",
    "a: - b": "1:4 a list cannot begin here; put '- ' on a line of its own, or the value in quotes",
    "- a\nb: 1": "2:1 this is not an item of the list; check the indentation",
    "a: 1\n- b": "2:1 this is not a key of the mapping; check the indentation and quotes",
    "- - a: 1\n  b\n": "2:3 this key has no ': ' after it; add it, or quote the text",
    "a: 1\nb:1\nc: 1": "2:3 write a space after 'b:'",
    "a:1\nb: 1": "1:3 write a space after 'a:'",
    "- a: 1\n- b:1\n  c: 1": "2:5 write a space after 'b:'",
    "http://a\nb: 1": "2:2 a second ': ' in one value; quote the text, or check the "
    "indentation of the key",
    'a: "\\d"': "1:5 unknown escape in double quotes; write \\\\ for a backslash, or use "
    "single quotes",
    "a: !x!y 1": "1:4 the prefix of this tag is not defined; quote the text",
    "%FOO": "1:5 not YAML: found unknown directive name",
    'a: "b\nc: "d"': '1:4 this quote is not closed; add " at the end of the text',
    "a: 'b\n\nc: 'd'\n": "1:4 this quote is not closed; add ' at the end of the text",
    "a: 'b]\nc: '*d'": "1:4 this quote is not closed; add ' at the end of the text",
    "a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> topic\n": "2:1 git could not merge here; "
    "keep one side and remove the markers",
    "a: 'it's'": "1:8 the text in quotes ends before this; write '' for a quote in it",
    'a: "b "c" d"': '1:8 the text in quotes ends before this; write \\" for a quote in it',
    'a: "b" or c': "1:8 the text in quotes ends before this; put quotes around the whole value",
    "- 'b' c: d": "1:7 the text in quotes ends before this; put quotes around the whole value",
    "a: [*-gpu-*]": "1:5 quote text that begins with '*'; write '*-gpu-*'",
    "a: *": "1:4 quote text that begins with '*'; write '*'",
    "a: &.x": "1:4 quote text that begins with '&'; write '&.x'",
    "a:\u00a0b\nc: 1": "1:3 no-break space (U+00A0) is not a space for YAML; write a plain space",
    "a: 1\n-\u2003b\n": "2:2 em space (U+2003) is not a space for YAML; write a plain space",
    "{a: bug #12 in May, b: [1]}\n": "1:9 YAML reads '#12' as a comment; quote the whole text",
    "a: [one,\n  two #3]\nb: 1\n": "2:7 YAML reads '#3' as a comment; quote the whole text",
    "a: one\n  of #12 and\n  more\n": "2:6 YAML reads '#12' as a comment; quote the whole text",
    "a: [one, #two]\n": "1:10 YAML reads '#two' as a comment; quote the whole text",
    "a: [#two]\nb: 1": "1:5 YAML reads '#two' as a comment; quote the whole text",
    "a: {b: #two}\n": "1:8 YAML reads '#two' as a comment; quote the whole text",
    "a: [one, # two\nb: 1\n": "1:4 the list in brackets is not closed; add ']'",
    "a: *b": "1:4 unknown alias *b; quote text that begins with '*'",
    "a: &b 1\nc: &b 2": "2:4 the anchor &b is defined twice; rename one of them",
    "a: &b [*b]": "1:8 the alias *b is inside its own anchor; remove it",
    "a: &b {c: *b}": "1:11 the alias *b is inside its own anchor; remove it",
    "a: 1\n---\nb: 2": "2:1 a second document starts here; keep one document in a file",
    "[a]: 1": "1:1 a key must be a single word or number, not a list or mapping; "
    "quote text that begins with '{' or '['",
    "a: {{ b }}": "1:5 a key must be a single word or number, not a list or mapping; "
    "quote text that begins with '{' or '['",
    "- &a [b]\n- {*a : 1}": "2:4 a key must be a single word or number without a tag",
    "!x a: 1": "1:1 a key must be a single word or number without a tag",
    "<<: 5": "1:5 '<<' takes a mapping or a list of mappings, such as *anchor",
    "<<: [{a: 1}, b]": "1:5 '<<' takes a mapping or a list of mappings, such as *anchor",
    "a: !!set {b}": "1:4 the tag !!set is not supported here",
    "a: !!python/name:os.system {}": "1:4 the tag !!python/name:os.system is not supported here",
    "a: \x07": "1:4 the character U+0007 is not allowed in YAML; remove it",
    "a: é\nb: \x00": "2:4 the character U+0000 is not allowed in YAML; remove it",
}


def said(problem: Problem) -> str:
    return f"{problem.place.line}:{problem.place.column} {problem.message}"


def refusal(data: bytes, bounds: Limits = Limits()) -> str:
    with pytest.raises(Problem) as caught:
        read(data, bounds)
    assert str(caught.value) == caught.value.message
    return said(caught.value)


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "byte order mark"])
def test_what_is_not_yaml_is_refused_in_words(text: str, mark: str):
    assert refusal((mark + text).encode()) == REFUSED[text]


def test_nesting_is_refused_by_libyaml_or_by_us():
    """Since 0.2.6, libyaml has a bound, and it reads on before it says what it has read."""
    refused = refusal(b"[" * 1100)
    if LIBYAML >= (0, 2, 6):
        assert refused == (
            "1:1001 more than 1,000 lists and mappings are nested here; write fewer levels"
        )
    else:
        assert refused == (
            "1:101 more than 100 lists and mappings are nested here; write fewer levels"
        )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: \xff", "1:4 the byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"a: 1\r\nb: \xc3\xa9\xe9", "2:5 the byte 0xe9 is not UTF-8; save the file as UTF-8"),
        ("a: 1".encode("utf-16"), "1:1 the byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"\xed\xa0\x80", "1:1 the byte 0xed is not UTF-8; save the file as UTF-8"),
        (b" " * (4 * 2**20 + 1), "1:1 the file is larger than 4 MiB; split it"),
    ],
)
def test_bytes_that_are_not_text_are_distinguished(data: bytes, message: str):
    assert refusal(data) == message
    with pytest.raises(NotText):
        read(data)


def test_a_text_of_exactly_the_size_is_read():
    assert read(b"a: 1" + b" " * 96, Limits(size=100)).value == {"a": 1}


@pytest.mark.parametrize(
    "text",
    [
        "[[[[1]]]]",
        "{a: {b: {c: {d: 1}}}}",
        "- - - - 1",
        "- &a [[1]]\n- [*a]\n- [[*a]]",
        "- &a [[1]]\n- &b [*a]\n- [*b]",
        "- &a [[1]]\n- &b 1\n- &c [[*b], [*a]]",
    ],
)
def test_nesting_is_bounded_through_aliases_too(text: str):
    assert "more than 3 lists and mappings are nested here" in refusal(
        text.encode(), Limits(depth=3)
    )


@pytest.mark.parametrize("text", ["[[[1]]]", "- &a [1]\n- [*a]", "- &a 1\n- [[*a], [*a]]"])
def test_nesting_up_to_the_bound_is_read(text: str):
    assert read(text.encode(), Limits(depth=3)).value


@pytest.mark.parametrize(
    ("text", "values"),
    [("[1, 2]", 3), ("- &a [1]\n- *a", 5), ("- &a {b: 1}\n- {<<: *a}", 8)],
)
def test_values_are_counted_after_aliases_are_followed(text: str, values: int):
    assert read(text.encode(), Limits(values=values)).value
    assert f"more than {values - 1} values" in refusal(text.encode(), Limits(values=values - 1))


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, levels)]
    return "\n".join(lines)


def test_an_alias_bomb_is_refused_before_it_goes_off():
    def of(levels: int) -> Callable[[], object]:
        return lambda: refusal(bomb(6 + levels).encode())

    assert refusal(bomb(26).encode()) == (
        "7:15 the file has more than 500,000 values once aliases are followed; split it"
    )
    assert growth(of, size=10) < 2.1


@pytest.mark.parametrize(
    "hostile",
    [
        lambda size: b"[" * size,
        lambda size: b"{a: " * size,
        lambda size: b"- " * size,
        lambda size: b"a: " + b"1:00" * size,
        lambda size: b"&a " * size,
        lambda size: b"- 1:00\n" * (size // 100),
    ],
    ids=["lists", "mappings", "items", "a number", "anchors", "numbers"],
)
def test_a_hostile_text_costs_in_proportion_to_its_size(hostile: Callable[[int], bytes]):
    def of(size: int) -> Callable[[], object]:
        def tried() -> None:
            with suppress(Problem):
                read(hostile(size))

        return tried

    assert growth(of, size=50_000) < 2.1


def test_a_repeated_key_is_reported_and_the_later_value_kept():
    source = read(b"a: 1\nb: {c: 1, c: 2}\n'a': 3\ntrue: 1\nyes: 2\n'1': x\n1: y\n")
    assert source.value == {"a": 3, "b": {"c": 2}, True: "y", "1": "x"} | {1: "y"}
    assert list(map(said, source.duplicates)) == [
        "2:11 the key 'c' is written twice (first on line 2); keep one of them",
        "3:1 the key 'a' is written twice (first on line 1); keep one of them",
        "5:1 the key 'yes' is written twice (first on line 4); keep one of them",
        "7:1 the key '1' is written twice (first on line 5); keep one of them",
    ]


def test_a_key_that_overrides_a_merged_one_is_not_a_duplicate():
    assert read(b"- &x {a: 1}\n- {<<: *x, a: 2}\n").duplicates == ()


def test_a_long_key_is_shortened():
    source = read(f"{'k' * 100}: 1\n{'k' * 100}: 2\n".encode())
    assert said(source.duplicates[0]) == (
        f"2:1 the key '{'k' * 37}...' is written twice (first on line 1); keep one of them"
    )


UNREADABLE = {
    "2025-01-01 25:00:00": "hour must be in 0..23",
    "!!int x": "not a valid int",
    "!!int ''": "not a valid int",
    "!!float x": "not a valid float",
    "!!bool maybe": "not a valid bool",
    "!!timestamp x": "not a valid timestamp",
    "!!binary é": "failed to convert base64 data into ascii",
    "!!python/name:os.system x": "the tag !!python/name:os.system is not supported here",
    "!!seq x": "the tag !!seq is not supported here",
    "=": "this has a meaning only as a key",
    "<<": "this has a meaning only as a key",
    "1" * 101: "a number of more than 100 characters",
    "0_" + "_" * 100: "a number of more than 100 characters",
}


@pytest.mark.parametrize("word", UNREADABLE)
def test_an_invalid_value_stays_text_and_is_reported(word: str):
    source = read(f"a: {word}".encode())
    text = source.value["a"]
    assert isinstance(text, str)
    (problem,) = source.unreadable
    assert problem.place == (1, 4)
    reason = UNREADABLE[word]
    assert f" cannot be read: {reason}" in problem.message
    assert problem.message.endswith("; quote it for text")


NO_DATES = {
    "2025-01-32": "that month has 31 days",
    "2023-02-29": "that month has 28 days",
    "2025-13-01": "months are 01 to 12",
    "2025-00-01": "months are 01 to 12",
    "2025-01-00": "days start at 01",
    "0000-01-01": "years start at 1",
}


@pytest.mark.parametrize("word", NO_DATES)
def test_an_impossible_date_stays_text_and_is_reported(word: str):
    source = read(f"a: {word}".encode())
    assert source.value["a"] == word
    assert [said(each) for each in source.unreadable] == [
        f"1:4 invalid date {word}: {NO_DATES[word]}"
    ]


@pytest.mark.parametrize(
    "word", ["2024-02-29", "2024-2-30", "'2023-02-30'", "2023-02-30a", "12023-02-30"]
)
def test_other_texts_and_days_are_none_of_these(word: str):
    assert read(f"a: {word}".encode()).unreadable == ()
