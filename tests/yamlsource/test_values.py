"""`read`: the values are those of PyYAML's ``CSafeLoader``, and every one has its place.

What merges differently by the version of PyYAML is in ``test_merges.py``.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from merge_rule import as_pyyaml_reads

from groundrules.yamlsource import Mapping, Problem, Sequence, Tagged, read

CONFIGS = Path(__file__).parents[3] / "shared/zuul/configs"


def same(ours: Any, theirs: Any) -> bool:
    """Return whether two values are equal in kind and order too: 1, 1.0 and true are not."""
    return repr(ours) == repr(theirs)


SCALARS = """
y n yes No TRUE off On true ~ null Null '' "" '~' 1 -1 +1 0 00 07 0755 08 0o7 0b101 0x1F 0x1g
1_000 1:30 1:61 -1:30:00 1:30.5 1.0 1.10 1. .5 . .. ... 1e3 1.0e3 1.0e+3 1E5 .inf -.INF .nan
2016-11-07 2016-1-7 2016-11-07T10:00:00 2016-11-07T10:00:00Z 2016-11-07T10:00:00.5+02:00
2016-11 word a:b a-b 'it''s' "tab\\tbed" "\\u00e9" "\\x41" é 24.04.1 v1.0 @ -a -- <<x =x 12e 1,000
"!x" !!str<1 !!int<"1" !!float<1 !!null<x !!bool<yes !!binary<TWFu !!timestamp<2016-11-07 !<1
""".replace("@", "a@b").split()


@pytest.mark.parametrize(
    "word", [word.replace("<", " ", 1) for word in SCALARS if word[:2] != "<<"]
)
@pytest.mark.parametrize("form", ["{}", "a: {}", "- {}", "[{}, 1]", "{{a: {}}}", "{}: 1"])
def test_a_single_value_is_what_pyyaml_makes_of_it(form: str, word: str):
    text = form.format(word)
    try:
        theirs = as_pyyaml_reads(text)
    except yaml.YAMLError:
        with pytest.raises(Problem):
            read(text.encode())
    else:
        assert same(read(text.encode()).value, theirs)


TEXTS = {
    "nothing": "",
    "a comment": "# nothing\n",
    "marks": "%YAML 1.1\n---\na: 1\n...\n",
    "nested": "a:\n  - b: [1, {c: d}]\n    e:\n  -\n  - - 1\n    - 2\n",
    "blocks": "a: |\n  one\n   two\n\n  three\nb: >-\n  one\n  two\n\n  three\nc: |+2\n   x\n\n",
    "folded": "a: one\n  two\n\n  three\nb: 'one\n  two'\nc: \"one\\\n  two\"\n",
    "anchors": "a: &x {b: 1}\nc: *x\nd: [*x, &y 2, *y]\n",
    "an anchor of nothing": "a: &x\nb: *x\n",
    "an alias as key": "- &x a\n- {*x : 1}\n",
    "keys of all kinds": "1: a\n1.5: b\ntrue: c\n~: d\n2016-11-07: e\n'1': f\n? long\n: g\n",
    "braces over lines": "{a: 1,\n b: [1,\n 2], }\n",
    "braces without values": "{a, b: , c}\n",
    "JSON": '{"a": [1, true, null, "x"], "b": {"c": 1.5}}',
    "tags of YAML": "a: !!map {b: !!seq [!!str 1]}\nc: !!int '7'\n",
    "carriage returns": "a: 1\r\nb:\r\n  - x\r\n",
    "other line ends": "a: 1\rb: 2\r",
    "a byte order mark": "\ufeffa: 1\n",
    "wide characters": "ключ: 值 🦊\n",
    "a pair in a list": "[a: 1, b]\n",
    "a comment after all": "a: 1 # b\n# c\nd: '#e' # f\n",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in TEXTS.items()])
def test_a_text_is_what_pyyaml_makes_of_it(text: str):
    assert same(read(text.encode()).value, as_pyyaml_reads(text))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.dates()
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcnoyes10.: -", max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES, st.sampled_from([None, False, True]), st.booleans())
def test_what_pyyaml_writes_is_read_as_pyyaml_reads_it(value: Any, style: Any, wide: bool):
    text = yaml.dump(value, default_flow_style=style, allow_unicode=wide, Dumper=yaml.CSafeDumper)
    assert same(read(text.encode()).value, as_pyyaml_reads(text))


@given(st.text("ab1:-#'\"|>&*!{}[], \n\t?%@`~<=.", max_size=40))
def test_any_text_is_read_as_pyyaml_reads_it_or_refused(text: str):
    try:
        ours, theirs = read(text.encode()), as_pyyaml_reads(text)
    except (Problem, yaml.YAMLError, ValueError):
        return
    if not holds_tags(ours.value) and not ours.unreadable:
        assert same(ours.value, theirs)


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_nothing_but_a_problem_is_ever_raised(data: bytes):
    with suppress(Problem):
        read(data)


def holds_tags(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(holds_tags, value.values()))
    return isinstance(value, Tagged) or (isinstance(value, list) and any(map(holds_tags, value)))


def test_the_values_of_real_configurations_are_those_of_pyyaml():
    if not CONFIGS.is_dir():
        pytest.skip("the configurations that were collected for comparison are not here")
    compared, different = 0, []
    paths = chain(CONFIGS.rglob("*.yaml"), CONFIGS.rglob("*.yml"))
    for path in sorted(path for path in paths if path.is_file()):
        data = path.read_bytes()
        try:
            theirs, ours = as_pyyaml_reads(data), read(data).value
        except (yaml.YAMLError, ValueError, Problem):
            continue
        compared += 1
        if not same(ours, theirs):
            different.append(path.relative_to(CONFIGS).as_posix())
    assert different == []
    assert compared > 1000


def test_every_key_value_and_item_has_its_place():
    source = read(
        b"# c\na: 1\nb:\n  - x\n  -   {c: d,\n      'e': |\n   f}\n".replace(b"|\n   f", b"f")
    )
    assert source.place == (2, 1)
    value = source.value
    assert (value.place, value.key_place("a"), value.value_place("a")) == ((2, 1), (2, 1), (2, 4))
    items = value["b"]
    assert (items.place, items.item_place(0), items.item_place(1)) == ((4, 3), (4, 5), (5, 7))
    inner = items[1]
    assert (inner.place, inner.key_place("c"), inner.value_place("c")) == ((5, 7), (5, 8), (5, 11))
    assert (inner.key_place("e"), inner.value_place("e")) == ((6, 7), (6, 12))


def test_columns_count_characters_and_not_the_byte_order_mark():
    assert read("\ufeffä: 🦊🦊\n".encode()).value.value_place("ä") == (1, 4)
    assert read("{ä: 🦊🦊, b: 1}".encode()).value.key_place("b") == (1, 9)


def test_an_item_is_dropped_together_with_its_place():
    items = read(b"[a, b, c]").value
    items.drop(1)
    assert (items, items.item_place(1)) == (["a", "c"], (1, 8))


def test_the_value_that_is_nothing_has_a_place_too():
    assert read(b"").place == (1, 1)
    assert read(b"a:\nb: 1").value.value_place("a") == (1, 3)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!inherit [a]", Tagged("!inherit", ["a"])),
        ("!override {a: 1}", Tagged("!override", {"a": 1})),
        ("!encrypted/pkcs1-oaep 1234", Tagged("!encrypted/pkcs1-oaep", "1234")),
        ("!x '1'", Tagged("!x", "1")),
        ("!x", Tagged("!x", "")),
        ("%TAG !y! tag:example.org,2000:\n---\n!y!z 1", Tagged("tag:example.org,2000:z", "1")),
    ],
)
def test_tags_of_others_are_kept(text: str, value: Tagged):
    assert read(text.encode()).value == value


def test_a_mapping_and_a_list_are_a_dict_and_a_list():
    value = read(b"a: [1]").value
    assert (type(value), type(value["a"])) == (Mapping, Sequence)
    assert value == {"a": [1]}
