"""What long lists of mentions, groups and templates cost: about twice for twice as many items."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from groundrules.ci.zuul.reading.projects import project_of
from groundrules.yamlsource import Place, read
from steps import growth


@pytest.mark.parametrize(
    "attributes",
    [
        "vars: {a: %d}", "vars: {a%d: [1, {b: 2}]}", "dependencies: [k%d]", "tags: !override [a%d]",
        "secrets: [a], vars: {a: %d}", "secrets: [a]", "voting: true", "nodeset: n%d",
        "vars: {a: !x [1, {b: %d}]}",
    ],
)  # fmt: skip
def test_mentions_of_one_job_are_compared_in_proportion(attributes: str):
    def of(size: int) -> Callable[[], object]:
        mentions = (f"{{j: {{{attributes.replace('%d', str(at))}}}}}" for at in range(size))
        conf = read(f"check: {{jobs: [{', '.join(mentions)}]}}".encode()).value
        return lambda: project_of(conf, Place(1, 1), [])

    assert growth(of, 100) < 2.2
