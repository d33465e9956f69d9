"""The place of a form that a script adds to a page.

The style sheet reserves its height, so that the page does not move.  As the only child of the
place, a form also has no sibling: with one, browsers would style the whole table again.
"""

from __future__ import annotations

from docutils import nodes


def form_place() -> nodes.Element:
    """Return an empty element, which other formats than HTML do not show."""
    return nodes.compound(classes=["ci-place"])
