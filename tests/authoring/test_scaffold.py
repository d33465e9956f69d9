"""The files of a new manual: each is what its reader accepts, whatever the answers are."""

from __future__ import annotations

import datetime
import json
import re
import shlex
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from docutils.core import publish_doctree

from command_runs import understood
from groundrules.authoring.scaffold.answers import CI, KIND_NAMES, LICENSES, Answers
from groundrules.authoring.scaffold.planned import OTHERS, PlannedFile, planned
from groundrules.cli import main
from groundrules.pages.planned_pages import plan
from groundrules.records import load
from groundrules.records.schema import schemas

ROOT = Path(__file__).parents[2]
HOSTILE = 'It\'s "q": {{ 7*7 }} {% if %} `x` *y* |s| _z_ <b> & #c \\ :ci:label:`x` ${A} 日本'


def answers(**given: Any) -> Answers:
    known: dict[str, Any] = {
        "name": "Example CI",
        "title": "What a test job can count on",
        "publisher": "The Example CI team",
        "kinds": KIND_NAMES,
        "ci": CI,
        "license": "Apache-2.0",
        "requirement": "groundrules",
        "day": datetime.date(2026, 11, 30),
        "project": "example/manual",
    }
    return Answers(**{**known, **given})


def texts(**given: Any) -> dict[str, str]:
    return {file.path: file.text for file in planned(answers(**given))}


def written(folder: Path, **given: Any) -> Path:
    for path, text in texts(**given).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def assigned(conf: str) -> dict[str, Any]:
    """Return the settings of a ``conf.py``."""
    settings: dict[str, Any] = {}
    exec(conf, settings)  # noqa: S102
    return {name: value for name, value in settings.items() if not name.startswith("__")}


@pytest.mark.parametrize("text", [HOSTILE, "- a", "#", "yes", "24.10", "'", '"', "\\"])
def test_an_answer_is_the_same_text_in_every_file(text):
    made = texts(name=text, title=text, publisher=text, requirement=text, project=text)
    settings = assigned(made["conf.py"])
    assert (settings["project"], settings["author"]) == (text, text)
    manual = yaml.safe_load(made["data/manual.yaml"])
    assert (manual["title"], manual["publisher"]) == (text, text)
    assert yaml.safe_load(made["data/graphs/this-manual.yaml"])["project"] == text
    for hook in yaml.safe_load(made[".pre-commit-config.yaml"])["repos"][0]["hooks"]:
        assert hook["additional_dependencies"] == [text]
    readme = publish_doctree(made["README.rst"], settings_overrides={"halt_level": 2})
    assert str(readme["title"]) == text
    assert f"kept by {text}." in " ".join(readme.astext().split())


def test_every_file_ends_with_one_line_end_and_has_no_space_at_the_end_of_a_line():
    for path, text in texts().items():
        assert text.endswith("\n"), path
        assert not text.endswith("\n\n"), path
        assert path == "LICENSE" or not re.search(r"[ \t]$", text, re.M), path


@pytest.mark.parametrize("kinds", [KIND_NAMES, (), *[(kind,) for kind in KIND_NAMES]])
def test_a_page_that_is_named_is_planned(tmp_path, kinds):
    """Kinds that are not wanted leave no page, and no link that would be a warning."""
    folder = written(tmp_path, kinds=kinds)
    catalogue = load(folder).catalogue
    pages = {f"/generated/{page.name}" for page in plan(catalogue)}
    named = set(re.findall(r"</(generated/[^>]*)>", texts(kinds=kinds)["source/index.rst"]))
    assert {f"/{name}" for name in named} - pages == set()
    indexes = {page for page in pages if page.endswith("/index")}
    assert len(indexes) == len(kinds)
    assert ("/generated/actions" in pages) == ("session" in kinds)
    assert ("/generated/matrix" in pages) == ({"platform", "expectation"} <= set(kinds))


def test_the_first_line_of_a_record_names_its_schema():
    made = texts()
    records = [path for path in made if path.startswith("data/") and path.endswith(".yaml")]
    assert len(records) == len(KIND_NAMES) + 1
    for path in records:
        name = re.match(r"# yaml-language-server: \$schema=(\S+)\n", made[path])
        assert name, path
        schema = Path(path).parent / name[1]
        assert json.loads(made[_joined(schema)]) in schemas().values()


def _joined(path: Path) -> str:
    parts: list[str] = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def edges(jobs: dict[str, list[str]]) -> set[tuple[str, str]]:
    return {(job, needed) for job, others in jobs.items() for needed in others}


def documented(made: dict[str, str]) -> dict[str, list[str]]:
    """Return the jobs of the example of a graph with the jobs that they wait for."""
    graph = yaml.safe_load(made["data/graphs/this-manual.yaml"])
    return {
        job["name"]: [wait["job"] for wait in job.get("waits_for", ())] for job in graph["jobs"]
    }


def needs(job: dict[str, Any]) -> list[str]:
    needed = job.get("needs", [])
    return [needed] if isinstance(needed, str) else needed


def test_the_documented_jobs_are_those_of_github():
    made = texts(ci=("github",))
    jobs = yaml.safe_load(made[".github/workflows/manual.yml"])["jobs"]
    assert documented(made) == {name: needs(job) for name, job in jobs.items()}


def test_the_documented_jobs_are_those_of_gitlab():
    made = texts(ci=("gitlab",))
    pipeline = yaml.safe_load(made[".gitlab-ci.yml"])
    jobs = {name: job for name, job in pipeline.items() if "script" in job}
    assert documented(made) == {name: needs(job) for name, job in jobs.items()}
    stages = [pipeline["stages"].index(job["stage"]) for job in jobs.values()]
    assert stages == sorted(stages), "GitLab refuses to wait for a job of a later stage"


@pytest.mark.parametrize("folder", ["", "docs", "docs/a.b"])
def test_zuul_s_jobs_are_compared_with_the_documented_ones(tmp_path, monkeypatch, folder):
    """At the top of a repository, and below it."""
    for file in planned(answers(ci=("zuul",), folder=folder)):
        path = tmp_path / ("" if file.at_top else folder) / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, "utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path / folder)
    result = CliRunner().invoke(main, ["check", "--no-cache", "--require", "this-manual"])
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        0, "1 graph with 2 jobs and 1 dependency compared with this-manual."
    )  # fmt: skip
    jobs = [item["job"] for item in yaml.safe_load((tmp_path / ".zuul.yaml").read_text())[:2]]
    work = "{{ zuul.project.src_dir }}/" + folder if folder else None
    assert [job["vars"].get("zuul_work_dir") for job in jobs] == [work, work]


@pytest.mark.parametrize("folder", ["", "docs"])
def test_commands_in_files_have_options_that_exist(folder):
    made = [text for path, text in texts(folder=folder).items() if not path.endswith(".rst")]
    line = re.compile(r"(?:entry: |- run: |- |commands = |    )groundrules (.+)")
    lines = [command for text in made for command in line.findall(text)]
    assert len(lines) == 12
    for command in lines:
        name, *options = shlex.split(command.replace("{posargs}", ""))
        options = [option for option in options if option not in ("--root", folder)]
        understood(name, options)


def test_environments_of_tox_are_those_that_zuul_runs():
    made = texts()
    tox = ConfigParser(interpolation=None)
    tox.read_string(made["tox.ini"])
    environments = {name.partition(":")[2] for name in tox.sections() if ":" in name}
    items = yaml.safe_load(made[".zuul.yaml"])
    assert {item["job"]["vars"]["tox_envlist"] for item in items if "job" in item} == environments


def test_read_the_docs_and_the_workflow_have_the_keys_that_they_require():
    made = texts(folder="docs")
    workflow = yaml.safe_load(made[".github/workflows/manual.yml"])
    assert set(workflow[True]) == {"push", "pull_request"}
    for job in workflow["jobs"].values():
        assert job["runs-on"] == "ubuntu-latest"
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])
    uploads = [step["with"]["path"] for step in workflow["jobs"]["build"]["steps"][-1:]]
    assert uploads == ["docs/build/html"]
    read_the_docs = yaml.safe_load(made[".readthedocs.yaml"])
    assert read_the_docs["version"] == 2
    assert set(read_the_docs["build"]) == {"os", "tools", "jobs"}


def test_an_editor_finds_the_schema_of_every_kind():
    settings = json.loads(texts(folder="docs")[".vscode/settings.json"])
    assert settings["yaml.schemas"]["./docs/data/schemas/graph.json"] == "/docs/data/graphs/*.yaml"
    assert len(settings["yaml.schemas"]) == len(schemas())
    assert "!encrypted/pkcs1-oaep sequence" in settings["yaml.customTags"]


@pytest.mark.parametrize("kinds", [KIND_NAMES, *[(kind,) for kind in KIND_NAMES]])
@pytest.mark.parametrize("system", ["zuul", "github", "gitlab", "readthedocs"])
def test_the_data_has_the_layout_of_fmt(tmp_path, kinds, system):
    folder = written(tmp_path, kinds=kinds, ci=(system,), publisher="A: b")
    result = CliRunner().invoke(main, ["fmt", "--check", "--root", str(folder)])
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        0, f"0 files in another layout, {len(kinds) + 1} in this layout."
    )  # fmt: skip


@pytest.mark.repository
def test_the_settings_of_an_editor_are_those_of_the_page_about_editors():
    page = (ROOT / "source/reference/editors.rst").read_text("utf-8")
    block = page.partition(":name: vscode-settings\n\n")[2].partition("\n\nNeovim")[0]
    settings = json.loads(texts()[".vscode/settings.json"])
    assert json.loads(block) == settings
    block = page.partition(":name: neovim-settings\n\n")[2].partition("\n\nJetBrains")[0]
    assert dict(re.findall(r'\["(.*)"\] = "(.*)"', block)) == settings["yaml.schemas"]
    assert re.findall(r'"(!.*)"', block) == settings["yaml.customTags"]


@pytest.mark.parametrize("name", LICENSES)
def test_a_license_has_its_text(name):
    made = texts(license=name)
    assert LICENSES[name].split()[0] in made["LICENSE"]
    assert yaml.safe_load(made["data/manual.yaml"])["license"] == LICENSES[name]
    assert "LICENSE" not in texts(license="")


def test_other_files_are_named_for_planned_ones():
    assert set(OTHERS) <= set(texts())


def test_only_files_of_other_programs_are_at_the_top_of_the_repository():
    at_top = {file.path for file in planned(answers()) if file.at_top}
    assert all(path.startswith(".") for path in at_top)
    assert isinstance(next(iter(planned(answers()))), PlannedFile)


# what is this manual's own: its words, and the pages of this tool
OWN_SETTINGS = {"project", "author", "project_copyright", "html_title"}


@pytest.mark.repository
def test_this_repository_s_own_settings_are_those_of_a_new_manual():
    ours = assigned((ROOT / "conf.py").read_text("utf-8"))
    new = assigned(texts()["conf.py"])
    new["extensions"] += ["groundrules.sphinxext.package_map", "sphinx_click"]
    new["html_theme_options"]["logo"]["text"] = ours["html_theme_options"]["logo"]["text"]
    del new["html_sidebars"]["contribute"]  # it is below the guides here
    assert ours.keys() == new.keys()
    assert {name for name in ours if ours[name] != new[name]} == OWN_SETTINGS


def directives(page: str) -> list[str]:
    """Return the directives, headings and options of a page, without the words."""
    lines = page.splitlines()
    found = re.compile(r"^(\.\. [\w:]+::|   :(?:most|stage|hidden|caption):|:html_theme\.\S+:|-+$)")
    return [match[1] for line in lines if (match := found.match(line))]


@pytest.mark.repository
def test_this_repository_s_own_front_page_is_that_of_a_new_manual():
    ours = directives((ROOT / "source/index.rst").read_text("utf-8"))
    new = directives(texts()["source/index.rst"])
    tool = [".. toctree::", "   :hidden:", "   :caption:"]
    assert sorted(ours) == sorted([*new, *tool])
    assert [line for line in ours if line not in (".. meta::", ".. ci:keywords::")] == [
        line for line in [*new, *tool] if line not in (".. meta::", ".. ci:keywords::")
    ]
    assert new.count(".. ci:toctree::") == 1


@pytest.mark.repository
def test_the_text_of_a_license_is_that_of_this_repository():
    assert texts(license="Apache-2.0")["LICENSE"] == (ROOT / "LICENSE").read_text("utf-8")
