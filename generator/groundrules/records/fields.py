"""The types of record fields, and the base class of records, which keeps places."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar, get_args

from msgspec import Struct
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PlainValidator,
    PrivateAttr,
    StrictInt,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from groundrules.diagnostics import Location
from groundrules.records.kinds import roles
from groundrules.records.times import Date
from groundrules.yamlsource import Mapping, Sequence


class ProseText(Struct, frozen=True):
    """Marks a text field as reStructuredText, in which the domain's roles can be used."""


class AnyOrder(Struct, frozen=True):
    """Marks a list whose order has no meaning; ``groundrules fmt`` sorts it."""


ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
NAME = r"^[A-Za-z0-9_][A-Za-z0-9_+-]*(?:\.[A-Za-z0-9_+-]+)*$"
# the control characters (Unicode's Cc) except newline and tab; `controls` reports them
_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
URL = rf'^https?://[^\s{_CONTROL}<>"`]+$'  # not \", which JavaScript's unicode patterns reject
REFERENCE = rf"^(?:{'|'.join(roles())}):[^\s{_CONTROL}]+$"
# of a label: like a name, with `/` and `:` between two characters, but never `..` or `//`
LABEL = r"^[A-Za-z0-9_][A-Za-z0-9_+-]*(?:[./:][A-Za-z0-9_+-]+)*$"
HEX = r"^[0-9a-f]{40}(?:[0-9a-f]{24})?$"  # a commit's name, or a digest
PATTERN = r"^[A-Za-z0-9_.+*-]+$"
LABEL_PATTERN = r"^[A-Za-z0-9_.+*/:-]+$"
ARCHITECTURE = r"^[A-Za-z0-9]+(?:[_.-][A-Za-z0-9]+)*$"
TEXT = rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$"
LINE = rf"^[^\n{_CONTROL}]*[^\s{_CONTROL}][^\n{_CONTROL}]*$"
KEYWORD = rf"^[^\n,{_CONTROL}]*[^\s,{_CONTROL}][^\n,{_CONTROL}]*$"  # commas separate keywords
EVIDENCE = rf"{URL}|^session:[^\s{_CONTROL}]+$"
# messages of the validators below; messages.py explains them to users
NO_ITEM = "no item"
NOT_A_NUMBER, NOT_A_SCALAR = "not a number", "not a single value"
NOT_A_SIZE = "not a size"
LONGEST_TEXT = 20_000  # characters
LARGEST = 1e300  # the range that all JSON parsers support

Id = Annotated[str, StringConstraints(strict=True, pattern=ID, max_length=80)]
Name = Annotated[str, StringConstraints(strict=True, pattern=NAME, max_length=120)]
Pattern = Annotated[str, StringConstraints(strict=True, pattern=PATTERN, max_length=120)]
LabelName = Annotated[str, StringConstraints(strict=True, pattern=LABEL, max_length=120)]
LabelPattern = Annotated[str, StringConstraints(strict=True, pattern=LABEL_PATTERN, max_length=120)]
Count = Annotated[StrictInt, Field(ge=0)]
Line = Annotated[str, StringConstraints(strict=True, pattern=LINE, max_length=200)]
Keyword = Annotated[str, StringConstraints(strict=True, pattern=KEYWORD, max_length=60)]
Text = Annotated[
    str, StringConstraints(strict=True, pattern=TEXT, max_length=LONGEST_TEXT), ProseText()
]
Url = Annotated[str, StringConstraints(strict=True, pattern=URL, max_length=2_000)]
Reference = Annotated[str, StringConstraints(strict=True, pattern=REFERENCE, max_length=250)]
Evidence = Annotated[str, StringConstraints(strict=True, pattern=EVIDENCE, max_length=2_000)]


def _is_number(value: Any) -> bool:
    is_numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_numeric and -LARGEST < value < LARGEST


def _number(value: Any) -> Any:
    if not _is_number(value):
        raise ValueError(NOT_A_NUMBER)
    return value


def _size(value: Any) -> Any:
    """Return a size above zero; an integer if it is whole."""
    if not _is_number(value) or value <= 0:
        raise ValueError(NOT_A_SIZE)
    return int(value) if value == int(value) else value


def _scalar(value: Any) -> Any:
    if not isinstance(value, str | bool) and not _is_number(value):
        raise ValueError(NOT_A_SCALAR)
    return value


def _some(value: Any, info: ValidationInfo) -> Any:
    """Reject a list that its author left empty; accept one from which mistakes were removed."""
    if value in ([], ()) and id(value) not in (info.context or Context()).damaged:
        raise ValueError(NO_ITEM)
    return value


_Item = TypeVar("_Item")
Several = Annotated[tuple[_Item, ...], AnyOrder()]
"""A list whose order has no meaning."""
Some = Annotated[
    tuple[_Item, ...], BeforeValidator(_some), Field(json_schema_extra={"minItems": 1})
]
Number = Annotated[float, PlainValidator(_number), WithJsonSchema({"type": "number"})]
Size = Annotated[
    float,
    PlainValidator(_size),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
]
Scalar = Annotated[
    bool | int | float | str,
    PlainValidator(_scalar),
    WithJsonSchema({"type": ["boolean", "number", "string"]}),
]


class Context(Struct, frozen=True):
    """What records know about their file: its path, and the mappings that lost a mistake."""

    path: str = ""
    damaged: frozenset[int] = frozenset()


class Origin(NamedTuple):
    """The origin of a record: a mapping in the file ``path``, ``whole`` or with parts removed."""

    source: Mapping | None = None
    path: str = ""
    whole: bool = True


_NOWHERE = Origin()


class Record(BaseModel):
    """The base class of records and their parts: frozen, without unknown keys, with its origin."""

    # most checks use few kinds of record, so pydantic builds a model on first use
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    inherited_before: ClassVar[str | None] = None
    """The key before which files have the inherited keys: first by default, last if empty."""

    _origin: Origin = PrivateAttr(default_factory=lambda: _NOWHERE)  # a default is copied

    @model_validator(mode="wrap")
    @classmethod
    def _keep_source(
        cls, data: Any, handler: ModelWrapValidatorHandler[Record], info: ValidationInfo
    ) -> Record:
        record = handler(data)
        context: Context = info.context or Context()
        source = data if isinstance(data, Mapping) else None
        record._origin = Origin(source, context.path, id(data) not in context.damaged)
        return record

    @property
    def path(self) -> str:
        """The file the record is written in, relative to the root."""
        return self._origin.path

    @property
    def whole(self) -> bool:
        """Whether no part of it was removed as a mistake."""
        return self._origin.whole

    def location(self, key: str | None = None, index: int | None = None) -> Location:
        """Return the location of the record, of the value of ``key``, or of its item ``index``."""
        source, path, _ = self._origin  # attribute access in pydantic is slow
        if source is None:
            return Location(path)
        if key is None or key not in source:
            return Location(path, *source.place)
        value = source[key]
        if index is not None and isinstance(value, Sequence):
            return Location(path, *value.item_place(index))
        return Location(path, *source.value_place(key))

    def parts(self) -> Iterator[Record]:
        """Yield each record directly inside this one."""
        for name in part_fields(type(self)):
            value = getattr(self, name)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, Record):
                    yield item

    def prose(self) -> Iterator[tuple[str, Location]]:
        """Yield each text that is reStructuredText, and its location."""
        for key, name in prose_fields(type(self)).items():
            value = getattr(self, name)
            if isinstance(value, str):
                yield value, self.location(key)
            for index, item in enumerate(value if isinstance(value, tuple) else ()):
                yield item, self.location(key, index)


@cache
def prose_fields(model: type[Record]) -> dict[str, str]:
    """Return the names of the fields of ``model`` with reStructuredText, by their keys."""
    return {
        field.alias or name: name
        for name, field in model.model_fields.items()
        if any(isinstance(mark, ProseText) for mark in field.metadata)
        or Text in get_args(field.annotation)
    }


@cache
def text_fields(model: type[Record]) -> frozenset[str]:
    """Return the keys of ``model`` with text for people."""
    lines = (
        field.alias or name
        for name, field in model.model_fields.items()
        if any(getattr(mark, "pattern", None) == LINE for mark in field.metadata)
        or Line in get_args(field.annotation)
    )
    return frozenset((*prose_fields(model), *lines))


@cache
def unordered_fields(model: type[Record]) -> frozenset[str]:
    """Return the names of the fields of ``model`` with a list whose order has no meaning."""
    return frozenset(
        name
        for name, field in model.model_fields.items()
        if any(isinstance(mark, AnyOrder) for mark in field.metadata)
    )


def record_in(annotation: Any) -> type[Record] | None:
    """Return the class of the part in a field, which can be optional or a list."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next(filter(None, map(record_in, get_args(annotation))), None)


@cache
def part_fields(model: type[Record]) -> tuple[str, ...]:
    """Return the names of the fields of ``model`` with records."""
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if record_in(field.annotation))


def walk(record: Record) -> Iterator[Record]:
    """Yield ``record`` and every record inside it, outermost first."""
    yield record
    for part in record.parts():
        yield from walk(part)


def fits(name: str, patterns: tuple[str, ...]) -> bool:
    """Return whether a name fits one of some patterns, in which ``*`` matches any characters."""
    names, wild = _divided(patterns)
    return name in names or any(fnmatchcase(name, pattern) for pattern in wild)


@lru_cache(maxsize=4_096)  # a list can have as many names as it is asked for
def _divided(patterns: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the plain names among patterns, and the others."""
    wild = tuple(pattern for pattern in patterns if "*" in pattern)
    return frozenset(patterns).difference(wild), wild


def has_evidence(record: Record) -> bool:
    """Return whether a record or a part of it has evidence."""
    return any(getattr(part, "evidence", ()) for part in walk(record))


class Change(Record):
    """A dated change: when, and what became different."""

    date: Date
    """The day it took effect."""
    what: Text
    """What became different, in a sentence."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""


class Confirmed(Record):
    """The last time that somebody, or something, saw that it is true."""

    date: Date
    """The day of it."""
    by: Line = Field(examples=["the node facts in the logs", "clarkb"])
    """Who or what looked."""
