"""The keys of a tenant file and the shape of each value.

https://zuul-ci.org/docs/zuul/latest/tenants.html
"""

from __future__ import annotations

from typing import Any

from groundrules.ci.zuul.layout.tenant import ALL_CLASSES
from groundrules.ci.zuul.reading import shapes
from groundrules.ci.zuul.reading.shapes import (
    Shape,
    flag,
    keys,
    one_of,
    some,
    text,
    version,
    whole,
)
from groundrules.yamlsource import Mapping, Place

_CLASS = one_of(*sorted(ALL_CLASSES))
# the paths that Zuul always reads (configloader.py, check_config_path)
USUAL_PATHS = ("zuul.yaml", "zuul.d/", ".zuul.yaml", ".zuul.d/")


def _extra_path(value: Any, place: Place) -> shapes.Faults:
    """Accept a path unless Zuul reads it anyway."""
    if value in USUAL_PATHS:
        return (shapes.Fault(place, f"{value} is read in any case; remove it"),)
    return text(value, place)


PROJECT_OPTIONS: dict[str, Shape] = {
    **dict.fromkeys(("include", "exclude"), some(_CLASS)),
    **dict.fromkeys(
        (*("shadow", "include-branches", "exclude-branches", "always-dynamic-branches"),),
        some(text),
    ),
    "extra-config-paths": some(_extra_path),
    **dict.fromkeys(
        (
            *("include-provider-config", "exclude-unprotected-branches"),
            *("exclude-locked-branches", "allow-circular-dependencies"),
            "implied-branch-matchers",
        ),
        flag,
    ),
    "load-branch": text,
}
CONFIG_PROJECT = keys(PROJECT_OPTIONS | {"allow-base-jobs": flag})
UNTRUSTED_PROJECT = keys(
    PROJECT_OPTIONS | {"configure-projects": some(text), "allow-reporter-jobs": flag}
)


def _project_or_group(options: Shape) -> Shape:
    """Accept a project, with or without ``options``, or a group of projects."""
    one = shapes.text_or(keys({}, others=options))
    group: dict[str, Shape] = dict.fromkeys(("include", "exclude"), some(_CLASS))
    group |= {"include-provider-config": flag, "projects": some(one)}

    def check(value: Any, place: Place) -> shapes.Faults:
        if isinstance(value, Mapping) and not value:
            return (shapes.Fault(place, "expected the name of a project, found an empty mapping"),)
        if isinstance(value, Mapping) and len(value) > 1:
            return keys(group, required=("projects",))(value, place)
        return one(value, place)

    return check


def _projects(options: Shape) -> Shape:
    """Accept what may stand for a list of projects or groups."""
    entry, named = _project_or_group(options), keys({}, others=options)

    def check(value: Any, place: Place) -> shapes.Faults:
        if isinstance(value, Mapping) and not named(value, place):
            return ()
        return some(entry)(value, place)

    return check


TENANT = keys(
    {
        "name": text,
        "source": keys(
            {},
            others=keys(
                {
                    "config-projects": _projects(CONFIG_PROJECT),
                    "untrusted-projects": _projects(UNTRUSTED_PROJECT),
                }
            ),
        ),
        "default-parent": text,
        **dict.fromkeys(
            (
                *("max-changes-per-pipeline", "max-dependencies", "max-nodes-per-job"),
                *("max-job-timeout", "max-oidc-ttl"),
            ),
            whole,
        ),
        **dict.fromkeys(
            (
                *("allowed-oidc-issuers", "allowed-triggers", "allowed-reporters"),
                *("allowed-labels", "disallowed-labels", "access-rules", "admin-rules"),
                "semaphores",
            ),
            some(text),
        ),
        **dict.fromkeys(
            (
                *("exclude-unprotected-branches", "exclude-locked-branches"),
                *("allow-circular-dependencies", "anonymous-read-access", "report-build-page"),
                "use-nodepool",
            ),
            flag,
        ),
        **dict.fromkeys(("authentication-realm", "web-root"), text),
        "role-mappings": shapes.table,
        "default-ansible-version": version,
    },
    required=("name",),
)
