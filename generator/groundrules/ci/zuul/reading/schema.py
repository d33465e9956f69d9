"""The keys of each kind of object in a Zuul file, and the shape of each value.

After the attributes of Zuul 14.3, https://zuul-ci.org/docs/zuul/latest/project-config.html
"""

from __future__ import annotations

from typing import Any

from groundrules.ci.zuul.reading import shapes
from groundrules.ci.zuul.reading.shapes import (
    Fault,
    Faults,
    Shape,
    anything,
    controlled,
    flag,
    items,
    keys,
    named_by,
    nothing_or,
    one_of,
    some,
    table,
    text,
    text_or,
    text_or_table,
    version,
    whole,
)
from groundrules.yamlsource import Mapping, Place

EXPRESSION = text_or(keys({"regex": text, "negate": flag}, required=("regex",)))
VARIABLES = named_by(shapes.variable_name)
HOST_VARIABLES = named_by(shapes.host_name, VARIABLES)
_PLAYBOOK_KEYS: dict[str, Shape] = {"name": text, "semaphores": some(text)}
PLAYBOOKS = some(text_or(keys(_PLAYBOOK_KEYS, required=("name",))))
POST_PLAYBOOKS = some(text_or(keys(_PLAYBOOK_KEYS | {"cleanup": flag}, required=("name",))))
SEMAPHORE_USE = text_or(keys({"name": text, "resources-first": flag}, required=("name",)))
DEPENDENCY = text_or(keys({"name": text, "soft": flag}, required=("name",)))
SECRET_USE = text_or(
    keys({"name": text, "secret": text, "pass-to-parent": flag}, required=("name", "secret"))
)
REQUIRED_PROJECT = text_or(
    keys({"name": text, "override-branch": text, "override-checkout": text}, required=("name",))
)
CHOSEN_PROJECT = text_or(
    keys({"type": one_of("name", "change", "item"), "name": text}, required=("type",))
)
INCLUDED_VARIABLES = text_or(
    keys(
        {"name": text, "project": text, "zuul-project": flag, "use-ref": flag, "required": flag},
        required=("name",),
    )
)
ROLE = keys({"zuul": text, "galaxy": text, "name": text})
CONTROLLED_ATTRIBUTES = (
    *("requires", "provides", "tags", "files", "irrelevant-files", "required-projects"),
    *("include-projects", "exclude-projects", "vars", "extra-vars", "host-vars", "group-vars"),
    *("include-vars", "dependencies", "failure-output", "type", "pre-run", "run", "post-run"),
    "voting",
)
FINAL_ONLY = keys({"final": one_of(True)})

JOB_ATTRIBUTES: dict[str, Shape] = {
    "parent": nothing_or(text),
    **dict.fromkeys(("final", "abstract", "protected", "intermediate"), flag),
    **dict.fromkeys(("requires", "provides", "tags", "failure-output"), controlled(some(text))),
    **dict.fromkeys(
        (
            *("failure-message", "success-message", "failure-url", "success-url"),
            *("override-branch", "override-checkout", "description", "variant-description"),
            "image-build-name",
        ),
        text,
    ),
    **dict.fromkeys(
        (
            *("hold-following-changes", "voting", "ansible-split-streams", "post-review"),
            "match-on-config-updates",
        ),
        flag,
    ),
    "semaphore": SEMAPHORE_USE,
    "semaphores": some(SEMAPHORE_USE),
    "branches": some(EXPRESSION),
    **dict.fromkeys(("files", "irrelevant-files"), controlled(some(EXPRESSION))),
    "secrets": some(SECRET_USE),
    "nodeset": text_or_table,
    **dict.fromkeys(("pre-timeout", "timeout", "post-timeout", "attempts"), whole),
    **dict.fromkeys(("pre-run", "run", "cleanup-run"), PLAYBOOKS),
    "post-run": POST_PLAYBOOKS,
    "ansible-version": version,
    "roles": some(ROLE),
    "required-projects": controlled(some(REQUIRED_PROJECT)),
    **dict.fromkeys(("include-projects", "exclude-projects"), controlled(some(CHOSEN_PROJECT))),
    **dict.fromkeys(("vars", "extra-vars"), controlled(VARIABLES)),
    **dict.fromkeys(("host-vars", "group-vars"), controlled(HOST_VARIABLES)),
    "include-vars": controlled(some(INCLUDED_VARIABLES)),
    "dependencies": controlled(some(DEPENDENCY)),
    **dict.fromkeys(("allowed-projects", "preserve-home-paths"), some(text)),
    "workspace-scheme": one_of("golang", "flat", "unique"),
    **dict.fromkeys(("workspace-checkout", "deduplicate"), one_of(True, False, "auto")),
    "type": one_of("regular", "initializer", "reporter"),
    "secret-exposure": one_of("ignore", "redact", "fail"),
    "attribute-control": keys(dict.fromkeys(CONTROLLED_ATTRIBUTES, FINAL_ONLY)),
}
JOB = keys({"name": text, **JOB_ATTRIBUTES}, required=("name",))


def _variable(value: Any, place: Place) -> Faults:
    wrong = shapes.variable_name(value)
    return (Fault(place, wrong),) if wrong else ()


_PARAMETER_VALUE = version
PARAMETER = keys(
    {
        "name": _variable,
        "type": one_of("string", "selection", "multiple-selection", "bool"),
        "description": text,
        "values": items(_PARAMETER_VALUE),
        "default": some(_PARAMETER_VALUE),
        "required": flag,
    },
    required=("name", "type"),
)
PIPELINE_CONTENTS = keys(
    {
        "debug": flag,
        "fail-fast": flag,
        "jobs": items(text_or(keys({}, others=text_or(keys(JOB_ATTRIBUTES))))),
        "parameters": some(PARAMETER),
    },
    former={"queue": "set 'queue' of the project itself"},
)
TEMPLATE = keys(
    {"name": text, "description": text, "queue": text, "vars": VARIABLES},
    others=PIPELINE_CONTENTS,
)
PROJECT = keys(
    {
        "name": text,
        "description": text,
        "branches": some(EXPRESSION),
        "vars": VARIABLES,
        "templates": items(text),
        "merge-mode": one_of(
            *("merge", "merge-resolve", "cherry-pick", "squash-merge", "rebase"),
            "rebase-first-parent",
        ),
        "default-branch": text,
        "queue": text,
    },
    others=PIPELINE_CONTENTS,
)
NODE = keys({"name": some(text), "label": text}, required=("name", "label"))
GROUP = keys({"name": text, "nodes": some(text)}, required=("name", "nodes"))
_REAL: dict[str, Shape] = {"nodes": some(NODE), "groups": some(GROUP)}
REAL_NODESET = keys(_REAL, required=("nodes",))
ALTERNATIVES = items(text_or(REAL_NODESET))


def nodeset(value: Any, place: Place) -> Faults:
    """Accept a nodeset with a name; ``anonymous_nodeset`` is one in a job."""
    return _nodeset(value, place, {"name": text}, ("name",))


def anonymous_nodeset(value: Any, place: Place) -> Faults:
    """Accept a nodeset written inside a job."""
    return _nodeset(value, place, {}, ())


def _nodeset(
    value: Any, place: Place, named: dict[str, Shape], required: tuple[str, ...]
) -> Faults:
    if isinstance(value, Mapping) and "alternatives" in value:
        return keys({"alternatives": ALTERNATIVES, **named}, required)(value, place)
    return keys({**_REAL, **named}, (*required, "nodes"))(value, place)


SEMAPHORE = keys({"name": text, "max": whole}, required=("name",))
QUEUE = keys(
    {
        "name": text,
        "per-branch": flag,
        "allow-circular-dependencies": flag,
        "dependencies-by-topic": flag,
        "type": one_of("all-branches", "per-branch", "branch-assigned"),
    },
    required=("name",),
)
OIDC = keys({"algorithm": text, "ttl": whole, "iss": text, "claims": table})
SECRET = keys({"name": text, "data": table, "oidc": nothing_or(OIDC)}, required=("name",))
PRAGMA = keys({"implied-branch-matchers": flag, "implied-branches": some(EXPRESSION)})
IMAGE = keys(
    {
        "name": text,
        "type": one_of("zuul", "cloud"),
        "description": text,
        "retain-count": whole,
        "max-retain-count": whole,
    },
    required=("name", "type"),
)
# options of triggers and reporters depend on an installation's drivers: not checked
PIPELINE = keys(
    {
        "name": text,
        "manager": one_of("independent", "dependent", "serial", "supercedent"),
        **dict.fromkeys(
            (
                *("allow-other-connections", "allow-parameters", "dequeue-on-new-patchset"),
                *("ignore-dependencies", "post-review"),
            ),
            flag,
        ),
        "precedence": one_of("normal", "low", "high"),
        "supercedes": some(text),
        **dict.fromkeys(
            (
                *("description", "success-message", "failure-message", "start-message"),
                *("merge-conflict-message", "enqueue-message", "no-jobs-message"),
                *("footer-message", "dequeue-message"),
            ),
            text,
        ),
        **dict.fromkeys(
            (
                *("disable-after-consecutive-failures", "window", "window-floor"),
                *("window-increase-factor", "window-decrease-factor"),
            ),
            whole,
        ),
        "window-ceiling": anything,
        **dict.fromkeys(
            ("window-increase-type", "window-decrease-type"), one_of("linear", "exponential")
        ),
        **dict.fromkeys(
            (
                *("require", "reject", "trigger", "enqueue", "start", "success", "failure"),
                *("merge-conflict", "no-jobs", "disabled", "dequeue", "config-error"),
            ),
            table,
        ),
    },
    required=("name", "manager"),
    former={
        "merge-failure": "use 'merge-conflict'",
        "merge-failure-message": "use 'merge-conflict-message'",
    },
)
