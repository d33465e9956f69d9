"""The domain ``ci``: where records stand, and how pages refer to them."""

from __future__ import annotations

import re
import zlib

import pytest
from lxml import html

RECORDS = {
    "ci:expectation": {
        "memory-8gb": "generated/expectations/memory-8gb.html#memory-8gb",
        "swap": "generated/expectations/swap.html#swap",
        "ballooning": "generated/expectations/ballooning.html#ballooning",
        "ipv6": "generated/expectations/ipv6.html#ipv6",
    },
    "ci:graph": {
        "deploy": "generated/graphs/deploy.html#deploy",
        "own": "generated/graphs/own.html#own",
    },
    "ci:job": {
        "deploy/base": "generated/jobs/deploy/base.html#base",
        "deploy/certificates": "generated/jobs/deploy/certificates.html#certificates",
        "certificates": "generated/jobs/deploy/certificates.html#certificates",
        "deploy/gitea": "generated/jobs/deploy/gitea.html#gitea",
        "gitea": "generated/jobs/deploy/gitea.html#gitea",
        "own/base": "generated/jobs/own/base.html#base",
        "own/lint": "generated/jobs/own/lint.html#lint",
        "lint": "generated/jobs/own/lint.html#lint",
    },
    "ci:keyword": {
        **{
            f"generated/{page}/{word}": f"generated/{page}.html#keyword-0"
            for page, words in {
                "about": (
                    "official",
                    "license",
                    "licence",
                    "who-keeps-this",
                    "report-a-mistake",
                ),
                "changes": ("changelog", "history"),
                "expectations/memory-8gb": ("RAM", "main-memory"),
                "graphs/deploy": ("deploy-order",),
                "graphs/index": (
                    "before",
                    "after",
                    "what-waits-for-a-job-that-I-change",
                    "side-by-side",
                    "which-job-waits-for-which",
                ),
                "labels/debian-10": ("debian-buster",),
                "platforms/index": ("label", "labels", "deprecated-label", "going-away"),
                "platforms/vm": ("VM", "C*"),
                "sessions/index": ("who-decided", "notes", "decision", "minutes"),
            }.items()
            for word in words
        }
    },
    "ci:label": {
        name: f"generated/labels/{name}.html#{name}"
        for name in ("debian-12", "debian-12-arm64", "debian-11", "debian-10")
    },
    "ci:platform": {
        name: f"generated/platforms/{name}.html#{name}"
        for name in ("executor", "static-host", "vm")
    },
    "ci:session": {
        name: f"generated/sessions/{name}.html#{name}"
        for name in ("summit-2016", "meeting-2021-11-09", "meeting-2021-11-16")
    },
}


@pytest.fixture(scope="module")
def inventory(built):
    found: dict[str, dict[str, str]] = {}
    packed = (built.folder / "objects.inv").read_bytes().split(b"\n", 4)[4]
    for line in zlib.decompress(packed).decode().splitlines():
        name, kind, _, uri, _ = line.split(" ", 4)
        found.setdefault(kind, {})[name] = uri.replace("$", name)
    return {kind: items for kind, items in found.items() if kind.startswith("ci:")}


def test_the_inventory_holds_every_record_at_its_anchor(inventory):
    assert inventory == RECORDS


def anchors(text: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', text))


def test_every_anchor_stands_on_its_page(inventory, built):
    for items in inventory.values():
        for uri in items.values():
            page, _, anchor = uri.partition("#")
            assert anchor in anchors(built.text(page)), uri


def test_titles_are_what_readers_call_records(built):
    domain = built.app.env.get_domain("ci")
    titles = {f"{kind}:{name}": title for name, title, kind, *_ in domain.get_objects()}
    assert titles["expectation:memory-8gb"] == "At least 8 GB of memory"
    assert titles["job:deploy/base"] == "base"
    assert titles["label:debian-12"] == "debian-12"


def said(built, page: str) -> str:
    return built.text(page).partition('<section id="roles">')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    "link",
    [
        'href="generated/platforms/vm.html#vm" title="Single-use virtual machine">'
        '<span class="ci ci-to-platform">Single-use virtual machine</span>',
        'href="generated/labels/debian-12.html#debian-12" title="debian-12">'
        '<code class="xref ci ci-label docutils literal notranslate">'
        '<span class="pre">debian-12</span></code>',
        'href="generated/expectations/swap.html#swap" title="Swap">'
        '<span class="ci ci-to-expectation">Swap</span>',
        'href="generated/jobs/deploy/gitea.html#gitea" title="gitea">'
        '<code class="xref ci ci-job docutils literal notranslate"><span class="pre">gitea</span>',
        'href="generated/jobs/own/base.html#base" title="base">'
        '<code class="xref ci ci-job docutils literal notranslate"><span class="pre">base</span>',
        'href="generated/jobs/deploy/certificates.html#certificates" title="certificates">'
        '<code class="xref ci ci-job docutils literal notranslate">'
        '<span class="pre">the</span> <span class="pre">certificates</span>',
        'href="generated/jobs/own/lint.html#lint" title="lint">',
        '<span class="ci-badge ci-varies"><span aria-hidden="true">◐</span> varies</span>',
    ],
)
def test_a_role_leads_to_its_record(built, link):
    assert link in said(built, "roles.html")


def test_a_title_keeps_its_characters(built_manual):
    title = r"C:\new *and* `old` <b> 1. a_"
    built_manual.replace("data/expectations/memory.yaml", "title: Swap", f"title: '{title}'")
    built = built_manual.build()
    entry = built.app.env.get_domain("ci").records["expectation", "swap"]
    assert (built.warnings, entry.title) == ("", title)


def test_a_label_may_be_called_as_its_platform_or_as_a_heading(built_manual):
    manual = built_manual
    labels = "\n".join(
        f"  - {{name: {name}, operating_system: Debian}}" for name in ("vm", "labels", "history")
    )
    manual.replace("data/platforms/vm.yaml", "labels:\n  - name", f"labels:\n{labels}\n  - name")
    built = manual.build()
    assert built.warnings == ""
    for name in ("vm", "labels", "history"):
        entry = built.app.env.get_domain("ci").records["label", name]
        assert built.text(f"{entry.docname}.html").count(f'id="{entry.anchor}"') == 1


def test_an_old_link_to_a_label_leads_to_its_row_on_the_page_of_its_platform(built):
    page = html.fromstring(built.text("generated/platforms/vm.html"))
    for anchor in ("debian-12", "label-debian-12", "debian-10"):
        name = anchor.removeprefix("label-")
        [row] = page.xpath(f"//tr[.//span[@id='{anchor}']]")
        assert [link.get("href") for link in row.iter("a")] == [f"../labels/{name}.html#{name}"]
