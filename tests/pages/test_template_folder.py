"""Templates of the manual's own folder: nothing outside of it gets onto a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.pages.render import TemplateProblem, Templates

TEXT = "root:x:0:0"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret").write_text(TEXT)
    (tmp_path / "manual/templates").mkdir(parents=True)
    return tmp_path / "manual/templates"


def rendered(folder: Path) -> str:
    try:
        return Templates(folder).part("own", {})
    except TemplateProblem as error:
        return str(error).replace(str(folder), "templates")


def test_a_template_is_read(folder: Path):
    (folder / "own.rst.j2").write_text("{% include 'sub/part' %}")
    (folder / "sub").mkdir()
    (folder / "sub/part").write_text("text")
    assert rendered(folder) == "text"


@pytest.mark.parametrize("target", ["../../outside/secret", "{out}/outside/secret"])
def test_a_template_that_is_a_link_out_is_refused(folder: Path, tmp_path: Path, target: str):
    (folder / "own.rst.j2").symlink_to(target.format(out=tmp_path))
    assert rendered(folder) == (
        "templates/own.rst.j2: a symbolic link leads out of templates/; "
        "put the template itself there"
    )


def test_so_is_one_in_a_folder_that_is_a_link(folder: Path):
    (folder / "own.rst.j2").write_text("{% include 'e/secret' %}")
    (folder / "e").symlink_to("../../outside")
    assert rendered(folder) == (
        "templates/e/secret: a symbolic link leads out of templates/; put the template itself there"
    )


def test_a_folder_of_templates_that_is_a_link_out_is_refused(folder: Path, tmp_path: Path):
    folder.rmdir()
    folder.symlink_to(tmp_path / "outside")
    assert rendered(folder).startswith("templates/own.rst.j2: a symbolic link leads out")


def test_a_link_that_stays_inside_is_followed(folder: Path):
    (folder / "old.rst.j2").write_text("text")
    (folder / "own.rst.j2").symlink_to("old.rst.j2")
    assert rendered(folder) == "text"


@pytest.mark.parametrize("name", ["missing.rst.j2", "sub"])
def test_what_is_not_a_file_is_not_a_template(folder: Path, name: str):
    (folder / "sub").mkdir()
    (folder / "own.rst.j2").write_text(f"{{% include '{name}' %}}")
    assert rendered(folder) == f"template {name} is missing"
