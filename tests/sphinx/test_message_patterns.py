"""Sentences with names, dates and numbers in another language."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from groundrules.pages.own_sentences import LOCALE, LONGEST
from groundrules.sphinxext.message_patterns import MessagePatterns
from groundrules.sphinxext.translation import builtin_catalog
from groundrules.yamlsource import read
from measured_files import ARM_64, DEBIAN_12, KEPT

PATTERNS = MessagePatterns(
    {
        "Removed on {date}.": "Entfernt am {date}.",
        "Removed on {date}. Use {label}.": "Entfernt am {date}, nimm {label}.",
        "Led to {records} ({outcome})": "Ergab {records} ({outcome})",
        "decided": "beschlossen",
        "{kind}; {outcomes}": "{kind}; {outcomes}",
        "{count} decisions": "{count} Beschlüsse",
        "Meeting": "Treffen",
        "nested virtualization": "geschachtelt",
        "Confirmed on {day}.": "Bestätigt am {day}.",
    },
    "de",
)


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("Removed on 2024-06-30.", "Entfernt am 2024-06-30."),
        (
            "Removed on 2024-06-30. Use :ci:label:`vm`.",
            "Entfernt am 2024-06-30, nimm :ci:label:`vm`.",
        ),
        ("Led to :ci:job:`a/b` (decided)", "Ergab :ci:job:`a/b` (beschlossen)"),
        ("Meeting; 3 decisions", "Treffen; 3 Beschlüsse"),
        ("Debian 12 · nested virtualization", "Debian 12 · geschachtelt"),
        ("Confirmed on 11 March 2020.", "Bestätigt am 11. März 2020."),
        ("Confirmed on 31 June 2020.", "Bestätigt am 31 June 2020."),
    ],
)
def test_a_sentence_is_translated_by_its_words(message: str, translation: str):
    assert PATTERNS.gettext(message) == translation


@pytest.mark.parametrize(
    "message",
    [
        "Removed on Monday.",
        "Led to a (rejected)",
        "It was removed on 2024-06-30.",
        f"Removed on 2024-06-30. Use {'x' * LONGEST}.",
        "Confirmed on 11 Mars 2020.",
        "{date}",
        "",
    ],
)
def test_another_sentence_stays(message: str):
    assert PATTERNS.gettext(message) == message


# what German has too, or a name: nothing to translate
SAME = {
    "Feed", "Flavor", "Graph", "Job", "Label", "Labels", "Pipelines", "System", "Tags",
}  # fmt: skip
NAMES = {
    ":ci:badge:`done` jdoe (`manual, commit 9e445b3 "
    "<https://code.example.org/team/manual/commit/9e445b3>`__)",
    ":ci:badge:`removed` · Debian 10 · x86-64",
    ":ci:session:`meeting-2021-11-09`: Step one",
    "deploy, periodic",
    # words of a directive, which it translates itself
    "✔ guaranteed every node has it. ◐ varies some nodes have it. ◆ present, not promised every "
    "node that was looked at has it. ✘ not guaranteed no job may rely on it. – does not apply.",
}
MARKUP = re.compile(r":[\w:]+:`[^`]*`|``.*?``|`[^`]*`__|[\d-]+")


# a graph after 'groundrules import': an open question, and what is gone
DRAFTED = """\
id: drafted
title: A drafted graph
project: team/drafted
configuration: deployment
pipelines: [check]
jobs:
  - name: drafted-a
  - name: drafted-b
    waits_for:
      - {job: drafted-a}
      - {job: drafted-c, gone: 2024-06-30}
  - name: drafted-c
    gone: 2024-06-30
    waits_for: [{job: drafted-a}]
"""


def texts(value: Any) -> set[str]:
    """Return the texts and paragraphs of a record, on one line each."""
    if isinstance(value, dict):
        return set().union(*map(texts, value.values()))
    if isinstance(value, list):
        return set().union(*map(texts, value))
    if not isinstance(value, str):
        return set()
    parts = [value, *re.split(r"\n\s*\n", value), *value.split("\n")]
    return {" ".join(part.split()) for part in parts}


def test_german_has_every_sentence_of_generated_pages(manual):
    """Except texts of records, the words that a search finds, and names."""
    manual.write("data/graphs/drafted.yaml", DRAFTED)
    manual.write("data/measured/debian-11.yaml", KEPT.replace("debian-12", "debian-11"))
    manual.write("data/measured/debian-12.yaml", DEBIAN_12)
    manual.write("data/measured/debian-12-arm64.yaml", ARM_64)
    records = set().union(
        *(
            texts(read(path.read_bytes()).value)
            for path in Path(manual.root).rglob("data/**/*.yaml")
        )
    )
    manual.build("gettext")
    pot = (manual.root / "build/gettext/generated.pot").read_bytes()
    german = builtin_catalog(str(LOCALE), "de")
    assert german
    left = {
        str(message.id)
        for message in read_po(BytesIO(pot))
        if message.id and message.id not in records and german.gettext(message.id) == message.id
        if not any("/data/" in path for path, _ in message.locations)
    }
    sentences = {
        message
        for message in left - SAME
        if re.search(r"[a-z]{2,}", MARKUP.sub("", message))
        and not re.fullmatch(r"[^ ]*,[^ ]*", message)
    }
    assert sentences == NAMES
