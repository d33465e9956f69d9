"""Templates are compiled by the first build, and again only when they change."""

from __future__ import annotations

import shutil

import jinja2
import pytest

OWN = """
def setup(app):
    from jinja2 import FileSystemBytecodeCache

    def keep(app):
        environment = app.builder.templates.environment
        environment.bytecode_cache = FileSystemBytecodeCache(str(app.confdir), "own-%s")

    app.connect("builder-inited", keep, priority=100)
"""


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the templates that are compiled from now on."""
    names: list[str] = []
    original = jinja2.Environment.compile

    def compile_template(self, source, name=None, *arguments, **settings):
        if name is not None:  # one of a file
            names.append(name)
        return original(self, source, name, *arguments, **settings)

    monkeypatch.setattr(jinja2.Environment, "compile", compile_template)
    return names


def changed(manual) -> None:
    manual.replace("data/graphs/own.yaml", "branch: main", "branch: stable")


def test_a_second_build_compiles_none(built_manual, compiled):
    changed(built_manual)
    assert built_manual.build().written
    assert compiled == []


def test_a_changed_template_is_compiled_again(manual, compiled):
    manual.write("templates/session.rst.j2", "{{ record.title | heading }}\nOne.\n")
    manual.build()
    compiled.clear()
    manual.write("templates/session.rst.j2", "{{ record.title | heading }}\nTwo.\n")
    manual.build()
    assert compiled == ["session.rst.j2"]
    assert "Two." in manual.built("generated/sessions/summit-2016.html")


def test_where_none_can_be_kept_the_build_does_without(built_manual, compiled):
    [*folders] = built_manual.root.glob("build/.doctrees-html/.templates-*")
    assert len(folders) == 2
    for folder in folders:
        shutil.rmtree(folder)
        folder.write_text("no folder")
    changed(built_manual)
    assert built_manual.build().warnings == ""
    assert {"layout.html", "job.rst.j2"} <= set(compiled)


def test_where_somebody_else_keeps_them_they_stay(manual):
    manual.write("conf.py", f"{(manual.root / 'conf.py').read_text()}\n{OWN}")
    manual.build()
    assert list(manual.root.glob("own-*"))
