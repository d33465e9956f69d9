"""Every builder passes without a warning."""

from __future__ import annotations

import re

import pytest

BUILDERS = ("html", "dirhtml", "singlehtml", "text", "man", "latex", "texinfo")


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_builder_has_nothing_to_warn_of(built_with, builder):
    built = built_with(builder)
    assert (built.warnings, built.app.statuscode) == ("", 0)
    assert any(built.folder.iterdir())


def test_sphinx_build_alone_is_enough(little):
    assert little.sphinx_build_apart("-W", "-n", "-q") == (0, "", "")
    assert (little.root / "build/html/generated/jobs/deploy/gitea.html").is_file()


def test_text_says_what_html_shows(built_with):
    built = built_with("text")
    assert built.text("generated/jobs/deploy/certificates.txt") == CERTIFICATES
    assert "✔ guaranteed" in built.text("generated/expectations/memory-8gb.txt")
    assert "svg" not in built.text("generated/graphs/deploy.txt")


CERTIFICATES = """\
certificates
************

? not checked: the configuration could not be read when this manual
was built


Waits for
=========

"base" (hard, ? not checked)
   Users come first.


Is waited for by
================

"gitea" (hard, ◌ planned)
   It serves HTTPS.


Who uses this
=============

Not known: Our deployment could not be read when this manual was
built.


About this job
==============

Graph:
   How the servers are deployed

Pipelines:
   deploy, periodic

Runs for:
   not known

Written in:
   "data/graphs/deploy.yaml"

Came out of:
   Team meeting of 16 November 2021
"""


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_links_of_a_diagram_lead_to_their_jobs(built_with, builder):
    built = built_with(builder)
    page, jobs = {
        "html": ("generated/graphs/deploy.html", "../jobs/deploy/{0}.html#{0}"),
        "dirhtml": ("generated/graphs/deploy/index.html", "../../jobs/deploy/{0}/#{0}"),
        "singlehtml": ("index.html", "#{0}"),
    }[builder]
    links = re.findall(r'<a class="ci-node" href="([^"]*)"', built.text(page))
    assert [each for each in links if "own" not in each][:3] == [
        jobs.format(name) for name in ("base", "certificates", "gitea")
    ]
