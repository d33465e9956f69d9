"""Every question of ``questions.yaml`` has its answer within two clicks of the front page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from reading import ARRIVE, Readers, screens_to

QUESTIONS = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text("utf-8"))
WAYS = [
    pytest.param(question, way, id=f"{question['question']}-{at}")
    for question in QUESTIONS
    for at, way in enumerate(question["ways"])
]
MOST_CLICKS = 2
DESK = {"width": 1440, "height": 900}
SMALLER = 3  # a screen of a phone holds so many times less


@pytest.fixture(scope="module")
def phones(browser, site) -> Iterator[Readers]:
    readers = Readers(browser, site)
    yield readers
    readers.close()


@pytest.fixture
def readers(phones) -> Iterator[Readers]:
    yield phones
    assert phones.complaints == []


def texts(question: dict[str, Any], way: dict[str, Any]) -> list[str]:
    answer = way.get("answer", question.get("answer"))
    return answer if isinstance(answer, list) else [answer]


def test_the_questions_of_the_trial_are_there():
    assert len(QUESTIONS) >= 27


@pytest.mark.parametrize(("question", "way"), WAYS)
def test_a_reader_finds_the_answer(readers, question, way):
    """The way is gone on a phone; a desk shows the page where it ends as wide as it can."""
    assert len(way["click"]) <= MOST_CLICKS
    page = readers.follow(way)
    assert_answered(page, question, way, SMALLER)
    page.set_viewport_size(DESK)
    page.evaluate(ARRIVE)
    assert_answered(page, question, way, 1)


def assert_answered(page, question: dict[str, Any], way: dict[str, Any], smaller: int) -> None:
    for text in texts(question, way):
        screens = screens_to(page, text)
        assert screens is not None, f"not on {page.url}: {text}"
        assert 0 <= screens < way.get("screens", 1) * smaller
    if "ask" in question:
        links = page.locator("main a:visible").evaluate_all("all => all.map(each => each.href)")
        assert any(question["ask"] in unquote(link) for link in links)
