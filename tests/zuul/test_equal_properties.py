"""Random lists of mentions: what never matters to Zuul, never matters here."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.resolver import Resolver, resolve

NAMES = ["alpha", "beta", "gamma"]
TENANT = [
    {
        "tenant": {
            "name": "t",
            "source": {"git": {"config-projects": ["config"], "untrusted-projects": ["app"]}},
        }
    }
]
BASE: list[dict[str, Any]] = [
    {"pipeline": {"name": "check", "manager": "independent"}},
    {"job": {"name": "base", "parent": None, "run": "play.yaml"}},
]

names = st.sampled_from(NAMES)
attributes = st.fixed_dictionaries(
    {},
    optional={
        "dependencies": st.lists(names, max_size=2),
        "voting": st.booleans(),
        "attempts": st.sampled_from([2, 3]),
        "tags": st.lists(names, max_size=2),
        "branches": st.sampled_from(["master", ["master"], [], ["stable/.*"]]),
        "files": st.sampled_from([[], ["src/"]]),
        "description": st.sampled_from(["", "text"]),
    },
)
mentions = st.lists(st.tuples(names, attributes), min_size=1, max_size=6)


def resolver_of(listed: list[tuple[str, dict[str, Any]]]) -> Resolver:
    jobs = [
        {"job": {"name": name, "dependencies": NAMES[:index]}} for index, name in enumerate(NAMES)
    ]
    project = {"project": {"check": {"jobs": [{name: conf} for name, conf in listed]}}}
    files = {
        "main.yaml": TENANT,
        "config/master/zuul.yaml": BASE,
        "app/master/zuul.yaml": [*jobs, project],
    }
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(yaml.safe_dump(content, sort_keys=False))
        return resolve(gather_tenant(Path(folder, "main.yaml"), Path(folder)))


def shape(resolver: Resolver) -> object:
    frozen: Frozen | None = resolver.freeze("app", "check", "master")
    if frozen is None or frozen.error:
        return bool(frozen)
    return [
        (job.name, sorted(job.dependencies), job.voting, job.files) for job in frozen.shape.jobs
    ]


quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(mentions)
def test_a_list_written_twice_is_the_same_as_once(listed: list[tuple[str, dict[str, Any]]]):
    """Each mention of the second list equals one of the first."""
    assert shape(resolver_of(listed)) == shape(resolver_of(listed * 2))


@quick
@given(mentions, st.data())
def test_a_mention_for_no_branch_changes_nothing(
    listed: list[tuple[str, dict[str, Any]]], data: st.DataObject
):
    name, conf = data.draw(st.sampled_from(listed))
    more = [*listed, (name, {**conf, "voting": False, "branches": []})]
    assert shape(resolver_of(listed)) == shape(resolver_of(more))


@quick
@given(mentions)
def test_one_value_is_the_same_as_a_list_of_it(listed: list[tuple[str, dict[str, Any]]]):
    def scalar(value: object) -> object:
        return value[0] if isinstance(value, list) and len(value) == 1 else value

    written = [(name, {key: scalar(item) for key, item in conf.items()}) for name, conf in listed]
    assert shape(resolver_of(listed)) == shape(resolver_of(written))


@quick
@given(mentions)
def test_an_unstable_answer_is_reported(listed: list[tuple[str, dict[str, Any]]]):
    """Without a finding, no mention is left out that has an effect where it is."""
    resolver = resolver_of(listed)
    if any(finding.rule.id == "GR610" for finding in resolver.report.diagnostics):
        return
    numbered = [(name, {**conf, "description": f"{at}"}) for at, (name, conf) in enumerate(listed)]
    assert shape(resolver) == shape(resolver_of(numbered))
