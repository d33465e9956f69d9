"""Beside the pages stand the data as JSON, its schemas and a feed of changes."""

from __future__ import annotations

import json
import os
import shutil
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator

from groundrules.records.dump import documents
from groundrules.records.schema import schemas

ATOM = "{http://www.w3.org/2005/Atom}"
BESIDE = {
    "_data/.stamp",
    *(
        f"_data/{name}.json"
        for name in ("expectations", "graphs", "manual", "platforms", "sessions", "verdicts")
    ),
    *(f"_data/schemas/{name}.json" for name in schemas()),
    *(f"_data/feeds/graphs/{name}.atom" for name in ("deploy", "own")),
    *(
        f"_data/feeds/labels/{name}.atom"
        for name in ("debian-10", "debian-11", "debian-12", "debian-12-arm64")
    ),
    "changes.atom",
}
OLD = 1_000_000_000


def test_they_are_all_there(built):
    data = {name for name in built.texts if name.startswith("_data/")}
    assert data | {"changes.atom"} == BESIDE
    assert "changes.atom" in built.texts


def test_the_data_is_that_of_the_records(built, catalogue_of):
    catalogue = catalogue_of(built)
    for name, document in documents(catalogue).items():
        assert json.loads(built.text(f"_data/{name}.json")) == document


@pytest.fixture
def catalogue_of():
    from groundrules.sphinxext.manual_build import manual_build_of

    return lambda built: manual_build_of(built.app.config).catalogue


def test_the_schemas_are_schemas(built):
    for name, schema in schemas().items():
        written = json.loads(built.text(f"_data/schemas/{name}.json"))
        assert written == schema
        Draft7Validator.check_schema(written)


def test_every_link_of_the_feed_leads_to_an_anchor(built):
    feed = ElementTree.fromstring(built.text("changes.atom"))  # noqa: S314
    links = [each.find(f"{ATOM}link").get("href") for each in feed.iter(f"{ATOM}entry")]
    assert len(links) == 14
    for link in links:
        page, _, anchor = link.removeprefix("https://manual.example.org/").partition("#")
        assert f'id="{anchor}"' in built.text(page), link


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_the_page_of_changes_leads_to_the_feed(built_with, builder):
    built = built_with(builder)
    page = {
        "html": "generated/changes.html",
        "dirhtml": "generated/changes/index.html",
        "singlehtml": "index.html",
    }[builder]
    path = built.folder / page
    in_head, in_text = (
        part.partition('"')[0]
        for part in built.text(page).split('href="')[1:]
        if part.partition('"')[0].endswith("changes.atom")
    )
    for link in (in_head, in_text):
        assert (path.parent / link).resolve() == built.folder / "changes.atom"


def test_only_html_has_them(built_with):
    assert BESIDE.isdisjoint(built_with("text").texts)


def test_they_are_written_again_only_when_the_data_changed(built_manual):
    manual, folder = built_manual, built_manual.root / "build/html"
    for name in BESIDE:
        os.utime(folder / name, (OLD, OLD))
    manual.write("source/quiet.rst", "Quiet\n=====\n\nStill no record.\n")
    assert manual.build().read == {"quiet"}
    assert {(folder / name).stat().st_mtime for name in BESIDE} == {OLD}
    manual.replace("data/graphs/own.yaml", "branch: main", "branch: stable")
    manual.build()
    changed = {name for name in BESIDE if (folder / name).stat().st_mtime > OLD}
    assert changed == {"_data/graphs.json"}


def test_schemas_are_made_once_by_one_program(built_manual, monkeypatch, tmp_path_factory):
    manual = built_manual
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    shutil.rmtree(manual.root / "build/html/_data")
    first = manual.build().texts
    monkeypatch.setattr("groundrules.records.schema.schemas", dict)
    shutil.rmtree(manual.root / "build/html/_data")
    second = manual.build().texts
    names = [name for name in first if name.startswith("_data/schemas/")]
    assert len(names) == 5
    assert [second[name] for name in names] == [first[name] for name in names]


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_a_label_and_a_job_can_be_called_as_lists_of_others_are(little, builder):
    labels = "title: Machine\nlabels: [{name: index, operating_system: Debian}]"
    little.replace("data/platforms/vm.yaml", "title: Machine", labels)
    little.replace(
        "data/graphs/deploy.yaml", "  - name: base\n", "  - {name: base}\n  - {name: index}\n"
    )
    built = little.build(builder)
    assert built.warnings == ""
    assert "_data/feeds/labels/index.atom" in built.texts
    assert "_data/feeds/graphs/index.atom" not in built.texts
    if builder != "singlehtml":
        feeds = [
            part.partition('"')[0]
            for part in built.text("generated/labels/index.html").split('href="')
            if part.partition('"')[0].endswith(".atom")
        ]
        assert set(feeds) == {"../../_data/feeds/labels/index.atom", "../../changes.atom"}
        assert "feeds/" not in built.text("generated/graphs/index.html")


def test_a_character_that_xml_cannot_hold_breaks_nothing(built_manual):
    manual = built_manual
    title = 'title: "a\\uFFFEb"'
    manual.replace("data/expectations/memory.yaml", "title: Memory that grows", title)
    assert manual.sphinx_build("-qn") == (0, "", "")
    assert "ab: Withdrawn." in manual.built("changes.atom")
