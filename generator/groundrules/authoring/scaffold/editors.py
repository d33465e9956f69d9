"""The settings of an editor: a schema for each folder of records, and Zuul's tags of YAML."""

from __future__ import annotations

import json

from groundrules.records.kinds import KINDS, MANUAL

# https://zuul-ci.org/docs/zuul/latest/project-config.html: the tags of Zuul's own files
_TAGS = [
    f"{tag} {form}"
    for tag, forms in (
        ("!encrypted/pkcs1-oaep", ("scalar", "sequence")),
        ("!inherit", ("scalar", "mapping", "sequence")),
        ("!override", ("scalar", "mapping", "sequence")),
    )
    for form in forms
]


def editor_files(folder: str) -> dict[str, str]:
    """Return files for the top of the repository; the manual is in ``folder`` below it."""
    data = f"{folder}/data" if folder else "data"
    settings = {
        "yaml.schemas": {
            f"./{data}/schemas/{MANUAL}.json": f"/{data}/{MANUAL}.yaml",
            **{
                f"./{data}/schemas/{kind.name}.json": f"/{data}/{kind.folder}/*.yaml"
                for kind in KINDS
            },
        },
        "yaml.customTags": _TAGS,
    }
    return {
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
        ".vscode/settings.json": _json(settings),
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"
