"""`RecordLayout`: what the layout of a record needs to know of its model.

pydantic takes longer to import than a file to format, so that layouts are cached.
"""

from __future__ import annotations

from msgspec import Struct

from groundrules.records.kinds import KINDS, MANUAL_KIND, RECORDED_KINDS
from groundrules.store import Store

NAME = "layouts"  # of the values in the store


class RecordLayout(Struct, frozen=True):
    """The keys of a model in their order, its parts, and its lists without an order.

    ``parts`` has the name of the layout for each key whose value is a record or a list of records.
    """

    keys: tuple[str, ...] = ()
    parts: dict[str, str] = {}
    unordered: frozenset[str] = frozenset()


RecordLayouts = dict[str, RecordLayout]
"""The layouts by the folder of a kind of record, and those of parts by the name of their class."""


def known_layouts(store: Store) -> RecordLayouts:
    """Return the layouts of all kinds of record."""
    layouts = store.get(NAME, RecordLayouts)
    if layouts is None:
        layouts = layouts_of_models()
        store.put(NAME, layouts)
    return layouts


def layouts_of_models() -> RecordLayouts:
    """Return the layouts as the models have them."""
    from groundrules.records.fields import Record, unordered_fields
    from groundrules.records.shape import ordered_keys, parts_in

    def layout(model: type[Record]) -> RecordLayout:
        keys = {name: field.alias or name for name, field in model.model_fields.items()}
        unordered = frozenset(keys[name] for name in unordered_fields(model))
        parts = {key: part.__name__ for key, part in parts_in(model).items()}
        return RecordLayout(ordered_keys(model), parts, unordered)

    folders = {kind.folder: kind.load() for kind in (MANUAL_KIND, *RECORDED_KINDS, *KINDS)}
    layouts = {folder: layout(model) for folder, model in folders.items()}
    pending = list(folders.values())
    for model in pending:
        for part in parts_in(model).values():
            if part.__name__ not in layouts:
                layouts[part.__name__] = layout(part)
                pending.append(part)
    return layouts
