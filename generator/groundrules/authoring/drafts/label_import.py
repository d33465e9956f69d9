"""`import_labels`: a platform's labels and providers from nodesets and provider files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from groundrules.authoring.drafts.draft import can_have, left_out_notes
from groundrules.authoring.drafts.edited_files import EditedFile, NewFile, edited
from groundrules.authoring.drafts.request import (
    Imported,
    ImportRequest,
    ImportSession,
    ManualData,
    manual_data,
    readable_configuration,
)
from groundrules.authoring.drafts.source import UnclearError, slug
from groundrules.authoring.insertion import Insertion, appended
from groundrules.authoring.record_file import in_order, record_file
from groundrules.checks.phrases import first_few
from groundrules.ci.nodepool import nodepool_supply
from groundrules.ci.supply import SuppliedLabel, Supplier, Supply
from groundrules.clock import today
from groundrules.fixes import FixedFile
from groundrules.nearest import did_you_mean
from groundrules.records.fields import LABEL, LINE, NAME
from groundrules.records.kinds import kind_of
from groundrules.records.platform import Label, Platform, ProviderStatus
from groundrules.records.platform import Provider as DocumentedProvider
from groundrules.records.shape import ordered_keys
from groundrules.text import counted, in_natural_order

if TYPE_CHECKING:
    from groundrules.records import Catalogue

ARM = re.compile(r"arm64|aarch64", re.IGNORECASE)


def import_labels(request: ImportRequest) -> Imported:
    """Return a new platform, or one with its new labels and providers; nothing is written.

    Raises `UnclearError` for a request with several answers, and `MistakesError` for data or a
    configuration that cannot be used.
    """
    data = manual_data(request.root, request.data)
    path = Path(request.word) if request.word else None
    with readable_configuration():
        supply = nodepool_supply(path) if path and path.exists() else None
        if supply is not None:
            return _labels_of(supply, request, data).imported()
        session = ImportSession.of(request, data)
        supply = session.opened().supply(request.project or "", request.branch or "")
    return session.with_configuration(_labels_of(supply, request, data).imported())


def _labels_of(supply: Supply, request: ImportRequest, data: ManualData) -> _LabelImport:
    requested = {name: SuppliedLabel(name=name) for name in supply.requested}
    labels = {label.name: label for label in supply.labels}
    labels |= {name: label for name, label in requested.items() if name not in labels}
    fitting = {name: label for name, label in labels.items() if can_have(LABEL, name)}
    suppliers = [supplier for supplier in supply.suppliers if can_have(NAME, supplier.name)]
    notes = left_out_notes([name for name in labels if name not in fitting])
    return _LabelImport(request, data, fitting, suppliers, notes)


class _LabelImport(Struct, frozen=True):
    """The labels and suppliers that a record can have, and the notes about the others."""

    request: ImportRequest
    data: ManualData
    labels: dict[str, SuppliedLabel]
    suppliers: list[Supplier]
    notes: list[str]

    def imported(self) -> Imported:
        if not self.labels and not self.suppliers:
            raise UnclearError("no label is defined or requested there")
        catalogue = self.data.catalogue
        record = _platform(catalogue, self.request.platform, self.labels)
        new = [label for name, label in self.labels.items() if name not in catalogue.labels]
        return self.added(new) if record is None else self.updated(record, new)

    def added(self, labels: list[SuppliedLabel]) -> Imported:
        """Return a new record."""
        known = {label.name for label in labels}
        name = self.request.platform or "nodes"
        values: dict[str, Any] = {
            "id": name,
            "title": f"Nodes: {name}",
            "summary": "The nodes that jobs request by these labels.",
            "labels": [_label(label) for label in labels],
            "providers": [_provider(supplier, known) for supplier in self.suppliers],
            "recorded": today(),
        }
        filled = {key: value for key, value in values.items() if value}
        root, data, kind = self.request.root, self.request.data, kind_of("platforms")
        path, text = record_file(root, data, kind, name, filled)
        numbers = counted(len(labels), "label"), counted(len(self.suppliers), "provider")
        return Imported([NewFile(path, text)], f"{path}: {', '.join(numbers)}", self.notes)

    def updated(self, record: Platform, new: list[SuppliedLabel]) -> Imported:
        """Return a record with what is new."""
        known = {label.name for label in record.labels} | {label.name for label in new}
        documented = {provider.name for provider in record.providers}
        providers = [
            in_order(DocumentedProvider, _provider(supplier, known))
            for supplier in self.suppliers
            if supplier.name not in documented
        ]
        edits = [
            *appended(record, "labels", [in_order(Label, _label(label)) for label in new]),
            *appended(record, "providers", providers),
            *_systems(record, self.labels),
            *_supplied(record, self.suppliers, known),
        ]
        before = self.data.texts[record.path]
        after, refused = edited(before, edits)
        made = len(edits) - len(refused)
        files: list[EditedFile] = [FixedFile(record.path, before, after)] if after != before else []
        notes = [*self.notes, *_gone_notes(record, self.labels, self.suppliers)]
        what = f"{made} new" if made else "nothing is new"
        return Imported(files, f"{record.path}: {what}", notes, refused)


def _platform(catalogue: Catalogue, wanted: str | None, labels: Collection[str]) -> Platform | None:
    """Return the platform to change; None for a new one."""
    platforms = {platform.id: platform for platform in catalogue.platforms}
    if wanted is not None:
        if slug(wanted) != wanted:
            raise UnclearError(f"{wanted!r} cannot be the id of a platform; write {slug(wanted)!r}")
        return platforms.get(wanted)
    if len(platforms) > 1:
        hint = did_you_mean("", platforms, "platforms")
        raise UnclearError(f"say which --platform gets the labels{hint}, or the id of a new one")
    only = next(iter(platforms.values()), None)
    if only is not None and only.labels and not any(label.name in labels for label in only.labels):
        # such as the example of a new manual
        raise UnclearError(
            f"platform {only.id!r} has none of these labels; write --platform {only.id} to add "
            "them to it, or the id of a new one"
        )
    return only


def _label(label: SuppliedLabel) -> dict[str, Any]:
    values: dict[str, Any] = {"name": label.name}
    if label.operating_system and can_have(LINE, label.operating_system):
        values["operating_system"] = label.operating_system
    if ARM.search(label.name):  # else the page would say that it is x86-64
        values["architecture"] = "aarch64"
    return values


def _provider(supplier: Supplier, known: Set[str]) -> dict[str, Any]:
    """Return a provider, which supplies nodes unless it may run none."""
    status = ProviderStatus.DISABLED if supplier.capacity == 0 else ProviderStatus.ACTIVE
    values: dict[str, Any] = {
        "name": supplier.name,
        "region": supplier.region if can_have(NAME, supplier.region) else "",
        "status": str(status),
        "as_of": today(),
        "labels": in_natural_order(name for name in supplier.labels if name in known),
    }
    filled = {key: value for key, value in values.items() if value}
    return filled if supplier.capacity is None else {**filled, "capacity": supplier.capacity}


def _systems(record: Platform, labels: dict[str, SuppliedLabel]) -> Iterator[Insertion]:
    """Yield the operating systems that labels of the record do not have."""
    for at, label in enumerate(record.labels):
        values = _label(labels[label.name]) if label.name in labels else {}
        if "operating_system" in values and "operating_system" not in label.model_fields_set:
            route = ("labels", at, "operating_system")
            yield Insertion(route, values["operating_system"], ordered_keys(Label))


def _supplied(record: Platform, suppliers: list[Supplier], known: Set[str]) -> Iterator[Insertion]:
    """Yield the labels that documented providers supply too."""
    by_name = {supplier.name: supplier for supplier in suppliers}
    for at, provider in enumerate(record.providers):
        supplier = by_name.get(provider.name)
        for name in supplier.labels if supplier and provider.labels else ():
            if name in known and not provider.supplies(name):
                yield Insertion(("providers", at, "labels", len(provider.labels)), name)


def _gone_notes(
    record: Platform, labels: Collection[str], suppliers: list[Supplier]
) -> Iterator[str]:
    """Yield what a person has to decide: what of a record is not there any more."""
    supplying = {supplier.name for supplier in suppliers}
    gone = [label.name for label in record.labels if label.name not in labels and not label.removed]
    away = [
        provider.name
        for provider in record.providers
        if provider.name not in supplying and provider.status is ProviderStatus.ACTIVE
    ]
    for names, key in ((gone, "removed"), (away if supplying else [], "status: removed")):
        if names:
            yield f"not there: {first_few(names)}; write '{key}' if they are gone"
