"""The search finds other forms of a word by its stem, which C makes for the index.

The reader's own words are stemmed by Snowball's script in the page, of which snowballstemmer's
Python is the same program: all have to agree.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import snowballstemmer
from snowballstemmer.english_stemmer import EnglishStemmer

HERE = Path(__file__).parents[2]
WORDS = sorted(
    {
        word.lower()
        for file in (HERE / "data").rglob("*.yaml")
        for word in re.findall(r"\w+", file.read_text("utf-8"))
    }
)


def test_the_index_is_made_in_c():
    assert type(snowballstemmer.stemmer("english")).__module__ == "Stemmer"


@pytest.mark.repository
def test_every_word_of_this_manual_has_one_stem():
    quick, slow = snowballstemmer.stemmer("english"), EnglishStemmer()
    assert [word for word in WORDS if quick.stemWord(word) != slow.stemWord(word)] == []
