"""Who does an action and when: the forms that notes use, and text that only looks like them."""

from __future__ import annotations

import datetime

import pytest

from groundrules.authoring.notes.session_values import session_values

DAY = datetime.date(2025, 3, 4)
DUE = datetime.date(2025, 3, 11)
PEOPLE = ("clarkb",)


def actions_of(line: str) -> list[dict[str, object]]:
    """Return the actions of a line, below a heading that names no actions."""
    values = session_values(f"## Mirrors\n\nText.\n\n* {line}\n* x\n", DAY, PEOPLE)
    return [action for topic in values["topics"] for action in topic.get("actions", ())]


@pytest.mark.parametrize(
    ("line", "owner", "due", "what"),
    [
        ("Action: (ada 2025-03-11) write it", "ada", DUE, "write it"),
        ("ACTION: (ada, 20250311) write it", "ada", DUE, "write it"),
        ("Action: write it (ada 2025/03/11)", "ada", DUE, "write it"),
        ("ACTION(ada): write it", "ada", None, "write it"),
        ("ACTION (ada, due 2025-03-11): write it", "ada", DUE, "write it"),
        ("TODO(ada): write it", "ada", None, "write it"),
        ("TODO (ada) write it", "ada", None, "write it"),
        ("AI(ada): write it", "ada", None, "write it"),
        ("AI: ada to write it", "ada", None, "ada to write it"),
        ("AI: carl to buy disks", "carl", None, "carl to buy disks"),
        ("AI: 李雷 to write it", "李雷", None, "李雷 to write it"),
        ("AI: Ada Lovelace to write it", "Ada Lovelace", None, "Ada Lovelace to write it"),
        ("AI: ada and bob to write it", "ada, bob", None, "ada and bob to write it"),
        ("TODO ada: write it", "ada", None, "write it"),
        ("TODO @ada: write it", "ada", None, "write it"),
        ("ACTION ada: write it by 2025-03-11", "ada", DUE, "write it"),
        ("Action item: ada: write it", "ada", None, "write it"),
        ("Todo: ada, bob: write it", "ada, bob", None, "write it"),
        ("**Action:** ada to write it", "ada", None, "ada to write it"),
        ("**ACTION** (ada): write it", "ada", None, "write it"),
        ("#action ada to write it", "ada", None, "ada to write it"),
        ("#action write it (due 2025-03-11)", "", DUE, "write it"),
        ("ACTION: write it (owner: ada, due: 2025-03-11)", "ada", DUE, "write it"),
        ("ACTION: clarkb writes it", "clarkb", None, "clarkb writes it"),
        ("ACTION: write it (clarkb)", "clarkb", None, "write it"),
        ("[ ] clarkb: write it", "clarkb", None, "write it"),
        ("[ ] @ada write it", "ada", None, "write it"),
        ("[ ] @ada: write it, due 2025-03-11", "ada", DUE, "write it"),
        ("[ ] (ada 2025-03-11) write it", "ada", DUE, "write it"),
        ("[ ] [ada, due 2025-03-11] write it", "ada", DUE, "write it"),
    ],
)  # fmt: skip
def test_an_action_has_the_owner_and_day_that_notes_name(line, owner, due, what):
    right = {"what": what, "owner": owner, "due": due}
    assert actions_of(line) == [{key: value for key, value in right.items() if value}]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("AI: everyone to write it", "everyone to write it"),
        ("ACTION: Need to write it", "Need to write it"),
        ("ACTION: Switch to Zuul 14", "Switch to Zuul 14"),
        ("ACTION: reply to review comments", "reply to review comments"),
        ("ACTION: docs: write it", "docs: write it"),
        ("ACTION: (optional) write it", "(optional) write it"),
        ("ACTION: write it (again)", "write it (again)"),
        ("ACTION: CI: write it", "CI: write it"),
        ("TODO: Beschluss: kein Swap", "Beschluss: kein Swap"),
        ("TODO: ~~ada~~ bob: write it", "~~ada~~ bob: write it"),
        ("ACTION: tox.ini: add py314", "tox.ini: add py314"),
        ("ACTION: https://example.org: read it", "https://example.org: read it"),
        ("ACTION: Release Notes: write them", "Release Notes: write them"),
        ("ACTION: write it by 2025-02-30", "write it by 2025-02-30"),
        ("ACTION: restore what was lost by 2025-03-01", "restore what was lost by 2025-03-01"),
        ("ACTION: read the logs of 2025-03-11", "read the logs of 2025-03-11"),
        ("ACTION: read it by next week", "read it by next week"),
        ("[ ] nova: write it", "nova: write it"),
        ("[ ] docs: write it", "docs: write it"),
    ],
)  # fmt: skip
def test_other_words_are_no_owner_and_no_day(line, what):
    assert actions_of(line) == [{"what": what}]


@pytest.mark.parametrize(
    "line",
    ["Action items: see below", "TODO list: empty", "AI tools: a policy", "Actions were taken",
     "AI (artificial intelligence): a policy", "AI (LLM): a policy", "Action plan: none",
     "TODO (later) decide", "ACTIONABLE: all", "the action: ada writes", "**Bold:** ada writes",
     "TODO is a word", "Action (film)"],
)  # fmt: skip
def test_other_words_are_no_action(line):
    assert actions_of(line) == []


def test_a_day_in_a_mark_is_due_only_after_the_session():
    line = "ACTION: (ada 2025-03-04) write it"
    assert actions_of(line) == [{"what": "(ada 2025-03-04) write it", "owner": "ada"}]
    unknown = session_values("* ACTION: (ada 2025-03-11) write it\n* ACTION: read by 2025-03-11\n")
    assert unknown["topics"][0]["actions"] == [
        {"what": "(ada 2025-03-11) write it", "owner": "ada"},
        {"what": "read", "due": DUE},
    ]


def test_boxes_below_action_items_name_people():
    values = session_values("## Action items\n\n- [ ] ada: write it\n- [x] docs: read it\n")
    assert values["topics"][0]["actions"] == [
        {"what": "write it", "owner": "ada"},
        {"what": "docs: read it", "state": "done"},
    ]
