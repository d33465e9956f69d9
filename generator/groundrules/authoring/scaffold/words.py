"""The words of a new manual that depend on its kinds of records."""

from __future__ import annotations

from collections.abc import Sequence

from groundrules.text import listed

# kind → what the manual answers about it, in the order of a sentence
_SUMMARIES = {
    "expectation": "what a test job can rely on and what it cannot",
    "platform": "which nodes and labels there are",
    "graph": "which job waits for which, and why",
    "session": "who decided what, and when",
}
_SEARCHED = {
    "platform": "a label",
    "graph": "a job",
    "expectation": "an expectation",
    "session": "a session",
}
_QUESTIONS = {
    "graph": ":doc:`which job waits for which, and why </generated/graphs/index>`",
    "platform": ":doc:`who supplies a label </generated/platforms/index>`",
    "session": ":doc:`who decided what, and when </generated/sessions/index>`",
}


def summary_of(kinds: Sequence[str]) -> str:
    """Return what a manual with some kinds of records tells, as a sentence."""
    parts = [part for kind, part in _SUMMARIES.items() if kind in kinds]
    text = "; ".join(parts) or "what people should know of this CI system"
    return f"{text[0].upper()}{text[1:]}."


def searched(kinds: Sequence[str]) -> str:
    """Return the label of the search field."""
    parts = [part for kind, part in _SEARCHED.items() if kind in kinds] or ["a page"]
    return f"Find {listed(parts).replace(' and ', ' or ')}"


def questions_of(kinds: Sequence[str]) -> list[str]:
    """Return the questions that the pages of some kinds answer, each as a link."""
    return [question for kind, question in _QUESTIONS.items() if kind in kinds]


def lead_of(kinds: Sequence[str]) -> str:
    """Return the first sentence of the front page."""
    if "expectation" in kinds:
        what = "Expectations of test nodes and jobs"
    elif kinds:
        what = summary_of(kinds).removesuffix(".")
        return f"{what}: each record has its history, and where it came from."
    else:
        return "There is no record yet."
    return f"{what}, each with its reason, its history and where it came\nfrom."
