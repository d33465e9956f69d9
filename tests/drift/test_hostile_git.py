"""Git repositories that somebody prepared: nothing of them is run, none leads out, none breaks."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from groundrules import ci
from groundrules.ci.config_source import source_of, state_of
from groundrules.ci.git import Confinement, Git, git_directory
from groundrules.ci.revisions import Revision, checkout_of
from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.sources.config_files import ROOTS
from groundrules.claims.claims import ConfigurationClaim
from groundrules.diagnostics import Diagnostic, Location
from repositories import JOB, as_bait, git, repository

OUT = "of the git repository leads out of where it may be"
BARE = (
    "a bare git repository inside this one may come with anybody's change; "
    "only --config may name it"
)
TENANT = (
    "- tenant:\n    name: t\n    source:\n      git: {config-projects: [code], "
    "untrusted-projects: []}\n"
)


def claim(**said: str) -> ConfigurationClaim:
    return ConfigurationClaim(id="ours", place=Location("data/manual.yaml"), system="zuul", **said)


def undated(edition: Revision) -> str:
    """Return an edition's words without the day, which is that of the test."""
    return edition.words.replace(f" of {edition.date}", "")


def output(root: Path, **said: str) -> str:
    """Do all that a check and a build do with a configuration; return the edition or why not."""
    where = claim(**said)
    state_of(where, root)
    try:
        found = ci.read("zuul", source_of(where, root))
        graph = found.graph("code", "check", "master")
        found.definitions("ours", "code", "master")
        if isinstance(graph, Diagnostic) or graph is None:
            return str(graph)
        return f"{', '.join(graph.by_name)} at {undated(found.edition('code', 'master'))}"
    except ci.NotAvailableError as error:
        return str(error)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "places/manual"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """A repository that nobody may see: further away than beside the manual."""
    return repository(tmp_path / "private", JOB.replace("unit", "secret"))


def settings(mark: Path) -> dict[str, str]:
    run = f'"touch {mark}; cat"'
    return {
        "a filter": f'[filter "x"]\n\tclean = {run}\n\tsmudge = {run}\n',
        "a monitor": f"[core]\n\tfsmonitor = {run}\n",
        "hooks": f"[core]\n\thooksPath = {mark.parent}/hooks\n",
        "a difference": f'[diff "x"]\n\ttextconv = {run}\n\tcommand = {run}\n'
        f"[diff]\n\texternal = {run}\n",
        "a pager": f"[core]\n\tpager = {run}\n[pager]\n\tcat-file = {run}\n\tls-files = {run}\n",
        "an alias": f'[alias]\n\trev-parse = "!touch {mark}"\n\tls-files = "!touch {mark}"\n',
        "credentials": f"[credential]\n\thelper = {run}\n",
        "a remote to fetch from": f"[core]\n\tsshCommand = {run}\n[extensions]\n\t"
        'partialClone = origin\n[remote "origin"]\n\turl = ssh://x/y\n\tpromisor = true\n'
        f'\tuploadpack = {run}\n[remote "ext"]\n\turl = ext::touch {mark}\n',
        "an included file": f"[include]\n\tpath = {mark.parent}/included\n",
        "a file that never ends": "[include]\n\tpath = /dev/stdin\n",
        "another work tree": "[core]\n\tworktree = /\n",
    }


def armed(folder: Path, what: str) -> Path:
    """Give a repository a setting that runs a program where git obeys it; return its mark."""
    mark = folder.parent / "mark"
    config = folder / (".git/config" if (folder / ".git").is_dir() else "config")
    config.write_text(f"{config.read_text()}{settings(mark)[what]}")
    (folder / ".gitattributes").write_text(".zuul.yaml filter=x diff=x\n")
    (folder / ".zuul.yaml").write_text(f"{JOB}# Changed.\n")
    (folder.parent / "included").write_text(settings(mark)["a monitor"])
    (folder.parent / "hooks").mkdir()
    for name in ("post-index-change", "reference-transaction", "post-checkout"):
        (folder.parent / "hooks" / name).write_text(f"#!/bin/sh\ntouch {mark}\n")
        (folder.parent / "hooks" / name).chmod(0o755)
    return mark


KINDS = [*settings(Path())]


@pytest.mark.parametrize("what", KINDS)
def test_a_folder_of_the_change_that_is_a_git_directory_runs_nothing(root: Path, what: str):
    bait = as_bait(repository(root / "bait"))
    config = bait / "config"
    config.write_text(f"{config.read_text()}[core]\n\tbare = false\n\tworktree = .\n")
    mark = armed(bait, what)
    assert output(root, path="bait").startswith("unit at snapshot ")
    assert output(root, git="bait") == f"bait: {BARE}"
    assert not mark.exists()


@pytest.mark.parametrize("what", KINDS)
def test_a_checkout_runs_nothing_of_what_it_configures(root: Path, what: str):
    """The settings are the user's own, or were brought by whoever unpacked the folder."""
    commit = git(repository(root / "code"), "rev-parse", "HEAD")[:12]
    mark = armed(root / "code", what)
    assert output(root, git="code") == f"unit at commit {commit}"
    assert output(root, path="code") == (
        f"unit at commit {commit} with changes that are not committed"
    )
    assert not mark.exists()


@pytest.mark.parametrize("what", KINDS)
def test_nor_does_a_repository_of_a_tenant(root: Path, what: str):
    pipeline = "- pipeline: {name: check, manager: independent}\n"
    repository(root / "code", f"{pipeline}{JOB}".replace("null}", "null, run: x.yaml}"))
    (root / "main.yaml").write_text(TENANT)
    mark = armed(root / "code", what)
    assert output(root, tenant="main.yaml").startswith("unit at snapshot ")
    assert not mark.exists()


def test_git_itself_would_have_run_it(tmp_path: Path):
    """The settings above are no dead letters: git's own comparison obeys the first."""
    mark = armed(repository(tmp_path / "code"), "a filter")
    (tmp_path / "code/.zuul.yaml").write_text(JOB)  # of the size that the index knows
    git(tmp_path / "code", "status")
    assert mark.exists()


def test_an_object_that_is_not_there_is_not_fetched(root: Path):
    folder = repository(root / "code")
    blob = git(folder, "rev-parse", "HEAD:.zuul.yaml")
    (folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    mark = armed(folder, "a remote to fetch from")
    assert output(root, git="code") == f"code: git does not have the object {blob}"
    assert not mark.exists()


def empty(folder: Path) -> Path:
    folder.mkdir()
    git(folder, "init", "-q", "-b", "master")
    return folder / ".git"


def linked(name: str) -> object:
    def made(code: Path, private: Path) -> str:
        place = empty(code) / name
        if place.is_dir():
            for each in sorted(place.rglob("*"), reverse=True):
                each.unlink() if each.is_file() else each.rmdir()
            place.rmdir()
        place.unlink(missing_ok=True)
        place.symlink_to(private / ".git" / name)
        return name

    return made


def link_git(code: Path, private: Path) -> str:
    code.mkdir()
    (code / ".git").symlink_to(private / ".git")
    return ".git"


def name_git(code: Path, private: Path) -> str:
    code.mkdir()
    (code / ".git").write_text(f"gitdir: {private}/.git\n")
    return ".git"


def share(code: Path, private: Path) -> str:
    (empty(code) / "commondir").write_text(f"{private}/.git\n")
    return ".git"


def borrow(code: Path, private: Path) -> str:
    (empty(code) / "objects/info").mkdir(exist_ok=True)
    (code / ".git/objects/info/alternates").write_text(f"# as clone -s\n{private}/.git/objects\n")
    return "objects"


def borrow_in_turn(code: Path, private: Path) -> str:
    repository(code.parent / "between")
    borrowed = code.parent / "between/.git/objects/info/alternates"
    borrowed.write_text(f"{private}/.git/objects\n")
    (empty(code) / "objects/info/alternates").write_text("../../../between/.git/objects\n")
    return "objects"


def one_ref(code: Path, private: Path) -> str:
    (empty(code) / "refs/heads/master").symlink_to(private / ".git/refs/heads/master")
    return "master"


def one_fan(code: Path, private: Path) -> str:
    commit = git(private, "rev-parse", "HEAD")
    (empty(code) / "objects" / commit[:2]).symlink_to(private / ".git/objects" / commit[:2])
    return commit[:2]


WAYS_OUT = {
    "objects": linked("objects"), "refs": linked("refs"), "packed-refs": linked("packed-refs"),
    "HEAD": linked("HEAD"), "index": linked("index"), "config": linked("config"),
    "a link": link_git, "a gitdir file": name_git, "a commondir": share, "alternates": borrow,
    "alternates of alternates": borrow_in_turn, "one ref": one_ref, "some objects": one_fan,
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_part_of_a_repository_leads_out(root: Path, private: Path, way: str):
    git(private, "pack-refs", "--all", "--no-prune")
    name = WAYS_OUT[way](root.parent / "code", private)  # type: ignore[operator]
    assert output(root, git="../code") == f"../code: {name} {OUT}"


@pytest.mark.parametrize("way", WAYS_OUT)
def test_nor_does_one_of_a_tenant(root: Path, private: Path, way: str):
    git(private, "pack-refs", "--all", "--no-prune")
    (root / "main.yaml").write_text(TENANT)
    name = WAYS_OUT[way](root / "code", private)  # type: ignore[operator]
    gathered = gather_tenant(root / "main.yaml", root, bounds=Confinement(within=(root,), own=root))
    assert [str(each) for each in gathered.report.found] == [
        f"code:1:1: code: {name} {OUT} [GR613]"
    ]
    assert output(root, tenant="main.yaml") == "no project of the tenant file has a file here"


def test_links_of_the_change_lead_to_no_private_repository(root: Path, private: Path):
    bait = root / "bait"
    bait.mkdir()
    (bait / "HEAD").write_text("ref: refs/heads/master\n")
    for name in ("objects", "refs"):
        (bait / name).symlink_to(private / ".git" / name)
    assert output(root, git="bait") == f"bait: {BARE}"
    assert output(root, path="bait") == (
        "it holds no configuration: none of zuul.yaml, zuul.d, .zuul.yaml, .zuul.d"
    )


def test_the_command_line_names_what_it_likes(root: Path, private: Path):
    link_git(root.parent / "code", private)
    source = source_of(claim(git="../code", ref="master"), root, root.parent / "code")
    graph = ci.read("zuul", source).graph("code", "check", "master")
    assert graph is not None
    assert not isinstance(graph, Diagnostic)
    assert list(graph.by_name) == ["secret"]


def test_objects_may_be_borrowed_from_beside_the_manual(root: Path):
    repository(root.parent / "code")
    git(root.parent, "clone", "-q", "--shared", "code", "clone")
    commit = git(root.parent / "code", "rev-parse", "HEAD")[:12]
    assert output(root, git="../clone") == f"unit at commit {commit}"


def test_a_work_tree_beside_the_manual_may_belong_to_a_repository_elsewhere(
    root: Path, private: Path
):
    git(private, "worktree", "add", "-q", "-b", "mine", root.parent / "code")
    commit = git(private, "rev-parse", "HEAD")[:12]
    assert output(root, git="../code") == f"secret at commit {commit}"


def test_the_manual_may_be_a_work_tree(root: Path, private: Path):
    git(private, "worktree", "add", "-q", "-b", "mine", root)
    commit = git(private, "rev-parse", "HEAD")[:12]
    assert output(root, path=".") == f"secret at commit {commit}"


def test_the_manual_may_be_a_submodule(tmp_path: Path):
    repository(tmp_path / "code")
    above = repository(tmp_path / "above")
    git(above, "submodule", "--quiet", "add", str(tmp_path / "code"), "manual")
    commit = git(tmp_path / "code", "rev-parse", "HEAD")[:12]
    assert output(above / "manual", path=".") == f"unit at commit {commit}"


def test_a_work_tree_that_the_repository_does_not_know_is_none(root: Path, private: Path):
    git(private, "worktree", "add", "-q", "-b", "mine", root.parent / "true")
    (root.parent / "code").mkdir()
    (root.parent / "code/.git").write_text((root.parent / "true/.git").read_text())
    assert output(root, git="../code") == f"../code: true {OUT}"


@pytest.mark.parametrize("bait", ["bait", "../bait"])
def test_a_bare_repository_of_the_repository_around_the_manual_is_none(root: Path, bait: str):
    (root.parent / ".git").mkdir()
    as_bait(repository(root / bait))
    assert output(root, git=bait) == f"{bait}: {BARE}"


def test_a_bare_repository_beside_the_manual_is_one(root: Path):
    as_bait(repository(root.parent / "code"))
    assert output(root, git="../code").startswith("unit at commit ")


@pytest.mark.parametrize(
    "text", ["gitdir: a\0b\n", "", "gitdir: .git", "gitdir: nowhere\n", "\xff"]
)
@pytest.mark.parametrize("name", [".git", ".git/commondir", ".git/HEAD"])
def test_an_invalid_git_directory_is_reported(root: Path, name: str, text: str):
    code = root.parent / "code"
    if name == ".git":
        code.mkdir()
    else:
        empty(code)
    (code / name).write_text(text)
    assert output(root, git="../code")
    with pytest.raises(ci.NotAvailableError):
        ci.read("zuul", source_of(claim(git="../code", ref="x"), root, code)).pipelines("a", "x")


def test_a_cycle_of_links_is_reported(root: Path):
    (root.parent / "code").mkdir()
    (root.parent / "code/.git").symlink_to(".git")
    assert output(root, git="../code").startswith("../code: ")


def test_a_reference_cycle_has_no_commit(root: Path):
    heads = empty(root.parent / "code") / "refs/heads"
    (heads / "master").write_text("ref: refs/heads/main\n")
    (heads / "main").write_text("ref: refs/heads/master\n")
    assert output(root, git="../code") == "the repository has no commit on any branch"


def damaged(folder: Path, kind: str, content: str) -> None:
    """Make the branch a commit of a tree that is damaged, or a damaged commit."""
    empty(folder)
    raw = ("hash-object", "-w", "--literally", "--stdin", "-t")
    made = git(folder, *raw, kind, stdin=content)
    if kind == "tree":
        who = "t <t@example.org> 1 +0000"
        commit = f"tree {made}\nauthor {who}\ncommitter {who}\n\nx\n"
        made = git(folder, *raw, "commit", stdin=commit)
    (folder / ".git/refs/heads/master").write_text(f"{made}\n")


@pytest.mark.parametrize(
    "content",
    [
        "garbage without nul", "100644 .zuul.yaml\0short", "100644\0", " x\0" + "a" * 20,
    ],
)  # fmt: skip
def test_a_damaged_tree_is_reported(root: Path, content: str):
    damaged(root.parent / "code", "tree", content)
    assert output(root, git="../code").startswith("code: git has a damaged tree ")


def test_a_tree_with_a_missing_object_is_reported(root: Path):
    damaged(root.parent / "code", "tree", "100644 .zuul.yaml\0" + "a" * 20)
    assert output(root, git="../code") == f"code: git does not have the object {'61' * 20}"


@pytest.mark.parametrize("content", ["", "tree", "tree 1234\n", "tree " + "0" * 40, "author x\n\n"])
def test_a_damaged_commit_is_reported(root: Path, content: str):
    damaged(root.parent / "code", "commit", content)
    why = output(root, git="../code")
    assert why.startswith(
        ("code: git does not have the object", "code: git cannot read the object")
    )


@pytest.mark.parametrize("keep", [0, 1, 20])
def test_a_truncated_object_is_reported(root: Path, keep: int):
    folder = repository(root.parent / "code")
    for name in ("HEAD", "HEAD^{tree}", "HEAD:.zuul.yaml"):
        (folder / ".git/refs/heads/master").write_text(f"{git(folder, 'rev-parse', 'HEAD')}\n")
        identity = git(folder, "rev-parse", name)
        place = folder / ".git/objects" / identity[:2] / identity[2:]
        whole = place.read_bytes()
        place.chmod(0o644)
        place.write_bytes(whole[:keep])
        assert "git " in output(root, git="../code")
        place.write_bytes(whole)


def test_an_inconsistent_pack_is_reported(root: Path):
    folder = repository(root.parent / "code", JOB + "# More.\n" * 1000)
    git(folder, "gc", "-q")
    (pack,) = folder.glob(".git/objects/pack/*.pack")
    whole = pack.read_bytes()
    pack.chmod(0o644)
    for at in range(12, len(whole), 31):
        pack.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        assert output(root, git="../code")


def test_a_ref_is_a_name_and_no_search(root: Path):
    repository(root.parent / "code")
    for ref in (":/One", "master^{/One}", "master@{now}", "master..master", "a\nb", "ma*"):
        assert output(root, git="../code", ref=ref) == (
            f"git knows no branch, tag or commit {ref!r} there"
        )
    commit = git(root.parent / "code", "rev-parse", "HEAD")
    assert output(root, git="../code", ref=commit[:10]) == f"unit at commit {commit[:12]}"


def test_differences_from_the_commit_are_reported(root: Path):
    def edition() -> str:
        files = [each for each in (".zuul.yaml", "zuul.d/a.yaml") if (folder / each).exists()]
        found = checkout_of(folder, files, ROOTS)
        return undated(found) if found else ""

    folder = repository(root / "code")
    commit = f"commit {git(folder, 'rev-parse', 'HEAD')[:12]}"
    assert edition() == commit
    (folder / "README").write_text("No configuration.\n")
    assert edition() == commit
    (folder / ".zuul.yaml").unlink()
    assert edition() == f"{commit} with changes that are not committed"
    (folder / ".zuul.yaml").write_text(JOB)
    assert edition() == commit
    (folder / "zuul.d").mkdir()
    (folder / "zuul.d/a.yaml").write_text(JOB)
    assert edition() == f"{commit} with changes that are not committed"


def test_a_folder_of_a_repository_is_at_its_commit(root: Path):
    repository(root / "manual/ci")
    (root / "manual/ci/.git").rename(root / "manual/.git")
    git(root / "manual", "add", "--all")
    git(root / "manual", "commit", "-q", "-m", "Two")
    commit = git(root / "manual", "rev-parse", "HEAD")[:12]
    assert output(root / "manual", path="ci") == f"unit at commit {commit}"


def test_after_a_process_that_ended_another_one_is_asked(root: Path):
    directory = git_directory(repository(root.parent / "code"))
    assert directory is not None
    with closing(Git(directory)) as found:
        (path, identity), *_ = found.files("HEAD^{tree}", ROOTS)
        assert found._objects is not None
        found._objects.batch.kill()
        found._objects.batch.wait()
        assert found.object(identity)[0].decode() == JOB
    assert path == ".zuul.yaml"
