"""Sentences with names, dates and numbers in another language."""

from __future__ import annotations

import pytest

from groundrules.pages.own_sentences import LONGEST
from groundrules.sphinxext.message_patterns import MessagePatterns

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
        "{day} (planned)": "{day} (geplant)",
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
        ("11 March 2020 (planned)", r"11\. März 2020 (geplant)"),
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
