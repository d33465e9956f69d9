"""What YAML made of a word, and the word as it was written."""

from __future__ import annotations

import pytest

from groundrules.records.yaml_surprises import quoted, surprise, word_at
from groundrules.yamlsource import Place, read

MEANINGS = {
    "no": "the truth value false",
    "On": "the truth value true",
    "1.10": "the number 1.1",
    "24.04": "the number 24.04",
    "12345678.5": "the number 12345678.5",
    "8": "the number 8",
    "0755": "the octal number 493",
    "0x1F": "the number 31",
    "1:30": "the sexagesimal number 90",
    "1:30.5": "the sexagesimal number 90.5",
    "2016-11-07": "a date",
    "2016-11-07T10:00:00": "a date",
    "null": "nothing",
    "~": "nothing",
}


@pytest.mark.parametrize("word", MEANINGS)
@pytest.mark.parametrize(
    "form", ["a: {}", "[{}, b]", "{{a: {}}}", "- {} # c", "a: &b {}", "a: {}\r"]
)
def test_a_word_that_is_not_text_is_explained(word: str, form: str):
    text = form.format(word)
    value = read(text.encode()).value
    at, found = (0, value[0]) if isinstance(value, list) else ("a", value["a"])
    place = value.item_place(0) if at == 0 else value.value_place("a")
    assert word_at(text, place) == word
    assert surprise(found, word) == f"YAML reads {word} as {MEANINGS[word]}"


@pytest.mark.parametrize("word", ["1.10.2", "v1", "'no'", "north", "1e3", "0o7", "08", "12 h"])
def test_text_is_not_a_surprise(word: str):
    assert surprise(read(word.encode()).value, word) is None


def test_a_missing_value_is_not_a_surprise():
    assert word_at("a:\nb: 1", Place(1, 3)) == ""
    assert word_at("", Place(1, 1)) == ""
    assert surprise(None, "") is None


def test_an_alias_is_quoted_where_its_anchor_is():
    assert quoted("no") == "write 'no' for text"
    assert quoted("*release") == "quote the value at &release for text"
