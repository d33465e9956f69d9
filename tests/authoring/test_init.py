"""``groundrules init``: a new manual passes its checks, and nothing that exists is changed."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from groundrules.authoring.scaffold import surroundings, target
from groundrules.cli import main
from groundrules.interrupts import Interrupted
from groundrules.records.kinds import KINDS

KIND_NAMES = [kind.name for kind in KINDS]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, which is the current one."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    installed_from(None, monkeypatch)
    return folder


def installed_from(origin: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip have installed this program from an address; None is an index."""
    installed = SimpleNamespace(read_text=lambda name: json.dumps(origin) if origin else None)
    monkeypatch.setattr(surroundings, "distribution", lambda name: installed)


def run(*words: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, words, answers, prog_name="groundrules")


def init(*words: str) -> Result:
    result = run("init", "--name", "Example CI", *words)
    assert result.exit_code == 0, result.output
    return result


def files(folder: Path) -> dict[str, str]:
    """Return the text of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def check(*words: str) -> tuple[int, str]:
    result = run("check", *words)
    return result.exit_code, result.output


def test_a_new_manual_passes_its_checks(here):
    result = init("--ci", "all", "--license", "CC-BY-4.0")
    assert result.stdout.splitlines() == [*WRITTEN]
    assert result.stderr == "28 files written\nnext: groundrules check, groundrules build\n"
    assert check() == (0, CHECKED)


WRITTEN = (
    "source/contribute.rst", "source/_static/logo.svg", "source/_static/manual.css",
    "README.rst", "source/index.rst", "conf.py", "requirements.txt", "tox.ini", ".gitignore",
    ".editorconfig",
    "data/platforms/example-node.yaml", "data/expectations/example.yaml",
    "data/graphs/this-manual.yaml", "data/sessions/start-of-this-manual.yaml",
    "data/schemas/manual.json", "data/schemas/platform.json", "data/schemas/expectation.json",
    "data/schemas/graph.json", "data/schemas/session.json", "LICENSE", ".vscode/extensions.json",
    ".vscode/settings.json", ".pre-commit-config.yaml", ".zuul.yaml",
    ".github/workflows/manual.yml", ".gitlab-ci.yml", ".readthedocs.yaml", "data/manual.yaml",
)  # fmt: skip
WRITTEN_WITHOUT_CI = [
    path
    for path in WRITTEN
    if not path.startswith((".zuul", ".github", ".gitlab", ".read", "LICENSE"))
]
CHECKED = """\
No findings in 8 files.
not checked: use of 1 documented label that no known job requests: this-manual is one repository \
of several
1 graph with 2 jobs and 1 dependency compared with this-manual.
"""


@pytest.mark.parametrize("kind", [*KIND_NAMES, "none"])
def test_a_manual_with_one_kind_of_record_passes_its_checks(kind):
    init("--kinds", kind)
    assert check()[0] == 0
    folders = {path.parent.name for path in Path("data").glob("*/*.yaml")}
    assert folders == {each.folder for each in KINDS if each.name == kind}


@pytest.mark.parametrize("system", ["none", "github", "gitlab", "readthedocs"])
def test_without_zuul_the_example_of_a_graph_is_kept_by_hand(system):
    init("--ci", system)
    code, output = check()
    assert (code, output.splitlines()[1]) == (0, "No graph was compared; kept by hand: 1 graph.")


def test_a_folder_is_created(here):
    result = init("docs/manual", "--kinds", "platform")
    assert result.stderr.endswith(
        "next: cd docs/manual, then groundrules check, groundrules build\n"
    )
    assert check("--root", "docs/manual") == (0, "No findings in 4 files.\n")


def test_no_file_that_exists_is_changed(here):
    (here / "tox.ini").write_text("[mine]\n")
    (here / "README.md").write_text("# Mine\n")
    result = init("--add")
    assert (here / "tox.ini").read_text() == "[mine]\n"
    assert not (here / "README.rst").exists()
    assert result.stderr == (
        "left as they are: README.md, tox.ini; the same command with --diff shows what differs\n"
        "21 files written\n"
        "next: groundrules check, groundrules build\n"
    )


def test_a_folder_that_is_not_empty_is_named(here):
    (here / "src").mkdir()
    (here / "notes.txt").touch()
    result = run("init", "--name", "x")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "Error: . is not empty: it has 'notes.txt', 'src'; choose another folder, or use --add to "
        "add the files of a manual that are missing there",
    )
    assert files(here) == {"notes.txt": ""}


def test_what_a_new_repository_has_is_no_obstacle(here):
    (here / ".git").mkdir()
    (here / "LICENSE").write_text("Ours.\n")
    (here / "README.rst").write_text("Ours\n")
    init("--license", "Apache-2.0")
    assert (here / "LICENSE").read_text() == "Ours.\n"


@pytest.mark.parametrize("layout", ["conf.py index.rst", "source/conf.py source/index.md"])
def test_an_existing_sphinx_project_gets_no_page_that_is_in_no_menu(here, layout):
    (here / "source").mkdir()
    for name in layout.split():
        (here / name).write_text("extensions = ['groundrules.sphinxext']\n")
    result = init("--add", "--kinds", "none")
    assert {path.suffix for path in map(Path, result.stdout.split())}.isdisjoint((".py", ".rst"))
    conf, index = layout.split()
    assert result.stderr.splitlines()[0] == (
        f"left as they are: {index}, {conf}; the same command with --diff shows what differs"
    )


def test_a_conf_py_without_the_extension_is_named(here):
    (here / "conf.py").touch()
    assert init("--add").stderr.splitlines()[-2] == (
        "to build the manual, add 'groundrules.sphinxext' to extensions in conf.py"
    )


def test_a_sphinx_project_with_pages_beside_conf_py_becomes_a_manual_as_the_message_says(
    repository, monkeypatch
):
    (repository / "docs").mkdir()
    conf, index = repository / "docs/conf.py", repository / "docs/index.rst"
    conf.write_text("project = 'Code'\n")
    index.write_text("Code\n====\n")
    assert (
        "to build the manual, add 'groundrules.sphinxext' to extensions in conf.py, and "
        "generated/*/index and generated/changes to a toctree with the option :glob:\n"
    ) in init("docs", "--add", "--ci", "github").stderr
    conf.write_text("project = 'Code'\nextensions = ['groundrules.sphinxext']\n")
    toctree = ".. toctree::\n   :glob:\n\n   generated/*/index\n   generated/changes\n"
    index.write_text(f"Code\n====\n\n{toctree}")
    monkeypatch.chdir(repository / "docs")
    built = run("build", "--quiet", "--fail-on-warning", "--nitpicky")
    assert built.exit_code == 0, built.output
    workflow = (repository / ".github/workflows/manual.yml").read_text()
    assert "path: docs/_build/html\n" in workflow
    assert (repository / "docs/_build/html/index.html").is_file()
    hooks = (repository / ".pre-commit-config.yaml").read_text()
    assert "files: ^docs/(data/.+|.+\\.(rst|md))$" in hooks
    added = subprocess.run(
        ["git", "status", "--porcelain", "-uall"],
        cwd=repository, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "generated/" not in added
    assert "_build/" not in added


def test_an_example_that_was_deleted_does_not_come_back(here):
    init()
    (here / "data/sessions/start-of-this-manual.yaml").unlink()
    (here / "data/platforms/example-node.yaml").rename(here / "data/platforms/vm.yaml")
    (here / "tox.ini").unlink()
    assert init("--add").stdout == "tox.ini\n"


def test_no_example_is_added_beside_records_behind_a_link(here):
    init()
    (here / "data").rename(here / "records")
    (here / "data").symlink_to("records")
    (here / "data/platforms/example-node.yaml").rename(here / "data/platforms/vm.yaml")
    (here / "tox.ini").unlink()
    assert init("--add").stdout == "tox.ini\n"


def test_differences_are_shown_and_nothing_is_written(here):
    init()
    tox = here / "tox.ini"
    tox.write_text(tox.read_text().replace("--nitpicky ", ""))
    (here / ".gitignore").unlink()
    before = files(here)
    result = run("init", "--diff")
    assert result.stdout == DIFF
    assert files(here) == before


DIFF = """\
--- tox.ini
+++ tox.ini (groundrules init)
@@ -14,4 +14,4 @@
\x20
 [testenv:docs]
 description = build the manual; every warning is an error
-commands = groundrules build --quiet --fail-on-warning {posargs}
+commands = groundrules build --quiet --fail-on-warning --nitpicky {posargs}
"""


def test_a_manual_knows_its_own_answers(here):
    words = ("--title", "It's ours: all of it", "--publisher", "We", "--license", "CC0-1.0")
    init("--kinds", "platform,graph", *words)
    assert run("init", "--diff").output == ""


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("name", " ", "it is empty; write a few words"),
        ("name", "x" * 61, "it has 61 characters; write at most 60"),
        ("title", "a\nb", "it has a line break; write one line of printable characters"),
        ("title", "a\x1bb", r"it has the character '\x1b'; write one line of printable characters"),
        ("publisher", "a\udc80", r"it has the character '\udc80'; write one line of printable "
         "characters"),
        ("kinds", "all,none", "'all' and 'none' cannot be used with other names"),
        ("kinds", "platfrom", "unknown name 'platfrom'; did you mean 'platform'?"),
        ("kinds", ",", "it is empty; write all, none, or some of platform, expectation, graph, "
         "session"),
        ("ci", "jenkins", "unknown name 'jenkins'; allowed: all, github, gitlab, none, "
         "readthedocs, zuul"),
        ("license", "GPL", "unknown license 'GPL'; write one of Apache-2.0, CC-BY-4.0, CC0-1.0, "
         "none"),
        ("requirement", "a\nb", "it has a line break; write one line of printable characters"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_used_is_wrong_usage(here, option, value, reason):
    result = run("init", f"--{option}", value)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        f"Error: Invalid value for --{option}: {reason}",
    )
    assert files(here) == {}


def test_a_file_in_place_of_the_folder_is_reported(here):
    (here / "manual").touch()
    result = run("init", "manual")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2, "Error: Invalid value for '[DIR]': Directory 'manual' is a file."
    )  # fmt: skip
    result = run("init", "manual/below")
    path = here / "manual/below/source/contribute.rst"
    assert (result.exit_code, result.stderr) == (
        3, f"groundrules: {path} cannot be written: Not a directory; nothing was written\n"
    )  # fmt: skip


def test_a_link_that_leads_out_is_not_followed(here, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (here / "source").symlink_to(tmp_path / "elsewhere")
    result = run("init", "--add")
    assert (result.exit_code, result.stderr) == (
        3, f"groundrules: {here}/source is a symbolic link that leads out; nothing was written\n"
    )  # fmt: skip
    assert files(here) == files(tmp_path / "elsewhere") == {}


class Stopped(BaseException):
    """Stands in for the end of a process, which runs no code after it."""


def stopping(monkeypatch: pytest.MonkeyPatch, after: int, error: BaseException) -> None:
    """Let the write after some files fail."""
    write, count = target.write_bytes, [0]

    def failing(path: Path, data: bytes) -> None:
        count[0] += 1
        if count[0] > after:
            raise error
        write(path, data)

    monkeypatch.setattr(target, "write_bytes", failing)


@pytest.mark.parametrize("after", [0, 1, 5, 21])
def test_a_full_disk_leaves_nothing(here, monkeypatch, after):
    stopping(monkeypatch, after, OSError(errno.ENOSPC, "No space left on device"))
    result = run("init", "--name", "x")
    path = here / WRITTEN_WITHOUT_CI[after]
    assert (result.exit_code, result.stderr) == (
        3,
        f"groundrules: {path} cannot be written: No space left on device; nothing was written\n",
    )
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("after", [0, 3, 21])
def test_an_interrupted_run_leaves_nothing(here, monkeypatch, after):
    stopping(monkeypatch, after, Interrupted())
    result = run("init", "new", "--name", "x")
    assert (result.exit_code, result.output) == (
        130, "groundrules: interrupted; nothing was written\n"
    )  # fmt: skip
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("after", [1, 2, 10, 21])
def test_the_next_run_completes_what_a_killed_one_began(here, monkeypatch, after):
    init("--ci", "github", "manual")
    whole = files(here / "manual")
    shutil.rmtree(here / "manual")
    words = ["init", "--name", "Example CI", "--ci", "github", "manual"]
    with monkeypatch.context() as patch:
        stopping(patch, after, Stopped())
        patch.setattr(target, "_remove", lambda paths: None)
        with pytest.raises(Stopped):
            main(words, standalone_mode=False)
    data = here / "manual" / "data"
    data.mkdir(exist_ok=True)
    (data / ".manual.yaml.tmp").write_text("title: ha")
    assert len(files(here / "manual")) == after + 1
    init("--ci", "github", "manual")
    assert files(here / "manual") == whole
    assert len(whole) == 24


@pytest.fixture
def repository(here: Path) -> Path:
    """Return the current folder as the top of a git repository."""
    subprocess.run(["git", "init", "-q", "."], cwd=here, check=True)
    return here


@pytest.mark.parametrize(
    ("address", "name", "ci"),
    [
        ("https://github.com/example/ci-manual.git", "ci-manual", [".github/workflows/manual.yml"]),
        ("git@gitlab.example.org:example/rules.git", "rules", [".gitlab-ci.yml"]),
        ("ssh://review.example.org:29418/example/rules", "rules", []),
        ("ext::sh -c github", "here", []),
    ],
)
def test_the_repository_says_the_defaults(repository, address, name, ci):
    subprocess.run(["git", "remote", "add", "origin", address], cwd=repository, check=True)
    assert run("init").exit_code == 0
    assert f'project = "{name}"\n' in (repository / "conf.py").read_text()
    systems = (".zuul.yaml", ".github/workflows/manual.yml", ".gitlab-ci.yml", ".readthedocs.yaml")
    assert [path for path in systems if (repository / path).exists()] == ci


def test_a_repository_of_gerrit_gets_zuul_s_jobs(repository):
    (repository / ".gitreview").write_text("[gerrit]\n")
    init()
    assert check()[1].endswith("1 graph with 2 jobs and 1 dependency compared with this-manual.\n")


def test_jobs_of_a_repository_stay_its_own(repository):
    jobs = "- job: {name: unit, parent: null}\n- project: {check: {jobs: [unit]}}\n"
    (repository / ".zuul.yaml").write_text(jobs)
    result = init("docs", "--ci", "zuul")
    assert result.stderr == (
        "23 files written\nno Zuul job was added for the manual: .zuul.yaml has others\n"
        "next: cd docs, then groundrules check, groundrules build\n"
    )
    assert (repository / ".zuul.yaml").read_text() == jobs
    assert check("--root", "docs")[0] == 0


def test_a_server_says_nothing_of_a_manual_in_a_folder(repository):
    """The repository may publish other pages."""
    address = "https://github.com/example/code"
    subprocess.run(["git", "remote", "add", "origin", address], cwd=repository, check=True)
    init("docs")
    assert not (repository / ".github").exists()
    init("docs", "--ci", "github", "--add")
    assert run("init", "docs", "--diff").output.count("+++ README.rst") == 1


def test_a_manual_below_the_top_has_its_ci_files_at_the_top(repository):
    init("docs", "--ci", "all")
    at_top = {path.name for path in repository.iterdir()} - {".git", "docs"}
    assert at_top == {
        ".github", ".gitlab-ci.yml", ".pre-commit-config.yaml", ".readthedocs.yaml", ".vscode",
        ".zuul.yaml",
    }  # fmt: skip
    code, output = check("--root", "docs")
    assert (code, output.splitlines()[-1]) == (0, CHECKED.splitlines()[-1])


def sphinx_project(repository: Path, **files: str) -> None:
    """Write an existing Sphinx project into ``doc/source``, with other files at the top."""
    pages = repository / "doc/source"
    pages.mkdir(parents=True)
    (pages / "conf.py").write_text('project = "Thing"\n')
    (pages / "index.rst").write_text("Thing\n=====\n")
    for name, text in files.items():
        (repository / name.replace("_", ".")).write_text(text)


def test_an_existing_project_below_the_top_gets_tox_where_it_is_run(repository):
    sphinx_project(repository)
    init("doc/source", "--add", "--ci", "zuul,github,readthedocs")
    assert not (repository / "doc/source/tox.ini").exists()
    tox = (repository / "tox.ini").read_text()
    assert "env_list = manual-check, manual-docs\n" in tox
    assert "    groundrules check --root doc/source --require this-manual {posargs}\n" in tox
    zuul = (repository / ".zuul.yaml").read_text()
    assert "      tox_envlist: manual-docs\n      sphinx_build_dir: doc/build\n" in zuul
    assert "zuul_work_dir" not in zuul
    github = (repository / ".github/workflows/manual.yml").read_text()
    assert "path: doc/build/html\n" in github
    assert (repository / "doc/source/.gitignore").read_text() == "/.tox/\n/.venv/\n/generated/\n"
    assert "root = true" not in (repository / "doc/source/.editorconfig").read_text()
    assert check("--root", "doc/source")[0] == 0


ENVIRONMENTS = """\
to check the manual with tox, add to {}:

[testenv:manual-check]
description = the layout of the data, and the data
deps = -r doc/source/requirements.txt
commands =
    groundrules fmt --check --root doc/source
    groundrules check --root doc/source {{posargs}}

[testenv:manual-docs]
description = build the manual; every warning is an error
deps = -r doc/source/requirements.txt
commands = groundrules build --root doc/source --quiet --fail-on-warning --nitpicky {{posargs}}

next: cd doc/source, then groundrules check, groundrules build
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [("tox.ini", "[tox]\n"), ("setup.cfg", "[tox:tox]\n"), ("pyproject.toml", "[tool.tox]\n"),
     ("tox.toml", "")],
)  # fmt: skip
def test_the_environments_for_an_existing_configuration_of_tox_are_shown(repository, name, text):
    sphinx_project(repository)
    (repository / name).write_text(text)
    (repository / "doc/requirements.txt").write_text("sphinx\n")
    result = init("doc/source", "--add")
    assert (repository / name).read_text() == text
    assert {path.name for path in repository.iterdir()} == {
        ".git", ".pre-commit-config.yaml", ".vscode", "doc", name,
    }  # fmt: skip
    added, _, environments = result.stderr.partition("to check the manual with tox")
    assert added.endswith(
        "toctree with the option :glob:; add groundrules to doc/requirements.txt\n"
    )
    assert f"to check the manual with tox{environments}" == ENVIRONMENTS.format(name)
    (repository / name).write_text("groundrules check")
    assert "with tox" not in init("doc/source", "--add").stderr


def test_another_section_of_a_shared_file_is_no_configuration_of_tox(repository):
    sphinx_project(repository, setup_cfg="[metadata]\n", pyproject_toml="[project]\n")
    assert "with tox" not in init("doc/source", "--add").stderr
    assert (repository / "tox.ini").exists()


def test_nothing_is_written_above_the_folders_that_the_user_named(repository, monkeypatch):
    (repository / "below").mkdir()
    monkeypatch.chdir(repository / "below")
    result = init("docs", "--ci", "all")
    assert {path.name for path in repository.iterdir()} == {".git", "below"}
    assert result.stderr.startswith(
        "no file of CI, pre-commit or an editor was written: they belong to the top of the "
        "repository; run the command there to add them\n"
    )


def test_a_folder_that_ci_files_cannot_name_is_wrong_usage(repository):
    result = run("init", "our docs", "--name", "x")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "Error: 'our docs', the folder of the manual in its repository, has characters that CI "
        "files cannot name; use letters, digits, '.', '_', '+' and '-'",
    )


@pytest.mark.parametrize(
    ("origin", "requirement"),
    [
        (None, "groundrules"),
        (
            {"url": "https://example.org/groundrules.whl", "archive_info": {}},
            "groundrules @ https://example.org/groundrules.whl",
        ),
        (
            {"url": "https://example.org/g", "vcs_info": {"vcs": "git", "commit_id": "a1b2"}},
            "groundrules @ git+https://example.org/g@a1b2",
        ),
    ],
)
def test_the_requirement_is_where_this_program_came_from(here, monkeypatch, origin, requirement):
    installed_from(origin, monkeypatch)
    result = init()
    assert (here / "requirements.txt").read_text().splitlines()[1] == requirement
    assert "pip may not find" not in result.stderr


LOCAL = {"url": "file:///tmp/groundrules", "dir_info": {"editable": True}}
CLONE = {"url": "file:///tmp/clone", "vcs_info": {"vcs": "git", "commit_id": "a1b2"}}
PLAIN = {"url": "http://example.org/groundrules.whl", "archive_info": {}}


@pytest.mark.parametrize(
    ("origin", "reason"),
    [
        (LOCAL, "pip installed it here from 'file:///tmp/groundrules'"),
        (CLONE, "pip installed it here from 'file:///tmp/clone'"),
        (PLAIN, "pip installed it here from 'http://example.org/groundrules.whl'"),
        ([], None),
        (["x"], "it is not known from where pip installed it here"),
        ({"url": 1}, "it is not known from where pip installed it here"),
        ({"url": 1, "vcs_info": {}}, "it is not known from where pip installed it here"),
    ],
)
def test_a_name_that_pip_may_not_find_is_reported(here, monkeypatch, origin, reason):
    installed_from(origin, monkeypatch)
    result = init("--ci", "none")
    warning = (
        f"pip may not find 'groundrules' elsewhere, since {reason}; tox, pre-commit and CI need "
        "its address: write 'groundrules @ git+https://…' instead of the name in requirements.txt "
        "and .pre-commit-config.yaml, or let --requirement write it into a new manual\n"
    )
    end = "23 files written\nnext: groundrules check, groundrules build\n"
    assert result.stderr == (f"{warning}{end}" if reason else end)
    assert (here / "requirements.txt").read_text().splitlines()[1] == "groundrules"


def test_a_program_that_pip_did_not_install_may_not_be_found(here, monkeypatch):
    def missing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(surroundings, "distribution", missing)
    assert "elsewhere, since pip did not install it here; tox" in init().stderr


def test_nothing_is_reported_of_an_address_that_is_given(here, monkeypatch):
    installed_from(LOCAL, monkeypatch)
    result = init("--requirement", "groundrules @ git+https://example.org/g")
    assert "pip may not find" not in result.stderr
    assert (
        "groundrules @ git+https://example.org/g" in (here / ".pre-commit-config.yaml").read_text()
    )


def test_nothing_is_reported_of_files_that_exist(here, monkeypatch):
    installed_from(LOCAL, monkeypatch)
    (here / "requirements.txt").write_text("sphinx\n")
    (here / ".pre-commit-config.yaml").write_text("repos: []\n")
    assert "pip may not find" not in init("--add").stderr


def test_questions_are_asked_in_a_terminal(here, monkeypatch):
    monkeypatch.setattr("groundrules.cli.init._is_terminal", lambda: True)
    answers = "Our CI\n\n\nplatfrom\nplatform\nnone\nCC0-1.0\n"
    result = run("init", answers=answers)
    assert result.exit_code == 0
    assert "unknown name 'platfrom'; did you mean 'platform'?" in result.output
    text = (here / "data/manual.yaml").read_text()
    assert "title: What a test job on Our CI can count on\npublisher: Our CI team\n" in text
    assert "kinds: [platform]" in text


def test_an_end_of_the_answers_writes_nothing(here, monkeypatch):
    monkeypatch.setattr("groundrules.cli.init._is_terminal", lambda: True)
    result = run("init", answers="Our CI\n")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2, "Error: the input ended before the last question; use --yes"
    )  # fmt: skip
    assert files(here) == {}
