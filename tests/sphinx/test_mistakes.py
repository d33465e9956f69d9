"""Mistakes in data and templates end a build: reported without traceback, nothing written."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from sphinx.highlighting import lexer_classes

from groundrules.prose.allowed import DIRECTIVES
from groundrules.text import counted


def files_of(manual) -> dict[str, bytes]:
    """Return every file below the built and the generated folder."""
    return {
        path.relative_to(manual.root).as_posix(): path.read_bytes()
        for folder in (manual.root / "build", manual.source / "generated")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


MISTAKES = {
    "five mistakes in five files": (
        [
            ("data/manual.yaml", "publisher:", "publishr:"),
            (
                "data/platforms/vm.yaml",
                "replaced_by: debian-12\n  - name",
                "replaced_by: debian-13\n  - name",
            ),
            ("data/expectations/memory.yaml", "standing: guaranteed", "standing: granted"),
            ("data/graphs/deploy.yaml", "It is *slow*.", "It is *slow."),
            ("data/sessions/summit-2016.yaml", "end: 2016-10-28", "end: 2016-10-18"),
        ],
        "ROOT/data/expectations/memory.yaml:9:15: ERROR: 'granted' is not allowed here; "
        "did you mean 'guaranteed'? [GR107]\n"
        "ROOT/data/graphs/deploy.yaml:32:17: ERROR: '*' is not closed; "
        "write '\\*' for a star [GR114]\n"
        "ROOT/data/manual.yaml:2:1: ERROR: unknown key 'publishr'; did you mean 'publisher'? "
        "[GR105]\n"
        "ROOT/data/platforms/vm.yaml:24:18: ERROR: unknown label 'debian-13'; "
        "did you mean 'debian-12'? [GR111]\n"
        "ROOT/data/sessions/summit-2016.yaml:7:6: ERROR: 'end' (2016-10-18) is before 'date' "
        "(2016-10-25); correct one of them [GR112]\n",
    ),
    "a page that is missing": (
        [("data/manual.yaml", "publisher:", "rules_page: listing\npublisher:")],
        "ROOT/data/manual.yaml:2:13: ERROR: unknown page 'listing'; did you mean 'listings'? "
        "[GR111]\n",
    ),
    "an id that leads out": (
        [("data/platforms/executor.yaml", "id: executor", "id: ../../conf")],
        "ROOT/data/platforms/executor.yaml:1:5: ERROR: '../../conf' cannot be an id; "
        "did you mean 'conf'? [GR109]\n",
    ),
    "an unknown role target": (
        [("data/platforms/vm.yaml", ":ci:expectation:`ipv6`", ":ci:expectation:`ipv5`")],
        "ROOT/data/platforms/vm.yaml:5:3: ERROR: unknown expectation 'ipv5'; did you mean 'ipv6'? "
        "[GR111]\n",
    ),
    "a file to include": (
        [("data/graphs/deploy.yaml", "It is *slow*.", '".. include:: /etc/passwd"')],
        "ROOT/data/graphs/deploy.yaml:32:15: ERROR: the directive 'include' cannot be used in data"
        f"; allowed: {', '.join(sorted(DIRECTIVES))} [GR115]\n",
    ),
    "not YAML": (
        [("data/graphs/own.yaml", "title: How", "title: 'How")],
        "ROOT/data/graphs/own.yaml:2:8: ERROR: this quote is not closed; add ' at the end of the "
        "text [GR102]\n",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_in_data(built_manual, name):
    changes, message = MISTAKES[name]
    manual = built_manual
    before = files_of(manual)
    for change in changes:
        manual.replace(*change)
    count = counted(message.count("ERROR"), "mistake")
    files = counted(len({line.partition(":")[0] for line in message.splitlines()}), "file")
    end = f"ERROR: {count} in {files}; nothing was built\n"
    assert manual.sphinx_build("-q") == (2, "", message + end)
    assert files_of(manual) == before


def test_no_data_at_all(manual):
    (manual.root / "data").rename(manual.root / "elsewhere")
    assert manual.sphinx_build("-q") == (
        2,
        "",
        "ROOT/data:1:1: ERROR: there is no folder data/ here; 'groundrules init' writes a manual, "
        "and a Zuul configuration is checked without one too [GR100]\n"
        "ERROR: 1 mistake in 1 file; nothing was built\n",
    )
    assert not (manual.source / "generated").exists()


TEMPLATES = {
    "{{ nothing }}\n": "1: 'nothing' is undefined",
    "Title\n=====\n\n{% for x in catalogue %}\n": (
        "4: Unexpected end of template. Jinja was looking for the following tags: "
        "'endfor' or 'else'. The innermost block that needs to be closed is 'for'."
    ),
    "{{ ''.__class__ }}\n": "1: access to attribute '__class__' of 'str' object is unsafe.",
    "{% for x in range(10**9) %}{% endfor %}\n": (
        "1: Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000)."
    ),
}


@pytest.mark.parametrize("text", TEMPLATES)
def test_mistakes_in_templates(manual, text):
    manual.write("templates/matrix.rst.j2", text)
    assert manual.sphinx_build("-q") == (
        2,
        "",
        f"ERROR: ROOT/templates/matrix.rst.j2:{TEMPLATES[text]}\n",
    )
    assert not (manual.source / "generated").exists()


def test_a_mistake_in_the_template_of_a_listing(built_manual):
    built_manual.write("templates/glance.rst.j2", "\n{{ nothing }}\n")
    assert built_manual.sphinx_build("-qn", "-W", "--keep-going") == (
        1,
        "",
        "ROOT/source/index.rst:4: ERROR: ROOT/templates/glance.rst.j2:2: 'nothing' is undefined "
        "[docutils]\n",
    )


def test_the_generated_folder_is_a_link(manual, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious.txt").write_text("kept")
    (manual.source / "generated").symlink_to(outside)
    assert manual.sphinx_build("-q") == (
        2,
        "",
        "ERROR: ROOT/source/generated is a symbolic link; generated pages need a folder\n",
    )
    assert [path.name for path in outside.iterdir()] == ["precious.txt"]


def test_a_link_that_leads_out_of_the_data(manual, tmp_path):
    (tmp_path / "secret.yaml").write_text("id: secret\ntitle: Secret\nsummary: Secret.\n")
    (manual.root / "data/platforms/secret.yaml").symlink_to(tmp_path / "secret.yaml")
    assert manual.sphinx_build("-q") == (
        2,
        "",
        "ROOT/data/platforms/secret.yaml:1:1: ERROR: a symbolic link leads out of the data folder; "
        "put the file itself here [GR104]\n"
        "ERROR: 1 mistake in 1 file; nothing was built\n",
    )


def test_a_warning_of_the_data_is_one_of_sphinx(built_manual):
    built_manual.replace("data/graphs/deploy.yaml", "every: {tag: webserver}", "every: {tag: web}")
    assert built_manual.sphinx_build("-qn") == (
        0,
        "",
        "ROOT/data/graphs/deploy.yaml:9: WARNING: rule 'webservers-after-certificates' selects no "
        "job of this graph; correct its 'every' [groundrules.GR117]\n",
    )


TABLE = """\
.. ci:table::
   :header-rows: 1

   * - One
     - Another
   * - :ci:label:`debian-12`
     - :ci:label:`debian-99`
"""


def test_a_name_that_nothing_has_is_reported_at_the_directive_that_shows_it(
    built_manual, monkeypatch
):
    monkeypatch.chdir(built_manual.root)
    built_manual.write("templates/change_list.rst.j2", TABLE)
    assert built_manual.sphinx_build("-qn") == (
        0,
        "",
        "ROOT/source/listings.rst:25: WARNING: unknown label 'debian-99'; "
        "allowed: debian-10, debian-11, debian-12, debian-12-arm64 [ref.label]\n",
    )


CODE = '"Slow:\\n\\n.. code-block:: consle\\n\\n   $ ls"'


def test_an_unknown_language_is_reported_once(built_manual):
    built_manual.replace("data/graphs/deploy.yaml", "It is *slow*.", CODE)
    assert built_manual.sphinx_build("-qn") == (
        0,
        "",
        "ROOT/data/graphs/deploy.yaml:32: WARNING: unknown code-block language 'consle'; "
        "did you mean 'console'? [groundrules.GR121]\n",
    )


@pytest.fixture
def lexers():
    """Sphinx keeps the lexers that it adds as long as a process lasts."""
    with patch.dict(lexer_classes):
        yield


@pytest.mark.usefixtures("lexers")
def test_a_language_of_conf_py_is_known_to_the_build(built_manual):
    manual = built_manual
    manual.replace("data/graphs/deploy.yaml", "It is *slow*.", CODE)
    settings = manual.root / "conf.py"
    added = (
        "from pygments.lexers.shell import BashSessionLexer\n"
        "def setup(app):\n    app.add_lexer('consle', BashSessionLexer)\n"
    )
    settings.write_text(settings.read_text() + added)
    assert manual.sphinx_build("-qn") == (0, "", "")


def test_a_mended_mistake_leaves_no_trace(built_manual):
    before = files_of(built_manual)
    built_manual.replace("data/graphs/deploy.yaml", "project: team/config", "projekt: team/config")
    assert built_manual.sphinx_build("-qn")[0] == 2
    built_manual.replace("data/graphs/deploy.yaml", "projekt: team/config", "project: team/config")
    built = built_manual.build()
    assert (built.warnings, built.read) == ("", set())
    same = {name for name in before if name.endswith((".rst", ".html", ".svg"))}
    after = files_of(built_manual)
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_a_template_that_no_page_uses_is_a_warning_of_every_build(built_manual):
    built_manual.write("templates/platfrom.rst.j2", "x")
    first, second = built_manual.build(), built_manual.build()
    message = "template 'platfrom.rst.j2' is not used; did you mean 'platform.rst.j2'?"
    assert (message in first.warnings, message in second.warnings) == (True, True)
