"""What ``--fix`` mends of drift: the data side, where the answer is certain."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

LOUD = Path(__file__).parents[1] / "projects" / "drift" / "loud"
GRAPH = "data/graphs/deploy.yaml"
COMPARED = "1 graph with 4 jobs, 4 dependencies and 1 rule compared with cd.\n"


@pytest.mark.parametrize(
    ("case", "old", "new"),
    [
        ("GR208-planned-and-enforced", "status: planned, ", ""),
        ("GR205-soft-here", "HTTPS.}", "HTTPS., soft: true}"),
        ("GR205-hard-here", "soft: true, ", ""),
    ],
)
def test_what_is_certain_is_mended(
    case: str, old: str, new: str, tmp_path: Path, command: Callable[..., str]
):
    folder = shutil.copytree(LOUD / case, tmp_path / case)
    before = (folder / GRAPH).read_text()
    output = command(folder, "--fix")
    assert output.endswith(f"No findings in 3 files.\n{COMPARED}exit code 0\n")
    assert (folder / GRAPH).read_text() == before.replace(old, new)


def test_what_differs_in_one_pipeline_only_is_not_mended(
    tmp_path: Path, command: Callable[..., str]
):
    folder = shutil.copytree(LOUD / "GR205-soft-in-one-pipeline", tmp_path / "case")
    before = (folder / GRAPH).read_bytes()
    assert command(folder, "--fix").endswith("exit code 1\n")
    assert (folder / GRAPH).read_bytes() == before


PASTE = """\
  - name: infra-prod-service-paste
    semaphores: [infra-prod-playbook]
    pipelines: [deploy]
    waits_for: [*https]
"""


def enforced_case(folder: Path) -> Path:
    """Return a copy of the case in which a planned dependency is enforced."""
    return shutil.copytree(LOUD / "GR208-planned-and-enforced", folder / "case")


def with_paste(folder: Path, dependencies: str) -> Path:
    """Return the graph, in which a further job shares a planned dependency through an alias."""
    graph, zuul = folder / GRAPH, folder / ".zuul.yaml"
    text = graph.read_text().replace(
        "- {job: infra-prod-letsencrypt", "- &https\n        {job: infra-prod-letsencrypt"
    )
    graph.write_text(text.replace("rules:\n", f"{PASTE}rules:\n"))
    name = "infra-prod-service-paste"
    job = f"- job: {{name: {name}, parent: infra-prod-playbook, dependencies: [{dependencies}]}}\n"
    stanza = zuul.read_text().replace("    periodic:\n", f"        - {name}\n    periodic:\n")
    zuul.write_text(f"{job}{stanza}")
    return graph


def test_a_dependency_that_jobs_share_through_an_alias_is_mended_for_all(
    tmp_path: Path, command: Callable[..., str]
):
    folder = enforced_case(tmp_path)
    graph = with_paste(folder, "infra-prod-letsencrypt")
    before = graph.read_text()
    assert "exit code 0\n" in command(folder, "--fix")
    assert graph.read_text() == before.replace("status: planned, ", "")


def test_where_the_other_is_still_planned_an_alias_becomes_the_value(
    tmp_path: Path, command: Callable[..., str]
):
    folder = enforced_case(tmp_path)
    graph, zuul = with_paste(folder, "infra-prod-letsencrypt"), folder / ".zuul.yaml"
    zuul.write_text(zuul.read_text().replace("      - infra-prod-letsencrypt\n", "", 1))
    before = graph.read_text()
    command(folder, "--fix")
    https = "{job: infra-prod-letsencrypt, why: It serves HTTPS.}"
    assert graph.read_text() == before.replace("*https", https)


def test_an_anchor_whose_aliases_are_still_planned_is_not_mended(
    tmp_path: Path, command: Callable[..., str]
):
    folder = enforced_case(tmp_path)
    graph = with_paste(folder, "")
    before = graph.read_text()
    assert "the file would have another meaning; do it by hand" in command(folder, "--fix")
    assert graph.read_text() == before
