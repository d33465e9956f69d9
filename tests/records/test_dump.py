"""`documents`: the records as JSON, whole and in an order that does not change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from groundrules.records import load
from groundrules.records.dump import VERSION, documents
from groundrules.records.kinds import KINDS, MANUAL_KIND
from groundrules.records.shape import keys_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OWN = pytest.param(ROOT, marks=pytest.mark.repository)
NAMES = ("manual", "platforms", "expectations", "graphs", "sessions")


def dumped(root: Path) -> dict[str, Any]:
    catalogue = load(root).catalogue
    assert catalogue is not None
    return documents(catalogue)


@pytest.mark.parametrize("root", [HERE / "base", OWN], ids=["base", "the manual"])
def test_json_carries_it_there_and_back(root: Path):
    made = dumped(root)
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert tuple(made) == NAMES
    assert json.dumps(made) == json.dumps(dumped(root))


def test_every_document_has_a_version():
    assert {document["version"] for document in dumped(HERE / "base").values()} == {VERSION}


def test_a_record_has_every_key_of_its_file_and_its_source():
    models = [kind.load() for kind in (MANUAL_KIND, *KINDS)]
    for model, (name, document) in zip(models, dumped(HERE / "base").items(), strict=True):
        (record,) = document["records"]
        assert list(record) == [*keys_of(model), "source"], name


def test_a_part_with_a_name_has_its_source_too():
    (platform,) = dumped(HERE / "base")["platforms"]["records"]
    assert platform["source"] == {"file": "data/platforms/container.yaml", "line": 2}
    assert platform["labels"][0]["source"] == {"file": "data/platforms/container.yaml", "line": 6}


def test_values_are_those_of_json():
    made = dumped(HERE / "cases/silent/durations")
    jobs = {job["name"]: job["duration"] for job in made["graphs"]["records"][0]["jobs"]}
    assert jobs["j1"] == {"typical": 5400, "maximum": None}
    label = dumped(HERE / "base")["platforms"]["records"][0]["labels"][0]
    assert label["since"] == "2024-03-01"
    assert label["architecture"] == "x86-64"
    assert (label["note"], label["evidence"], label["default"]) == (None, [], False)


def test_exceptions_have_the_key_of_their_file():
    made = dumped(HERE / "cases/silent/an-exception")
    (expectation,) = made["expectations"]["records"][0]["expectations"]
    assert expectation["except"][0]["labels"] == ["small"]
    assert expectation["applies_to"] == {"platforms": [], "labels": []}


@pytest.mark.repository
def test_records_are_sorted_by_their_files():
    for document in dumped(ROOT).values():
        files = [record["source"]["file"] for record in document["records"]]
        assert files == sorted(files)
