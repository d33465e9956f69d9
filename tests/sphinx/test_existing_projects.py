"""Generated pages in Sphinx projects with settings of their own."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sphinx.util.matching import compile_matchers

from groundrules.cli import main
from groundrules.sphinxext.existing_projects import _everything_else

OTHERS = (
    "README.rst", "g.rst", "gen.rst", "generated.rst", "generator/page.rst", "generated-by/x.rst",
    "deep/generated/page.rst", "a/b.rst",
)  # fmt: skip


@pytest.mark.parametrize("path", OTHERS)
def test_other_pages_of_a_manual_in_markdown_are_not_read(path):
    assert any(matches(path) for matches in compile_matchers(_everything_else(".rst")))


@pytest.mark.parametrize(
    "path", ["generated/about.rst", "generated/jobs/deploy/web.rst", "index.md", "gen.md"]
)
def test_generated_pages_and_those_in_markdown_are_read(path):
    assert not any(matches(path) for matches in compile_matchers(_everything_else(".rst")))


@pytest.mark.parametrize(
    "setting", ["exclude_patterns = ['generated']", "include_patterns = ['index.rst']"]
)
def test_settings_that_exclude_generated_pages_are_reported(tiny_manual, setting):
    conf = tiny_manual / "conf.py"
    conf.write_text(f"{conf.read_text()}{setting}\n")
    arguments = ["build", "--root", str(tiny_manual), "-q", "-j", "1"]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.output) == (
        1,
        "ERROR: the pages in generated/ are excluded by 'exclude_patterns' or 'include_patterns' "
        "in conf.py; let Sphinx read them\n",
    )


# conf.py of somebody else

MISTAKES = {
    "1 / 0": "ROOT/conf.py:2: ZeroDivisionError: division by zero",
    "import nothing_there": "ROOT/conf.py:2: ModuleNotFoundError: No module named 'nothing_there'",
    "x = (": "ROOT/conf.py:2: syntax error: '(' was never closed",
    "raise SystemExit(3)": "ROOT/conf.py ends Python (sys.exit); remove that",
    "def setup(app): raise KeyError('x')": "ROOT/conf.py:2: KeyError: 'x'",
    "extensions += ['nothing_there']": "Could not import extension nothing_there: "
    "No module named 'nothing_there'; install it beside groundrules",
    "groundrules_data = 5": "ROOT/conf.py: groundrules_data is 5; write a folder such as 'data'",
    "groundrules_templates = ['a']": "ROOT/conf.py: groundrules_templates is ['a']; write a folder "
    "such as 'templates'",
    "groundrules_configurations = '../app'": "ROOT/conf.py: groundrules_configurations is "
    "'../app'; write names and paths such as {'project-config': '../project-config'}",
    "groundrules_configurations = {'app': 1}": "ROOT/conf.py: groundrules_configurations is "
    "{'app': 1}; write names and paths such as {'project-config': '../project-config'}",
    "html_theme = 'nothing_there'": "Theme error: no theme named 'nothing_there' found "
    "(missing theme.toml?)",
    "needs_sphinx = '99'": "Sphinx version error: This project needs at least Sphinx v99 and "
    "therefore cannot be built with this version.",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistake_in_conf_is_one_sentence(tiny_manual, line):
    (tiny_manual / "conf.py").write_text(f"extensions = ['groundrules.sphinxext']\n{line}\n")
    arguments = ["build", "--root", str(tiny_manual), "-q", "-j", "1"]
    result = CliRunner().invoke(main, arguments)
    message = MISTAKES[line].replace("ROOT", str(tiny_manual))
    assert (result.exit_code, result.output) == (3, f"groundrules: {message}\n")


def test_a_defect_of_an_extension_keeps_its_traceback(tiny_manual):
    (tiny_manual / "defect.py").write_text("def setup(app):\n    1 / 0\n")
    (tiny_manual / "conf.py").write_text(
        f"import sys\nsys.path.append({str(tiny_manual)!r})\n"
        "extensions = ['groundrules.sphinxext', 'defect']\n"
    )
    arguments = ["build", "--root", str(tiny_manual), "-q", "-j", "1"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 3
    assert "ZeroDivisionError: division by zero" in result.output
