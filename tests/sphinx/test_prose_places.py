"""What Sphinx finds wrong with a record's text is reported where the record is written."""

from __future__ import annotations

import pytest
from manual_copies import with_few_records

TEXTS = """\
topic: texts
title: Texts
summary: One line with :doc:`nowhere-1` in it.
expectations:
  - id: folded
    title: A folded block
    standing: varies
    statement: >-
      The first line is right,
      the second says :doc:`nowhere-2`,

      and the fifth :doc:`nowhere-3`.
    detect: |
      The first paragraph.

      * an item,
      * an item with :doc:`nowhere-4`,

        .. note::

           and a note with :doc:`nowhere-5`.
    why: "in quotes, over
      two lines :doc:`nowhere-6`"
    instead: |2
        An indented paragraph with :doc:`nowhere-7`.
    changed:
      - {date: 2026-01-01, what: 'In a list, :doc:`nowhere-8`.'}
      - date: 2026-01-02
        what: >
          In a list of mappings,
          :doc:`nowhere-9`.
"""
LINES = {1: 3, 2: 10, 3: 12, 4: 17, 5: 21, 6: 23, 7: 25, 8: 27, 9: 31}


@pytest.fixture(scope="module")
def places(tmp_path_factory) -> dict[int, set[str]]:
    """Where each unknown document was reported."""
    manual = with_few_records(tmp_path_factory.mktemp("places") / "manual")
    manual.write("data/expectations/texts.yaml", TEXTS)
    found: dict[int, set[str]] = {}
    for line in manual.build("dummy").warnings.splitlines():
        place, _, message = line.partition(": WARNING: ")
        assert message.startswith("unknown document: 'nowhere-"), line
        number = int(message.removeprefix("unknown document: 'nowhere-").partition("'")[0])
        found.setdefault(number, set()).add(place)
    return found


@pytest.mark.parametrize("number", LINES)
def test_the_place_is_that_of_the_text_in_its_file(places, number):
    assert places[number] == {f"ROOT/data/expectations/texts.yaml:{LINES[number]}"}


def test_a_message_says_what_is_wrong_and_nothing_more(built_manual):
    built_manual.replace("data/platforms/vm.yaml", "The nearest one.", ":ref:`nowhere`")
    assert built_manual.build().warnings == (
        "ROOT/data/platforms/vm.yaml:40: WARNING: undefined label: 'nowhere' [ref.ref]\n"
    )
