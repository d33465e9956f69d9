"""What is read of folders, patterns and archives, and what is named because it is not."""

from __future__ import annotations

import datetime
import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from groundrules.verify.node_facts import NodeFacts, NodeKind, SkippedFacts
from groundrules.verify.reading import archive_bounds, fact_archives
from groundrules.verify.reading.archive_bounds import Unpacked
from groundrules.verify.reading.fact_paths import FactPathError, builds_at, checked_paths
from groundrules.verify.reading.node_build import FactReader

NOW = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
FACTS = b"ansible_memtotal_mb: 7964\n"
INVENTORY = b"all: {hosts: {a: {nodepool: {label: small, provider: rax, region: DFW}}}}\n"
BOMB = bytes(2**20)


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def read(folder: Path, *paths: str, given: NodeKind = NodeKind()) -> list[str]:
    """Return a line for each node or reason, with paths below the folder."""
    reader = FactReader(NOW, given=given)
    lines = []
    for build in builds_at([str(folder / path) for path in paths], folder):
        results = [build] if isinstance(build, SkippedFacts) else reader.facts_in(build)
        for result in results:
            source = result.source.removeprefix(f"{folder.as_posix()}/")
            if isinstance(result, NodeFacts):
                kind = "/".join((result.kind.label, result.kind.provider, result.kind.region))
                value = result.facts.get("ansible_memtotal_mb")
                lines.append(f"{source}: {result.node} {kind} {value}")
            else:
                lines.append(f"{source}: {result.reason}")
    return lines


BUILDS = {
    "1/zuul-info/host-info.a.yaml": FACTS,
    "1/zuul-info/host-info.b.yaml": FACTS,
    "1/zuul-info/inventory.yaml": INVENTORY,
    "1/job-output.json": b"{}",
    "2/zuul-info/host-info.a.yaml": FACTS,
}
OF_BUILDS = [
    "1/zuul-info/host-info.a.yaml: a small/rax/DFW 7964",
    "1/zuul-info/host-info.b.yaml: b // 7964",
    "2/zuul-info/host-info.a.yaml: a // 7964",
]


def below(name: str, lines: list[str]) -> list[str]:
    return [f"{name}/{line}" for line in lines]


def test_the_logs_of_builds_in_a_folder(tmp_path: Path):
    write(tmp_path, BUILDS)
    assert read(tmp_path, "") == OF_BUILDS


def test_what_is_given_is_for_nodes_of_which_it_is_not_known(tmp_path: Path):
    write(tmp_path, BUILDS)
    assert read(tmp_path, "1", given=NodeKind("big", "ovh", "")) == [
        "1/zuul-info/host-info.a.yaml: a small/rax/DFW 7964",
        "1/zuul-info/host-info.b.yaml: b big/ovh/ 7964",
    ]


@pytest.mark.parametrize(
    "pattern",
    ["*/zuul-info/host-info.*.yaml", "**/host-info.?.yaml", "[12]", "**/zuul-info", "*/zuul-*/*"],
)
def test_a_pattern(tmp_path: Path, pattern: str):
    write(tmp_path, BUILDS)
    assert read(tmp_path, pattern) == OF_BUILDS


def test_a_pattern_that_matches_a_part(tmp_path: Path):
    write(tmp_path, BUILDS)
    assert read(tmp_path, "*/zuul-info/host-info.b.*") == OF_BUILDS[1:2]
    assert read(tmp_path, "*/host-info.b.*") == []


def test_a_file_that_is_named(tmp_path: Path):
    write(tmp_path, BUILDS)
    path = "1/zuul-info/host-info.a.yaml"
    assert read(tmp_path, path, "2/zuul-info/host-info.a.yaml") == [OF_BUILDS[0], OF_BUILDS[2]]


def test_files_as_ansible_names_them(tmp_path: Path):
    write(tmp_path, {"web01.example.org": FACTS, "web02.json": b'{"ansible_facts": {}}'})
    assert read(tmp_path, "") == [
        "web01.example.org: web01.example.org // 7964",
        "web02.json: it has no facts of Ansible or facter",
    ]


def test_a_packed_file(tmp_path: Path):
    packed = gzip.compress(FACTS)
    write(tmp_path, {"x/host-info.a.yaml.gz": packed, "x/host-info.b.yaml.gz": packed[:-9]})
    write(tmp_path, {"x/host-info.c.yaml.gz": gzip.compress(BOMB * 5)})
    assert read(tmp_path, "x") == [
        "x/host-info.a.yaml.gz: a // 7964",
        "x/host-info.b.yaml.gz: it is no complete gzip file",
        "x/host-info.c.yaml.gz: it is larger than 4 MiB, so it is not read",
    ]


def test_two_files_about_one_node(tmp_path: Path):
    write(tmp_path, {"x/host-info.a.json": b'{"memtotal_mb": 1}', "x/host-info.a.yaml": FACTS})
    assert read(tmp_path, "x") == [
        "x/host-info.a.yaml: another file here is about the node a",
        "x/host-info.a.json: a // 1",
    ]


def test_links_and_pipes_are_named(tmp_path: Path):
    write(tmp_path, {"secret": FACTS, "x/y/host-info.a.yaml": FACTS})
    (tmp_path / "x/host-info.l.yaml").symlink_to(tmp_path / "secret")
    (tmp_path / "x/z").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "x/host-info.p.yaml")
    assert read(tmp_path, "x") == [
        "x/host-info.l.yaml: it is a symbolic link, which is not followed",
        "x/host-info.p.yaml: it is not a plain file",
        "x/y/host-info.a.yaml: a // 7964",
    ]


def test_a_link_that_leads_out_of_the_checkout(tmp_path: Path):
    write(tmp_path, {"secret": FACTS, "own/.git/HEAD": b""})
    (tmp_path / "own/link").symlink_to(tmp_path / "secret")
    assert [str(found) for found in builds_at([str(tmp_path / "own/link")], tmp_path / "own")] == [
        str(
            SkippedFacts(
                str(tmp_path / "own/link"),
                "a symbolic link on the way leads out of the repository",
            )
        )
    ]


def test_an_inventory_that_cannot_be_read_is_named(tmp_path: Path):
    write(
        tmp_path, {"x/host-info.a.yaml": FACTS, "x/inventory.yaml": b"all: {hosts: {a: 1, a: 2}}"}
    )
    assert read(tmp_path, "x") == [
        "x/inventory.yaml: it names no labels: line 1: the key 'a' is written twice "
        "(first on line 1); keep one of them",
        "x/host-info.a.yaml: a // 7964",
    ]


def test_many_files_in_one_folder_are_read_in_parts(tmp_path: Path):
    write(tmp_path, {f"host-info.{number:04}.yaml": FACTS for number in range(450)})
    assert len([*builds_at([str(tmp_path)], tmp_path)]) == 3
    assert len(read(tmp_path, "")) == 450


def test_a_path_that_does_not_exist(tmp_path: Path):
    with pytest.raises(FactPathError) as error:
        checked_paths([str(tmp_path), "nothing"])
    assert str(error.value) == "nothing does not exist; name a file, folder, archive or pattern"
    assert checked_paths(["a*", "a*"]) == ("a*",)


def test_a_folder_without_facts(tmp_path: Path):
    write(tmp_path, {"a/b": b"", "c": b""})
    assert read(tmp_path, "") == []


def tar(path: Path, files: dict[str, bytes], mode: str) -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def pack(path: Path, files: dict[str, bytes]) -> str:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    else:
        tar(path, files, "w" if path.suffix == ".tar" else "w:gz")
    return path.name


@pytest.mark.parametrize("name", ["logs.tar", "logs.tar.gz", "logs.tgz", "logs.zip"])
def test_an_archive(tmp_path: Path, name: str):
    pack(tmp_path / name, BUILDS)
    assert read(tmp_path, name) == below(name, OF_BUILDS)


def test_an_archive_whose_names_begin_with_a_dot(tmp_path: Path):
    name = pack(tmp_path / "logs.tar", {f"./{path}": data for path, data in BUILDS.items()})
    assert read(tmp_path, name) == below(name, OF_BUILDS)


@pytest.mark.parametrize("name", ["logs.tar", "logs.tgz", "logs.zip"])
def test_members_that_are_not_read(tmp_path: Path, name: str):
    files = {
        "../x/host-info.a.yaml": FACTS,
        "/y/host-info.a.yaml": FACTS,
        "z/host-info.a.yaml": FACTS * 200_000,
        "z/host-info.b.yaml": FACTS,
    }
    pack(tmp_path / name, files)
    assert sorted(read(tmp_path, name)) == below(name, [
        "../x/host-info.a.yaml: its name leads out of the archive",
        "/y/host-info.a.yaml: its name leads out of the archive",
        "z/host-info.a.yaml: it is larger than 4 MiB, so it is not read",
        "z/host-info.b.yaml: b // 7964",
    ])  # fmt: skip


def test_two_documents_of_one_node_in_a_large_folder_of_an_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fact_archives, "_TOGETHER", 1)
    files = {"x/host-info.a.json": b'{"memtotal_mb": 1}', "x/host-info.a.yaml": FACTS}
    pack(tmp_path / "logs.tar", files)
    assert read(tmp_path, "logs.tar") == [
        "logs.tar/x/host-info.a.json: a // 1",
        "logs.tar/x/host-info.a.yaml: another file here is about the node a",
    ]


def test_links_and_devices_in_a_tar(tmp_path: Path):
    with tarfile.open(tmp_path / "logs.tar", "w") as archive:
        for name, kind in (("l", tarfile.SYMTYPE), ("d", tarfile.CHRTYPE), ("h", tarfile.LNKTYPE)):
            member = tarfile.TarInfo(f"x/host-info.{name}.yaml")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    assert read(tmp_path, "logs.tar") == below("logs.tar", [
        "x/host-info.l.yaml: it is a link or a device",
        "x/host-info.d.yaml: it is a link or a device",
        "x/host-info.h.yaml: it is a link or a device",
    ])  # fmt: skip


def test_a_link_in_a_zip(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "logs.zip", "w") as archive:
        info = zipfile.ZipInfo("host-info.l.yaml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert read(tmp_path, "logs.zip") == ["logs.zip/host-info.l.yaml: it is a link or a device"]


@pytest.mark.parametrize("name", ["logs.tar", "logs.tgz", "logs.zip"])
def test_every_cut_of_an_archive_is_named_and_nothing_is_read_wrong(tmp_path: Path, name: str):
    pack(tmp_path / name, {f"{number}/host-info.a.yaml": FACTS for number in range(3)})
    data = (tmp_path / name).read_bytes()
    whole = read(tmp_path, name)
    for length in range(1, len(data.rstrip(b"\0")), max(1, len(data) // 60)):
        (tmp_path / name).write_bytes(data[:length])
        *lines, last = read(tmp_path, name)
        assert last == f"{name}: it is damaged or cut; the rest of it is not read", length
        assert set(lines) <= set(whole)  # the end can be cut after the last member


def test_damage_in_the_middle_of_a_tar_is_not_its_end(tmp_path: Path):
    pack(tmp_path / "logs.tar", {f"{number}/host-info.a.yaml": FACTS for number in range(3)})
    data = bytearray((tmp_path / "logs.tar").read_bytes())
    data[1024:1536] = b"x" * 512
    (tmp_path / "logs.tar").write_bytes(data)
    assert read(tmp_path, "logs.tar") == [
        "logs.tar/0/host-info.a.yaml: a // 7964",
        "logs.tar: it is damaged or cut; the rest of it is not read",
    ]


@pytest.mark.parametrize("name", ["logs.tgz", "logs.zip"])
def test_an_archive_that_unpacks_to_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    monkeypatch.setattr(archive_bounds, "_FREE", 4 * 2**20)
    files = {f"{number:03}/host-info.a.yaml": BOMB * 4 for number in range(5)}
    pack(tmp_path / name, files)
    assert read(tmp_path, name)[-1] == (
        f"{name}: it unpacks to more than 400 times its size; the rest of it is not read"
    )


def test_the_first_64_megabytes_of_an_archive_are_free():
    assert Unpacked(io.BytesIO(), 1000).most == 64 * 2**20 + 400 * 1000


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE])
def test_a_header_that_is_too_large(tmp_path: Path, kind: bytes):
    header = tarfile.TarInfo("x")
    header.type, header.size = kind, 2**33
    data = header.tobuf(tarfile.GNU_FORMAT) + BOMB * 4
    with gzip.open(tmp_path / "logs.tgz", "wb") as packed:
        packed.write(data)
    assert read(tmp_path, "logs.tgz") == [
        "logs.tgz: a header in it is larger than 2 MiB; the rest of it is not read"
    ]


def test_a_member_that_is_too_large_to_pass_over(tmp_path: Path):
    header = tarfile.TarInfo("job-output.txt")
    header.size = 2**31
    (tmp_path / "logs.tar").write_bytes(header.tobuf(tarfile.GNU_FORMAT))
    assert read(tmp_path, "logs.tar") == [
        "logs.tar: the member 'job-output.txt' is larger than 1 GiB; the rest of it is not read"
    ]


def test_a_zip_with_a_password_or_too_many_members(tmp_path: Path):
    pack(tmp_path / "logs.zip", {"host-info.a.yaml": FACTS})
    data = bytearray((tmp_path / "logs.zip").read_bytes())
    locked, full = data.copy(), data.copy()
    locked[data.index(b"PK\1\2") + 8] |= 1
    end = data.index(b"PK\5\6")
    full[end + 10 : end + 12] = b"\xff\xff"
    write(tmp_path, {"locked.zip": locked, "full.zip": full})
    assert read(tmp_path, "locked.zip", "full.zip") == [
        "locked.zip: it is damaged or cut; the rest of it is not read",
        "full.zip: a zip of more than 65,534 members needs too much memory; use .tar.gz; "
        "the rest of it is not read",
    ]
