"""Whatever bytes a file has: a value or a `Problem` at a place of the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from mutating import TESTS, bounded, fuzzed, is_in, mutated, seeds

from groundrules import yamlsource

TEXTS = seeds("yaml")
# the manual's own records are not in a release
RECORDS = sorted((TESTS.parent / "data").glob("*/*.yaml"))
REAL = [data for path in RECORDS if len(data := path.read_bytes()) < 3000]
OURS = [path.read_bytes() for path in sorted((TESTS / "records/base/data").rglob("*.yaml"))]


def check(data: bytes) -> None:
    try:
        source = yamlsource.read(data)
        list(yamlsource.comments(data.decode()))
    except yamlsource.Problem as problem:
        problems = [problem]
    else:
        problems = [*source.duplicates, *source.unreadable, *source.depends]
    assert [str(each) for each in problems if not is_in(data, *each.place)] == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_seed(name: str):
    bounded(lambda: check(TEXTS[name]))


@fuzzed()
@given(mutated([*TEXTS.values(), *OURS, *REAL]))
def test_mutated(data: bytes):
    bounded(lambda: check(data))
