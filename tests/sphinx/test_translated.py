"""A translated manual has no English left but names.

It is built in a made-up language: English in capitals.  What is still in small letters is not
translated.
"""

from __future__ import annotations

import json
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from lxml import html
from sphinx.locale import translators

from groundrules.pages.own_sentences import LOCALE
from groundrules.sphinxext import translation

LANGUAGE = "xx"
PAGES = Path(__file__).parent / "pages"
PACKAGE = Path(translation.__file__).parents[1]
# Markup and placeholders of a message; what a reader sees in them is put in capitals too.
MARKUP = re.compile(
    r"``.*?``|\{\w+\}|\|\w+\||<[^<>]*>`|:ci:jobs:`[^`]*`|:literal:`[^`]*`|:ci:edge:`[^`]*`|"
    r":[\w:]+:`[^`<]*`|:[\w:]+:`(?=[^`]*<)|`__"
)
# What holds names, and what has Sphinx's own words.
NAMES = ["pre", "code", "script", "style", "text"]
OF_SPHINX = ("headerlink", "admonition-title", "ci-name")


@pytest.fixture(autouse=True, scope="module")
def languages():
    """Sphinx keeps the languages of a process: the builds of other modules are in English."""
    before = dict(translators)
    yield
    translators.clear()
    translators.update(before)


def capitals(message: str) -> str:
    """Return a message in the made-up language."""
    parts, end = [], 0
    for markup in MARKUP.finditer(message):
        parts += [message[end : markup.start()].upper(), markup[0]]
        end = markup.end()
    return "".join([*parts, message[end:].upper()])


@cache
def words_of_the_program() -> list[str]:
    """Return the messages that the source files mark for translation."""
    messages = []
    for part in ("sphinxext", "pages"):
        keywords = dict.fromkeys(("N_", "word", "translate"))
        options = {"keywords": keywords, "method_map": [("**.py", "python")]}
        messages += [each[2] for each in extract_from_dir(PACKAGE / part, **options)]
    return messages


def compile_catalog(
    folder: Path, name: str, messages: dict[str, str], language: str = LANGUAGE
) -> None:
    catalog = Catalog(locale="de")
    for message, text in messages.items():
        catalog.add(message, text)
    path = folder / language / "LC_MESSAGES" / f"{name}.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_mo(stream, catalog)


@pytest.fixture(scope="module")
def translated(tmp_path_factory, copy_of_small_manual):
    """The small manual, translated with what Sphinx extracts from it."""
    root = tmp_path_factory.mktemp("translated")
    manual = copy_of_small_manual(root / "manual")
    search = (manual.source / "index.rst").read_text("utf-8") + "\n.. ci:search:: Find a rule\n"
    manual.write("source/index.rst", search)
    assert manual.build("gettext").warnings == ""
    for path in (manual.root / "build/gettext").glob("*.pot"):
        messages = read_po(BytesIO(path.read_bytes()))
        texts = {each.id: capitals(each.id) for each in messages if each.id}
        compile_catalog(manual.root / "locale", path.stem, texts)
    own = {message: capitals(message) for message in words_of_the_program()}
    compile_catalog(root / "own", "groundrules", own)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(translation, "LOCALE", root / "own")
        return manual.build(
            language=LANGUAGE,
            locale_dirs=[str(manual.root / "locale")],
            suppress_warnings=["config.cache"],
            html_theme="basic",
        )


def test_there_is_no_warning(translated):
    assert translated.warnings == ""


def small_words(built, page: str) -> set[str]:
    """Return the words in small letters that a reader of a page sees, outside of names."""
    body = html.fromstring(built.text(page)).find_class("body")[0]
    for element in [
        *body.iter(*NAMES),
        *(each for name in OF_SPHINX for each in body.find_class(name)),
    ]:
        element.drop_tree()
    texts = [*body.itertext()]
    for attribute in ("title", "aria-label", "placeholder", "alt", "value"):
        texts += body.xpath(f".//@{attribute}")
    return {word for text in texts for word in re.findall(r"[a-z]{2,}", text)}


def test_no_english_is_left_but_names(translated):
    of_sphinx = {"genindex.html", "search.html"}
    names = {"base", "certificates", "gitea"}  # of jobs, in the titles of their pictures
    paths = (path.relative_to(translated.folder) for path in translated.folder.rglob("*.html"))
    pages = [path.as_posix() for path in paths if path.as_posix() not in of_sphinx]
    left = {page: small_words(translated, page) - names for page in pages}
    # the button of the search field has the word of Sphinx's catalog
    assert {page: words for page, words in left.items() if words} == {"index.html": {"earch"}}
    assert len(pages) == 36


def test_the_script_gets_its_texts_from_the_page(translated):
    [data] = re.findall(r"window.groundrulesTexts = (\{.*?\});", translated.text("index.html"))
    texts = json.loads(data)
    assert texts["Show all"] == "SHOW ALL"
    assert texts["{count} jobs"] == "{count} JOBS"
    assert texts["not guaranteed"] == "NOT GUARANTEED"


def test_an_english_page_has_no_texts_for_the_script(built):
    assert "groundrulesTexts" not in built.text("index.html")


def test_a_narrow_table_has_translated_names_of_columns(translated):
    page = html.fromstring(translated.text("generated/platforms/vm.html"))
    row = page.xpath("//table[contains(@class, 'ci-labels')]/tbody/tr")[0]
    names = [cell.get("data-label") for cell in row]
    assert names == ["LABEL", "SYSTEM", "PROCESSOR", "MEMORY", "PROVIDERS", "STAGE", "LAST SEEN"]


def test_the_style_sheet_has_no_words_of_its_own():
    style = (PACKAGE / "sphinxext/static/groundrules.css").read_text("utf-8")
    assert re.findall(r'content: "[^"]*[A-Za-z]', style) == []


def test_the_feed_is_translated(translated):
    feed = ElementTree.fromstring(translated.text("changes.atom").encode())  # noqa: S314
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == LANGUAGE
    atom = "{http://www.w3.org/2005/Atom}"
    assert (feed.findtext(f"{atom}title") or "").endswith(": CHANGES")
    titles = [entry.findtext(f"{atom}title") or "" for entry in feed.iter(f"{atom}entry")]
    names = {"debian", "arm", "cloud", "vm"}
    small = {word for title in titles for word in re.findall(r"[a-z]{2,}", title)}
    assert small - names == set()


def test_a_new_translation_reaches_the_feed(tiny):
    tiny.write("data/platforms/vm.yaml", LABELS)
    settings = {"language": "de", "locale_dirs": [str(tiny.root / "locale")]}
    assert ": Änderungen</title>" in tiny.build(**settings).text("changes.atom")
    texts = {"Deprecated. Use :ci:label:`debian-12` instead.": "Nimm :ci:label:`debian-12`."}
    compile_catalog(tiny.root / "locale", "generated", texts, "de")
    assert "debian-11: Nimm debian-12.</title>" in tiny.build(**settings).text("changes.atom")


LABELS = """\
id: vm
title: Machine
summary: One.
labels:
  - {name: debian-12, operating_system: A}
  - {name: debian-11, operating_system: A, deprecated: 2024-08-14, replaced_by: debian-12}
"""


GERMAN = LOCALE / "de/LC_MESSAGES"


def catalog(name: str) -> Catalog:
    with (GERMAN / f"{name}.po").open("rb") as stream:
        return read_po(stream, locale="de")


@pytest.mark.parametrize("name", ["groundrules", "pages"])
def test_the_compiled_catalog_is_up_to_date(name):
    compiled = BytesIO()
    write_mo(compiled, catalog(name))
    assert (GERMAN / f"{name}.mo").read_bytes() == compiled.getvalue()


def test_german_has_every_word_of_the_program():
    words = {message.id for message in catalog("groundrules") if message.id and message.string}
    assert words == set(words_of_the_program())


@pytest.mark.parametrize("name", ["groundrules", "pages"])
def test_german_keeps_placeholders_and_roles(name):
    parts = re.compile(r"\{\w+\}|:[\w:]+:(?=`)|<[^<>]*>|\*\*")
    for message in catalog(name):
        assert sorted(parts.findall(message.id)) == sorted(parts.findall(message.string)) or (
            not message.id
        )


NEITHER = {
    "neither pale nor dotted",
    "neither thick nor dotted",
    "neither pale nor thick nor dotted",
}


def test_words_of_templates_are_those_of_the_pages(translated):
    """A word that no page has any more would be translated for nobody."""
    pages = set()
    for pot in (translated.folder.parent / "gettext").glob("*.pot"):
        pages |= {message.id for message in read_po(BytesIO(pot.read_bytes())) if message.id}
    templates = "".join(each.read_text("utf-8") for each in (PACKAGE / "pages").rglob("*.j2"))
    modules = {*PACKAGE.rglob("*.py")} - {PACKAGE / "pages/own_sentences.py"}
    code = "".join(each.read_text("utf-8") for each in modules)
    words = {message.id for message in catalog("pages") if message.id and "{" not in message.id}
    lost = {word for word in words - pages if word not in templates + code}
    no_change = "Each arrow is verified: the configuration says the same."
    looks = {"not pale", "not thick", "not dotted", "neither pale nor thick", *NEITHER}
    assert lost == {no_change, *looks} - pages


def test_a_german_manual(manual, file_regression):
    manual.write("source/quiet.rst", MATRIX)
    built = manual.build("text", language="de")
    assert built.warnings == ""
    file_regression.check(built.text("quiet.txt"), fullpath=PAGES / "german-matrix.txt")
    job = built.text("generated/jobs/deploy/gitea.txt")
    assert 'Wartet auf\n==========\n\n"certificates" (hart, ◌ geplant)' in job
    base = built.text("generated/jobs/deploy/base.txt")
    assert 'eine Änderung von "^playbooks/base/.*$", wie dokumentiert' in base
    platform = built.text("generated/platforms/vm.txt")
    assert "| Label          " in platform
    assert "| Prozessor " in platform


def test_what_people_write_is_not_translated_as_words_of_the_program(little, file_regression):
    """Only the manual's own catalog translates it, on generated pages and on its own ones."""
    little.write("data/expectations/words.yaml", WORDS)
    little.write("data/platforms/labels.yaml", NAMED)
    little.write("data/sessions/open.yaml", OPEN)
    little.write("source/by-hand.rst", BY_HAND)
    compile_catalog(little.root / "locale", "generated", {"never": "niemals"}, "de")
    compile_catalog(little.root / "locale", "by-hand", {"Labels": "Die Labels"}, "de")
    settings = {"language": "de", "locale_dirs": [str(little.root / "locale")]}
    built = little.build("text", **settings)
    assert built.warnings == ""
    pages = ["topics/words", "expectations/disks", "changes", "platforms/labels", "labels/planned"]
    pages += ["sessions/open", "sessions/index"]
    texts = [built.text(f"generated/{page}.txt") for page in pages]
    shown = "\n".join([built.text("by-hand.txt"), *texts])
    file_regression.check(shown, fullpath=PAGES / "german-and-people.txt")
    feed = little.build(**settings).text("changes.atom")
    _, *titles = re.findall(r"<title>(.*?)</title>", feed)
    assert titles == [
        "History: niemals",
        "planned: Entfernt.",
        "History: Removed.",
        "planned: Eingeführt.",
    ]
    messages = set()
    little.build("gettext")
    for path in (little.root / "build/gettext").glob("*.pot"):
        messages |= {each.id for each in read_po(BytesIO(path.read_bytes()))}
    assert {"It has at least 4 disks.", "Planned", "5 to 9 minutes", "no"} <= messages
    # a sentence of the program with a text of people in it
    assert [message for message in messages if ":ci:text:" in message] == [
        "Meeting, :ci:text:`Paris; no`; 1 decision; 1 open action"
    ]


def test_a_day_begins_a_german_text_and_names_are_not_words_of_the_program(little):
    """As reStructuredText, ``1. März`` alone is a list, which Sphinx does not accept."""
    little.write("data/platforms/vm.yaml", LATER)
    little.write("data/graphs/g.yaml", NEVER)
    built = little.build("text", language="de")
    assert built.warnings == ""
    label = built.text("generated/labels/later.txt")
    assert "Entfernt:\n   1. März 2099 (geplant)\n" in label
    assert "1. März 2099 (geplant)\n   Wird entfernt.\n" in label
    job = built.text("generated/jobs/g/a.txt")
    assert "Pipelines:\n   never\n" in job
    assert "Tags:\n   never\n" in job
    assert "Pipelines:\n   never\n" in built.text("generated/graphs/g.txt")


LATER = """\
id: vm
title: VM
summary: One.
labels: [{name: later, operating_system: Linux, removed: 2099-03-01}]
"""
NEVER = """\
id: g
title: G
configuration: deployment
project: p
pipelines: [never]
jobs: [{name: a, tags: [never]}]
"""
WORDS = """\
topic: words
title: Planned
summary: 'no'
expectations:
  - id: disks
    title: History
    standing: guaranteed
    statement: It has at least 4 disks.
    why: |
      Removed.

      never

      * not known
    instead: 5 to 9 minutes
    changed:
      - {date: 2026-01-01, what: Removed.}
      - {date: 2026-01-03, what: never}
"""
NAMED = """\
id: labels
title: Labels
summary: Deprecated.
labels:
  - {name: planned, operating_system: unknown, since: 2020-01-01, removed: 2026-01-02, note: 'no'}
  - {name: other, operating_system: no · yes}
providers:
  - {name: none, status: active, as_of: 2026-01-01, note: 3 decisions}
"""
OPEN = """\
id: open
title: Actions
kind: meeting
date: 2026-01-01
place: Paris; no
topics:
  - title: Open
    owner: nobody yet
    decisions: [never]
    actions: [{what: None., owner: nobody yet}]
  - title: Labels
"""
BY_HAND = """\
:orphan:

Labels
======

Removed.

.. ci:actions::

.. ci:expectations::
   :topic: words
"""
MATRIX = """\
Hallo
=====

.. ci:matrix::
   :topic: memory
"""
