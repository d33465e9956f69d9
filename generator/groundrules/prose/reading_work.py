"""How much work a text makes for docutils: what a check accepts and a writer writes is limited.

docutils looks for the end of each mark through the rest of the paragraph, and for an address or the
name of a link at each beginning in a word, through the rest of the word.
"""

from __future__ import annotations

import re

# 10,000 characters with 5,000 marks take docutils 7 seconds, and 3 if they are one word with 5,000
# beginnings; a paragraph within this bound takes less than a tenth of a second.
MOST_WORK = 400_000
_BEGINNING = re.compile(r"[-/:'{](?=\S)")
_SHORT = 100  # characters of words that make little work, such as most addresses


def beginnings(text: str) -> list[tuple[int, int]]:
    """Return how often an address or a name can begin in each long word, and its length."""
    words = (word for word in text.split() if len(word) > _SHORT)
    return [(len(_BEGINNING.findall(word)), len(word)) for word in words]


def work_of_words(text: str) -> int:
    """Return the work that the long words of a text make."""
    return sum(count * length for count, length in beginnings(text))
