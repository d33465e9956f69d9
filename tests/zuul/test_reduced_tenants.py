"""A tenant without an object is the same, whether it is reduced or read again without the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from groundrules.ci.impact_question import ImpactQuestion
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.impact.answer import impact
from groundrules.ci.zuul.impact.subject import OBJECTS, ImpactSubject, names_of
from groundrules.ci.zuul.impact.usage_chains import Chains
from groundrules.ci.zuul.impact.without import read_without, reduced
from groundrules.ci.zuul.layout.gathering import Gathered, gather_tenant
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.single_repository import SingleRepository
from steps import growth

HERE = Path(__file__).parent
TENANTS = sorted(path.parent for path in HERE.glob("*/*/main.yaml"))
ALONE = sorted(path.parent for path in HERE.glob("alone/*/.zuul.yaml"))
PARSED = FileCache()


def gathered_in(folder: Path) -> Gathered:
    if (folder / "main.yaml").exists():
        return gather_tenant(folder / "main.yaml", folder)
    return SingleRepository.at(folder).read().gathered


def subjects(resolver: Resolver) -> Iterator[ImpactSubject]:
    """Yield the objects of which no definition is refused."""
    for kind, key in OBJECTS.items():
        for name in sorted(names_of(resolver.layout, kind)):
            if kind != "parent" and (key, name) not in resolver.layout.lost_names:
                yield ImpactSubject(kind, name)


def built(resolver: Resolver) -> dict[tuple[str, str, str], object]:
    """Return the jobs of each graph with what is merged of them, or why there is no graph."""
    return {
        (frozen.project, frozen.pipeline, frozen.branch): shown_frozen(frozen)
        for frozen in resolver.graphs()
    }


def shown_frozen(frozen: Frozen) -> object:
    if frozen.error:
        return str(frozen.error)
    # the names that a reason suggests are those of the tenant with the object; no answer has them
    reasons = ((name, gone.reason) for name, gone in frozen.shape.absent.items())
    absent = [(name, reason.partition("; did you mean")[0]) for name, reason in reasons]
    return frozen.graph.jobs, frozen.graph.edges, absent


def refusals(resolver: Resolver) -> set[str]:
    return {str(diagnostic) for diagnostic in resolver.layout.refusals}


@pytest.mark.parametrize("folder", [*TENANTS, *ALONE], ids=lambda folder: folder.name)
def test_a_reduced_tenant_is_the_one_without_the_text(folder: Path):
    gathered = gathered_in(folder)
    resolver = resolve(gathered, PARSED.parse)
    known = refusals(resolver)
    for subject in subjects(resolver):
        expected = read_without(gathered, PARSED.parse, subject)
        changed = Chains(resolver.layout, subject).candidates()
        rest = reduced(resolver, OBJECTS[subject.kind], subject.name, changed)
        assert built(rest) == built(expected), subject
        assert refusals(rest) - known == refusals(expected) - known, subject
    assert built(resolver) == built(resolve(gathered, PARSED.parse))


def test_an_object_that_many_jobs_use_costs_steps_for_each_of_them_once(tmp_path: Path):
    """A message with the nearest of all names is made once, not for each job that is lost."""

    def of(size: int) -> Callable[[], object]:
        folder = tmp_path / str(size)
        folder.mkdir()
        heirs = [f"- job: {{name: heir-{at}, parent: heirloom}}\n" for at in range(size)]
        names = ", ".join(f"heir-{at}" for at in range(size))
        (folder / ".zuul.yaml").write_text(
            "".join(
                [
                    "- job: {name: heirloom, parent: null, run: run.yaml}\n",
                    *heirs,
                    f"- project: {{check: {{jobs: [{names}]}}}}\n",
                ]
            )
        )
        question = ImpactQuestion(root=folder, kind="job", name="heirloom", cache=None)

        def ask() -> object:
            [project] = impact(question).projects
            assert len(project.uses) == size
            return project

        return ask

    assert growth(of, 200) < 2.2
