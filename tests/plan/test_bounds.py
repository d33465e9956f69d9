"""A time that no schedule can be shorter than."""

import pytest

from groundrules.plan.bounds import lower_bound
from groundrules.plan.critical_path import critical_path
from plan.problems import problem


@pytest.mark.parametrize(
    ("jobs", "limits", "nodes", "least"),
    [
        pytest.param([], {}, None, 0, id="nothing"),
        pytest.param(["a 5", "b 3"], {}, None, 5, id="the critical path"),
        pytest.param(["a 5", "b 3"], {}, 1, 8, id="one node"),
        pytest.param(["a 5", "b 3", "c 4"], {}, 2, 6, id="two nodes"),
        pytest.param(["a 5; nodes 2", "b 3"], {}, 2, 7, id="a job with two nodes"),
        pytest.param(["a 5; holds s", "b 3; holds s"], {"s": 2}, None, 5, id="two at a time"),
        pytest.param(["a 5; holds s", "b 3; holds s"], {}, None, 8, id="one at a time"),
        pytest.param(
            ["x 2", "a 5 < x; holds s", "b 3 < x; holds s", "y 4 < a, b"],
            {},
            None,
            14,
            id="what comes before and after a semaphore",
        ),
        pytest.param(
            ["boot 2; holds lock; pauses", "a 5 < boot", "other 3; holds lock"],
            {},
            None,
            10,
            id="a lock is held until the last job ends",
        ),
        pytest.param(["a ?; holds s", "b 3; holds s"], {}, None, 3, id="an unknown duration"),
    ],
)
def test_lower_bound(jobs, limits, nodes, least):
    jobs = problem(*jobs, limits=limits, nodes=nodes)
    assert lower_bound(jobs, critical_path(jobs)) == least
