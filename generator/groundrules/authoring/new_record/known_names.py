"""The names that a data folder has already: offered as answers, and refused for new records."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from groundrules.authoring.new_record.record_questions import Question
from groundrules.diagnostics import Diagnostic, Location
from groundrules.records import LoadedData
from groundrules.records.fields import Record
from groundrules.records.parts import RecordPart
from groundrules.records.references import References
from groundrules.yamlsource import Mapping, read, yaml_text


class KnownRecords(Struct, frozen=True):
    """The records of a data folder, also those with mistakes."""

    loaded: LoadedData

    def offered(self, question: Question) -> list[str]:
        """Return the answers that name records, sorted."""
        answers = set[str]()
        for kind in question.offers:
            before = f"{kind}:" if question.is_prefixed else ""
            names = self.loaded.names.of(kind)
            answers |= {f"{before}{name}" for name in names if before or "/" not in name}
        if question.key == "series":
            answers |= {str(part.said["series"]) for part in self._all("series")}
        return sorted(answers)

    def _all(self, key: str) -> Iterator[RecordPart]:
        return (part for part in self.loaded.parts if isinstance(part.said.get(key), str))

    def place_of(self, model: type[Record], key: str, name: str) -> Location | None:
        """Return where a record of ``model`` has the name already."""
        part = self.part(model, key, name)
        return part.location(key) if part else None

    def part(self, model: type[Record], key: str, name: str) -> RecordPart | None:
        """Return the record of ``model`` with a name."""
        parts = (part for part in self._all(key) if part.kind is model and part.said[key] == name)
        return next(parts, None)

    def unknown(self, kind: str, name: str) -> str:
        """Return the message about a name that no record of a kind has; empty if one has it."""
        found = References(self.loaded.names).require(kind, name, Location(""))
        return next((diagnostic.message for diagnostic in found), "")

    def unknown_links(self, model: type[Record], key: str, value: object) -> str:
        """Return the message about a reference to no record; empty if there is none."""
        from groundrules.records.links import links

        said = read(yaml_text({key: value}).encode()).value
        if not isinstance(said, Mapping):
            return ""
        references = References(self.loaded.names)
        for link in links([RecordPart(model, said, "")], ""):
            if not link.scope:
                for diagnostic in references.require(link.kind, link.name, link.place):
                    return diagnostic.message
        return ""

    def mistakes_of(self, folder: str) -> list[Diagnostic]:
        """Return the findings in a folder or file of the data."""
        every = self.loaded.report.diagnostics
        return [one for one in every if f"{one.location.path}/".startswith(f"{folder}/")]
