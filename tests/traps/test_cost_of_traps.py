"""What traps cost grows as graphs, trees, matchers and names do: steps, never time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from worlds import TODAY

from groundrules.checks import traps
from groundrules.checks.labels import requested_labels
from groundrules.checks.traps import irrelevant, matchers, no_branch, vanished
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.claims.claims import LabelClaim
from groundrules.diagnostics import Location
from groundrules.graphs.definitions import BranchChoice, DefinedVariant, Definitions, FileMatcher
from groundrules.graphs.elements import Absent, Edge, FilePattern, Job, NameAt, Step
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.placed_graph import PlacedGraph
from groundrules.graphs.trees import Trees
from groundrules.nearest import nearest
from steps import growth, steps

LINE = Location(".zuul.yaml")


def traps_of(graph: JobGraph) -> Callable[[], object]:
    placed = PlacedGraph(project="ours", pipeline="check", branch="master", graph=graph)
    return lambda: [*traps.check(Definitions(graphs=(placed,)), DocumentedIntent())]


def graph_of(size: int, waits: Callable[[int], Iterator[int]], **attributes: object) -> JobGraph:
    jobs = tuple(Job(name=f"job-{at}", **attributes) for at in range(size))  # type: ignore[arg-type]
    edges = (
        Edge(job=f"job-{at}", dependency=f"job-{other}", location=Location("a", at + 1, other + 1))
        for at in range(size)
        for other in waits(at)
    )
    return JobGraph(jobs, tuple(edges))


def test_a_dense_graph_costs_in_proportion_to_its_edges():
    """Twice the jobs, each waiting for all before it, are four times the edges."""

    def of(size: int) -> Callable[[], object]:
        return traps_of(graph_of(size, lambda at: iter(range(at))))

    assert growth(of, size=25) < 4.4


def test_a_dense_graph_has_one_finding_a_job():
    """Of 25 jobs that wait for all before them, 23 have a dependency too many."""
    found = traps_of(graph_of(25, lambda at: iter(range(at))))()
    assert isinstance(found, list)
    assert {diagnostic.rule.id for diagnostic in found} == {"GR405"}
    assert len(found) == 23


def test_dependencies_implied_by_long_paths_cost_in_proportion():
    """The path of each is as long as the graph; a message names its first jobs."""

    def of(size: int) -> Callable[[], object]:
        half = size // 2
        return traps_of(graph_of(size, lambda at: (at - back for back in (1, half) if at >= back)))

    assert growth(of, size=200) < 2.2


def test_a_graph_costs_in_proportion_to_its_jobs():
    def of(size: int) -> Callable[[], object]:
        return traps_of(graph_of(size, lambda at: iter(range(max(0, at - 4), at))))

    assert growth(of, size=60) < 2.2


def test_a_semaphore_costs_in_proportion_to_its_holders():
    def of(size: int) -> Callable[[], object]:
        held = (NameAt(name="turn", location=LINE),)
        return traps_of(graph_of(size, lambda at: iter(()), semaphores=held))

    assert growth(of, size=60) < 2.2


def test_hard_dependencies_on_jobs_with_matchers_cost_in_proportion():
    def of(size: int) -> Callable[[], object]:
        jobs = [
            Job(name="all"),
            *(Job(name=f"job-{at}", files=(FilePattern("^a"),)) for at in range(size)),
        ]
        edges = [
            Edge(job="all", dependency=job.name, location=Location("a", at + 1))
            for at, job in enumerate(jobs)
            if at
        ]
        return traps_of(JobGraph(tuple(jobs), tuple(edges)))

    assert growth(of, size=60) < 2.2


def matched(branches: int, size: int, read: Callable[[str, str], frozenset[str]]) -> Definitions:
    """Return a job with matchers that match nothing, on some branches."""
    found = tuple(
        FileMatcher(
            pattern=f"gone/number{at}", location=Location("a", at + 1), matches=lambda _: False
        )
        for at in range(size)
    )
    variant = DefinedVariant(job="web", project="ours", branch="0", location=LINE, matchers=found)
    files = tuple(FilePattern(each.pattern) for each in found)
    job = Job(name="web", chain=(Step("job 'web'", LINE),), files=files)
    names = [str(at) for at in range(branches)]
    return Definitions(
        definitions={"web": (variant,)},
        graphs=tuple(
            PlacedGraph(project="ours", pipeline="check", branch=name, graph=JobGraph((job,)))
            for name in names
        ),
        trees=Trees([("ours", name) for name in names], read),
    )


@pytest.mark.parametrize(("branches", "size"), [(20, 20), (20, 1), (1, 20)])
def test_each_tree_is_read_once_for_all_matchers(branches: int, size: int):
    asked: list[str] = []

    def read(project: str, branch: str) -> frozenset[str]:
        asked.append(branch)
        return frozenset({"src/a"})

    found = [*matchers.check(matched(branches, size, read), DocumentedIntent())]
    assert len(found) == size
    assert sorted(asked) == sorted(map(str, range(branches)))


@pytest.mark.parametrize("grows", ["branches", "matchers"])
def test_matchers_cost_in_proportion_to_trees_and_matchers(grows: str):
    tree = frozenset(f"src/{at}" for at in range(10))

    def of(size: int) -> Callable[[], object]:
        branches, count = (size, 10) if grows == "branches" else (10, size)
        found = matched(branches, count, lambda *_: tree)
        return lambda: [*matchers.check(found, DocumentedIntent())]

    assert growth(of, size=10) < 2.2


@pytest.mark.parametrize("grows", ["lists", "items", "branches", "paths"])
def test_lists_of_irrelevant_files_cost_in_proportion(grows: str):
    """Each list matches every file, so that none can be left out early."""

    def of(size: int) -> Callable[[], object]:
        sizes = dict.fromkeys(("lists", "items", "branches", "paths"), 6) | {grows: size}
        found = irrelevant_lists(**sizes)
        return lambda: [*irrelevant.check(found, DocumentedIntent())]

    assert growth(of, size=12) < 2.2


def irrelevant_lists(lists: int, items: int, branches: int, paths: int) -> Definitions:
    """Return jobs with lists of irrelevant files, whose last item alone matches the paths."""
    variants, jobs = {}, []
    for number in range(lists):
        place = Location("a", number + 1)
        matchers = tuple(
            FileMatcher(
                pattern=f"src{at}",
                location=place,
                irrelevant=True,
                matches=lambda _, is_last=at == items - 1: is_last,  # type: ignore[misc]
            )
            for at in range(items)
        )
        name = f"job-{number}"
        variants[name] = (
            DefinedVariant(job=name, project="ours", branch="0", location=place, matchers=matchers),
        )
        files = tuple(FilePattern(each.pattern) for each in matchers)
        jobs.append(Job(name=name, chain=(Step(name, place),), irrelevant_files=files))
    graph = JobGraph(tuple(jobs))
    tree = frozenset(f"src/{at}" for at in range(paths))
    names = [str(at) for at in range(branches)]
    return Definitions(
        definitions=variants,
        graphs=tuple(
            PlacedGraph(project="ours", pipeline="check", branch=name, graph=graph)
            for name in names
        ),
        trees=Trees([("ours", name) for name in names], lambda *_: tree),
    )


@pytest.mark.parametrize("grows", ["choices", "branches"])
def test_choices_of_branches_cost_in_proportion(grows: str):
    def of(size: int) -> Callable[[], object]:
        choices, count = (size, 20) if grows == "choices" else (20, size)
        branches = frozenset(f"stable/{at}" for at in range(count))
        found = Definitions(
            branch_choices=tuple(
                BranchChoice(
                    what=f"job 'job-{at}'",
                    expressions=(FilePattern(f"^release/{at}"),),
                    location=Location("a", at + 1),
                    projects=("ours",),
                    branches=branches,
                    matches=lambda _: False,
                )
                for at in range(choices)
            )
        )
        return lambda: [*no_branch.check(found, DocumentedIntent())]

    assert growth(of, size=20) < 2.2


@pytest.mark.parametrize("grows", ["jobs", "branches"])
def test_jobs_that_are_left_out_cost_in_proportion(grows: str):
    def of(size: int) -> Callable[[], object]:
        jobs, branches = (size, 10) if grows == "jobs" else (10, size)
        names = [f"job-{at}" for at in range(jobs)]
        variant = DefinedVariant(job="base", project="library", branch="0", location=LINE)
        absent = tuple(
            Absent(name=name, reason="no base", location=Location("a", at + 1), undefined="base")
            for at, name in enumerate(names)
        )
        found = Definitions(
            definitions={"base": (variant,)},
            graphs=tuple(
                PlacedGraph(
                    project="ours",
                    pipeline="check",
                    branch=str(branch),
                    graph=JobGraph(absent=absent),
                    mentions={job.name: (job.location or LINE,) for job in absent},
                )
                for branch in range(branches)
            ),
        )
        return lambda: [*vanished.check(found, DocumentedIntent())]

    assert growth(of, size=20) < 2.2


@pytest.mark.parametrize("grows", ["jobs", "items"])
def test_required_jobs_with_longer_lists_cost_in_proportion(grows: str):
    def of(size: int) -> Callable[[], object]:
        count, items = (size, 10) if grows == "jobs" else (10, size)
        files = tuple(FilePattern(f"doc/{at}") for at in range(items))
        jobs = [
            Job(name="provider", irrelevant_files=(*files, FilePattern("test/"))),
            *(Job(name=f"job-{at}", irrelevant_files=files) for at in range(count)),
        ]
        edges = tuple(
            Edge(job=job.name, dependency="provider", location=Location("a", at))
            for at, job in enumerate(jobs)
            if at
        )
        return traps_of(JobGraph(tuple(jobs), edges))

    assert growth(of, size=20) < 2.2


def test_non_voting_jobs_cost_in_proportion_to_those_that_wait():
    def of(size: int) -> Callable[[], object]:
        jobs = [Job(name="unit", voting=False), *(Job(name=f"job-{at}") for at in range(size))]
        edges = tuple(
            Edge(job=job.name, dependency="unit", location=Location("a", at))
            for at, job in enumerate(jobs)
            if at
        )
        return traps_of(JobGraph(tuple(jobs), edges))

    assert growth(of, size=60) < 2.2


def test_labels_cost_in_proportion():
    def of(size: int) -> Callable[[], object]:
        names = [f"vm-host-{at}-disk" for at in range(size)]
        claims = [LabelClaim(name=f"{name}-large", place=LINE) for name in names]
        jobs = tuple(Job(name=name, labels=(NameAt(name=name, location=LINE),)) for name in names)
        placed = PlacedGraph(
            project="ours", pipeline="check", branch="master", graph=JobGraph(jobs)
        )
        found = Definitions(name="ours", graphs=(placed,))
        return lambda: [*requested_labels.check([found], claims, TODAY)]

    assert growth(of, size=60) < 2.2


def test_the_nearest_of_many_names_takes_few_steps():
    """All letters are compared in C: a name costs a dozen steps here."""
    nearest("oven", ["ovne"])  # imports what compares them
    names = [f"bakery-integration-bread-oven{at}-python3" for at in range(300)]
    assert steps(lambda: nearest("bakery-integration-pastry-oven7-python3", names)) < 300 * 40
