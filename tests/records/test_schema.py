"""The schemas: draft-07, current, complete, and of one mind with the loader."""

from __future__ import annotations

import datetime
import json
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft7Validator, FormatChecker

from groundrules.records import kinds
from groundrules.records.attribute_docs import description, meanings
from groundrules.records.fields import Record, record_in
from groundrules.records.files import FOLDERS
from groundrules.records.reference import FILES, tables
from groundrules.records.schema import schemas, text_of, write
from groundrules.records.shape import keys_of, name_of
from groundrules.yamlsource import Mapping, Problem, Tagged, read

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
COMMITTED = ROOT / "data/schemas"
KIND_OF = dict(zip(FOLDERS, ("platform", "expectation", "graph", "session"), strict=True))
# rules that a JSON Schema can tell: what a value is; not how it is written, or what it refers to
STRUCTURAL = {"GR105", "GR106", "GR107", "GR108", "GR109"}
KINDS = {kind.name: kind.load() for kind in (kinds.MANUAL_KIND, *kinds.KINDS)}


def kind_of(path: Path) -> str:
    return "manual" if path.name == "manual.yaml" else KIND_OF.get(path.parent.name, "")


def as_json(value: Any) -> Any:
    """Return a value as editors read it, in which a date is text."""
    if isinstance(value, dict):
        return {str(key): as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    if isinstance(value, Tagged):
        return {value.tag: as_json(value.value)}
    return value.isoformat() if isinstance(value, datetime.date) else value


@cache
def validator(kind: str) -> Draft7Validator:
    return Draft7Validator(schemas()[kind], format_checker=FormatChecker())


def mistakes(path: Path, value: Any) -> list[str]:
    return [each.message for each in validator(kind_of(path)).iter_errors(as_json(value))]


def models() -> list[type[Record]]:
    found: list[type[Record]] = []
    pending = list(KINDS.values())
    for model in pending:
        if model not in found:
            found.append(model)
            parts = (record_in(field.annotation) for field in keys_of(model).values())
            pending += [part for part in parts if part]
    return found


def enumerations() -> list[type[StrEnum]]:
    def inside(annotation: Any) -> list[type[StrEnum]]:
        if isinstance(annotation, type) and issubclass(annotation, StrEnum):
            return [annotation]
        return [each for argument in get_args(annotation) for each in inside(argument)]

    fields = (field for model in models() for field in keys_of(model).values())
    return sorted({each for field in fields for each in inside(field.annotation)}, key=str)


# the folders of results that only the program writes: they need no schema
RECORDED = ("verified", "measured")
DATA = [
    pytest.param(path, id=path.relative_to(ROOT).as_posix(), marks=pytest.mark.repository)
    for path in sorted(ROOT.glob("data/**/*.yaml"))
    if path.parent.name not in RECORDED
]
BASE = sorted(HERE.glob("base/data/**/*.yaml"))
SILENT = [
    pytest.param(path, id=path.relative_to(HERE / "cases/silent").as_posix())
    for path in sorted(HERE.glob("cases/silent/*/data/**/[!.]*.yaml"))
    if path.parent.name not in RECORDED
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_draft_07_and_says_which_it_is(kind: str):
    schema = schemas()[kind]
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["$id"] == f"urn:groundrules:schemas:1:{kind}"
    assert "$defs" not in json.dumps(schema)


@pytest.mark.repository
@pytest.mark.parametrize("kind", KINDS)
def test_a_committed_schema_is_current(kind: str):
    text = (COMMITTED / f"{kind}.json").read_text("utf-8")
    assert text == text_of(schemas()[kind]), "run: groundrules schema"


@pytest.mark.repository
def test_there_is_no_other_schema():
    assert {path.stem for path in COMMITTED.iterdir()} == set(KINDS)


def test_only_what_changed_is_written(tmp_path: Path):
    folder = tmp_path / "new/schemas"
    assert [path.name for path in write(folder)] == [f"{kind}.json" for kind in KINDS]
    assert write(folder) == []
    (folder / "graph.json").write_text("old", "utf-8")
    assert write(folder) == [folder / "graph.json"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{kind}.json" for kind in KINDS
    )


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_key_and_every_record_is_described(model: type[Record]):
    assert (model.__doc__ or "").strip().endswith(".")
    for key in keys_of(model):
        assert description(model, name_of(model, key)).endswith("."), key


@pytest.mark.parametrize("words", enumerations(), ids=lambda words: words.__name__)
def test_every_word_has_a_meaning(words: type[StrEnum]):
    assert list(meanings(words)) == [word.value for word in words]


def keys_in_schemas() -> list[Any]:
    """Return each key of each mapping of the schemas, with what it takes."""
    keys = {}
    for schema in schemas().values():
        for mapping in (schema, *schema["definitions"].values()):
            for key, takes in mapping.get("properties", {}).items():
                keys[f"{mapping['title']}.{key}"] = (takes, schema["definitions"])
    return [pytest.param(*pair, id=name) for name, pair in sorted(keys.items())]


@pytest.mark.parametrize(("takes", "definitions"), keys_in_schemas())
def test_every_key_shows_its_words_or_an_example_that_it_accepts(
    takes: dict[str, Any], definitions: dict[str, Any]
):
    """A part is shown by its own keys, and a truth value by its two words."""
    inner = takes.get("items", takes)
    examples = takes.get("examples", [])
    has_words = "$ref" in json.dumps(takes) or takes.get("type") == "boolean"
    assert examples or has_words or "const" in takes or "enum" in takes or inner.get("examples")
    checker = Draft7Validator({**takes, "definitions": definitions}, format_checker=FormatChecker())
    assert [error.message for value in examples for error in checker.iter_errors(value)] == []


def test_nothing_unknown_is_let_through():
    for schema in schemas().values():
        for each in (schema, *schema["definitions"].values()):
            assert each.get("additionalProperties", True) is False or "enum" in each


@pytest.mark.parametrize("path", [*DATA, *BASE])
def test_every_data_file_is_valid(path: Path):
    if SCHEMA_FOLDER in path.parts:
        pytest.skip("a schema is no data")
    assert mistakes(path, read(path.read_bytes()).value) == []


SCHEMA_FOLDER = "schemas"


@pytest.mark.parametrize("path", [*DATA, *BASE])
def test_every_data_file_begins_with_its_schema(path: Path):
    first = path.read_text("utf-8").partition("\n")[0]
    key, _, address = first.partition("$schema=")
    assert key == "# yaml-language-server: "
    assert (path.parent / address).resolve() == (COMMITTED / f"{kind_of(path)}.json").resolve()


@pytest.mark.parametrize("path", SILENT)
def test_what_the_loader_takes_the_schema_takes(path: Path):
    assert mistakes(path, read(path.read_bytes()).value) == []


def structural() -> list[Any]:
    found = set()
    for case in sorted((HERE / "cases/loud").iterdir()):
        for line in (case / "expected.txt").read_text("utf-8").splitlines():
            place, _, rule = line.rpartition(" [")
            path = case / place.split(":")[0]
            # the schema sees the value only: what YAML leaves of a text, or makes of 24.10
            of_text = "as a comment" in line or "YAML joins" in line
            is_a_value = of_text or (rule == "GR108]" and ", or " in place)
            of_form = rule.rstrip("]") in STRUCTURAL and not is_a_value
            if of_form and path.is_file() and kind_of(path):
                found.add(path)
    return [
        pytest.param(path, id=path.relative_to(HERE / "cases/loud").as_posix())
        for path in sorted(found)
    ]


@pytest.mark.parametrize("path", structural())
def test_what_the_loader_refuses_for_its_form_the_schema_refuses(path: Path):
    try:
        value = read(path.read_bytes()).value
    except Problem:
        pytest.skip("it is not YAML")
    if not isinstance(value, Mapping):
        value = None
    assert mistakes(path, value)


def test_the_tables_show_every_key_of_every_record():
    shown = {table.title: [field.key for field in table.fields] for table in tables()}
    assert shown == {model.__name__: list(keys_of(model)) for model in models()}


def test_a_table_tells_what_a_key_takes():
    by_title = {table.title: table for table in tables()}
    label = {field.key: field for field in by_title["Label"].fields}
    assert by_title["Platform"].file == FILES["platform"]
    assert (label["name"].takes, label["name"].required) == ("a label", True)
    assert (label["since"].takes, label["since"].example) == ("a date", "2025-08-22")
    assert (label["architecture"].takes, label["architecture"].default) == (
        "an architecture",
        "x86-64",
    )
    assert label["architecture"].example == "aarch64"
    provider = {field.key: field for field in by_title["Provider"].fields}
    assert [word for word, _ in provider["status"].words][:2] == ["active", "disabled"]
    topic = {field.key: field for field in by_title["Expectation"].fields}
    assert (topic["except"].takes, topic["except"].part) == (
        "a list of Exemption mappings",
        "Exemption",
    )
    assert topic["standing"].description == "How far a job can count on it."


def test_only_a_date_is_called_one():
    dates = {
        (table.title, field.key)
        for table in tables()
        for field in table.fields
        if field.takes in ("a date", "a list of dates")
    }
    models_by_title = {model.__name__: model for model in models()}
    keys = {
        (title, key)
        for title, model in models_by_title.items()
        for key, field in keys_of(model).items()
        if "datetime.date" in str(field.annotation)
    }
    assert dates == keys


@pytest.mark.parametrize(
    ("title", "key", "takes", "default", "example"),
    [
        ("Manual", "kinds", "a list of platform, expectation, graph or session", "",
         "[platform, expectation]"),
        ("Manual", "synonyms", "a list of lists of keywords", "", "[[memory, RAM], [root, sudo]]"),
        ("Manual", "updated", "a date", "", "2025-08-22"),
        ("NamedConfiguration", "system", "zuul or other", "zuul", ""),
        ("SessionTopic", "outcome", "decided, proposed or came-out", "came-out", ""),
        ("Measure", "equals", "a word, number or truth value", "", "x86_64"),
        ("Label", "default", "true or false", "false", ""),
        ("Provider", "labels", "a list of labels or patterns", "", "[debian-12-8GB, '*-arm64']"),
    ],
)  # fmt: skip
def test_what_a_key_takes_its_default_and_its_example(title, key, takes, default, example):
    [table] = [table for table in tables() if table.title == title]
    [field] = [field for field in table.fields if field.key == key]
    assert (field.takes, field.default, field.example) == (takes, default, example)


def test_code_in_the_meaning_of_a_word_is_marked_once():
    [outcome] = [field for table in tables() for field in table.fields if field.key == "outcome"]
    assert outcome.words[0] == ("decided", "It was decided there; `decisions` say what.")
    said = schemas()["session"]["definitions"]["Outcome"]
    assert said["enumDescriptions"][0] == "It was decided there; decisions say what."
    assert said["markdownEnumDescriptions"][0] == "It was decided there; `decisions` say what."
    meanings_of = [word for table in tables() for field in table.fields for _, word in field.words]
    assert [text for text in meanings_of if "``" in text] == []


def test_every_key_of_every_table_is_described():
    titles = {table.title for table in tables()}
    for table in tables():
        for field in table.fields:
            assert field.takes, (table.title, field.key)
            assert field.description.endswith("."), (table.title, field.key)
            assert not field.part or field.part in titles
