"""`words_for`: what links without a title say of their address, and no more than that."""

from __future__ import annotations

import pytest

from groundrules.pages.source_words import words_for

SHA = "fd40838964afceef90d91255302b4d624df30c1d"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "https://opendev.org/openstack/project-config/commit/cd4be78",
            "project-config, commit cd4be78",
        ),
        (f"https://github.com/a/system-config/commit/{SHA}", "system-config, commit fd4083896"),
        (f"https://gitlab.org/a/b/jobs/-/commit/{SHA}", "jobs, commit fd4083896"),
        (
            f"https://opendev.org/a/b/src/commit/{SHA}/nodepool/nl07.yaml",
            "nodepool/nl07.yaml in b, commit fd4083896",
        ),
        (
            "https://opendev.org/zuul/zuul/src/tag/14.3.0/zuul/model.py",
            "zuul/model.py in zuul, tag 14.3.0",
        ),
        ("https://opendev.org/a/b/src/branch/master/.zuul.yaml", ".zuul.yaml in b, branch master"),
        (
            "https://opendev.org/a/b/src/branch/stable/2026.1/zuul.d/jobs.yaml",
            "zuul.d/jobs.yaml in b, branch stable/2026.1",
        ),
        ("https://github.com/a/b/blob/main/README.rst", "README.rst in b, branch main"),
        ("https://github.com/a/b/pull/7", "b, pull request 7"),
        ("https://github.com/a/b/issues/7", "b, issue 7"),
        ("https://review.opendev.org/c/opendev/base-jobs/+/807807", "change 807807 in base-jobs"),
        ("https://review.openstack.org/314185", "change 314185 on review.openstack.org"),
        (
            "https://lists.opendev.org/pipermail/service-discuss/2021-November/000297.html",
            "service-discuss, message of November 2021",
        ),
        ("https://l.org/archives/list/dev@l.org/thread/ABC/", "dev@l.org, thread"),
        (
            "https://wiki.org/w/index.php?title=Meetings/InfraTeamMeeting&oldid=187430",
            "Meetings/InfraTeamMeeting on wiki.org, revision 187430",
        ),
        ("https://etherpad.opendev.org/p/ocata%20notes", "etherpad ocata notes"),
    ],
)
def test_an_address_of_a_known_shape_is_put_into_words(address, words):
    assert words_for(address) == words


@pytest.mark.parametrize(
    ("address", "words"),
    [
        # where the name of the branch ends is not known
        ("https://opendev.org/a/b/src/branch/x/y/z.yaml", "opendev.org/a/b/src/branch/x/y/z.yaml"),
        ("https://github.com/a/b/blob/x/y/z.yaml", "github.com/a/b/blob/x/y/z.yaml"),
        ("https://opendev.org/a/b/commit/latest", "opendev.org/a/b/commit/latest"),
        ("https://example.org/314185", "example.org/314185"),
        ("https://review.opendev.org/q/If21ddea6542a", "review.opendev.org/q/If21ddea6542a"),
        ("https://example.org/docs/", "example.org/docs"),
        (f"https://example.org/{SHA}/{SHA}/notes.html?a=b", "example.org/…/notes.html"),
    ],
)
def test_nothing_is_guessed_of_another_address(address, words):
    assert words_for(address) == words
