"""`KnownNames`: one mistake is not told again as references to nothing."""

from __future__ import annotations

from groundrules.records.graph import Graph
from groundrules.records.names import KnownNames
from groundrules.records.platform import Platform
from groundrules.yamlsource import read

GRAPH = b"id: deploy\npipelines: [check]\njobs: [{name: base}, {name: web, oops: 1}]\n"


def known(folder: str, model, data: bytes) -> KnownNames:
    names = KnownNames()
    names.learn(folder, model, read(data).value)
    return names


def test_names_are_known_alone_and_within_their_record():
    names = known("graphs", Graph, GRAPH)
    assert names.of("job") == {"base", "web", "deploy/base", "deploy/web"}
    assert names.of("job in deploy") == {"base", "web"}
    assert names.of("pipeline in deploy") == {"check"}
    assert names.of("graph") == {"deploy"}
    assert names.of("label") == set()
    assert names.uncertain == set()


def test_a_name_that_cannot_be_read_makes_its_kind_uncertain():
    names = known("graphs", Graph, GRAPH.replace(b"name: base", b"name: ../x"))
    assert names.uncertain == {"job", "job in deploy"}
    assert names.of("job in deploy") == {"web"}
    assert names.of("job") == {"web", "deploy/web"}


def test_a_list_that_is_none_makes_its_kind_uncertain():
    assert known("platforms", Platform, b"id: vm\nlabels: no").uncertain == {"label", "label in vm"}


def test_a_misspelt_list_makes_its_kind_uncertain():
    assert known("platforms", Platform, b"id: vm\nlables: []").uncertain == {"label", "label in vm"}
    assert known("platforms", Platform, b"id: vm\n").uncertain == set()


def test_a_file_nobody_knows_the_kind_of_may_name_anything():
    names = KnownNames()
    names.lose("")
    assert {"label", "platform", "job", "session", "expectation", "graph"} <= names.uncertain
