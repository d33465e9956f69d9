"""Facts of labels and providers on the pages: names with ``/`` and ``:``, fractions, providers."""

from __future__ import annotations

import pytest
from lxml import html

PLATFORM = """\
id: vm
title: Virtual machine
summary: Use :ci:label:`team/linux:large` for a large one, and :ci:label:`team-linux-large` too.
labels:
  - {name: 'team/linux:large', operating_system: A, architecture: amd64, memory_gb: 7.5}
  - {name: team-linux-large, operating_system: A, architecture: arm64, memory_gb: 0.5}
  - {name: small, operating_system: A, architecture: s390x, memory_gb: 1.0}
providers:
  - {name: cloud, region: north, status: active, as_of: 2026-01-01}
  - {name: cloud, region: south, status: active, as_of: 2026-01-01, labels: ['team/*']}
  - {name: past, status: removed, as_of: 2026-01-01}
"""
TOPIC = """\
topic: network
title: Network
expectations:
  - id: multicast
    title: IPv6 multicast
    standing: guaranteed
    statement: A node receives IPv6 multicast.
    measure: {fact: ansible_default_ipv6.mtu, at_least: 1500}
    except:
      - {labels: [small], standing: varies}
      - providers: [cloud]
        regions: [south]
        standing: not-guaranteed
        statement: The switches of this cloud drop it.
      - {providers: [past], standing: varies}
"""
INDEX = """\
Manual
======

.. ci:matrix::

.. toctree::

   generated/expectations/index
   generated/platforms/index
   generated/graphs/index
   generated/sessions/index
   generated/matrix
   generated/changes
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory, copy_of_small_manual):
    """Build a manual of one platform and one topic; give the parsed page of a name."""
    manual = copy_of_small_manual(tmp_path_factory.mktemp("facts") / "manual")
    for path in (manual.root / "data").rglob("*.yaml"):
        path.unlink()
    manual.write("data/manual.yaml", "{title: M, publisher: P, summary: S.}\n")
    manual.write("data/platforms/vm.yaml", PLATFORM)
    manual.write("data/expectations/network.yaml", TOPIC)
    for page in manual.source.glob("*.rst"):
        page.unlink()
    manual.write("source/index.rst", INDEX)
    built = manual.build()
    assert built.warnings == ""
    return lambda name: html.fromstring(built.text(f"{name}.html"))


def test_each_label_has_a_page_and_a_row_of_its_own(pages):
    page = pages("generated/platforms/vm")
    links = [link.get("href") for link in page.xpath("//p/a[contains(@href, '/labels/')]")]
    names = {link.partition("#")[2] for link in links if "team" in link}
    assert names == {"team-linux-large-e2bf1f", "team-linux-large"}
    for name in names:
        assert f"../labels/{name}.html#{name}" in links
        assert len(page.xpath(f"//*[@id='{name}']")) == 1
        assert len(pages(f"generated/labels/{name}").xpath(f"//*[@id='{name}']")) == 1


def test_a_label_is_shown_by_its_whole_name(pages):
    text = pages("generated/platforms/vm").text_content()
    assert "Use team/linux:large for a large one, and team-linux-large too." in text


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("team-linux-large-e2bf1f", "A · x86-64 · 7.5 GB of memory"),
        ("team-linux-large", "A · aarch64 · 0.5 GB of memory"),
        ("small", "A · s390x · 1 GB of memory"),
    ],
)
def test_sizes_and_architectures_are_shown(pages, name, facts):
    assert facts in pages(f"generated/labels/{name}").text_content()


def test_a_nodeset_has_the_whole_name_of_a_label(pages):
    [block] = pages("generated/labels/team-linux-large-e2bf1f").find_class("ci-snippet")
    assert block.text_content().strip().splitlines()[-1] == "      label: team/linux:large"


def test_the_matrix_says_on_which_providers_a_promise_differs(pages):
    [row] = pages("index").xpath("//table[contains(@class, 'ci-matrix')]/tbody/tr")
    assert [" ".join(cell.text_content().split()) for cell in row] == [
        "IPv6 multicast",
        "✔ guaranteed at least 1500; ✘ not guaranteed on cloud south",
        "✔ guaranteed at least 1500",
        "◐ varies",
    ]


def test_the_page_of_the_promise_and_the_provider_say_so_too(pages):
    promise = pages("generated/expectations/multicast")
    [_, _, exception, _] = promise.xpath("//table//tr")
    assert exception.text_content().split()[:3] == ["cloud", "in", "south"]
    providers = pages("generated/platforms/vm").xpath(
        "//table[contains(@class, 'ci-providers')]//tr"
    )
    differs = ["Different here: IPv6 multicast" in row.text_content() for row in providers]
    assert differs == [False, False, True, True]
