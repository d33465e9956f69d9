"""`place_in`: from a character of a value to the same character of the file."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from groundrules.yamlsource import Place, place_in, read

# each holds one scalar under the key a, and one X in it
WRITTEN = {
    "plain": "a: one X two",
    "plain over lines": "a: one\n  two\n\n  X three",
    "single quotes": "a: 'it''s X'",
    "two quotes": "a: 'a''''X'",
    "double quotes": 'a: "a \\"quoted\\" X"',
    "escapes": 'a: "\\t\\u00e9\\x41\\U0001F98A\\\\ X"',
    "escaped spaces": 'a: "\\ \\_\\N\\L\\P\\nX"',
    "a folded quote": 'a: "one\\\n   two\n\n   X"',
    "a literal block": "a: |\n  one\n    two\n\n  three X",
    "a folded block": "a: >-\n  one\n  two\n\n  X",
    "a block with a header": "a: |+2 # one X\n   one X",
    "after an anchor": "a: &b one X",
    "after a tag": "a: !!str one X",
    "after both, quoted": "a: &b !!str 'one X'",
    "in braces": "{a: one X, b: c}",
    "after a byte order mark": "\ufeffa: one X",
    "with carriage returns": "a: |\r\n  one\r\n  two X\r\n",
    "beyond ASCII": "a: é🦊 X",
}


@pytest.mark.parametrize("text", [pytest.param(each, id=name) for name, each in WRITTEN.items()])
def test_a_character_is_found(text: str):
    mapping = read(text.encode()).value
    value = mapping["a"]
    place = place_in(text, mapping.value_place("a"), value, value.index("X"))
    line = text.removeprefix("\ufeff").splitlines()[place.line - 1]
    last = text.removeprefix("\ufeff")
    assert line[place.column - 1] == "X"
    assert last.count("X", 0, sum(map(len, last.splitlines(True)[: place.line]))) in (1, 2)


def test_white_space_leads_to_what_follows_it_and_the_end_to_the_last_character():
    text = "a: one two\nb: three\n"
    assert place_in(text, Place(1, 4), "one two", 3) == (1, 8)
    assert place_in(text, Place(1, 4), "one two", 7) == (1, 10)
    assert place_in(text, Place(1, 4), "", 0) == (1, 4)


@given(st.text("ab é'\"\\\n:#", min_size=1, max_size=30), st.sampled_from(['"', "'", "|"]))
def test_every_character_is_found_however_it_is_written(value: str, style: str):
    text = yaml.dump({"a": value}, default_style=style, allow_unicode=True, width=12)
    mapping = read(text.encode()).value
    lines = text.splitlines()
    for key in mapping:
        for index, character in enumerate(mapping[key]):
            if not character.isspace() and character not in '"\\':
                place = place_in(text, mapping.value_place(key), mapping[key], index)
                assert lines[place.line - 1][place.column - 1] == character
