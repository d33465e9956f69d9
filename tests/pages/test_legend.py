"""`legend`: the picture's caption explains the arrows that are in it, and no others."""

from __future__ import annotations

import pytest

from groundrules.claims.verdicts import Verdict, Verdicts, VerdictState
from groundrules.pages.marks import legend

SOFT = (
    "A dashed arrow is :ci:word:`soft <soft>`: it counts only when the job that it comes from runs."
)
PALE = "A pale arrow is :ci:word:`planned <planned>`: nothing enforces it yet."
THICK = "A thick arrow has drifted: the configuration is different."
DOTTED = "A dotted arrow, dashed or not, was not checked."
SAME = "is verified: the configuration says the same."
EDGES = (("certificates", "base"), ("gitea", "certificates"), ("gitea", "base"))  # the last is soft


def graph(catalogue, name: str):
    return next(each for each in catalogue.graphs if each.id == name)


@pytest.mark.parametrize(
    ("states", "sentences"),
    [
        (("verified", "verified", "verified"), [SOFT, f"Each arrow {SAME}"]),
        (("verified", "planned", "verified"), [SOFT, PALE, f"An arrow that is not pale {SAME}"]),
        (("drifted", "drifted", "drifted"), [SOFT, THICK]),
        (("not checked", "planned", "not checked"), [SOFT, PALE, DOTTED]),
        (
            ("verified", "drifted", "not checked"),
            [SOFT, THICK, DOTTED, f"An arrow that is neither thick nor dotted {SAME}"],
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
