"""A change of several repositories as changes of one each, in an order that loses nothing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundrules.ci.wish import EncodedFile, EncodeError, Encoding, Wait, Waits, Wish
from groundrules.encode.kept_order import KeptOrder
from groundrules.encode.merge_steps import steps_of
from groundrules.encode.single_changes import repositories_of, single_changes
from groundrules.encode.wanted import graph_with
from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import JobGraph

Links = Mapping[str, str]


class Repositories:
    """An encoder that writes each job in one repository, and refuses cycles as Zuul does."""

    def __init__(self, places: Links, now: Waits) -> None:
        self.places, self.now = places, now

    def encoded(self, wish: Wish) -> Encoding:
        waits = wish.waits["deploy"]
        if graph_with(graph(self.places), waits).cycles(limit=1):
            raise EncodeError(["Zuul would refuse the graph"])
        changed = [job for job in waits if set(waits[job]) != set(self.now["deploy"][job])]
        repositories = dict.fromkeys(self.places[job] for job in changed)
        return Encoding(files=[self._file(name, changed, waits) for name in repositories])

    def _file(self, name: str, changed: list[str], waits: Mapping[str, object]) -> EncodedFile:
        own = [job for job in changed if self.places[job] == name]
        return EncodedFile(
            path=name, file="zuul.yaml", project=name, branch="master", before="",
            after=repr([(job, waits[job]) for job in own]),
            targets=frozenset(("deploy", job) for job in own),
        )  # fmt: skip

    def after(self, encoding: Encoding) -> Repositories:
        now = dict(self.now["deploy"])
        for file in encoding.files:
            now |= eval(file.after, {"Wait": Wait})  # noqa: S307 (of this test)
        return Repositories(self.places, {"deploy": now})


def graph(places: Links) -> JobGraph:
    return JobGraph(tuple(Job(name=name) for name in places))


def waits(places: Links, text: str) -> Waits:
    """Return dependencies from ``web: base, setup: base`` and so on; several are joined by +."""
    given = dict(part.strip().split(": ") for part in text.split(",") if part.strip())
    return {
        "deploy": {
            job: tuple(Wait(name, False) for name in given.get(job, "").split("+") if name)
            for job in places
        }
    }


def changed(places: Links, before: str, after: str) -> list[str]:
    """Return the repositories in the order in which they are changed."""
    old, new = waits(places, before), waits(places, after)
    kept = KeptOrder(graph(places), old["deploy"], new["deploy"])
    changes = single_changes(Repositories(places, old), old, Wish(waits=new), {"deploy": kept})
    names = [[project for project, _ in repositories_of(one.encoding)] for one in changes]
    assert all(len(one) == 1 for one in names)
    assert changes[-1].waits == new
    for one in changes:
        assert not kept.lost(one.waits["deploy"])
    return [one[0] for one in names]


PLACES = {"base": "config", "setup": "config", "web": "app", "docs": "lib"}


def test_one_repository_is_one_change():
    assert changed(PLACES, "", "setup: base") == ["config"]


def test_each_repository_is_a_change():
    assert changed(PLACES, "", "setup: base, web: base, docs: base") == ["config", "app", "lib"]


def test_what_is_removed_goes_before_its_opposite():
    """The first repository alone would make a cycle."""
    assert changed(PLACES, "web: base", "base: web") == ["app", "config"]


def test_a_way_through_others_stays_until_another_one_is_there():
    """Without its dependency on base, setup would no longer keep web after base."""
    before, after = "setup: base, web: setup", "web: setup+base"
    assert changed(PLACES, before, after) == ["app", "config"]


TANGLE = {"p": "a", "q": "a", "r": "a", "s": "b"}
BEFORE, AFTER = "p: q, q: r, r: s", "p: s, s: r"


def test_an_order_that_must_be_lost_in_between_is_an_error():
    """If a changes first, p waits for s alone; if b does, r and s wait for each other."""
    with pytest.raises(EncodeError) as raised:
        changed(TANGLE, BEFORE, AFTER)
    assert raised.value.reasons == (
        "no change of one repository alone comes before others: a and b",
        "a, branch master: an order would be lost in between: 'p' would not wait for 'r' in the "
        "pipeline 'deploy'",
        "b, branch master: Zuul would refuse the graph",
    )


def test_steps_find_a_way_for_it():
    old, new = waits(TANGLE, BEFORE), waits(TANGLE, AFTER)
    edges = tuple(
        Edge(job=job, dependency=wait.job)
        for job, listed in old["deploy"].items()
        for wait in listed
    )
    real = JobGraph(graph(TANGLE).jobs, edges)
    steps = steps_of(Repositories(TANGLE, old), {"deploy": real}, Wish(waits=new), {})
    assert [(step.repository[0], *step.lines) for step in steps] == [
        ("a", "- p waits for s."),
        ("a", "- r does not wait for s any more."),
        ("b", "- s waits for r."),
        ("a", "- p does not wait for q any more.", "- q does not wait for r any more."),
    ]


def test_an_order_that_goes_may_be_lost_at_any_time():
    places = {"base": "a", "web": "a", "docs": "b"}
    assert changed(places, "web: base, docs: web", "") == ["a", "b"]


def test_a_soft_dependency_on_a_job_that_does_not_run_keeps_no_order():
    real = JobGraph((Job(name="base"), Job(name="web")))
    kept = KeptOrder(real, {"web": (Wait("elsewhere", True),)}, {"web": ()})
    assert kept.lost({"web": ()}) is None


def test_jobs_that_are_not_documented_carry_an_order_too():
    jobs = tuple(Job(name=name) for name in ("base", "other", "web"))
    real = JobGraph(jobs, (Edge(job="other", dependency="base"),))
    old, new = {"web": (Wait("other", False),)}, {"web": (Wait("base", False),)}
    kept = KeptOrder(real, old, new)
    assert kept.lost({"web": ()}) == ("web", "base")
    assert kept.lost(old) is kept.lost(new) is None
    assert kept.bridges({"web": ()}) == {"web": (Wait("base", True),)}


def test_a_job_with_a_hard_and_a_soft_dependency_on_another_one_stays():
    places = {"base": "a", "web": "a", "wiki": "a"}
    both = (Wait("base", False), Wait("base", True))
    old: Waits = {"deploy": {"base": (), "web": (), "wiki": both}}
    new: Waits = {"deploy": {"web": (Wait("base", False),)}}
    edges = tuple(Edge(job="wiki", dependency=name, soft=soft) for name, soft in both)
    real = JobGraph(graph(places).jobs, edges)
    steps = steps_of(Repositories(places, old), {"deploy": real}, Wish(waits=new), {})
    assert [step.lines for step in steps] == [("- web waits for base.",)]


JOBS = tuple("abcdef")


@st.composite
def dags(draw: st.DrawFn) -> dict[str, tuple[Wait, ...]]:
    """Return random dependencies of jobs in a random order."""
    order = draw(st.permutations(JOBS))
    return {
        job: tuple(
            Wait(name, draw(st.booleans())) for name in order[:at] if draw(st.integers(0, 2)) == 0
        )
        for at, job in enumerate(order)
    }


def closure(waits: Mapping[str, tuple[Wait, ...]]) -> set[tuple[str, str]]:
    real = graph_with(JobGraph(tuple(Job(name=name) for name in JOBS)), waits)
    assert not real.cycles(limit=1)
    return {(job, other) for job in JOBS for other in real.ancestors(job)}


@given(dags(), dags(), st.lists(st.sampled_from("xyz"), min_size=6, max_size=6))
def test_any_order_becomes_any_other_one_in_changes_of_one_repository(before, after, places):
    homes = dict(zip(JOBS, places, strict=True))
    edges = (
        Edge(job=job, dependency=wait.job, soft=wait.soft) for job in JOBS for wait in before[job]
    )
    real = JobGraph(tuple(Job(name=name) for name in JOBS), tuple(edges))
    encoder = Repositories(homes, {"deploy": before})
    steps = steps_of(encoder, {"deploy": real}, Wish(waits={"deploy": after}), {})
    kept = closure(before) & closure(after)
    for step in steps:
        assert len(repositories_of(step.encoding)) == 1
        assert len({"does not wait" in line for line in step.lines}) == 1  # it adds or removes
        encoder = encoder.after(step.encoding)
        assert kept <= closure(encoder.now["deploy"])
    assert {job: set(waits) for job, waits in encoder.now["deploy"].items()} == {
        job: set(waits) for job, waits in after.items()
    }
