"""Every field of every record has a sentence: a new field fails here until it has one."""

from __future__ import annotations

from typing import Any

import pytest
from made_records import DAY, made, models, sample

from groundrules.changes.field_difference import Days, RecordPair, differences
from groundrules.changes.field_forms import Key, Whole
from groundrules.changes.field_table import FORMS
from groundrules.changes.measure_bounds import measure_words
from groundrules.changes.promise_fields import scope_words
from groundrules.records.expectation import Expectation, Measure, Scope
from groundrules.records.fields import Record, record_in

# parts that are compared as one value → the words that say all of their fields
WHOLE = {
    form.describe: (model, name)
    for model, forms in FORMS.items()
    for name, form in forms.items()
    if isinstance(form, Whole)
}


def whole_models() -> dict[type[Record], Any]:
    """Return the class of each part that is compared as one value, with its words."""
    shown = {
        record_in(model.model_fields[name].annotation): words
        for words, (model, name) in WHOLE.items()
    }
    return {**shown, Measure: measure_words, Scope: scope_words}


def names(value: Any) -> str:
    return value if isinstance(value, str) else value.__name__


FIELDS = [
    (model, name)
    for model, forms in FORMS.items()
    for name, form in forms.items()
    if not isinstance(form, Key)
]
WHOLE_FIELDS = [(model, name) for model in whole_models() for name in model.model_fields]


def test_every_model_has_its_forms() -> None:
    assert set(map(names, models())) == set(map(names, (*FORMS, *whole_models())))


@pytest.mark.parametrize("model", FORMS, ids=names)
def test_every_field_has_its_form(model: type[Record]) -> None:
    assert set(FORMS[model]) == set(model.model_fields)


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=names)
def test_another_value_has_a_sentence(model: type[Record], name: str) -> None:
    """NameSet and records with names of their own are compared by `compare`, others here."""
    holder = next(
        holder
        for holder in (*models(), model)
        if any(record_in(field.annotation) is model for field in holder.model_fields.values())
        or holder is model
    )
    holders = () if model is Expectation else ((made(holder, 1), made(holder, 1)),)
    for number in range(3):
        record = made(model, number)
        other = sample(model.model_fields[name].annotation, number + 1)
        pair = RecordPair(
            record, record.model_copy(update={name: other}), Days(DAY, DAY), FORMS, holders
        )
        sentences = [difference.sentence for difference in differences(pair)]
        assert sentences
        assert [said for said in sentences if said[:1].islower() or said.endswith("..")] == []


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=names)
def test_the_same_value_has_none(model: type[Record], name: str) -> None:
    record = made(model, 1)
    assert list(differences(RecordPair(record, record, Days(DAY, DAY), FORMS))) == []


@pytest.mark.parametrize(("model", "name"), WHOLE_FIELDS, ids=names)
def test_the_words_of_a_part_say_all_of_it(model: type[Record], name: str) -> None:
    record, words = made(model, 1), whole_models()[model]
    other = record.model_copy(update={name: sample(model.model_fields[name].annotation, 2)})
    assert words(record) != words(other)
