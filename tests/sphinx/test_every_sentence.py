"""German has every sentence that a page can have, also those that the small manual has not."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import copytree
from typing import Any

import jinja2
import pytest
from babel.messages.pofile import read_po
from jinja2 import nodes

from groundrules.pages import own_sentences
from groundrules.pages.own_sentences import LOCALE, messages_of
from groundrules.sphinxext.translation import builtin_catalog
from groundrules.yamlsource import read
from measured_files import ARM_64, DEBIAN_12, KEPT

DATA = Path(__file__).parent / "every_sentence"
MORE = """\
  - {id: by-hand, title: Kept by hand, system: other}
confirm_after: 90
"""

# what German has too, or a name: nothing to translate
SAME = {
    "Feed", "Flavor", "Graph", "Job", "Label", "Labels", "Pipelines", "System", "Tags",
}  # fmt: skip
NAMES = {
    ":ci:badge:`announced` · Debian 9 · x86-64",
    ":ci:badge:`not-supplied` · Debian 9 · x86-64",
    ":ci:badge:`upcoming` · Debian 14 · x86-64",
    "23 min",
    "55 min",
    "check, gate",
    "cloud-x north",
    "cloud-x south",
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
    copytree(DATA, manual.root / "data", dirs_exist_ok=True)
    manual.write("data/manual.yaml", manual.text_of("data/manual.yaml") + MORE)
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
    german = builtin_catalog("de")
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
    assert sorted(sentences) == sorted(NAMES)


# sentences that need a configuration, an earlier revision, or more records
SAID = {
    ":ci:badge:`drifted`: 1 of its 3 dependencies differs; 2 of its 3 dependencies were not checked"
    " (against what: :ci:graph:`a`)": ":ci:badge:`drifted`: 1 seiner 3 Abhängigkeiten weicht ab; 2 "
    "seiner 3 Abhängigkeiten wurden nicht geprüft (womit: :ci:graph:`a`)",
    ":ci:badge:`verified` against Ours, commit 1 of 2026-01-01, compared on |today|: 2 jobs, 3 "
    "dependencies (1 planned, 1 not checked), 1 rule": ":ci:badge:`verified` gegen Ours, commit 1 "
    "of 2026-01-01, verglichen am |today|: 2 Jobs, 3 Abhängigkeiten (1 geplant, 1 nicht geprüft), "
    "1 Regel",
    ":ci:badge:`drifted` on 2026-01-01 from Ours (recorded): 3 of its jobs, dependencies and rules "
    "differ": ":ci:badge:`drifted` am 2026-01-01 von Ours (aufgezeichnet): 3 seiner Jobs, "
    "Abhängigkeiten und Regeln weichen ab",
    "An arrow that is neither pale nor thick nor dotted is verified: the configuration said the "
    "same on 2026-01-01.": "Ein Pfeil, der weder blass noch dick noch gepunktet ist, ist geprüft: "
    "Die Konfiguration sagte am 2026-01-01 dasselbe.",
    "check: a change of a file that matches ``a`` or ``b`` and 2 more, unless each changed file "
    "matches not ``c``; also for ``d``; also where ``e`` or ``f`` runs, which waits for it": ""
    "check: eine Änderung einer Datei, auf die ``a`` oder ``b`` und 2 weitere passt, außer wenn "
    "nicht ``c`` auf jede geänderte Datei passt; auch für ``d``; auch wo ``e`` oder ``f`` läuft, "
    "der auf ihn wartet",
    "every change, unless each of its files matches :literal:`^a`; what ``b`` in another "
    "repository adds is not known": "jede Änderung, außer wenn :literal:`^a` auf jede ihrer "
    "Dateien passt; was ``b`` in einem anderen Repository hinzufügt, ist nicht bekannt",
    "Directly and through others 40 jobs wait for it: :ci:jobs:`a/b a/c` and 38 more, which "
    ":ci:graph:`a` shows.": "Direkt und über andere warten 40 Jobs auf ihn: :ci:jobs:`a/b a/c` und "
    "38 weitere, die :ci:graph:`a` zeigt.",
    "Not known: other repositories, which may use it too; other branches: only 'main' was "
    "searched.": "Nicht bekannt: andere Repositories, die es auch benutzen können; andere Branches:"
    " nur 'main' wurde durchsucht.",
    "``a`` (limit 2) · ``b`` (limit 3; `c <https://c.example>`__)": "``a`` (Grenze 2) · ``b`` "
    "(Grenze 3; `c <https://c.example>`__)",
    ":ci:label:`a` :ci:badge:`deprecated` since 2026-01-01; it will be removed on 1 March 2027; "
    "use :ci:label:`b`": ":ci:label:`a` :ci:badge:`deprecated` seit 2026-01-01; es wird am 1. März "
    "2027 entfernt; stattdessen :ci:label:`b`",
    ":ci:badge:`guaranteed` at least 8 GB; :ci:badge:`varies` on cloud-a": ":ci:badge:`guaranteed` "
    "mindestens 8 GB; :ci:badge:`varies` auf cloud-a",
    "ansible_python.version.minor: one of 11, 13": "ansible_python.version.minor: eines von 11, 13",
    "First day of the exception for ``a`` and 4 more from ``b`` or ``c`` in ``d``: varies.": ""
    "Erster Tag der Ausnahme für ``a`` und 4 weitere von ``b`` oder ``c`` in ``d``: verschieden.",
    "Last day of the exception for nodes from ``from``: varies.": "Letzter Tag der Ausnahme für "
    "Knoten von ``from``: verschieden.",
    "Of every two jobs: 2 in an order, 0 one at a time, 1 can run side by side, 0 not known.": ""
    "Paare von Jobs: 2 in einer Reihenfolge, 0 nur nacheinander, 1 nebeneinander möglich, 0 nicht "
    "bekannt.",
    "This build does not know what changed since v1: it is too old": "Dieser Bau weiß nicht, was "
    "sich seit v1 geändert hat: it is too old",
}


@pytest.mark.parametrize("sentence", SAID, ids=range(len(SAID)))
def test_german_has_sentences_of_parts(sentence):
    german = builtin_catalog("de")
    assert german
    assert german.gettext(sentence) == SAID[sentence]


@pytest.mark.parametrize(
    "text",
    [
        "1 of its 3 dependencies is old.",
        "It will be removed on 1 March 2027.",
        ":ci:badge:`open` on call team",
        "It is there when the disk is at least 5 GB",
        "memory: one of 4, 8",
        "ansible_date time: one of 4, 8",
        "a change of plans",
        "not checked: see below",
    ],
)
def test_texts_that_are_no_sentences_of_pages_stay(text):
    german = builtin_catalog("de")
    assert german
    assert german.gettext(text) == text


@cache
def german_words() -> str:
    catalog = gettext.translation("pages", LOCALE, ["de"])
    return "\n".join(messages_of(catalog))


PACKAGE = Path(own_sentences.__file__).parent
ROLES = re.compile(r":[\w:]+:`|[`|]|\*(?=\w)|(?<=\w)\*")
# what begins a line of reStructuredText: an item, a field, a directive, an option
START = re.compile(
    r"\s*(?:(?:\* - |- |\* |#\. )|:(?P<field>[A-Z][a-z ]+):|(?:\.\. |:[\w.:-]+: ).*)"
)
WORDS = re.compile(r"[A-Za-z]{2,}[,;:.]? [A-Za-z]|^[A-Z][a-z]+$")
ENDS = " .,:;()<>·"


def words_of_templates() -> Iterator[tuple[str, str]]:
    """Yield what the templates of pages say between values, by template."""
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    for path in sorted((PACKAGE / "templates").glob("*.rst.j2")):
        for data in environment.parse(path.read_text("utf-8")).find_all(nodes.TemplateData):
            for line in data.data.splitlines():
                start = START.match(line)
                if start and start["field"]:
                    yield path.name, start["field"]
                rest = line[start.end() :] if start else line
                yield from ((path.name, part) for part in ROLES.split(rest))


def words_of_modules() -> Iterator[tuple[str, str]]:
    """Yield what the modules of pages say between values, by module."""
    for path in sorted(PACKAGE.glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        comments = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
        for text in ast.walk(tree):
            is_said = isinstance(text, ast.Constant) and id(text) not in comments
            if is_said and isinstance(text.value, str):
                parts = ROLES.split(re.sub(r"\{[^}]*\}", "|", text.value))
                yield from ((path.name, part) for part in parts)


# what is no sentence of a page: expressions, files, errors, links, rules, the reference of fields
OTHERS = {
    "field_list.rst.j2",
    "javascript_patterns.py",
    "labels.py",
    "listings.py",
    "own_sentences.py",
    "render.py",
    "source_words.py",
    "stamp.py",
    "template_folder.py",
    "write.py",
}


def test_german_has_the_words_of_templates_and_modules():
    said = {
        (name, words.strip(ENDS))
        for name, words in {*words_of_templates(), *words_of_modules()}
        if name not in OTHERS and WORDS.search(words.strip(ENDS))
    }
    assert len(said) > 200
    lost = {(name, words) for name, words in said if words not in german_words()}
    assert lost == {("job.rst.j2", "more, which")}  # between names, each word by itself
