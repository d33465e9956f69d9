"""Pages of what is not known yet, and of what is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.checker import check_data
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates

QUESTION = "*Why? The reason is not known yet.*"
FILES = {
    "manual.yaml": "title: Ours\npublisher: Us\nsummary: Jobs.\n"
    "configurations: [{id: ours, title: Ours}]\n",
    "platforms/vm.yaml": "id: vm\ntitle: VM\nsummary: One.\nlabels: [{name: small}]\n",
    "graphs/deploy.yaml": """\
id: deploy
title: Deployment
configuration: ours
project: team/config
pipelines: [deploy]
jobs:
  - name: base
  - name: dns
    gone: 2026-11-01
    purpose: It wrote zones.
    waits_for: [{job: base, why: Users come first.}]
  - name: web
    waits_for:
      - {job: base}
      - {job: dns, why: Names come first.}
      - {job: mirror, why: Packages come first., gone: 2026-11-02}
  - {name: mirror, labels: [small]}
independent: [{jobs: [dns, web], why: They were.}]
rules: [{id: all, every: {name: '*'}, waits_for: base, why: Users come first.}]
""",
}


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, str]:
    for name, text in FILES.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    loaded = check_data(tmp_path)
    assert loaded.catalogue is not None
    assert not loaded.report.has_errors
    templates = Templates()
    return {page.name: templates.page(page) for page in plan(loaded.catalogue)}


def test_a_reason_that_is_not_known_is_a_question(pages: dict[str, str]) -> None:
    for name in ("graphs/deploy", "jobs/deploy/web", "jobs/deploy/base"):
        assert pages[name].count(QUESTION) == 1
    assert "Reasons that are not known yet: 1 of 1." in pages["graphs/deploy"]


def test_a_system_that_is_not_known(pages: dict[str, str]) -> None:
    assert "operating system not known yet" in pages["labels/small"]
    assert "     - not known\n" in pages["platforms/vm"]


def test_a_job_that_is_gone_keeps_its_page_and_words(pages: dict[str, str]) -> None:
    page = pages["jobs/deploy/dns"]
    assert "It wrote zones." in page
    assert "Gone: the configuration no longer had this job on 2026-11-01." in page
    assert "Gone with the job.\n\n   Users come first." in page
    assert "it can start at once" not in page
    assert "Rules for this job" not in page


def test_what_is_gone_has_no_part_in_the_order(pages: dict[str, str]) -> None:
    order, history = pages["graphs/deploy"].split("No longer in the configuration")
    assert "deploy/dns" not in order.split("In which order")[1].split("Declared independent")[0]
    assert ":ci:job:`deploy/web` waited for :ci:job:`deploy/mirror`" in history
    assert "no longer had it on 2026-11-02.\n\n   Packages come first." in history
    web = pages["jobs/deploy/web"]
    assert "Waited for" in web
    assert "Names come first." in web.split("Waited for")[1]
