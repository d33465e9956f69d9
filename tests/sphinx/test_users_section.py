"""The pages of labels and jobs show who uses them, as long as the configuration is the same."""

from __future__ import annotations

import pytest

ZUUL = """\
- job:
    name: base
    parent: null
    run: run.yaml
    nodeset: {nodes: [{name: server, label: debian-12}]}
- job: {name: certificates, parent: base}
- job: {name: gitea, parent: base}
- project: {deploy: {jobs: [base, certificates, gitea]}, periodic: {jobs: [base]}}
"""
LABEL, OTHER_LABEL, JOB = "labels/debian-12", "labels/debian-11", "jobs/deploy/base"
ALONE = "other repositories, which may use it too"


MANUAL = """\
title: Rules
publisher: Us
summary: Rules.
configurations:
  - {id: deployment, title: Our deployment, path: ci}
  - id: own
    title: This project's own jobs
"""
PLATFORM = """\
id: vm
title: Machine
summary: One.
labels: [{name: debian-12, operating_system: A}, {name: debian-11, operating_system: A}]
"""
GRAPH = """\
id: deploy
title: How the servers are deployed
configuration: deployment
project: team/config
pipelines: [deploy, periodic]
jobs: [{name: base, labels: [debian-12]}, {name: certificates}, {name: gitea}]
"""


@pytest.fixture
def configured(tiny):
    """A manual of one platform and one graph, with one of its two configurations."""
    tiny.write("data/manual.yaml", MANUAL)
    tiny.write("data/platforms/vm.yaml", PLATFORM)
    tiny.write("data/graphs/deploy.yaml", GRAPH)
    tiny.write("ci/.zuul.yaml", ZUUL)
    return tiny


def section(built, page: str, heading: str = "Who uses this", end: str = "About this") -> str:
    """Return the section of a page of text, on one line."""
    _, found, rest = built.text(f"generated/{page}.txt").partition(f"\n{heading}\n")
    assert found, f"{page} has no section {heading!r}"
    return " ".join(rest.partition(f"\n{end}")[0].split()).lstrip("= ")


def test_each_page_has_its_users_and_links_to_their_graphs(configured):
    built = configured.build("text")
    assert built.warnings == ""
    used = (
        "1 project uses it in Our deployment: *team/config*. "
        f"Looked at: 2 graphs of 1 project. Not known: {ALONE}."
    )
    unread = "Not known: This project's own jobs could not be read when this manual was built."
    assert section(built, JOB) == used
    assert section(built, LABEL) == f"{used} {unread}"
    assert section(built, OTHER_LABEL) == (
        "No project that was looked at uses it in Our deployment. "
        f"Looked at: 2 graphs of 1 project. Not known: {ALONE}. {unread}"
    )
    html = configured.build("html").text(f"generated/{LABEL}.html")
    assert 'href="../graphs/deploy.html#' in html.partition("Who uses this")[2]


def test_in_german(configured):
    built = configured.build("text", language="de")
    assert built.warnings == ""
    assert section(built, LABEL, "Wer dies verwendet", "Über dieses Label") == (
        "Verwendet von 1 Projekt in Our deployment: *team/config*. "
        "Durchsucht: 2 Graphen von 1 Projekt. "
        "Nicht bekannt: andere Repositories, die es auch benutzen können. "
        "Nicht bekannt: This project's own jobs war beim Bau dieses Handbuchs nicht lesbar."
    )


def test_another_configuration_writes_the_pages_anew(configured):
    configured.build("text")
    configured.write("ci/.zuul.yaml", ZUUL.replace("debian-12", "debian-11"))
    built = configured.build("text")
    assert {f"generated/{LABEL}", f"generated/{OTHER_LABEL}"} <= built.read
    assert section(built, OTHER_LABEL).startswith("1 project uses it")
    assert section(built, LABEL).startswith("No project that was looked at")


def test_so_does_one_that_no_graph_is_compared_with(configured):
    own, new = "  - id: own\n", "  - {id: new, title: New, path: new}\n"
    configured.replace("data/manual.yaml", own, f"{new}{own}")
    configured.write("new/.zuul.yaml", ZUUL)
    assert "1 project uses it in New" in section(configured.build("text"), LABEL)
    configured.write("new/.zuul.yaml", ZUUL.replace("debian-12", "debian-11"))
    assert "looked at uses it in New" in section(configured.build("text"), LABEL)


# silent


def test_an_unchanged_build_reads_no_page_again(configured):
    configured.build("text")
    assert configured.build("text").read == set()


def test_a_manual_without_configurations_has_no_section(tiny):
    tiny.write(
        "data/platforms/vm.yaml",
        "{id: vm, title: Machine, summary: One., labels: [{name: ubuntu, architecture: x86_64}]}\n",
    )
    built = tiny.build("text")
    assert built.warnings == ""
    pages = [path.read_text("utf-8") for path in built.folder.rglob("generated/labels/*.txt")]
    assert pages
    assert not any("Who uses this" in page for page in pages)
