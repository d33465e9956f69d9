"""Texts that several examples of Zuul's rules (GR6xx) share."""

from __future__ import annotations

JOB = "- job:\n    name: unit-test\n    parent: null\n    run: play.yaml\n"
GOOD = f"# .zuul.yaml\n{JOB}"

TENANT = (
    "# main.yaml\n- tenant: {name: t, source: {git: {config-projects: [app]}}}\n"
    "# app/master/zuul.yaml\n- pipeline: {name: check, manager: independent}\n"
    "- job: {name: unit-test, parent: null, run: play.yaml}\n"
)
