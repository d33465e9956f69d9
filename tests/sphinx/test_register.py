"""Where records stand, by name and by page."""

from __future__ import annotations

import copy
import pickle

import pytest

from groundrules.sphinxext.register import Register, RegisterEntry

BASE, LINT, VM = ("job", "deploy/base"), ("job", "own/lint"), ("platform", "vm")


def entry(page: str) -> RegisterEntry:
    return RegisterEntry(page, "anchor", "Title")


@pytest.fixture
def register() -> Register:
    register = Register()
    for key, page in ((BASE, "jobs"), (LINT, "jobs"), (VM, "platforms")):
        register.add(key, entry(page))
    return register


def test_records_are_found_by_kind_and_name(register):
    assert register.find(*VM) == register[VM] == entry("platforms")
    assert register.find("platform", "no-such") is None
    assert list(register) == [BASE, LINT, VM]


def test_a_job_is_found_by_its_bare_name_where_one_graph_has_it(register):
    assert register.find("job", "base") == entry("jobs")
    register.add(("job", "own/base"), entry("others"))
    assert register.find("job", "base") is None
    assert register.jobs_called("base") == ["deploy/base", "own/base"]
    register.clear("others")
    assert register.find("job", "base") == entry("jobs")


def test_only_jobs_have_bare_names(register):
    register.add(("label", "one/two"), entry("labels"))
    assert (register.find("label", "two"), register.find("job", "two")) == (None, None)


def test_what_stood_on_a_page_is_forgotten_with_it(register):
    register.clear("jobs")
    assert dict(register) == {VM: entry("platforms")}
    assert register.jobs_called("base") == []


def test_a_page_without_records_is_forgotten_in_silence(register):
    register.clear("index")
    assert len(register) == 3


def test_a_record_that_moved_is_not_forgotten_with_its_old_page(register):
    register.add(BASE, entry("elsewhere"))
    register.clear("jobs")
    assert dict(register) == {BASE: entry("elsewhere"), VM: entry("platforms")}


def test_only_the_pages_that_a_process_read_are_taken_over(register):
    other = Register()
    other.add(("job", "own/base"), entry("read"))
    other.add(("platform", "host"), entry("not read"))
    register.update(other, {"read", "empty"})
    assert set(register) == {BASE, LINT, VM, ("job", "own/base")}
    assert register.jobs_called("base") == ["deploy/base", "own/base"]


def pickled(register: Register) -> Register:
    """What Sphinx reads of what it wrote."""
    again: Register = pickle.loads(pickle.dumps(register))  # noqa: S301 - its own, of this line
    return again


@pytest.mark.parametrize("copied", [copy.deepcopy, pickled])
def test_a_copy_has_lookups_of_its_own(register, copied):
    other = copied(register)
    other.clear("jobs")
    assert (len(other), len(register)) == (1, 3)
    assert register.jobs_called("base") == ["deploy/base"]
