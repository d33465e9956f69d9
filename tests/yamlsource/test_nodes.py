"""Keys that are there twice, as Zuul 14.3's loader finds them."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_rule import PinnedLoader

from groundrules.yamlsource import Problem, read
from groundrules.yamlsource.nodes import repeated_keys


class RepeatedKeyError(Exception):
    """What Zuul calls ``YAMLDuplicateKeyError``."""


class ZuulLoader(PinnedLoader):
    """Refuses the keys that ``ZuulSafeLoader.construct_mapping`` refuses (configloader.py)."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [key.value for key, _ in node.value if key.value != "<<"]
        if len(keys) > len(set(keys)):
            raise RepeatedKeyError
        return super().construct_mapping(node, deep)


def _control(loader: ZuulLoader, node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node)
    return loader.construct_sequence(node)


for tag in ("!override", "!inherit"):
    ZuulLoader.add_constructor(tag, _control)


def is_refused_by_zuul(text: str) -> bool:
    try:
        yaml.load(text, ZuulLoader)  # noqa: S506 - as safe as the loader that it extends
    except RepeatedKeyError:
        return True
    return False


def repeated(text: str) -> list[Problem]:
    """Return what is reported for a file of Zuul."""
    source = read(text.encode())
    return list(source.duplicates) if source.has_simple_keys else repeated_keys(text.encode())


MERGED = (
    "Zuul finds the key 'a' twice (also on line {}), since this mapping has a '<<' and is merged "
    "itself; remove one of the two, or merge less deeply"
)
LOUD = {
    "written twice": (
        "- {a: 1, a: 2}\n",
        "the key 'a' is written twice (first on line 1); keep one of them",
    ),
    "the same text, another value": (
        "- {1: 1, '1': 2}\n",
        "the key '1' is written twice (first on line 1); keep one of them",
    ),
    "a merged mapping that is a value as well": (
        "- <<: &x\n    <<: {a: 1}\n    a: 2\n- b: *x\n",
        MERGED.format(2),
    ),
    "merged at a shallower place": (
        "- - - &x {<<: {a: 1}, a: 2}\n- <<: *x\n",
        MERGED.format(1),
    ),
    "merged with itself": (
        "- - - &x {<<: [&y {a: 1}, *y]}\n- <<: *x\n",
        MERGED.format(1),
    ),
}
SILENT = {
    "another text, the same value": "- {yes: 1, true: 2}\n",
    "two merges": "- &x {a: 1}\n- &y {a: 2}\n- {<<: *x, <<: *y}\n",
    "merged at the same depth, after it was built": "- &x {<<: {a: 1}, a: 2}\n- <<: *x\n",
    "merged at a shallower place, nothing overridden": "- - - &x {<<: {a: 1}, b: 2}\n- <<: *x\n",
    "only merged, and never built": "- <<: {a: 1, a: 2}\n",
}


@pytest.mark.parametrize(("text", "message"), LOUD.values(), ids=LOUD)
def test_a_repeated_key_is_reported(text: str, message: str):
    assert [problem.message for problem in repeated(text)] == [message]
    assert is_refused_by_zuul(text)


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_a_key_that_zuul_accepts_is_not_reported(text: str):
    assert repeated(text) == []
    assert not is_refused_by_zuul(text)


class Texts:
    """Random mappings that merge and alias each other."""

    def __init__(self, random: Random) -> None:
        self.random, self.anchors = random, list[str]()

    def document(self) -> str:
        return "".join(f"- {self.anchored(0)}\n" for _ in range(self.random.randint(1, 4)))

    def anchored(self, depth: int) -> str:
        tag = self.random.choice(("", "", "", "!override ")) if depth else ""
        text = f"{tag}{self.mapping(depth)}"
        self.anchors.append(f"x{len(self.anchors)}")
        return f"&{self.anchors[-1]} {text}"

    def mapping(self, depth: int) -> str:
        keys = self.random.sample(("one", "two", "three", "four"), self.random.randint(0, 3))
        keys += ["<<"] * self.random.randint(0, 2)
        self.random.shuffle(keys)
        items = [
            f"{key}: {self.merged(depth + 1) if key == '<<' else self.value(depth + 1)}"
            for key in keys
        ]
        return f"{{{', '.join(items)}}}"

    def merged(self, depth: int) -> str:
        if not self.anchors:
            return self.anchored(depth) if depth < 4 else "{}"
        aliases = [f"*{self.random.choice(self.anchors)}" for _ in range(2)]
        return self.random.choice((aliases[0], f"[{', '.join(aliases)}]"))

    def value(self, depth: int) -> str:
        if depth > 3:
            return "1"
        if self.random.random() < 0.3:
            return self.anchored(depth)
        alias = f"*{self.random.choice(self.anchors)}" if self.anchors else "2"
        return self.random.choice((alias, "3", f"[{alias}]"))


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_same_random_texts_are_refused(random: Random):
    text = Texts(random).document()
    assert bool(repeated(text)) is is_refused_by_zuul(text)


def test_a_value_that_depends_on_the_release_is_noted():
    text = "- &x {one: 1}\n- &y {one: 2}\n- <<: [*x, *y]\n"
    message = (
        "the value of 'one' depends on the release of PyYAML: 6.0.3 takes that of line 1, 6.0.4 "
        "that of line 2; write 'one' in this mapping"
    )
    assert [problem.message for problem in read(text.encode()).depends] == [message]


@pytest.mark.parametrize(
    "text",
    [
        "- &x {one: 1}\n- &y {two: 2}\n- <<: [*x, *y]\n",
        "- &x {one: 1}\n- &y {one: 1}\n- <<: [*x, *y]\n",
        "- &x {one: 1}\n- &y {one: 2}\n- {<<: [*x, *y], one: 3}\n",
        "- &x {one: 1}\n- &y {<<: *x, one: 2}\n- <<: [*y, *x]\n",
        "- &x {a: 1}\n- &y {a: 2}\n- <<: [*x, *y]\n",
    ],
    ids=["other keys", "same values", "written here", "merged before", "one letter"],
)
def test_a_value_that_is_the_same_in_all_releases_is_not_noted(text: str):
    assert read(text.encode()).depends == ()
