"""What strangers put into data is shown as text, and leads nowhere but where it says."""

from __future__ import annotations

import html
import re

import pytest

BAD = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} `x` <javascript:alert(1)>`__ ``y`` |z| *a*"
SEPARATED = "\\L\\L.. raw:: html\\L\\L   <script>alert(2)</script>\\L\\Lx"
PROSE = "<script>alert(1)</script> and {{ 7 * 7 }} and {% raw %}."


@pytest.fixture(scope="module")
def built(tmp_path_factory, copy_of_small_manual):
    """A manual in which everything that is not prose says ``BAD``, and prose says ``PROSE``."""
    manual = copy_of_small_manual(tmp_path_factory.mktemp("hostile") / "manual")
    line = f"'{BAD}'"
    for name, old in {
        "manual.yaml": "title: Our deployment",
        "platforms/vm.yaml": "title: Single-use virtual machine",
        "expectations/memory.yaml": "title: Memory\n",
        "graphs/deploy.yaml": "title: How the servers are deployed",
        "sessions/summit-2016.yaml": "title: What a test may expect",
    }.items():
        key = old.partition(":")[0]
        manual.replace(f"data/{name}", old, f"{key}: {line}\n")
    for name, key, old in (
        ("platforms/vm.yaml", "flavor", "8C-8GB-80GB"),
        ("platforms/vm.yaml", "cpu_level", "x86-64-v2"),
        ("expectations/memory.yaml", "title", "Swap"),
        ("expectations/network.yaml", "title", "A public IPv6 address"),
        ("expectations/network.yaml", "fact", "ansible_default_ipv6.address"),
        ("graphs/own.yaml", "project", "groundrules"),
        ("graphs/own.yaml", "branch", "main"),
        ("sessions/summit-2016.yaml", "event", "Ocata summit"),
        ("sessions/summit-2016.yaml", "place", "Barcelona"),
        ("sessions/meeting-2021-11-09.yaml", "owner", "clark\n    date"),
    ):
        value = line if "\n" not in old else f"{line}\n    date"
        manual.replace(f"data/{name}", f"{key}: {old}", f"{key}: {value}")
    manual.replace("data/graphs/deploy.yaml", "['^playbooks/base/.*$']", f"[{line}]")
    manual.replace(
        "data/sessions/meeting-2021-11-16.yaml", "title: Certificates", f'title: "x{SEPARATED}"'
    )
    manual.replace("data/expectations/memory.yaml", "There may be no swap at all.", f"'{PROSE}'")
    manual.replace("data/graphs/deploy.yaml", "It is *slow*.", f"'{PROSE}'")
    manual.replace("source/listings.rst", "   :owner: clark", "   :owner: jdoe")
    return manual.build()


def pages(built) -> dict[str, str]:
    return {
        path.relative_to(built.folder).as_posix(): path.read_text("utf-8")
        for path in built.folder.rglob("*.html")
    }


def test_sphinx_has_nothing_to_say(built):
    assert built.warnings == ""


def test_no_script_of_the_data_runs(built):
    for name, text in pages(built).items():
        assert "<script>alert" not in text, name
        assert not re.search(r'href="\s*javascript:', text, re.IGNORECASE), name
        assert "&lt;script&gt;" in text or BAD.split()[0] not in text, name


@pytest.mark.parametrize(
    "page",
    [
        "generated/platforms/vm.html",
        "generated/topics/memory.html",
        "generated/expectations/swap.html",
        "generated/expectations/ipv6.html",
        "generated/graphs/deploy.html",
        "generated/graphs/own.html",
        "generated/jobs/deploy/base.html",
        "generated/sessions/summit-2016.html",
        "generated/sessions/meeting-2021-11-09.html",
        "generated/sessions/index.html",
        "generated/matrix.html",
        "generated/changes.html",
        "index.html",
    ],
)
def test_titles_names_and_literals_show_their_characters(built, page):
    text = " ".join(html.unescape(re.sub(r"<[^>]*>", "", pages(built)[page])).split())
    assert BAD in text


@pytest.mark.parametrize(
    "page", ["generated/expectations/swap.html", "generated/jobs/deploy/gitea.html"]
)
def test_prose_shows_its_characters(built, page):
    assert html.escape(PROSE, quote=False) in pages(built)[page]


def test_a_line_separator_begins_no_line(built):
    text = pages(built)["generated/sessions/meeting-2021-11-16.html"]
    assert "x  .. raw:: html     &lt;script&gt;alert(2)&lt;/script&gt;  x" in text


def test_nothing_is_loaded_from_another_host(built):
    loaded = {
        (name, address)
        for name, text in pages(built).items()
        for address in re.findall(r'<(?:link|script|img|iframe)\b[^>]*(?:src|href)="([^"]*)"', text)
        if re.match(r"(?:[a-z]+:)?//", address)
    }
    assert loaded == set()


def test_style_sheets_load_nothing_from_another_host(built):
    for path in built.folder.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", path.read_text("utf-8"))
