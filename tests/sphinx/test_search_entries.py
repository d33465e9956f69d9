"""What readers can find: records, pages, their sections and terms, with a sentence on each."""

from __future__ import annotations

import json

import pytest
from docutils import nodes

from groundrules.sphinxext.search_entries import first_sentence, with_titles

MEMORY = "generated/expectations/memory-8gb"
PLATFORM = "generated/platforms/vm"
TOPIC = """\
topic: memory
title: Memory
expectations: [{id: swap, title: Swap, standing: varies, statement: There may be some.}]
"""
DATED = """\
topic: disk
title: Disk
expectations:
  - {id: always, title: Always, standing: guaranteed, statement: A., since: 2020-05-01}
  - {id: ending, title: Ending, standing: guaranteed, statement: B., withdrawn: 2099-05-01}
  - {id: ended, title: Ended, standing: guaranteed, statement: C., withdrawn: 2020-05-01}
  - {id: plan, title: Plan, standing: guaranteed, statement: D., since: 2099-05-01}
  - id: of-example
    title: Of an example
    standing: guaranteed
    statement: E.
    applies_to: {platforms: [shown]}
"""
EXAMPLE = "{id: shown, title: Shown, summary: One., example: true, labels: [{name: small}]}\n"
GRAPH = """\
id: deploy
title: Deployment
configuration: cd
project: app
pipelines: [check]
jobs: [{name: base}, {name: old, gone: 2020-05-01}]
"""
SYNONYMS = "synonyms: [[memory, OOM], [virtual machine, VM, guest]]\n"
WORDS = """\
:orphan:

Words
=====

.. ci:keywords:: vocabulary

.. note:: Not this.

The page :doc:`/quiet` and :ci:expectation:`memory-8gb`, not ``a.b``.  And more.

Second & last
-------------

.. code-block:: yaml

   not: this.

* An item without an end

  Now one. And two.

.. glossary::

   NODE_FAILURE
   no node
      Zuul got no node! Then this.
"""


def data(built) -> dict:
    """Return what the script reads."""
    name, _, text = built.text("searchentries.js").partition(" = ")
    assert name == "window.groundrulesSearchEntries"
    return json.loads(text.removesuffix(";\n"))


def test_a_record_has_its_state_a_sentence_and_its_other_names(built):
    assert data(built)["pages"][MEMORY] == [
        [
            "expectation",
            "memory-8gb",
            "At least 8 GB of memory",
            "guaranteed",
            "Every node has at least 8 GB of memory.",
            "memory-8gb",
            "RAM",
            "main memory",
        ]
    ]


def test_a_label_has_its_system_and_the_default_one_is_named_after_it(built):
    pages = data(built)["pages"]
    names = ("debian-12", "debian-12-arm64", "debian-11", "debian-10")
    labels = [label for name in names for label in pages[f"generated/labels/{name}"]]
    [platform] = pages[PLATFORM]
    assert platform == [
        "platform",
        "vm",
        "Single-use virtual machine",
        "current",
        "A machine that is used once.",
        "vm",
        "VM",
        "C*",
    ]
    assert [label[:4] + label[5:] for label in labels] == [
        ["label", "debian-12", "debian-12", "Debian 12 · 8 GB · seen in use", "Debian 12"],
        ["label", "debian-12-arm64", "debian-12-arm64", "Debian 12 · not seen in use"],
        ["label", "debian-11", "debian-11", "Debian 11 · 8 GB · deprecated"],
        ["label", "debian-10", "debian-10", "Debian 10 · removed", "debian-buster"],
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["guaranteed", "guaranteed · will be withdrawn on 2099-05-01",
             "withdrawn on 2020-05-01", "planned from 2099-05-01", "an example",
             "an example", "an example", "not seen in use",
             "Deployment", "Deployment · gone"],
        ),
        (
            "de",
            ["garantiert", "garantiert · wird am 2099-05-01 zurückgezogen",
             "zurückgezogen am 2020-05-01", "geplant ab 2099-05-01", "ein Beispiel",
             "ein Beispiel", "ein Beispiel", "nicht in Gebrauch gesehen",
             "Deployment", "Deployment · weggefallen"],
        ),
    ],
)  # fmt: skip
def test_only_what_can_be_counted_on_today_is_called_guaranteed(tiny, language, words):
    tiny.write("data/expectations/disk.yaml", DATED)
    tiny.write("data/platforms/shown.yaml", EXAMPLE)
    tiny.write("data/graphs/deploy.yaml", GRAPH)
    manual = "{title: A, publisher: B, summary: C., configurations: [{id: cd, title: CD}]}\n"
    tiny.write("data/manual.yaml", manual)
    pages = data(tiny.build("html", language=language))["pages"]
    names = [f"expectations/{name}" for name in ("always", "ending", "ended", "plan", "of-example")]
    names += ["platforms/shown", "labels/small", "platforms/vm"]
    names += ["jobs/deploy/base", "jobs/deploy/old"]
    assert [pages[f"generated/{name}"][0][3] for name in names] == words


def test_jobs_and_sessions_say_where_and_when(built):
    pages = data(built)["pages"]
    [gitea], [summit] = (
        pages["generated/jobs/deploy/gitea"],
        pages["generated/sessions/summit-2016"],
    )
    assert gitea[:4] == ["job", "gitea", "gitea", "How the servers are deployed"]
    assert (summit[0], summit[3]) == ("session", "2016-10-25")


def test_a_page_by_hand_has_sections_and_terms(built_manual):
    built_manual.write("source/words.rst", WORDS)
    built = built_manual.build("html")
    assert built.warnings == ""
    sentence = "The page Quiet and At least 8 GB of memory, not a.b."
    assert data(built)["pages"]["words"] == [
        ["page", "", "Words", "", sentence, "vocabulary"],
        ["section", "second-last", "Second & last", "Words", "Now one."],
        ["term", "term-NODE_FAILURE", "NODE_FAILURE", "Words", "Zuul got no node!", "no node"],
    ]


def test_a_page_without_a_title_has_terms(built_manual):
    built_manual.write("source/words.rst", f":orphan:\n\n{WORDS[WORDS.index('.. glossary') :]}")
    built = built_manual.build("html")
    assert data(built)["pages"]["words"] == [
        ["term", "term-NODE_FAILURE", "NODE_FAILURE", "", "Zuul got no node!", "no node"]
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two.", "One."),
        ("It is in conf.py and more. Two.", "It is in conf.py and more."),
        ("Version 3.12 is there! Or not.", "Version 3.12 is there!"),
        ("日本語の文。次の文。", "日本語の文。"),
        ("No end", ""),
        ("", ""),
    ],
)
def test_the_first_sentence_of_a_text(text, sentence):
    assert first_sentence(nodes.section("", nodes.paragraph("", text))) == sentence


def test_a_long_sentence_is_cut_between_words():
    shown = with_titles("word " * 100, lambda kind, name: name)
    assert (len(shown) <= 242, shown[-7:]) == (True, " word …")


def test_generated_pages_have_no_sections_and_topics_say_what_they_are(built):
    pages = data(built)["pages"]
    assert [entry[0] for entry in pages["generated/topics/memory"]] == ["topic"]
    assert [entry[0] for entry in pages["generated/matrix"]] == ["page"]


def test_kinds_have_a_name_in_the_language_of_the_manual(tiny):
    tiny.write("data/expectations/memory.yaml", TOPIC)
    kinds = data(tiny.build("html", language="de"))["kinds"]
    assert kinds["expectation"] == "Erwartung"
    assert kinds["page"] == "Seite"


def test_a_build_of_other_pages_forgets_nothing(built, built_manual):
    before = data(built)["pages"]
    built_manual.replace("data/graphs/deploy.yaml", "It is *slow*.", "It is *fast*.")
    after = built_manual.build("html")
    assert MEMORY not in after.read
    assert data(after)["pages"].keys() == before.keys()
    assert data(after)["pages"][MEMORY] == before[MEMORY]


def test_a_sentence_has_the_title_that_a_record_has_now(built_manual):
    built_manual.replace(
        "data/expectations/memory.yaml", "title: At least 8 GB of memory", "title: Eight"
    )
    built_manual.write("source/words.rst", WORDS)
    page, *_ = data(built_manual.build("html"))["pages"]["words"]
    assert page[4] == "The page Quiet and Eight, not a.b."


def test_a_page_that_is_gone_is_not_found(built_manual):
    built_manual.write("source/words.rst", WORDS)
    assert "words" in data(built_manual.build("html"))["pages"]
    (built_manual.source / "words.rst").unlink()
    assert "words" not in data(built_manual.build("html"))["pages"]


def test_synonyms_are_those_of_the_manual(built_manual):
    assert data(built_manual.build("html"))["synonyms"] == []
    text = (built_manual.root / "data/manual.yaml").read_text("utf-8")
    built_manual.write("data/manual.yaml", text + SYNONYMS)
    assert data(built_manual.build("html"))["synonyms"] == [
        ["memory", "OOM"],
        ["virtual machine", "VM", "guest"],
    ]
    assert data(built_manual.build("html"))["synonyms"] != []


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_builders_without_a_search_have_no_file(built_with, builder):
    assert not (built_with(builder).folder / "searchentries.js").exists()
