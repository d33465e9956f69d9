"""``<<``: merged as PyYAML 6.0.3 does, whichever PyYAML is installed.

The answers are what ``yaml.load(text, yaml.CSafeLoader)`` of PyYAML 6.0.3 returned for each text,
written down; where 6.0.2 or 6.0.3 is installed (`tox -e min`), they are compared with it again.
https://yaml.org/type/merge.html says of a list: "Keys in mapping nodes earlier in the sequence
override keys specified in later mapping nodes."
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from merge_rule import as_pyyaml_reads

from groundrules.yamlsource import read

OLD = tuple(int(number) for number in yaml.__version__.split(".")[:3]) < (6, 0, 4)

ANSWERS: dict[str, tuple[str, Any]] = {
    "one": (
        "- &x {b: 1, c: 2}\n- {c: 3, <<: *x, e: 4}\n",
        [{"b": 1, "c": 2}, {"b": 1, "c": 3, "e": 4}],
    ),
    "an own key wins wherever it is": (
        "- &x {one: 1, two: 1}\n- {one: 2, <<: *x}\n- {<<: *x, one: 3}\n",
        [{"one": 1, "two": 1}, {"one": 2, "two": 1}, {"one": 3, "two": 1}],
    ),
    "the first of a list wins": (
        "- &x {one: 1}\n- &y {one: 2, two: 2}\n- {<<: [*x, *y], own: 3}\n",
        [{"one": 1}, {"one": 2, "two": 2}, {"one": 1, "two": 2, "own": 3}],
    ),
    "the first of a list wins, keys of one letter": (
        "- &x {b: 1}\n- &y {b: 2, c: 2}\n- {<<: [*x, *y], d: 1}\n",
        [{"b": 1}, {"b": 2, "c": 2}, {"b": 1, "c": 2, "d": 1}],
    ),
    "the first of three wins, and the keys of the last come first": (
        "- {<<: [{one: 1, two: 1}, {two: 2, six: 2}, {six: 3, two: 3}]}\n",
        [{"six": 2, "two": 1, "one": 1}],
    ),
    "the last of two '<<' wins": (
        "- &x {one: 1}\n- &y {one: 2, two: 2}\n- {<<: *x, <<: *y}\n",
        [{"one": 1}, {"one": 2, "two": 2}, {"one": 2, "two": 2}],
    ),
    "the last of two '<<' wins, keys of one letter": (
        "- &x {b: 1}\n- &y {b: 2, c: 2}\n- {<<: *x, <<: *y}\n",
        [{"b": 1}, {"b": 2, "c": 2}, {"b": 2, "c": 2}],
    ),
    "a list, then another '<<'": (
        "- {<<: [{one: 1}, {one: 2}], <<: {one: 3, two: 3}, six: 4}\n",
        [{"one": 3, "two": 3, "six": 4}],
    ),
    "'<<', then a list": (
        "- {<<: {one: 1}, <<: [{one: 2}, {one: 3, two: 3}]}\n",
        [{"one": 2, "two": 3}],
    ),
    "a merge of a merge": (
        "- &x {one: 1}\n- &y {<<: *x, two: 2}\n- {<<: *y, one: 3}\n",
        [{"one": 1}, {"one": 1, "two": 2}, {"one": 3, "two": 2}],
    ),
    "a list with a merge of a list": (
        "- &x {one: 1, two: 1}\n- &y {one: 2, <<: [*x]}\n- {<<: [*y, *x], six: 3}\n",
        [{"one": 1, "two": 1}, {"one": 2, "two": 1}, {"one": 2, "two": 1, "six": 3}],
    ),
    "the same mapping twice": (
        "- &x {one: 1}\n- {<<: [*x, *x]}\n- {<<: *x, <<: *x}\n",
        [{"one": 1}, {"one": 1}, {"one": 1}],
    ),
    "a key that is an alias": (
        "- &x {&k one: 1}\n- &y {*k : 2}\n- {<<: [*x, *y]}\n- {<<: *x, <<: *y}\n",
        [{"one": 1}, {"one": 2}, {"one": 1}, {"one": 2}],
    ),
    "written out": ("a: {<<: {b: 1}, c: 2}\n", {"a": {"b": 1, "c": 2}}),
    "nothing": ("- {<<: {}}\n- {<<: []}\n", [{}, {}]),
    "a quoted '<<' is a key": ("a: {'<<': {b: 1}}\n", {"a": {"<<": {"b": 1}}}),
}


def cases() -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("text", "answer"), ANSWERS.values(), ids=ANSWERS.keys())


@cases()
def test_a_merge_is_that_of_pyyaml_6_0_3(text: str, answer: Any):
    assert repr(read(text.encode()).value) == repr(answer)  # the order of keys too


@cases()
def test_the_loader_that_other_tests_compare_with_has_the_same_rule(text: str, answer: Any):
    assert repr(as_pyyaml_reads(text)) == repr(answer)


@pytest.mark.skipif(not OLD, reason="PyYAML 6.0.4 and later merge by another rule")
@cases()
def test_the_answers_are_those_of_pyyaml_itself(text: str, answer: Any):
    assert repr(yaml.load(text, yaml.CSafeLoader)) == repr(answer)


def test_merged_keys_keep_the_place_where_they_are_written():
    value = read(b"- &x {a: 1}\n- {<<: *x, b: 2}\n").value[1]
    assert (value.place, value.key_place("a"), value.key_place("b")) == ((2, 3), (1, 7), (2, 12))


def test_a_merged_key_has_the_place_of_the_mapping_that_wins():
    both = read(b"- &x {a: 1}\n- &y {a: 2}\n- {<<: [*x, *y]}\n- {<<: *x, <<: *y}\n").value
    assert (both[2]["a"], both[2].key_place("a")) == (1, (1, 7))
    assert (both[3]["a"], both[3].key_place("a")) == (2, (2, 7))
