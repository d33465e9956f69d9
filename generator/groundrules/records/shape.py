"""The keys of record classes, for messages, schemas and the manual."""

from __future__ import annotations

from functools import cache

from pydantic.fields import FieldInfo

from groundrules.records.fields import Record, record_in

Route = tuple[str | int, ...]


@cache
def ordered_keys(model: type[Record]) -> tuple[str, ...]:
    """Return the keys of ``model`` in the order in which data files have them.

    It is the order of the fields, with the inherited ones before ``inherited_before``.
    """
    keys = {name: field.alias or name for name, field in model.model_fields.items()}
    own = [key for name, key in keys.items() if name in model.__annotations__]
    inherited = [key for key in keys.values() if key not in own]
    at = [*own, ""].index(model.inherited_before) if model.inherited_before is not None else 0
    return (*own[:at], *inherited, *own[at:])


@cache
def keys_of(model: type[Record]) -> dict[str, FieldInfo]:
    """Return the fields of ``model`` by their keys in files, required ones first."""
    by_key = {field.alias or name: field for name, field in model.model_fields.items()}
    keys = sorted(ordered_keys(model), key=lambda key: not by_key[key].is_required())
    return {key: by_key[key] for key in keys}


def required_keys(model: type[Record]) -> list[str]:
    """Return the required keys of ``model``."""
    return [key for key, field in keys_of(model).items() if field.is_required()]


@cache
def parts_in(model: type[Record]) -> dict[str, type[Record]]:
    """Return the classes of the parts of ``model`` by their keys."""
    parts = ((key, record_in(field.annotation)) for key, field in keys_of(model).items())
    return {key: part for key, part in parts if part}


def model_at(model: type[Record], route: Route) -> type[Record] | None:
    """Return the class of the part at ``route``."""
    current: type[Record] | None = model
    for step in route:
        if isinstance(step, str) and current is not None:
            current = parts_in(current).get(step)
    return current


def field_at(model: type[Record], route: Route) -> FieldInfo | None:
    """Return the field of the last key of ``route``."""
    *above, key = [step for step in route if isinstance(step, str)] or [""]
    holder = model_at(model, tuple(above))
    return keys_of(holder).get(key) if holder else None


def name_of(model: type[Record], key: str) -> str:
    """Return the name of the field with ``key``."""
    return next(name for name, field in model.model_fields.items() if key in (field.alias, name))
