"""A warning of a page is reported by every build until it is fixed."""

from __future__ import annotations

import re

import pytest

UNKNOWN_LABEL = "\nSee :ci:label:`ubuntu-nobel-8GB`.\n"


@pytest.fixture
def few_pages(tiny):
    """A manual whose pages are all read again quickly."""
    tiny.write("source/quiet.rst", ":orphan:\n\nQuiet\n=====\n")
    return tiny


def add(manual, name: str, text: str) -> str:
    """Add a text to a page; return the page as it was."""
    before = (manual.root / name).read_text("utf-8")
    manual.write(name, before + text)
    return before


def places(warnings: str) -> set[str]:
    return set(re.findall(r"^(ROOT/\S+?)(?::\d+)?: (?:WARNING|ERROR): ", warnings, re.M))


ARGUMENTS = ("-W", "-n", "-q")


def test_a_build_fails_until_the_page_is_fixed(built_manual):
    assert built_manual.sphinx_build(*ARGUMENTS) == (0, "", "")
    before = add(built_manual, "source/quiet.rst", UNKNOWN_LABEL)
    first = built_manual.sphinx_build(*ARGUMENTS)
    assert built_manual.sphinx_build(*ARGUMENTS) == first
    assert first[0] == 1
    assert "unknown label 'ubuntu-nobel-8GB'" in first[2]
    built_manual.write("source/quiet.rst", before)
    assert built_manual.sphinx_build(*ARGUMENTS) == (0, "", "")


def test_a_warning_of_another_process_is_reported_again(few_pages):
    before = add(few_pages, "source/quiet.rst", UNKNOWN_LABEL)
    first = few_pages.sphinx_build_apart(*ARGUMENTS, "-j", "2")  # few pages are read in one process
    assert few_pages.sphinx_build(*ARGUMENTS, "-j", "2") == first
    assert first[0] == 1
    assert "unknown label 'ubuntu-nobel-8GB'" in first[2]
    few_pages.write("source/quiet.rst", before)
    assert few_pages.sphinx_build(*ARGUMENTS, "-j", "2") == (0, "", "")


def test_pages_without_warnings_are_not_read_again(built_manual):
    before = add(built_manual, "source/quiet.rst", UNKNOWN_LABEL)
    assert built_manual.build().read == {"quiet"}
    again = built_manual.build()
    assert (again.read, places(again.warnings)) == ({"quiet"}, {"ROOT/source/quiet.rst"})
    built_manual.write("source/quiet.rst", before)
    assert built_manual.build().warnings == ""
    assert built_manual.build().read == set()


REPORTED_WHILE_READING = {
    "unknown directive": "\n.. nothing::\n",
    "unknown topic of a listing": "\n.. ci:expectations::\n   :topic: memroy\n",
    "unclosed mark": "\nOne *star.\n",
}


@pytest.mark.parametrize("text", REPORTED_WHILE_READING.values(), ids=REPORTED_WHILE_READING.keys())
def test_warnings_of_reading_come_again_too(built_manual, text):
    add(built_manual, "source/quiet.rst", text)
    first = built_manual.build().warnings
    assert places(first) == {"ROOT/source/quiet.rst"}
    assert built_manual.build().warnings == first


def test_a_warning_in_an_included_file_is_one_of_the_page(built_manual):
    built_manual.write("source/part.txt", "One *star.\n")
    add(built_manual, "source/quiet.rst", "\n.. include:: part.txt\n")
    first = built_manual.build().warnings
    assert places(first) == {"ROOT/source/part.txt"}
    again = built_manual.build()
    assert (again.read, again.warnings) == ({"quiet"}, first)


def test_a_warning_in_a_text_of_data_is_one_of_the_pages_that_show_it(built_manual):
    file = "data/expectations/memory.yaml"
    built_manual.replace(file, "* the test needed it.", "* a :term:`test` needed it.")
    first = built_manual.build().warnings
    assert places(first) == {f"ROOT/{file}"}
    again = built_manual.build()
    assert (again.read, again.warnings) == ({"generated/expectations/memory-8gb"}, first)


def test_warnings_of_a_failed_build_are_not_forgotten(built_manual):
    add(built_manual, "source/quiet.rst", UNKNOWN_LABEL)
    assert places(built_manual.build().warnings) == {"ROOT/source/quiet.rst"}
    before = add(built_manual, "data/expectations/memory.yaml", "unknown: key\n")
    assert built_manual.sphinx_build("-q")[0] == 2
    built_manual.write("data/expectations/memory.yaml", before)
    assert places(built_manual.build().warnings) == {"ROOT/source/quiet.rst"}


def test_a_stricter_build_reports_what_the_one_before_did_not(few_pages):
    reference = "\nSee :py:func:`nothing.of_this_name`.\n"
    add(few_pages, "source/quiet.rst", reference)
    assert few_pages.build(nitpicky=False).warnings == ""
    assert places(few_pages.build(nitpicky=True).warnings) == {"ROOT/source/quiet.rst"}


def test_a_suppressed_warning_is_none(few_pages):
    add(few_pages, "source/quiet.rst", UNKNOWN_LABEL)
    quiet = {"suppress_warnings": ["ref.label"]}
    assert few_pages.build(**quiet).warnings == ""
    assert few_pages.build(**quiet).read == set()
