"""What long lists and names cost: about twice for twice as many mentions, groups or templates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from groundrules.ci.zuul.layout.sharing import shared_projects
from groundrules.ci.zuul.reading.nodesets import FaultError, nodeset_of
from groundrules.ci.zuul.reading.parse import parse
from groundrules.ci.zuul.reading.projects import project_of
from groundrules.ci.zuul.single_repository import SingleRepository
from groundrules.nearest import did_you_mean
from groundrules.yamlsource import Mapping, Place, read
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


def nodeset(size: int, holds: str = "a{at}") -> Mapping:
    nodes = ", ".join(f"{{name: a{at}, label: l}}" for at in range(size))
    groups = ", ".join(f"{{name: g{at}, nodes: {holds.format(at=at)}}}" for at in range(size))
    conf = read(f"{{nodes: [{nodes}], groups: [{groups}]}}".encode()).value
    assert isinstance(conf, Mapping)
    return conf


def test_the_groups_of_a_nodeset_are_compared_in_proportion():
    def of(size: int) -> Callable[[], object]:
        conf = nodeset(size)
        return lambda: nodeset_of(conf, Place(1, 1))

    assert growth(of, 100) < 2.2


def test_a_message_on_a_group_lists_a_few_nodes():
    with pytest.raises(FaultError) as caught:
        nodeset_of(nodeset(500, holds="b{at}"), Place(1, 1))
    assert [fault.message for fault in caught.value.faults[:1]] == [
        "the group 'g0' holds 'b0', which is not a node "
        "(nodes: a0, a1, a10, a100, a101, a102 and 494 more)"
    ]
    assert len(caught.value.faults) == 500


def test_the_messages_on_a_group_do_not_repeat_a_long_name():
    nodes = ", ".join(["same"] * 50 + [f"n{at}" for at in range(50)])
    groups = f"{{nodes: [], groups: [{{name: {'g' * 10_000}, nodes: [{nodes}]}}]}}"
    with pytest.raises(FaultError) as caught:
        nodeset_of(read(groups.encode()).value, Place(1, 1))
    messages = [fault.message for fault in caught.value.faults]
    assert messages[:2] == [
        f"the group '{'g' * 200}…' holds {node!r}, which is not a node (nodes: none)"
        for node in ("same", "n0")
    ]
    assert len(messages) == 51


def test_the_templates_of_a_project_are_looked_up_in_proportion(tmp_path: Path):
    def of(size: int) -> Callable[[], object]:
        folder = tmp_path / str(size)
        folder.mkdir()
        names = [f"t{at}" for at in range(size)]
        text = "- job: {name: j}\n- project: {templates: [" + ", ".join(names) + "]}\n"
        text += "".join(
            f"- project-template: {{name: {name}, check: {{jobs: [j]}}}}\n" for name in names
        )
        (folder / ".zuul.yaml").write_text(text)
        layout = SingleRepository.at(folder).read().resolver.layout
        return lambda: shared_projects(layout)

    assert growth(of, 100) < 2.2


@pytest.mark.parametrize(
    "text",
    [
        "- job: {name: LONG, files: [MANY]}", "- job: {name: LONG, MANY}",
        "- pipeline: {name: LONG, manager: independent, trigger: {x: [{event: [MANY]}]}}",
        "- nodeset: {name: n, nodes: [{name: LONG, label: l}], groups: [{name: g, nodes: [MANY]}]}",
    ],
)  # fmt: skip
def test_mistakes_do_not_repeat_a_long_name(text: str):
    many = ", ".join(f"({at}" for at in range(50))
    mistakes = parse(text.replace("LONG", "n" * 10_000).replace("MANY", many).encode()).mistakes
    assert len(mistakes) == 50
    assert sum(len(mistake.message) + len(mistake.name) for mistake in mistakes) < 50_000


def test_a_long_name_is_cut_where_it_is_meant():
    assert did_you_mean("named", ["n" * 300, f"named-{'n' * 300}"]) == (
        f"; did you mean 'named-{'n' * 194}…'?"
    )
