"""Random texts: formatting loses nothing, means the same, and a second time changes nothing."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings

from authoring.yaml_texts import yaml_texts
from groundrules.authoring.layout.formatting import formatted
from groundrules.authoring.layout.record_layouts import layouts_of_models
from groundrules.fixes.proof import comment_texts, plain_values
from groundrules.yamlsource import Problem

LAYOUTS = layouts_of_models()


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(text=yaml_texts())
def test_a_random_text_keeps_its_meaning_and_is_formatted_once(text: str):
    try:
        plain_values(text)
    except Problem:
        assume(False)
    after = formatted(text, LAYOUTS["expectations"], LAYOUTS)
    assert formatted(after, LAYOUTS["expectations"], LAYOUTS) == after
    assert sorted(comment_texts(after)) == sorted(
        comment.rstrip() for comment in comment_texts(text)
    )
    assert after.endswith("\n")
