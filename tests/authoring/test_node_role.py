"""The files of the role: what they have, and that only they are replaced."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from groundrules.authoring.node_role.role_data import ANY, RoleData, RolePromise, role_data
from groundrules.authoring.node_role.role_files import (
    ForeignFileError,
    is_own,
    role_files,
    write_role_files,
)
from groundrules.records.loading import load
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.node_promises import NodePromise, UncertainPromise, promises_of

MANUAL = "{title: M, publisher: Us, summary: Rules., site: 'https://manual.example.org/'}\n"
PLATFORM = """\
id: vm
title: VM
summary: A machine.
labels:
  - {name: small, operating_system: Debian 13}
  - {name: big, operating_system: Debian 13}
  - {name: '123', operating_system: Debian 13}
providers:
  - {name: rax, region: DFW, status: active, as_of: 2026-01-01}
  - {name: rax, region: ORD, status: active, as_of: 2026-01-01}
  - {name: ovh-gra1, status: active, as_of: 2026-01-01}
"""
TOPIC = """\
topic: memory
title: Memory
expectations:
  - id: memory
    title: The memory
    standing: guaranteed
    statement: There is memory.
    since: 2026-01-01
    measure: {fact: ansible_memtotal_mb, at_least: 7600, at_most: 9000, unit: MB}
    except:
      - {labels: [big], measure: {fact: ansible_memtotal_mb, at_least: 15400}}
      - providers: [rax]
        regions: [DFW]
        standing: varies
        measure: {fact: ansible_memtotal_mb, at_least: 7000}
        since: 2026-03-01
        until: 2026-03-31
  - id: user
    title: The user
    standing: present
    statement: There is a user.
    measure: {fact: ansible_user_id, one_of: [zuul, root]}
"""
HOSTILE = "{{ lookup('pipe', 'touch pwned') }}{% raw %}{# \"'"
DAYS = [
    datetime.date(2026, 1, 1),
    *(datetime.date(2026, month, day) for month in (2, 3, 4) for day in (1, 28)),
    datetime.date(2030, 1, 1),
]
NODES = [
    ("rax", "DFW"), ("RAX", "dfw"), ("rax-dfw", ""), ("rax-DFW", "other"), ("rax", "ORD"),
    ("rax", ""), ("RAX", ""), ("rax", "LON"), ("ovh-gra1", "GRA1"), ("ovh-gra1", ""),
    ("", ""), ("new", "R"),
]  # fmt: skip


def manual(folder: Path, topic: str = TOPIC) -> Path:
    files = {
        "manual.yaml": MANUAL,
        "platforms/vm.yaml": PLATFORM,
        "expectations/memory.yaml": topic,
    }
    for name, text in files.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def data_of(folder: Path, topic: str = TOPIC) -> RoleData:
    loaded = load(manual(folder, topic))
    assert [str(finding) for finding in loaded.report.diagnostics] == []
    return role_data(loaded.catalogue)


def chosen(data: RoleData, label: str, provider: str, region: str, day: datetime.date):
    """Return the rows that the role chooses, by the expressions of its variables."""
    keys = [f"{provider}/{region}".lower(), f"{provider}/*".lower(), ANY]
    rows = (data.promises[name] for name in data.labels[label])
    return [
        row
        for row in rows
        if row.first <= day <= row.last
        and next(key for key in keys if key in row.known) in row.providers
    ]


@pytest.mark.parametrize("node", NODES, ids="/".join)
@pytest.mark.parametrize("label", ["small", "big", "123"])
def test_a_node_is_compared_with_what_is_promised_to_it(
    tmp_path: Path, label: str, node: tuple[str, str]
):
    catalogue = load(manual(tmp_path)).catalogue
    data, said = role_data(catalogue), list(promises_of(catalogue, NodeKind(label, *node)))
    for day in DAYS:
        assert sorted(map(shown, chosen(data, label, *node, day))) == sorted(
            shown(promise) for promise in said if is_of(promise, day)
        )


def is_of(promise: NodePromise | UncertainPromise, day: datetime.date) -> bool:
    if isinstance(promise, UncertainPromise):
        return True
    return (promise.first or day) <= day <= (promise.last or day)


def shown(said: NodePromise | UncertainPromise | RolePromise) -> str:
    if isinstance(said, UncertainPromise):
        return f"{said.expectation} None None"
    return f"{said.expectation} {said.standing} {said.bound}"


def test_labels_with_the_same_promise_have_one_row(tmp_path: Path):
    data = data_of(tmp_path)
    assert data.labels["small"] == data.labels["123"]
    assert data.labels["big"] != data.labels["small"]


def test_a_unit_of_another_quantity_is_a_reason(tmp_path: Path):
    topic = TOPIC[: TOPIC.index("    except:")].replace("unit: MB", "unit: hours")
    data = role_data(load(manual(tmp_path, topic)).catalogue)
    assert data.promises == {
        "memory/1": RolePromise(
            "memory", reason="the measure is in hours, and ansible_memtotal_mb is in MB"
        )
    }


class Unsafe(str):
    """A text that Ansible does not evaluate."""


class AnsibleLoader(yaml.SafeLoader):
    """Reads the tag that Ansible's loader knows."""


AnsibleLoader.add_constructor("!unsafe", lambda loader, node: Unsafe(loader.construct_scalar(node)))


def texts(value: object):
    if isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def test_no_text_of_a_record_is_a_template(tmp_path: Path):
    topic = TOPIC[: TOPIC.index("    except:")].replace("The memory", HOSTILE.replace("'", "''"))
    topic = topic.replace("    title: {{", "    title: '{{").replace("\"''\n", "\"'''\n")
    topic += (
        "  - id: user\n    title: User\n    standing: guaranteed\n    statement: A user.\n"
        "    measure:\n      fact: ansible_x.{{ 1 }}\n      one_of: ['{{ 2 }}', '{% 3 %}']\n"
        "      unit: '{# 4 #}'\n"
    )
    data = role_data(load(manual(tmp_path, topic)).catalogue)
    assert data.expectations["memory"].title == HOSTILE
    content = yaml.load(role_files(data, "role")["vars/main.yml"], AnsibleLoader)  # noqa: S506
    own = ("groundrules_expectations", "groundrules_promises", "groundrules_labels")
    read = list(texts({name: content[name] for name in own}))
    assert [text for text in read if "{" in text and not isinstance(text, Unsafe)] == []
    assert {HOSTILE, "{{ 2 }}", "{% 3 %}", "{# 4 #}", "ansible_x.{{ 1 }}"} <= {*map(str, read)}


def test_the_address_of_the_manual_is_no_template(tmp_path: Path):
    files = role_files(RoleData(site="https://example.org/{{ 1 }}"), "role")
    content = yaml.load(files["defaults/main.yml"], AnsibleLoader)  # noqa: S506
    assert isinstance(content["groundrules_manual"], Unsafe)
    assert content["groundrules_manual"] == "https://example.org/{{ 1 }}"


@given(st.text())
def test_any_text_stays_as_it_is(text: str):
    files = role_files(RoleData(site=text), "role")
    content = yaml.load(files["defaults/main.yml"], AnsibleLoader)  # noqa: S506
    assert content["groundrules_manual"] == text
    assert "{" not in text or isinstance(content["groundrules_manual"], Unsafe)


def test_the_readme_names_the_role_and_its_promises(tmp_path: Path):
    text = role_files(data_of(tmp_path), "promises")["README.rst"]
    assert "       - role: promises\n" in text
    assert text.endswith("\n* ``memory``: The memory\n* ``user``: The user\n")


def names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_a_role_is_written_once(tmp_path: Path):
    files, folder = role_files(data_of(tmp_path), "role"), tmp_path / "roles/role"
    assert [path.relative_to(folder).as_posix() for path in write_role_files(folder, files)] == [
        "README.rst",
        "defaults/main.yml",
        "meta/argument_specs.yml",
        "meta/main.yml",
        "tasks/main.yml",
        "vars/main.yml",
    ]
    assert write_role_files(folder, files) == []
    assert names(folder) == sorted(files)


def test_a_role_of_other_data_is_replaced_where_it_differs(tmp_path: Path):
    folder = tmp_path / "role"
    write_role_files(folder, role_files(data_of(tmp_path), "role"))
    other = role_files(data_of(tmp_path, TOPIC.replace("7600", "7700")), "role")
    assert write_role_files(folder, other) == [tmp_path / "role/vars/main.yml"]


def refused(folder: Path, files: dict[str, str]) -> str:
    with pytest.raises(ForeignFileError) as raised:
        write_role_files(folder, files)
    return str(raised.value).replace(str(folder), "ROLE")


def test_a_file_of_somebody_else_is_not_replaced(tmp_path: Path):
    (tmp_path / "role/tasks").mkdir(parents=True)
    (tmp_path / "role/tasks/main.yml").write_text("- debug:\n")
    assert refused(tmp_path / "role", role_files(RoleData(), "role")) == (
        "ROLE/tasks/main.yml was not written by this command, or was changed since; move it, or "
        "choose another folder"
    )
    assert names(tmp_path / "role") == ["tasks/main.yml"]


@pytest.mark.parametrize("path", sorted(role_files(RoleData(), "role")))
def test_a_file_that_was_changed_is_not_replaced(tmp_path: Path, path: str):
    files = role_files(RoleData(), "role")
    write_role_files(tmp_path, files)
    (tmp_path / path).write_text(f"{files[path]}# mine\n")
    assert refused(tmp_path, files) == (
        f"ROLE/{path} was not written by this command, or was changed since; move it, or choose "
        "another folder"
    )


def test_other_files_stay(tmp_path: Path):
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks/mine.yml").write_text("- debug:\n")
    write_role_files(tmp_path, role_files(RoleData(), "role"))
    assert (tmp_path / "tasks/mine.yml").read_text() == "- debug:\n"


def test_a_link_is_not_followed(tmp_path: Path):
    (tmp_path / "role").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "role/tasks").symlink_to(tmp_path / "elsewhere")
    assert refused(tmp_path / "role", role_files(RoleData(), "role")) == (
        "ROLE/tasks/main.yml is behind a link or a file; move it, or choose another folder"
    )
    assert names(tmp_path / "elsewhere") == []


@pytest.mark.parametrize("make", ["mkdir", "link"])
def test_what_is_not_a_file_is_not_replaced(tmp_path: Path, make: str):
    (tmp_path / "role/tasks").mkdir(parents=True)
    path = tmp_path / "role/tasks/main.yml"
    path.mkdir() if make == "mkdir" else path.symlink_to(tmp_path / "other.yml")
    assert refused(tmp_path / "role", role_files(RoleData(), "role")) == (
        "ROLE/tasks/main.yml is not a file; move it, or choose another folder"
    )


@pytest.mark.parametrize(
    "content", [b"", b"# Written by groundrules verify --write-role, 0.\n", b"\xff", b"#"]
)
def test_another_head_is_not_of_a_role(content: bytes):
    assert not is_own(content)
