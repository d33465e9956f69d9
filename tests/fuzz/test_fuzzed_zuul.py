"""Whatever one file of Zuul has in it: objects and mistakes, and graphs of its repository."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from mutating import bounded, fuzzed, is_in, mutated, outside, seeds

from groundrules.ci.errors import NotAvailableError
from groundrules.ci.zuul.reading.parse import parse
from groundrules.ci.zuul.single_repository import SingleRepository

TEXTS = seeds("zuul")


def check(data: bytes) -> None:
    wrong = [each for each in parse(data).mistakes if not is_in(data, *each.place)]
    assert wrong == []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "app")
        root.mkdir()
        (root / "zuul.yaml").write_bytes(data)
        resolver = SingleRepository.at(root).read().resolver
        findings = resolver.findings()
        for frozen in resolver.graphs():
            if frozen.error:
                findings.append(frozen.error)
            else:
                assert frozen.graph.jobs is not None
        places = [each.location for each in findings]
        places += [related.location for each in findings for related in each.related]
        assert outside(root, places) == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_seed(name: str):
    bounded(lambda: check(TEXTS[name]), documented=(NotAvailableError,))


@fuzzed(share=0.5)
@given(mutated(TEXTS.values()))
def test_mutated(data: bytes):
    bounded(lambda: check(data), documented=(NotAvailableError,))
