"""Files that git cannot carry, or that it would change on the way: made here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from groundrules.records import load

BASE = Path(__file__).parent / "base"
Findings = Callable[[Path], str]
VM = b"id: vm\ntitle: Virtual machine\nsummary: One for each job.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that is in order, in a folder of its own."""
    return shutil.copytree(BASE, tmp_path / "project")


@pytest.fixture
def vm(root: Path) -> Path:
    """The place of a further platform."""
    return root / "data/platforms/vm.yaml"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (VM.replace(b"One", b"Caf\xe9"), "3:13: the byte 0xe9 is not UTF-8"),
        ("id: vm\n".encode("utf-16"), "1:1: the byte 0xff is not UTF-8"),
        (b"id: vm\r\nid: \xff", "2:5: the byte 0xff is not UTF-8"),
        (b"\x80", "1:1: the byte 0x80 is not UTF-8"),
    ],
)
def test_bytes_that_are_not_utf_8(vm: Path, root: Path, findings: Findings, data, expected):
    vm.write_bytes(data)
    assert findings(root) == f"data/platforms/vm.yaml:{expected}; save the file as UTF-8 [GR101]\n"


@pytest.mark.parametrize("data", [b"id: \x00vm", b"id: \x07vm", "id: \ufffevm".encode()])
def test_characters_that_yaml_does_not_allow(vm: Path, root: Path, findings: Findings, data):
    vm.write_bytes(data)
    code = f"{ord(data.decode()[4]):04X}"
    assert findings(root) == (
        f"data/platforms/vm.yaml:1:5: the character U+{code} is not allowed in YAML; "
        "remove it [GR102]\n"
    )


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbf" + VM, VM.replace(b"\n", b"\r\n"), VM.replace(b"\n", b"\r"), VM.strip()],
    ids=["a byte order mark", "CRLF", "CR", "no line end"],
)
def test_other_ways_to_save_a_text_are_silent(vm: Path, root: Path, findings: Findings, data):
    vm.write_bytes(data)
    assert findings(root) == ""


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_places_do_not_depend_on_line_ends_or_mark(
    vm: Path, root: Path, findings: Findings, mark, end
):
    vm.write_bytes(mark + b"titel: VM\n".replace(b"\n", end) + VM.replace(b"\n", end))
    assert findings(root) == (
        "data/platforms/vm.yaml:1:1: unknown key 'titel'; did you mean 'title'? [GR105]\n"
    )


def test_a_file_of_50_mb_is_refused_unread(vm: Path, root: Path, findings: Findings):
    with vm.open("wb") as stream:
        stream.truncate(50 * 10**6)
    assert findings(root) == (
        "data/platforms/vm.yaml:1:1: the file is larger than 4 MiB; split it [GR101]\n"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(vm: Path, root: Path, findings: Findings):
    os.mkfifo(vm)
    assert findings(root) == (
        "data/platforms/vm.yaml:1:1: this is not a plain file; replace it with one [GR101]\n"
    )


def test_a_link_to_a_file_outside_is_not_followed(vm: Path, root: Path, findings: Findings):
    (root / "secret.yaml").write_bytes(VM)
    vm.symlink_to("../../secret.yaml")
    assert findings(root) == (
        "data/platforms/vm.yaml:1:1: a symbolic link leads out of the data folder; "
        "put the file itself here [GR104]\n"
    )


@pytest.mark.parametrize("name", ["graphs", "elsewhere", "manual.yaml"])
def test_no_other_link_leads_out_either(root: Path, findings: Findings, name):
    link = root / "data" / name
    target = shutil.move(link, root / "outside") if link.exists() else root / ".."
    link.symlink_to(target)
    assert findings(root) == (
        f"data/{name}:1:1: a symbolic link leads out of the data folder; "
        "put the file itself here [GR104]\n"
    )


def test_the_data_folder_itself_may_not_lead_out(root: Path, tmp_path: Path, findings: Findings):
    shutil.move(root / "data", tmp_path / "moved")
    (root / "data").symlink_to(tmp_path / "moved")
    assert findings(root) == (
        "data:1:1: a symbolic link leads out of the data folder; put the file itself here [GR104]\n"
    )


def test_links_inside_the_data_folder_are_followed(vm: Path, root: Path, findings: Findings):
    (root / "data/schemas").mkdir()
    (root / "data/schemas/vm.yaml").write_bytes(VM)
    vm.symlink_to("../schemas/vm.yaml")
    assert findings(root) == ""


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("nothing.yaml", "the file cannot be read: No such file or directory [GR101]"),
        ("vm.yaml", "the file cannot be read: Too many levels of symbolic links [GR101]"),
    ],
)
def test_links_to_nothing(vm: Path, root: Path, findings: Findings, target, expected):
    vm.symlink_to(target)
    assert findings(root).startswith(f"data/platforms/vm.yaml:1:1: {expected}")


def test_a_folder_in_the_place_of_a_file(root: Path, findings: Findings):
    (root / "data/platforms/vm.yaml").mkdir()
    assert findings(root) == (
        "data/platforms/vm.yaml:1:1: records in folders below platforms/ are not read; "
        "move the files to platforms/ [GR104]\n"
    )


def test_an_empty_data_folder(tmp_path: Path, findings: Findings):
    (tmp_path / "data").mkdir()
    assert findings(tmp_path) == (
        "data/manual.yaml:1:1: manual.yaml is missing; "
        "write one with title, publisher and summary, or let 'groundrules init --add' write it "
        "[GR100]\n"
    )


def test_a_manual_with_the_wrong_extension_is_reported_once(root: Path, findings: Findings):
    (root / "data/manual.yaml").rename(root / "data/manual.yml")
    assert findings(root) == (
        "data/manual.yml:1:1: files of records end in '.yaml'; rename this to manual.yaml [GR104]\n"
    )


@pytest.mark.parametrize("folder", ["platforms", "expectations", "graphs", "sessions"])
def test_a_misspelt_folder_is_reported_once(root: Path, findings: Findings, folder):
    (root / "data" / folder).rename(root / "data" / f"{folder}x")
    assert findings(root) == (
        f"data/{folder}x:1:1: unknown folder '{folder}x'; did you mean {folder!r}? [GR104]\n"
    )


@pytest.mark.parametrize(
    "name",
    ["manual", "platforms/container", "expectations/disk", "graphs/tests", "sessions/kick-off"],
)
def test_an_unreadable_file_is_reported_once(root: Path, findings: Findings, name):
    (root / f"data/{name}.yaml").write_bytes(b"]")
    assert findings(root) == (
        f"data/{name}.yaml:1:1: a value is missing, or a bracket is not closed; "
        "write one, or quote the text [GR102]\n"
    )


def test_names_that_a_terminal_cannot_show_are_escaped(root: Path, findings: Findings):
    (root / "data/platforms/a\n::error.txt").touch()
    assert findings(root) == (
        "data/platforms/a\\n::error.txt:1:1: records are YAML; write this as a\\n::error.yaml, "
        "or move it elsewhere [GR104]\n"
    )


def test_records_know_their_places():
    catalogue = load(BASE).catalogue
    (platform,) = catalogue.platforms
    assert str(platform.location()) == "data/platforms/container.yaml:2:1"
    assert str(platform.labels[0].location("since")) == "data/platforms/container.yaml:8:12"
    assert str(platform.location("evidence", 0)) == "data/platforms/container.yaml:9:12"
    assert str(platform.location("providers")) == "data/platforms/container.yaml:2:1"
    assert catalogue.jobs.keys() == {"lint", "unit", "tests/lint", "tests/unit"}
    assert [text for text, _ in platform.prose()] == ["A small system that is gone in a minute."]
