"""Two mentions of a job: whether Zuul finds them equal, in its first graph and ever after."""

from __future__ import annotations

import pytest

from groundrules.ci.zuul.reading.equal_mentions import (
    ComparedMention,
    EarlierMentions,
    Equality,
    compared,
)
from groundrules.yamlsource import Place, read

DIFFERENT, UNTIL, EQUAL = Equality.DIFFERENT, Equality.UNTIL_APPLIED, Equality.EQUAL


def mention(text: str) -> ComparedMention:
    return compared(read(text.encode()).value, Place(1, 1))


PAIRS = [
    ("{}", "{}", EQUAL),
    ("{}", "{dependencies: []}", EQUAL),
    ("{}", "{dependencies: !override []}", EQUAL),
    ("{}", "{dependencies: !inherit []}", DIFFERENT),
    ("{dependencies: [a, b]}", "{dependencies: [b, {name: a, soft: false}]}", EQUAL),
    ("{dependencies: a}", "{dependencies: [a, a]}", EQUAL),
    ("{dependencies: [a]}", "{dependencies: [{name: a, soft: true}]}", DIFFERENT),
    ("{}", "{voting: true}", UNTIL),
    ("{voting: true}", "{voting: true, dependencies: []}", EQUAL),
    ("{}", "{attempts: 3}", UNTIL),
    ("{}", "{attempts: 2}", DIFFERENT),
    ("{}", "{type: regular, deduplicate: auto}", UNTIL),
    ("{}", "{final: false, abstract: false, intermediate: false}", EQUAL),
    ("{}", "{protected: false}", DIFFERENT),
    ("{}", "{description: ''}", DIFFERENT),
    ("{}", "{failure-url: x}", EQUAL),
    ("{}", "{branches: []}", DIFFERENT),
    ("{branches: x}", "{branches: [x]}", EQUAL),
    ("{branches: x}", "{branches: {regex: x, negate: false}}", EQUAL),
    ("{branches: x}", "{branches: {regex: x, negate: true}}", DIFFERENT),
    ("{branches: [x, y]}", "{branches: [y, x]}", DIFFERENT),
    ("{}", "{files: []}", DIFFERENT),
    ("{files: x}", "{files: !override [x]}", EQUAL),
    ("{files: x}", "{files: !inherit [x]}", DIFFERENT),
    ("{}", "{tags: [], requires: [], vars: {}, semaphores: [], run: []}", EQUAL),
    ("{tags: [a, b]}", "{tags: [b, a, a]}", EQUAL),
    ("{tags: [a]}", "{tags: !inherit [a]}", EQUAL),
    ("{tags: [a]}", "{tags: !override [a]}", DIFFERENT),
    ("{}", "{vars: !override {}}", DIFFERENT),
    ("{vars: {a: 1, b: 2}}", "{vars: {b: 2, a: 1}}", EQUAL),
    ("{}", "{required-projects: []}", UNTIL),
    ("{required-projects: a}", "{required-projects: [{name: a}]}", EQUAL),
    ("{}", "{exclude-projects: []}", DIFFERENT),
    ("{semaphore: a}", "{semaphores: [{name: a}]}", EQUAL),
    ("{semaphores: [a, b]}", "{semaphores: [b, a]}", EQUAL),
    ("{secrets: a}", "{secrets: a}", DIFFERENT),
    ("{run: a.yaml}", "{run: [{name: a.yaml, semaphores: []}]}", EQUAL),
    ("{include-vars: a}", "{include-vars: [{name: a, required: true}]}", EQUAL),
    ("{nodeset: {nodes: []}}", "{}", UNTIL),
    ("{nodeset: a}", "{nodeset: a}", EQUAL),
    ("{attribute-control: {voting: {final: true}}}", "{}", DIFFERENT),
    ("{failure-output: [b, a]}", "{failure-output: [a, b]}", EQUAL),
    ("{ansible-version: 11}", "{ansible-version: '11'}", EQUAL),
]


@pytest.mark.parametrize(("first", "second", "equality"), PAIRS)
def test_equality(first: str, second: str, equality: Equality):
    assert mention(second).compare(mention(first)) is equality
    assert mention(first).compare(mention(second)) is equality


@pytest.mark.parametrize(
    ("first", "second", "equality"),
    [
        *PAIRS,
        ("{vars: {a: [1, {b: 2.0}]}}", "{vars: {a: [1.0, {b: 2}]}}", EQUAL),
        ("{vars: {a: !x {b: 1}}}", "{vars: {a: !x {b: 1}}}", EQUAL),
        ("{vars: {a: !x {b: 1}}}", "{vars: {a: !y {b: 1}}}", DIFFERENT),
        ("{vars: {a: 2026-12-01, b: null}}", "{vars: {b: , a: 2026-12-01}}", EQUAL),
    ],
)
def test_an_earlier_mention_is_found_if_it_is_equal(first: str, second: str, equality: Equality):
    earlier, other = EarlierMentions(), mention(first)
    earlier.add(other)
    earlier.add(mention("{attempts: 9}"))
    assert earlier.equal_to(mention(second)) is (None if equality is DIFFERENT else other)
