"""The graphs of pipelines for tags, compared with what Zuul's own classes run for single tags.

``tags/NAME`` is a tenant.  Each line of its ``zuul.jsonl`` is a tag with the branches that contain
it, and the jobs that ``ask_zuul_changes.py`` returned, with their dependencies.  Zuul was asked
about a copy without triggers, which only drivers read.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundrules.ci.zuul.defining import definitions_of
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.graph_selection import nothing_in
from groundrules.ci.zuul.layout.any_tag import AnyTag
from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.layout.variants import Exactly, TagRef
from groundrules.ci.zuul.reading.beginnings import beginning_of, decided
from groundrules.ci.zuul.reading.expressions import Expression, InvalidError
from groundrules.ci.zuul.reading.triggers import names_tags, tag_refs
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.single_repository import SingleRepository
from groundrules.yamlsource import read

CASES = sorted((Path(__file__).parent / "tags").iterdir())


def resolved(folder: Path) -> Resolver:
    return resolve(gather_tenant(folder / "main.yaml", folder))


def answers(folder: Path) -> dict[tuple[str, str, str], list[dict[str, list[str]]]]:
    """Return the jobs of each tag by project, pipeline and branch."""
    rows = defaultdict(list)
    for line in (folder / "zuul.jsonl").read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        [branch] = row["containing"]
        jobs = {name: waits for name, *waits in row["jobs"]}
        rows[row["project"], row["pipeline"], branch].append(jobs)
    return rows


def unsure(frozen: Frozen) -> set[str]:
    return {name for name, vanished in frozen.shape.absent.items() if not vanished.is_sure}


def certain(frozen: Frozen) -> dict[str, list[str]]:
    return {
        job.name: sorted(f"~{name}" if soft else name for name, soft in job.dependencies)
        for job in frozen.linked_jobs
    }


def compared(folder: Path) -> Iterator[tuple[Frozen, list[dict[str, list[str]]]]]:
    """Yield each graph for tags, with the jobs that Zuul runs for single ones."""
    resolver = resolved(folder)
    for where, jobs_of_tags in answers(folder).items():
        frozen = resolver.freeze(*where)
        assert frozen is not None
        yield frozen, jobs_of_tags


in_cases = pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)


@in_cases
def test_what_is_known_is_what_zuul_runs_for_every_tag(folder: Path):
    for frozen, jobs_of_tags in compared(folder):
        for jobs in jobs_of_tags:
            known = {name: waits for name, waits in jobs.items() if name not in unsure(frozen)}
            assert known == certain(frozen), (frozen.project, frozen.pipeline, frozen.branch)


@in_cases
def test_every_pipeline_with_an_answer_is_a_pipeline_of_the_project(folder: Path):
    resolver = resolved(folder)
    for project, pipeline, branch in answers(folder):
        tenant_project = resolver.project(project)
        assert tenant_project is not None
        assert pipeline in resolver.pipelines(tenant_project, branch)


@in_cases
def test_what_is_not_known_differs_between_tags(folder: Path):
    """Each such job runs for one of the tags and not for another, or waits for other jobs."""
    for frozen, jobs_of_tags in compared(folder):
        for name in unsure(frozen):
            assert len({str(jobs.get(name)) for jobs in jobs_of_tags}) > 1, (frozen.project, name)


REFUSED = """\
- pipeline: {name: tag, manager: independent, trigger: {g: [{event: x, ref: ^refs/tags/}]}}
- job: {name: base, parent: null, run: run.yaml}
- job: {name: never, parent: base, abstract: true}
- job: {name: publish, parent: base}
- project: {branches: ^refs/tags/, tag: {jobs: [never, publish: {dependencies: never}]}}
"""


def test_a_refused_graph_for_tags_has_its_jobs(tmp_path: Path):
    (tmp_path / ".zuul.yaml").write_text(REFUSED)
    [placed] = definitions_of(SingleRepository.at(tmp_path).read().resolver).graphs
    assert placed.error is not None
    assert placed.graph.dependencies("publish") == ("never",)
    assert {*placed.mentions} == {"never", "publish"}


def test_a_project_with_jobs_for_tags_only_has_their_pipelines():
    resolver = resolved(CASES[0])
    project = resolver.project("lib")
    assert project is not None
    assert nothing_in(resolver, project, "tga", "master") == (
        "lib is not in the pipeline 'tga' on 'master'; did you mean 'tag'?"
    )


@pytest.mark.parametrize("ref", [TagRef("refs/tags/1"), AnyTag(branches=("main",))])
def test_a_branch_whose_name_is_not_an_expression_is_for_no_tag(ref: TagRef):
    assert not ref.is_for(Exactly("topic/(1"))


TRIGGERS = {
    "{gerrit: [{event: ref-updated, ref: ^refs/tags/.*$}]}": ("^refs/tags/.*$",),
    "{gerrit: {event: ref-updated, ref: [^refs/tags/v, ^refs/tags/r]}}": (
        "^refs/tags/v",
        "^refs/tags/r",
    ),
    "{github: [{event: push, ref: {regex: '^refs/tags/[0-9]+'}}]}": ("^refs/tags/[0-9]+",),
    "{github: [{event: push, ref: '^refs/tags/(?!.*rc).*$'}]}": ("^refs/tags/(?!.*rc).*$",),
    "{a: [{event: push, ref: refs/tags}], b: [{event: push, ref: refs/tags/x}]}": (
        "refs/tags",
        "refs/tags/x",
    ),
    "{gerrit: [{event: ref-updated, ref: [^refs/tags/v, ^refs/heads/]}]}": (),
    "{gerrit: [{event: ref-updated, ref: ^refs/tags/v}, {event: patchset-created}]}": (),
    "{gerrit: [{event: ref-updated, ref: ^refs/tags/v}], timer: [{time: '0 0 * * *'}]}": (),
    "{gerrit: [{event: ref-updated, ref: {regex: ^refs/tags/, negate: true}}]}": (),
    "{gerrit: [{event: ref-updated, ref: '^(refs/tags/|refs/heads/)'}]}": (),
    "{gerrit: [{event: ref-updated, ref: '^refs/tags/(?!x)|^refs/heads/'}]}": (),
    "{gerrit: [{event: ref-updated, ref: '^refs/tags/('}]}": ("^refs/tags/(",),
    "{gerrit: [{event: ref-updated}]}": (),
    "{gerrit: }": (),
    "{}": (),
    "none": (),
}


@pytest.mark.parametrize("written", TRIGGERS)
def test_a_pipeline_is_for_tags_if_every_event_is(written: str):
    [value] = read(f"- {written}\n".encode()).value
    assert tag_refs(value) == TRIGGERS[written]
    assert names_tags(value) or not tag_refs(value)


BEGINNINGS = {
    ("^refs/tags/.*$", False): True,
    ("refs/tags/.+", False): True,
    ("^refs/", True): False,
    ("master", False): False,
    ("master", True): True,
    ("^refs/tags$", False): None,  # the tag decides nothing here, but a '$' looks at it
    ("^refs/tags/v", False): None,
    (r"^refs/tags/\.*$", False): None,
    (".*", False): True,
    ("^$", False): None,
    ("^(?!stable/).*", False): True,
    ("^(?!refs/tags/).*$", False): False,
    ("^(?!refs/tags/v).*$", False): None,
    (r"(.*)\1", True): None,
}


@pytest.mark.parametrize(("pattern", "negate"), BEGINNINGS)
def test_what_an_expression_decides_for_all_tags(pattern: str, negate: bool):
    assert decided(Expression(pattern, negate), "refs/tags/") is BEGINNINGS[pattern, negate]


PIECES = st.sampled_from(
    ["^", "$", "refs/", "tags/", "heads", "v", "1", ".", ".*", ".+", "[a-z/]", "[^r]", "+", "*",
     "?", "|", "(", ")", "(?:", "(?i)", "(?!", "(?=", r"\.", r"\b", r"\Q", r"\\", "é", "{2}"]
)  # fmt: skip
RESTS = st.text("v1./-éaRT", min_size=1, max_size=6)


@given(st.lists(PIECES, max_size=8).map("".join), st.booleans(), RESTS)
def test_a_decision_holds_for_every_rest(pattern: str, negate: bool, rest: str):
    try:
        expression = Expression(pattern, negate)
    except InvalidError:
        return
    for beginning in ("refs/tags/", "refs/tags/v"):
        if (result := decided(expression, beginning)) is not None:
            assert expression.matches(f"{beginning}{rest}") is result


@given(st.lists(PIECES, max_size=8).map("".join), st.text("refs/tagv1.", max_size=12))
def test_every_match_has_the_beginning_of_its_expression(pattern: str, text: str):
    try:
        is_matched = Expression(pattern).matches(text)
    except InvalidError:
        return
    assert not is_matched or text.startswith(beginning_of(pattern))
