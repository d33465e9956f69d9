"""What must not matter, does not: the order of files, how YAML is written, other repositories."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.resolver import resolve

NAMES = ["alpha", "beta", "gamma", "delta"]
BASE: list[dict[str, Any]] = [
    {"pipeline": {"name": "check", "manager": "independent"}},
    {"pipeline": {"name": "gate", "manager": "dependent"}},
    {"job": {"name": "base", "parent": None, "run": "play.yaml"}},
]

names = st.sampled_from(NAMES)
dependency = names | st.fixed_dictionaries({"name": names, "soft": st.booleans()})
attributes = st.fixed_dictionaries(
    {},
    optional={
        "dependencies": st.lists(dependency, max_size=3),
        "voting": st.booleans(),
        "tags": st.lists(names, max_size=2),
        "branches": st.sampled_from(["master", "stable/.*", ".*"]),
        "semaphores": st.lists(names, max_size=2, unique=True),
    },
)


@st.composite
def jobs(draw: st.DrawFn) -> dict[str, Any]:
    """Return definitions of all jobs, a mapping each, in one variant or two."""
    found = []
    for index, name in enumerate(NAMES):
        for _ in range(draw(st.integers(1, 2))):
            parent = draw(st.sampled_from([None, *NAMES[:index]]))
            inherits = {} if parent is None else {"parent": parent}
            found.append({"job": {"name": name, **inherits, **draw(attributes)}})
    return {"jobs": found}


entries = st.lists(names | st.dictionaries(names, attributes, min_size=1, max_size=1), max_size=4)
projects = st.fixed_dictionaries({}, optional={"check": entries, "gate": entries})


def project(drawn: dict[str, Any]) -> dict[str, Any]:
    return {"project": {name: {"jobs": entries} for name, entries in drawn.items()}}


def output(job: Merged) -> object:
    return job.name, sorted(job.dependencies), job.voting, job.tags, sorted(job.semaphores)


def graphs(files: dict[str, str], projects: list[str], only: str = "app") -> object:
    """Return the graphs of one project, without places."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source = {"git": {"config-projects": ["config"], "untrusted-projects": projects}}
        tenant = [{"tenant": {"name": "t", "source": source}}]
        everything = {**files, "main.yaml": yaml.safe_dump(tenant)}
        everything["config/master/zuul.yaml"] = yaml.safe_dump(BASE)
        for name, text in everything.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        resolver = resolve(gather_tenant(root / "main.yaml", root))
        return [
            (
                each.pipeline,
                each.branch,
                bool(each.error),
                [
                    (
                        job.name,
                        sorted(job.dependencies),
                        job.voting,
                        job.tags,
                        sorted(job.semaphores),
                    )
                    for job in each.shape.jobs
                ],
                sorted(each.shape.absent),
            )
            for each in resolver.graphs()
            if each.project == only
        ]


quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(jobs(), projects, st.permutations(NAMES))
def test_the_order_of_files_with_different_jobs_does_not_matter(
    drawn: dict[str, Any], stanza: dict[str, Any], order: list[str]
):
    by_name = {name: [] for name in NAMES}
    for item in drawn["jobs"]:
        by_name[item["job"]["name"]].append(item)
    one = {f"app/master/zuul.d/{n}.yaml": yaml.safe_dump(by_name[n]) for n in NAMES}
    other = {
        f"app/master/zuul.d/{index}.yaml": yaml.safe_dump(by_name[name])
        for index, name in enumerate(order)
    }
    last = {"app/master/zuul.d/z.yaml": yaml.safe_dump([project(stanza)])}
    assert graphs(one | last, ["app"]) == graphs(other | last, ["app"])


@quick
@given(jobs(), projects, st.booleans(), st.integers(40, 200))
def test_a_configuration_that_is_printed_and_read_again_freezes_the_same(
    drawn: dict[str, Any], stanza: dict[str, Any], flow: bool, width: int
):
    items = [*drawn["jobs"], project(stanza)]
    first = yaml.safe_dump(items, sort_keys=False)
    again = yaml.safe_dump(yaml.safe_load(first), default_flow_style=flow, width=width, indent=4)
    path = "app/master/.zuul.yaml"
    assert graphs({path: first}, ["app"]) == graphs({path: again}, ["app"])


@quick
@given(jobs(), projects, jobs(), projects)
def test_a_repository_that_has_nothing_to_do_with_it_changes_nothing(
    drawn: dict[str, Any], stanza: dict[str, Any], more: dict[str, Any], other: dict[str, Any]
):
    path = "app/master/.zuul.yaml"
    alone = {path: yaml.safe_dump([*drawn["jobs"], project(stanza)])}
    text = yaml.safe_dump([*more["jobs"], project(other)])
    for name in NAMES:
        text = text.replace(name, f"other-{name}")
    both = alone | {"other/master/.zuul.yaml": text}
    assert (
        graphs(alone, ["app"]) == graphs(both, ["other", "app"]) == graphs(both, ["app", "other"])
    )
