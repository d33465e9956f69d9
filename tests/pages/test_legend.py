"""`legend`: the picture's caption explains the arrows that are in it, and no others."""

from __future__ import annotations

import pytest

from groundrules.claims.verdicts import Verdict, Verdicts, VerdictState
from groundrules.pages.marks import legend

SOFT = "A dashed one is soft: it counts only where the job that is waited for runs."
PALE = "A pale one is planned: nothing enforces it yet."
THICK = "A thick one has drifted: the configuration says something else."
DOTTED = "A dotted one, with dashes or without, was not checked."
SAME = "is verified: the configuration says the same."
EDGES = (("certificates", "base"), ("gitea", "certificates"), ("gitea", "base"))  # the last is soft


def graph(catalogue, name: str):
    return next(each for each in catalogue.graphs if each.id == name)


@pytest.mark.parametrize(
    ("states", "sentences"),
    [
        (("verified", "verified", "verified"), [SOFT, f"Each {SAME}"]),
        (("verified", "planned", "verified"), [SOFT, PALE, f"One that is not pale {SAME}"]),
        (("drifted", "drifted", "drifted"), [SOFT, THICK]),
        (("not checked", "planned", "not checked"), [SOFT, PALE, DOTTED]),
        (
            ("verified", "drifted", "not checked"),
            [SOFT, THICK, DOTTED, f"One that is neither thick nor dotted {SAME}"],
        ),
    ],
)
def test_each_style_that_is_there_is_explained(catalogue, states, sentences):
    found = Verdicts(
        all=tuple(
            Verdict(graph="deploy", job=job, dependency=dependency, state=VerdictState(state))
            for (job, dependency), state in zip(EDGES, states, strict=True)
        )
    )
    assert legend(found, graph(catalogue, "deploy")) == sentences


def test_without_arrows_there_is_nothing_to_explain(catalogue):
    assert legend(Verdicts(), graph(catalogue, "own")) == []
