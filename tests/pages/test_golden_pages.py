"""Each kind of page of the small manual; ``--force-regen`` writes them anew."""

from __future__ import annotations

import pytest

from groundrules.pages.listings import LISTINGS
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates

# one page of each kind, and a second where the first cannot show everything
PAGES = (
    "about",
    "actions",
    "changes",
    "expectations/ballooning",
    "expectations/index",
    "expectations/memory-8gb",
    "graphs/deploy",
    "graphs/index",
    "graphs/own",
    "jobs/deploy/base",
    "jobs/deploy/certificates",
    "jobs/deploy/gitea",
    "labels/debian-10",
    "labels/debian-12",
    "labels/debian-12-arm64",
    "matrix",
    "platforms/index",
    "platforms/static-host",
    "platforms/vm",
    "sessions/index",
    "sessions/meeting-2021-11-09",
    "sessions/meeting-2021-11-16",
    "sessions/summit-2016",
    "topics/memory",
)


@pytest.mark.parametrize("name", PAGES)
def test_page(outline, name, file_regression):
    pages = plan(outline.catalogue, outline.verdicts, usage=outline.usage)
    [page] = [each for each in pages if each.name == name]
    text = Templates().page(page)
    file_regression.check(text, extension=".rst", basename=name.replace("/", "-"))


def test_every_kind_of_page_is_among_them(catalogue):
    shown = {page.template for page in plan(catalogue) if page.name in PAGES}
    assert shown == {page.template for page in plan(catalogue)}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("actions", {"owner": "jdoe"}),
        ("changes", {"most": "2"}),
        ("expectations", {"topic": "memory"}),
        ("glance", {}),
        ("graph", {"id": "deploy"}),
        ("verification", {}),
    ],
)
def test_listing(outline, name, options, file_regression):
    template, _, context = LISTINGS[name]
    text = Templates().part(template, context(outline, options))
    file_regression.check(text, extension=".rst", basename=f"listing-{name}")
