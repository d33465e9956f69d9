"""Each standing has its mark, its place at a glance, and the same word for the script."""

from __future__ import annotations

import pytest

from groundrules.pages.matrix import shown
from groundrules.pages.outline import Outline
from groundrules.pages.render import Templates
from groundrules.records import Catalogue
from groundrules.records.expectation import Expectation, Measure, Standing, Topic
from groundrules.sphinxext.roles import BADGES
from groundrules.sphinxext.script_texts import STANDINGS


def expectation(standing: str) -> Expectation:
    return Expectation(
        id=f"it-{standing}",
        title=f"It {standing}",
        standing=standing,
        statement="It is so.",
        measure=Measure(fact="ansible_user_id", equals="zuul"),
    )


@pytest.fixture
def glance(catalogue: Catalogue) -> str:
    """What the front page shows of a topic with an expectation of each standing."""
    topic = Topic(topic="one", title="One", expectations=tuple(map(expectation, Standing)))
    one = Catalogue(manual=catalogue.manual, topics=(topic,))
    return Templates().part("glance", {"catalogue": one, "outline": Outline(one)})


def test_the_script_knows_the_word_of_every_standing():
    assert tuple(BADGES[standing.value][1] for standing in Standing) == STANDINGS


def test_what_is_present_and_not_promised_stands_apart_at_a_glance(glance: str):
    cells = [cell.split() for cell in glance.split("     - ")[-2:]]
    assert cells == [
        [":ci:expectation:`it-guaranteed`"],
        [
            *(":ci:expectation:`it-varies`", "\\·", ":ci:expectation:`it-not-guaranteed`"),
            *(":ci:badge:`present`", ":ci:expectation:`it-present`"),
        ],
    ]


def test_only_a_guarantee_shows_its_bounds(catalogue: Catalogue):
    platform = catalogue.platforms[0]
    answers = [expectation(standing).on(catalogue.today, platform) for standing in Standing]
    assert [shown(answer)[1] for answer in answers] == ["zuul", "", "", ""]
