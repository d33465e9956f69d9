"""`words_for`: what a web address says of itself, for links without a title.

Only shapes that are the same everywhere are put into words: a commit, a file, a change, a message.
A part that an address leaves open, such as where a branch's name ends, is not guessed.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

LONGEST = 64
_SHA = r"(?P<sha>[0-9a-f]{7,40})"
_REPOSITORY = r"[^?#]*/(?!-/)(?P<repository>[^/?#]+)(?:/-)?"
# branches with a name whose end is certain
_BRANCH = r"(?P<branch>master|main|(?:stable|unmaintained)/[\w.-]+)"
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(shape), words)
    for shape, words in (
        (rf"{_REPOSITORY}/commit/{_SHA}/?", "{repository}, commit {sha:.9}"),
        (
            rf"{_REPOSITORY}/src/commit/{_SHA}/(?P<path>[^?#]+)",
            "{path} in {repository}, commit {sha:.9}",
        ),
        (
            rf"{_REPOSITORY}/src/tag/(?P<tag>[^/?#]+)/(?P<path>[^?#]+)",
            "{path} in {repository}, tag {tag}",
        ),
        (
            rf"{_REPOSITORY}/src/branch/{_BRANCH}/(?P<path>[^?#]+)",
            "{path} in {repository}, branch {branch}",
        ),
        (rf"github\.com/[^/]+/(?P<repository>[^/]+)/blob/{_SHA}/(?P<path>[^?#]+)",
         "{path} in {repository}, commit {sha:.9}"),
        (rf"github\.com/[^/]+/(?P<repository>[^/]+)/blob/{_BRANCH}/(?P<path>[^?#]+)",
         "{path} in {repository}, branch {branch}"),
        (r"github\.com/[^/]+/(?P<repository>[^/]+)/pull/(?P<number>\d+)",
         "{repository}, pull request {number}"),
        (r"github\.com/[^/]+/(?P<repository>[^/]+)/issues/(?P<number>\d+)",
         "{repository}, issue {number}"),
        (r"[^/]+/c/[^?#]*?(?P<repository>[^/?#]+)/\+/(?P<number>\d+)/?",
         "change {number} in {repository}"),
        (r"(?P<host>review\.[^/]+)/(?P<number>\d+)/?", "change {number} on {host}"),
        (r"[^/]+/pipermail/(?P<list>[^/]+)/(?P<year>\d{4})-(?P<month>[A-Z][a-z]+)/\d+\.html",
         "{list}, message of {month} {year}"),
        (r"[^/]+/archives/list/(?P<list>[^/]+)/(?P<kind>thread|message)/\w+/?", "{list}, {kind}"),
        (r"(?P<host>[^/]+)/w/index\.php\?title=(?P<page>[^&#]+)&oldid=(?P<number>\d+)",
         "{page} on {host}, revision {number}"),
        (r"etherpad\.[^/]+/p/(?P<page>[^/?#]+)", "etherpad {page}"),
    )
)  # fmt: skip


def words_for(address: str) -> str:
    """Return what a web address leads to, in words; else the address, shortened.

    >>> words_for("https://opendev.org/openstack/project-config/commit/cd4be7803")
    'project-config, commit cd4be7803'
    >>> words_for("https://example.org/docs/testing.html")
    'example.org/docs/testing.html'
    """
    plain = address.partition("://")[2]
    for shape, words in _SHAPES:
        if match := shape.fullmatch(plain):
            parts = {name: unquote(part) for name, part in match.groupdict().items()}
            return words.format(**parts)
    return _short(plain)


def _short(plain: str) -> str:
    shown = plain.rstrip("/")
    if len(shown) <= LONGEST:
        return shown
    path = re.split(r"[?#]", shown, maxsplit=1)[0]
    return f"{path.partition('/')[0]}/…/{path.rpartition('/')[2][-LONGEST:]}"
