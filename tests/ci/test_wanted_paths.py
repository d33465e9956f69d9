"""The paths of a repository that are listed."""

from __future__ import annotations

import pytest

from groundrules.ci.git.wanted_paths import WantedPaths

WANTED = WantedPaths([".zuul.yaml", "zuul.d/", "playbooks/a/run.yaml"])


@pytest.mark.parametrize("path", [".zuul.yaml", "zuul.d", "zuul.d/x/jobs.yaml"])
def test_a_wanted_path_or_one_below_it(path: str):
    assert WANTED.has(path)
    assert WANTED.leads_to(path)


@pytest.mark.parametrize("path", ["playbooks", "playbooks/a"])
def test_a_folder_above_a_wanted_path_only_leads_to_it(path: str):
    assert WANTED.leads_to(path)
    assert not WANTED.has(path)


@pytest.mark.parametrize("path", ["", "zuul", "zuul.d2/x", "playbooks/b", "playbooks/a/run.yaml2"])
def test_others(path: str):
    assert not WANTED.leads_to(path)
