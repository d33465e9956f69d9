"""What strangers may hand in: a diagnostic with its place, the rest resolved, and no hang."""

from __future__ import annotations

import os
import re
import stat
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.checker.check_data import check_configurations_alone
from groundrules.checker.configurations import ConfigurationOptions
from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.reading.expressions import Expression, InvalidError, expression
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.single_repository import SingleRepository
from groundrules.cli import main
from steps import growth

TENANT = (
    "- tenant:\n    name: t\n    source:\n"
    "      git: {config-projects: [config], untrusted-projects: [app]}\n"
)
CONFIG = (
    "- pipeline: {name: check, manager: independent}\n"
    "- job: {name: base, parent: null, run: play.yaml}\n"
)
GOOD = "- job: {name: build}\n- project: {check: {jobs: [build]}}\n"

NOT_RUN = None

Made = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Make a tenant with the files of ``app/master``, and return its folder."""

    def make(files: dict[str, str | bytes]) -> Path:
        everything = {"main.yaml": TENANT, "config/master/zuul.yaml": CONFIG}
        everything |= {f"app/master/{name}": text for name, text in files.items()}
        for name, text in everything.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return make


def resolved(folder: Path) -> Resolver:
    return resolve(gather_tenant(folder / "main.yaml", folder))


def findings(resolver: Resolver) -> list[str]:
    return [str(each) for each in resolver.report.diagnostics]


def jobs(resolver: Resolver, branch: str = "master") -> list[str]:
    frozen = resolver.freeze("app", "check", branch)
    return [job.name for job in frozen.graph.jobs] if frozen else []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"- job: {name: caf\xe9}\n", "1:18: the byte 0xe9 is not UTF-8; save the file as UTF-8"),
        ("- job: [x", "1:8: the list in brackets is not closed; add ']'"),
        ("&a [*a]", "1:5: the alias *a is inside its own anchor; remove it"),
        ("- job:\n\tname: x\n", "2:1: YAML does not allow tabs here; indent with spaces"),
    ],
)
def test_a_file_that_is_not_yaml_is_lost_alone(made: Made, text: str | bytes, message: str):
    resolver = resolved(made({"zuul.d/bad.yaml": text, "zuul.d/good.yaml": GOOD}))
    assert findings(resolver) == [f"app/master/zuul.d/bad.yaml:{message} [GR601]"]
    assert jobs(resolver) == ["build"]


def test_an_alias_bomb_is_refused(made: Made):
    lines = ["- &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    resolver = resolved(made({"zuul.d/bad.yaml": "\n".join(lines), "zuul.d/good.yaml": GOOD}))
    assert len(findings(resolver)) == 1
    assert "more than 500,000 values" in findings(resolver)[0]
    assert jobs(resolver) == ["build"]


def test_many_variants_of_one_job_cost_in_proportion_to_their_number(made: Made):
    def of(size: int) -> Callable[[], object]:
        text = "".join(f"- job: {{name: build, timeout: {n}}}\n" for n in range(1, size + 1))
        folder = made({"zuul.d/a.yaml": text, "zuul.d/b.yaml": GOOD})

        def frozen() -> None:
            found = resolved(folder).freeze("app", "check", "master")
            assert found
            assert found.graph.by_name["build"].timeout == size

        return frozen

    assert growth(of, size=400) < 2.1


def heirs(number: int) -> str:
    """Jobs of which each inherits from the next, the last from 'base'; the first one is run."""
    text = "".join(f"- job: {{name: j{n}, parent: j{n + 1}}}\n" for n in range(number - 2))
    text += f"- job: {{name: j{number - 2}}}\n"
    return f"{text}- project: {{check: {{jobs: [j0]}}}}\n"


def test_as_many_parents_as_zuul_can_follow(made: Made):
    """Zuul 14.3 itself froze 490 of them, and failed with 500."""
    folder = made({".zuul.yaml": heirs(480)})
    assert jobs(resolved(folder)) == ["j0"]
    assert findings(resolved(folder)) == []


def test_more_parents_than_zuul_can_follow_are_no_graph(made: Made):
    folder = made({".zuul.yaml": heirs(2000)})
    frozen = resolved(folder).freeze("app", "check", "master")
    assert frozen
    reason = (
        "Zuul 14.3 fails on the job 'j0': more than 480 jobs inherit from one another; "
        "leave out some of its parents"
    )
    assert str(frozen.error) == f"app/master/.zuul.yaml:1:3: {reason} [GR616]"
    options = ConfigurationOptions({"tenant": folder / "main.yaml"})
    checked = check_configurations_alone(folder, options, "there is none")
    assert [str(finding) for finding in checked.diagnostics] == [
        f"app/master/.zuul.yaml:1:3: no job runs in check of app on master: {reason} [GR616]"
    ]


def test_a_symbolic_link_is_not_followed(made: Made, tmp_path: Path):
    outside = tmp_path.parent / f"{tmp_path.name}-secret.yaml"
    outside.write_text("- job: {name: stolen}\n")
    folder = made({"zuul.d/good.yaml": GOOD})
    (folder / "app/master/zuul.d/bad.yaml").symlink_to(outside)
    (folder / "app/master/zuul.d/more").symlink_to(tmp_path.parent)
    resolver = resolved(folder)
    assert findings(resolver) == [
        "app/master/zuul.d/bad.yaml:1:1: a symbolic link: Zuul reads the link itself, which is "
        "no configuration; put the file here [GR601]"
    ]
    assert jobs(resolver) == ["build"]


@pytest.mark.parametrize("target", ["{out}", "..", "/nowhere"])
def test_no_link_on_an_extra_path_is_followed(made: Made, tmp_path: Path, target: str):
    """The tenant file and the link come with the same change."""
    out = tmp_path.parent / f"{tmp_path.name}-out"
    out.mkdir()
    (out / "passwd").write_text("root:x:0:0\n")
    folder = made({".zuul.yaml": GOOD})
    (folder / "app/master/link").symlink_to(target.format(out=out))
    extra = TENANT.replace("[app]", "[{app: {extra-config-paths: [link/passwd, link/]}}]")
    (folder / "main.yaml").write_text(extra)
    resolver = resolved(folder)
    assert findings(resolver) == [
        f"app/master/link:1:1: {NOT_A_FOLDER}",
        "app/master/link/passwd:1:1: a symbolic link: Zuul reads the link itself, which is no "
        "configuration; put the file here [GR601]",
    ]
    assert jobs(resolver) == ["build"]


@pytest.mark.parametrize("path", ["../secret.yaml", "a/../../secret.yaml", "/etc/passwd"])
def test_no_extra_path_leads_out(made: Made, path: str):
    folder = made({".zuul.yaml": GOOD})
    (folder / "app/secret.yaml").write_text("- job: {name: stolen}\n")
    extra = TENANT.replace("[app]", f"[{{app: {{extra-config-paths: [{path}]}}}}]")
    (folder / "main.yaml").write_text(extra)
    assert jobs(resolved(folder)) == ["build"]
    assert "stolen" not in str(findings(resolved(folder)))


@pytest.mark.parametrize("kind", ["deep", "large", "pipe", "device", "folder", "link", "damaged"])
def test_an_index_that_cannot_be_read_is_none(made: Made, tmp_path: Path, kind: str):
    folder = made({".zuul.yaml": GOOD})
    index, out = folder / "index.json", tmp_path.parent / f"{tmp_path.name}-index.json"
    out.write_text('{"projects": [{"project": "app", "branches": ["other"]}]}')
    match kind:
        case "deep":
            index.write_text("[" * 100_000)
        case "large":
            index.write_text(f'{out.read_text()[:-1]}, "more": "{"x" * 5 * 2**20}"}}')
        case "pipe":
            os.mkfifo(index)
        case "device":
            index.symlink_to("/dev/zero")
        case "folder":
            index.mkdir()
        case "link":
            index.symlink_to(out)
        case "damaged":
            index.write_text('{"projects": [')
    assert jobs(resolved(folder)) == ["build"]


def test_a_folder_without_permission_is_reported(made: Made, monkeypatch: pytest.MonkeyPatch):
    """Root may read every folder, so the system's refusal is put on."""
    opened = os.open

    def refuse(path: str, *arguments: int, **options: int) -> int:
        if path == "zuul.d":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    folder = made({"zuul.d/a.yaml": GOOD})
    monkeypatch.setattr(os, "open", refuse)
    assert findings(resolved(folder)) == [
        "app:1:1: app: zuul.d cannot be read: Permission denied [GR613]"
    ]


def test_what_python_may_change_about_an_expression_is_not_shown():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        expression("(?!x)[[a]-z]")
        with pytest.raises(InvalidError):
            expression("(?!x)[[a")


def test_a_repository_that_leads_out_of_the_root_counts_as_empty(made: Made, tmp_path: Path):
    folder = made({})
    away = tmp_path.parent / f"{tmp_path.name}-away"
    (away / "master").mkdir(parents=True)
    (away / "master/.zuul.yaml").write_text(GOOD)
    (folder / "app").symlink_to(away)
    assert findings(resolved(folder)) == [
        "app:1:1: app: a symbolic link leads out of the root folder [GR613]"
    ]


def test_a_name_that_leads_out_of_the_root_is_refused(made: Made):
    folder = made({})
    (folder / "main.yaml").write_text(TENANT.replace("[app]", "[../app]"))
    assert findings(resolved(folder)) == [
        "../app:1:1: ../app: the project's name '../app' leads out of the root [GR613]"
    ]


NOT_PLAIN = "not a plain file, which Zuul cannot read; replace or remove it [GR601]"
NOT_A_FOLDER = "not a folder, as Zuul expects here; it is skipped [GR601]"
NAMED_AS_A_FILE = "a folder with the name of a file, which Zuul cannot read; rename it [GR601]"


@pytest.mark.parametrize(
    "place", [".zuul.yaml", "zuul.d/x.yaml", "zuul.d/in/x.yaml", "more/x.yaml"]
)
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "full folder"])
def test_what_is_not_a_file_in_the_place_of_one_is_named(made: Made, place: str, kind: str):
    folder = made({"zuul.d/good.yaml": GOOD})
    extra = TENANT.replace("[app]", "[{app: {extra-config-paths: [more/]}}]")
    (folder / "main.yaml").write_text(extra)
    path = folder / "app/master" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            mknod(path)
        case "folder":
            path.mkdir()
        case "full folder":
            (path / "in").mkdir(parents=True)
            (path / "in/y.yaml").write_text("- job: {name: other}\n")
    if (kind, place) == ("folder", "zuul.d/in/x.yaml"):
        expected = []  # git has no empty folder
    else:
        reason = NAMED_AS_A_FILE if kind == "full folder" else NOT_PLAIN
        expected = [f"app/master/{place}:1:1: {reason}"]
    assert findings(resolved(folder)) == expected
    assert jobs(resolved(folder)) == ["build"]


def mknod(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root may make a device")


@pytest.mark.parametrize("kind", ["pipe", "file"])
def test_what_is_not_a_folder_in_the_place_of_one_is_named(made: Made, kind: str):
    """Zuul's merger passes over it, and the next place counts."""
    folder = made({".zuul.yaml": GOOD})
    path = folder / "app/master/zuul.d"
    os.mkfifo(path) if kind == "pipe" else path.write_text("- job: {name: lost}\n")
    assert findings(resolved(folder)) == [f"app/master/zuul.d:1:1: {NOT_A_FOLDER}"]
    assert jobs(resolved(folder)) == ["build"]


def test_a_tenant_file_that_is_a_pipe_is_not_waited_for(made: Made):
    folder = made({".zuul.yaml": GOOD})
    file = folder / "main.yaml"
    file.unlink()
    os.mkfifo(file)
    told = f"{file}:1:1: the file cannot be read: not a plain file [GR609]\n1 finding in 1 file\n"
    command = ["graph", "--root", str(folder), "--tenant-config", str(file), "--all"]
    result = CliRunner().invoke(main, command)
    assert (result.stderr, result.exit_code) == (told, 1)
    options = ConfigurationOptions({"tenant": file})
    checked = check_configurations_alone(folder, options, "there is none")
    assert [str(finding) for finding in checked.diagnostics] == [
        "main.yaml:1:1: the file cannot be read: not a plain file [GR609]"
    ]


def test_an_unreadable_file_is_reported(made: Made, monkeypatch: pytest.MonkeyPatch):
    """Root may read every file, so the system's refusal is put on."""
    opened = os.open

    def refuse(path: str, *arguments: int, **options: int) -> int:
        if str(path).endswith("bad.yaml"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    folder = made({"zuul.d/bad.yaml": GOOD, "zuul.d/good.yaml": GOOD})
    monkeypatch.setattr(os, "open", refuse)
    resolver = resolved(folder)
    assert findings(resolver) == [
        "app/master/zuul.d/bad.yaml:1:1: the file cannot be read: Permission denied [GR601]"
    ]
    assert jobs(resolver) == ["build"]


def test_a_file_that_is_too_large_is_reported(made: Made):
    folder = made({"zuul.d/bad.yaml": b"#" * (4 * 2**20 + 1), "zuul.d/good.yaml": GOOD})
    assert findings(resolved(folder)) == [
        "app/master/zuul.d/bad.yaml:1:1: the file is larger than 4 MiB; split it [GR601]"
    ]


def test_a_branch_whose_name_is_not_an_expression(made: Made):
    folder = made({".zuul.yaml": GOOD})
    branch = folder / "app/old%20(x"
    branch.mkdir()
    (branch / ".zuul.yaml").write_text("- job: {name: test}\n")
    assert findings(resolved(folder)) == [
        "app/old%20(x/.zuul.yaml:1:3: the job 'test' is lost: Zuul takes the name of the branch "
        "for an expression: missing ), unterminated subpattern at position 4 [GR603]"
    ]


def test_one_repository_alone_says_what_it_does_not_know(tmp_path: Path):
    (tmp_path / ".zuul.yaml").write_text(
        "- job: {name: build, parent: tox, nodeset: small}\n"
        "- job: {name: test, parent: build, dependencies: [build, {name: lint, soft: true}]}\n"
        "- project: {templates: [usual], check: {jobs: [build, test, elsewhere]}}\n"
    )
    resolver = SingleRepository.at(tmp_path).read("app").resolver
    frozen = resolver.freeze("app", "check", "master")
    assert frozen
    assert frozen.error is None
    assert [job.name for job in frozen.graph.jobs] == ["build", "test", "elsewhere"]
    assert frozen.graph.absent == ()
    end = "is not defined here: another repository may define it [GR611]"
    assert findings(resolver) == [
        f".zuul.yaml:1:30: the job 'tox' {end}",
        f".zuul.yaml:1:44: the nodeset 'small' {end}",
        f".zuul.yaml:2:58: the job 'lint' {end}",
        f".zuul.yaml:3:25: the project-template 'usual' {end}",
        f".zuul.yaml:3:61: the job 'elsewhere' {end}",
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$", "(a|aa)+$", "(?=(a+)+$)b", "^(?!x)(a+)+$", "a?" * 40 + "(?!x)" + "a" * 40,
        "(a|a)" * 40 + "(?!x)b", "(a+)+(?!b)", "^(?!(a+)+$)", "(?!a)" * 1000 + "a",
        r"(a+)+\1$", r"(.*)(.*)(.*)\1x\2y", "(?!(?!(a+)+$))b", "(?<!x)(a|a)+$",
        "(?!x" * 90 + ")" * 90,
        "x(?!a)" * 1600,
        "(?!a)" * 100_000, "[(?!" * 100_000,
    ],
)  # fmt: skip
def test_python_s_engine_is_never_asked(pattern: str, monkeypatch: pytest.MonkeyPatch):
    """It only says whether it would take the expression; RE2 needs linear time."""

    class Compiled:
        """Has nothing to match with."""

    monkeypatch.setattr("groundrules.ci.zuul.reading.expressions.re.compile", lambda _: Compiled())
    made = Expression(pattern)
    made.matches("a" * 400 + "b")
    made.matches_all("a" * 400 + "b")


@pytest.mark.parametrize(
    ("pattern", "branch", "matches"),
    [
        ("stable/1", "stable/10", True),
        ("^stable/1$", "stable/10", False),
        ("^(?!stable/).*$", "master", True),
        ("^(?!stable/).*$", "stable/1", False),
        ("(?!feature/)(?!stable/)", "master", True),
        ("(?=m)master", "master", True),
        ("^(?!a)b|c", "c", True),
        ("(?!a)b|(?=c)cd", "cd", True),
        ("(?!a)b|(?=c)cd", "ad", False),
        ("^tools/(?!lint|test).*$", "tools/build", True),
        ("^tools/(?!lint|test).*$", "tools/testing", False),
        ("^tools/(?!lint|test).*$", "roles/build", False),
        (r"a\.(?!.*x)b(?=c).", "a.bc", True),
        (r"a\.(?!.*x)b(?=c).", "a.bcx", False),
        (r"a\.(?!.*x)b(?=c).", "axbc", False),
        ("[(?!a](?!b)", "(", NOT_RUN),
        ("(?i)^(?!stable)", "STABLE", False),
        (r"(.)\1", "aab", NOT_RUN),
        ("a?(?!b)", "ab", NOT_RUN),
        ("x(?!a){0}b", "xb", NOT_RUN),
        ("(?!a)*b", "b", NOT_RUN),
        ("x(?!(?!a))", "xa", NOT_RUN),
        ("a(?<!b)", "a", NOT_RUN),
    ],
)
def test_expressions_that_re2_refuses_mean_what_they_mean_to_zuul(
    pattern: str, branch: str, matches: bool | None
):
    assert expression(pattern).is_run is (matches is not NOT_RUN)
    if matches is NOT_RUN:
        assert not expression(pattern).matches(branch)
        return
    assert bool(re.match(pattern, branch)) is matches
    assert expression(pattern).matches(branch) is matches
    assert expression(pattern).matches_all(branch) is bool(re.fullmatch(pattern, branch))
    assert expression(pattern, negate=True).matches(branch) is not matches


@pytest.mark.parametrize("pattern", ["[", "(", "*", "a)"])
def test_expressions_that_no_engine_takes(pattern: str):
    with pytest.raises(InvalidError):
        expression(pattern)
