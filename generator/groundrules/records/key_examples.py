"""`example`: a value for each key of a record whose model has none, as editors show it.

They tell of one made-up platform, so that the examples of a record fit together.
"""

from __future__ import annotations

from typing import Any

_EVIDENCE = ["session:summit-2016", "https://git.example.org/config/commit/7f129bf"]
_LABELS = ["debian-12-8GB", "*-arm64"]

_EVERYWHERE: dict[str, Any] = {"evidence": _EVIDENCE}
_EXAMPLES: dict[str, dict[str, Any]] = {
    "Action": {"what": "Measure how long the jobs take.", "owner": "clarkb"},
    "Change": {"what": "Labels with 16 GB were added."},
    "Connection": {"name": "gerrit", "host": "review.example.org"},
    "DocumentedJob": {
        "name": "deploy-web",
        "purpose": "Deploys the web servers.",
        "formerly": ["deploy-apache"],
        "tags": ["webserver"],
        "parent": "deploy-base",
        "pipelines": ["deploy"],
        "files": ["^playbooks/web/.*$"],
        "labels": _LABELS,
        "semaphores": ["production"],
        "note": "It restarts the servers one after the other.",
    },
    "DocumentedWait": {"job": "certificates", "why": "A server without a certificate fails."},
    "Exemption": {
        "platforms": ["static-host"],
        "labels": _LABELS,
        "providers": ["cloud-a"],
        "regions": ["DFW"],
        "statement": "Nodes have 4 GB.",
    },
    "Expectation": {
        "id": "memory-8gb",
        "title": "At least 8 GB of memory",
        "statement": "Every node of a default label has at least 8 GB.",
        "detect": "``free -m`` shows it.",
        "instead": "Ask for a label with 16 GB.",
        "why": "A node with more let changes merge that ran nowhere else.",
    },
    "Graph": {
        "id": "deploy",
        "title": "How the servers are deployed",
        "summary": "Certificates come first, then the servers that use them.",
        "configuration": "our-ci",
        "project": "team/config",
        "branch": "main",
        "pipelines": ["deploy"],
    },
    "GraphRule": {
        "id": "webservers-after-certificates",
        "waits_for": "certificates",
        "why": "A server without a certificate fails.",
    },
    "IndependentJobs": {
        "jobs": ["gitea", "mirror"],
        "why": "They are on hosts of their own.",
    },
    "Label": {
        "name": "debian-12-8GB",
        "operating_system": "Debian 12",
        "replaced_by": "debian-13-8GB",
        "tombstones": ["debian-buster"],
        "note": "Only one cloud supplies it.",
    },
    "Manual": {
        "title": "What our test jobs may count on",
        "publisher": "The CI team",
        "about": "It was written from public sources, and each record names its own.",
        "summary": "What a test job may rely on, and which job waits for which.",
        "site": "https://docs.example.org/ci/",
        "report": "https://tracker.example.org/ci",
        "edit": "https://git.example.org/manual/edit/main/",
        "evidence": "required",
        "verified_within": 90,
        "synonyms": [["memory", "RAM"], ["root", "sudo"]],
    },
    "Measure": {"at_least": 7600, "at_most": 9000, "equals": "x86_64", "one_of": [2, 4, 8]},
    "NamedConfiguration": {
        "id": "our-ci",
        "title": "The jobs of our team",
        "url": "https://git.example.org/config",
        "path": "examples/project-config",
        "git": "../project-config",
        "ref": "main",
        "tenant": "zuul/main.yaml",
        "tenant_name": "our-team",
    },
    "Platform": {
        "id": "single-use-vm",
        "title": "Single-use virtual machine",
        "summary": "A virtual machine that is used for one build and then deleted.",
    },
    "Provider": {
        "name": "cloud-a",
        "capacity": 40,
        "flavor": "8C-8GB-80GB",
        "labels": _LABELS,
        "note": "It has nodes with IPv6 only.",
    },
    "Scope": {"platforms": ["single-use-vm"], "labels": _LABELS},
    "Seen": {"jobs": 12},
    "Selector": {
        "name": "deploy-*",
        "tag": "webserver",
        "parent": "deploy-base",
        "files": "^playbooks/web/.*$",
    },
    "SemaphoreLimit": {"semaphore": "production"},
    "Session": {
        "id": "meeting-2021-11-16",
        "title": "Team meeting of 16 November 2021",
        "series": "team-meeting",
        "event": "Ocata summit",
        "place": "#our-team on OFTC",
        "notes": "https://notes.example.org/p/parallel",
        "summary": "How jobs can run in parallel.",
        "next_agenda": ["How long do the jobs take now?"],
    },
    "SessionTopic": {
        "title": "Jobs in parallel",
        "owner": "clarkb",
        "notes": "https://notes.example.org/p/parallel",
        "summary": "Jobs can run in parallel once their dependencies are documented.",
        "decisions": ["Dependencies are documented first."],
        "led_to": ["graph:deploy", "expectation:memory-8gb"],
    },
    "Source": {"url": "https://git.example.org/config/commit/7f129bf"},
    "Topic": {
        "topic": "memory",
        "title": "Memory",
        "summary": "Every node has 8 GB of memory.",
        "order": 20,
    },
}


def example(model: str, key: str) -> Any:
    """Return an example of the value of ``key`` in a record of the class ``model``, or None."""
    return _EXAMPLES.get(model, {}).get(key, _EVERYWHERE.get(key))
