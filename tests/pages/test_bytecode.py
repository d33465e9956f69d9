"""Compiled templates are read again, unless what is kept is not what was written."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from groundrules.pages.bytecode import Bytecode


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the templates that are compiled from now on."""
    names: list[str] = []
    original = jinja2.Environment.compile

    def compile_template(self, source, name=None, *arguments):
        names.append(name)
        return original(self, source, name, *arguments)

    monkeypatch.setattr(jinja2.Environment, "compile", compile_template)
    return names


def page(folder: Path, text: str = "{{ 1 }}", version: str = "1") -> str:
    loader = jinja2.DictLoader({"page": text})
    environment = jinja2.Environment(
        autoescape=True, loader=loader, bytecode_cache=Bytecode(folder, version)
    )
    return environment.get_template("page").render()


def test_a_template_is_compiled_once(tmp_path, compiled):
    assert [page(tmp_path), page(tmp_path), compiled] == ["1", "1", ["page"]]


def test_a_changed_template_is_compiled_again(tmp_path, compiled):
    assert [page(tmp_path), page(tmp_path, "{{ 2 }}"), compiled] == ["1", "2", ["page"] * 2]


def test_another_version_compiles_it_again(tmp_path, compiled):
    assert [page(tmp_path), page(tmp_path, version="2"), compiled] == ["1", "1", ["page"] * 2]


def test_another_edition_of_this_program_compiles_it_again(tmp_path, compiled, monkeypatch):
    page(tmp_path)
    monkeypatch.setattr("groundrules.cache._edition", lambda: "another")
    assert [page(tmp_path), compiled] == ["1", ["page"] * 2]


@pytest.mark.parametrize("length", [0, 25, 100, 400])
def test_a_file_that_is_cut_off_is_made_again(tmp_path, compiled, length):
    page(tmp_path)
    [file] = tmp_path.rglob("*.bytecode")
    whole = file.read_bytes()
    assert len(whole) > length
    file.write_bytes(whole[:length])
    assert [page(tmp_path), compiled] == ["1", ["page"] * 2]
    assert file.read_bytes() == whole


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path, compiled):
    (tmp_path / "file").write_text("no folder")
    assert [page(tmp_path / "file") for _ in range(2)] == ["1", "1"]
    assert compiled == ["page"] * 2
