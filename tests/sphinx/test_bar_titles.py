"""Titles in the theme's navigation bar: guarded while it is written, once for all pages."""

from __future__ import annotations

from groundrules.sphinxext.breadcrumbs import as_html, guarded_titles


def test_titles_are_guarded_once_and_restored(built):
    env = built.app.env
    before = dict(env.titles)
    with guarded_titles(env):
        first = dict(env.titles)
    assert env.titles == before
    guarded = [page for page, title in first.items() if title is not before[page]]
    assert guarded
    with guarded_titles(env):
        assert [page for page in guarded if env.titles[page] is not first[page]] == []
    assert {as_html(first[page].astext()) for page in guarded} == {
        before[page].astext() for page in guarded
    }
