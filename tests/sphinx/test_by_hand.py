"""Mistakes on hand-written pages are reported at their place, and the build continues."""

from __future__ import annotations

import re

import pytest

from groundrules.pages import diagram

pytestmark = pytest.mark.xdist_group("by-hand")  # its builds are shared
PATH = "<../../../secret.txt>"
WRONG = {
    ".. ci:gantt:: depoly deploy": "unknown graph 'depoly'; did you mean 'deploy'?",
    ".. ci:gantt:: deploy peridic": "graph 'deploy' has no pipeline 'peridic'; did you mean "
    "'periodic'?",
    ".. ci:around:: own/lnt": "unknown job 'own/lnt'; did you mean 'own/lint'?",
    ".. ci:around:: gitae": "unknown job 'gitae'; did you mean 'gitea'?",
    ".. ci:around:: base": "several graphs have a job 'base'; write deploy/base or own/base",
    ":ci:origin:`x`": "unknown record 'x'; write PATH <KIND NAME>",
    ":ci:origin:`platform none data/x`": (
        "unknown record 'platform none data/x'; write PATH <KIND NAME>"
    ),
    ":ci:origin:`data/x <platform none>`": (
        "unknown record 'platform none'; write PATH <KIND NAME>"
    ),
    ":ci:origin:`data/x <nothing vm>`": ("unknown record 'nothing vm'; write PATH <KIND NAME>"),
    ":ci:origin:`data/x <job base>`": ("unknown record 'job base'; write PATH <KIND NAME>"),
    ".. ci:record:: machine vm": (
        "unknown kind of record 'machine'; allowed: expectation, graph, job, label, platform, "
        "session"
    ),
    # what Sphinx makes of a text is looked at again, whoever wrote it
    f".. ci:prose::\n\n   .. seealso:: :download:`key {PATH}`": (
        "data cannot publish the file '../../../secret.txt'"
    ),
    ".. ci:prose::\n\n   .. image:: picture.png": "data cannot contain 'image'",
    ".. ci:prose::\n\n   .. code-block:: sh\n      :caption: :math:`x`\n\n      $ ls": (
        "data cannot contain 'math'"
    ),
    ".. ci:prose::\n\n   .. seealso:: `click <javascript:alert(1)>`__": (
        "a link to 'javascript:alert(1)' is not a web or mail address"
    ),
}
RIGHT = (
    ".. ci:around:: deploy/gitea",
    ".. ci:around:: gitea",
    ".. ci:around:: own/base",
    ":ci:origin:`data/x y.yaml <platform vm>`",
    ":ci:origin:`data/x <job deploy/base https://example.org/>`",
    ".. ci:prose::\n\n   .. seealso:: `a page <https://example.org/>`__ and :ci:job:`gitea`",
    ".. ci:prose::\n\n   Write to us@example.org, as :pep:`8` and :doc:`index` say.",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory, copy_of_small_manual):
    """A manual with a page for each text."""
    root = tmp_path_factory.mktemp("by-hand")
    (root / "secret.txt").write_text("secret")
    manual = copy_of_small_manual(root / "a" / "manual")
    manual.replace("data/manual.yaml", "site:", "edit: https://example.org/edit\nsite:")
    for name, texts in (("wrong", WRONG), ("right", RIGHT)):
        for number, text in enumerate(texts):
            manual.write(f"source/{name}-{number}.rst", f":orphan:\n\nPage\n====\n\n{text}\n")
    manual.write("source/unknown.rst", ":orphan:\n\nPage\n====\n\n:ci:job:`gitae` is no job.\n")
    manual.write("source/drawn.rst", ":orphan:\n\nDrawn\n=====\n\n.. ci:graph:: deploy\n")
    return manual.build()


def said_of(built, page: str) -> list[str]:
    place = re.compile(rf".*/{page}\.rst:\d+: ERROR: (.*?)( \[docutils\])?")
    return [each[1] for line in built.warnings.splitlines() if (each := place.fullmatch(line))]


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_it_is_reported_at_its_place(built, number):
    assert said_of(built, f"wrong-{number}") == [list(WRONG.values())[number]]


def test_nothing_else_is_reported(built):
    lines = [each for each in built.warnings.splitlines() if ": ERROR: " in each]
    assert len(lines) == len(WRONG)
    assert "/right-" not in built.warnings


def test_an_unknown_job_is_reported_with_a_suggestion(built):
    assert "unknown.rst:6: WARNING: unknown job 'gitae'; did you mean 'gitea'? [ref.job]" in (
        built.warnings
    )


def test_what_is_refused_is_not_published(built):
    assert not list(built.folder.rglob("secret.txt"))
    for number in range(len(WRONG)):
        page = built.text(f"wrong-{number}.html")
        assert 'href="javascript:' not in page
        assert "<img" not in page


def test_a_path_with_a_space_leads_to_the_editor(built):
    assert 'href="https://example.org/edit/data/expectations/memory.yaml#L' in built.text(
        "generated/expectations/swap.html"
    )
    page = built.text("right-4.html")
    assert 'href="https://example.org/data/x#L' in page
    assert "data/x y.yaml, line 1" in built.text("right-3.html")


def test_arrows_of_a_picture_elsewhere_lead_to_the_rows_of_the_graphs_page(built):
    page = built.text("drawn.html")
    assert re.findall(r'class="ci-arrow[^"]*" href="([^"]*)"', page) == [
        f"generated/graphs/deploy.html#wait-deploy-{number}" for number in (1, 2, 3)
    ]
    assert 'id="arrow-' not in page


def test_arrows_and_rows_of_the_graphs_page_lead_to_each_other(built):
    page = built.text("generated/graphs/deploy.html")
    for number in ("deploy-1", "deploy-2", "deploy-3"):
        assert re.search(rf'id="arrow-{number}" href="#wait-{number}"', page)
        assert f'id="wait-{number}" href="#arrow-{number}"' in page


def test_a_row_without_an_arrow_leads_nowhere(little_manual, monkeypatch):
    monkeypatch.setattr(diagram, "WITH_DETOURS", 4)
    manual = little_manual
    jobs = [
        f"  - name: j{job}\n    waits_for: "
        f"[{', '.join(f'{{job: j{other}, why: It does.}}' for other in range(job))}]\n"
        for job in range(4)
    ]
    old = (manual.root / "data/graphs/deploy.yaml").read_text("utf-8").partition("jobs:\n")[0]
    manual.write("data/graphs/deploy.yaml", old + "jobs:\n" + "".join(jobs))
    built = manual.build()
    page = built.text("generated/graphs/deploy.html")
    assert 'id="wait-deploy-3" href="#arrow-deploy-3"' in page
    assert '<a class="ci-edge" id="wait-deploy-2">' in page
    assert "3 of 6 dependencies have no arrow" in " ".join(page.split())


def test_a_template_of_pictures_that_fails_only_around_jobs(little_manual):
    manual = little_manual
    manual.write(
        "templates/diagram.svg.j2", "{% if rows %}<svg/>{% else %}{{ nothing }}{% endif %}"
    )
    code, _, errors = manual.sphinx_build("-qn")
    assert code == 0
    assert {line.partition(": ERROR: ")[2] for line in errors.splitlines()} == {
        "ROOT/templates/diagram.svg.j2:1: 'nothing' is undefined [docutils]"
    }


EMPTY = ("graphs", "sessions", "platforms", "expectations")


@pytest.mark.parametrize("kept", EMPTY)
def test_a_manual_of_one_kind_of_record_has_nothing_to_warn_of(
    tmp_path, copy_of_small_manual, kept
):
    manual = copy_of_small_manual(tmp_path / "manual")
    for kind in EMPTY:
        for path in (manual.root / "data" / kind).glob("*.yaml"):
            path.unlink()
    manual.write("source/index.rst", INDEX)
    for page in ("listings", "roles", "quiet"):
        (manual.source / f"{page}.rst").unlink()
    manual.write(f"data/{kept}/one.yaml", ONE[kept])
    assert manual.build().warnings == ""


INDEX = """\
Front
=====

.. toctree::

   generated/expectations/index
   generated/platforms/index
   generated/graphs/index
   generated/sessions/index
   generated/changes
"""
ONE = {
    "graphs": (
        "id: one\ntitle: One\nconfiguration: own\nproject: p\npipelines: [check]\n"
        "jobs: [{name: base}]\n"
    ),
    "sessions": "id: one\ntitle: One\nkind: sprint\ndate: 2025-05-01\n",
    "platforms": "id: one\ntitle: One\nsummary: One.\n",
    "expectations": (
        "topic: one\ntitle: One\nexpectations:\n"
        "  - {id: a, title: A, standing: varies, statement: It may be.}\n"
    ),
}
