"""`KnownNames`: a mistake does not cause findings about references."""

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


def test_a_name_that_no_record_can_have_is_rejected():
    names = known("graphs", Graph, GRAPH.replace(b"name: base", b"name: ../x"))
    assert names.rejected == {"job": {"../x", "deploy/../x"}, "job in deploy": {"../x"}}
    assert names.of("job in deploy") == {"web"}
    assert names.of("job") == {"web", "deploy/web"}
    assert not names.are_all("job")
    assert names.uncertain == set()


def test_an_underscore_is_for_jobs_and_labels_and_not_for_ids():
    names = known("platforms", Platform, b"id: a_vm\nlabels: [{name: a_label}]")
    assert (names.of("platform"), names.rejected["platform"]) == (set(), {"a_vm"})
    assert names.of("label") == {"a_label"}


def test_jobs_of_a_graph_whose_id_is_rejected_cannot_be_named_with_it():
    names = known("graphs", Graph, GRAPH.replace(b"id: deploy", b"id: de_ploy"))
    assert names.of("job") == {"base", "web"}
    assert names.rejected["job"] == {"de_ploy/base", "de_ploy/web"}


def test_a_name_that_is_not_text_makes_its_kind_uncertain():
    names = known("graphs", Graph, GRAPH.replace(b"name: base", b"name: [x]"))
    assert names.uncertain == {"job", "job in deploy"}
    assert names.of("job in deploy") == {"web"}


def test_a_list_that_is_none_makes_its_kind_uncertain():
    assert known("platforms", Platform, b"id: vm\nlabels: no").uncertain == {"label", "label in vm"}


def test_a_misspelt_list_makes_its_kind_uncertain():
    assert known("platforms", Platform, b"id: vm\nlables: []").uncertain == {
        f"{kind}{where}" for kind in ("label", "provider", "region") for where in ("", " in vm")
    }
    assert known("platforms", Platform, b"id: vm\n").uncertain == set()


def test_a_file_of_unknown_kind_may_name_anything():
    names = KnownNames()
    names.lose("")
    assert {"label", "platform", "job", "session", "expectation", "graph"} <= names.uncertain
