"""`Sandbox`: Jinja2's environment for templates of strangers, with faster look-ups."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from groundrules.pages.rst import Said
from groundrules.records.fields import Record

_MODEL = frozenset(dir(BaseModel))


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, with fewer checks for safe classes of this package."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute that a template can use, like the inherited method, but faster.

        The inherited method checks whether an attribute leads to the interpreter or changes a
        container.  For plain data objects, all names without a leading underscore are safe.  The
        texts of records are `Said`.
        """
        kind: type = type(obj)
        safe = _is_safe(kind, attribute)
        if safe:
            try:
                value = getattr(obj, attribute)
                return Said(value) if type(value) is str and isinstance(obj, Record) else value
            except AttributeError:
                pass
        if safe is False:
            return self.unsafe_undefined(obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item or attribute like the inherited method, which tries the item first."""
        if isinstance(argument, str):
            kind: type = type(obj)
            if not hasattr(kind, "__getitem__") and _is_safe(kind, argument) is not None:
                return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template can use an attribute; pydantic's own are not allowed.

        Methods of pydantic can read files and unpickle their arguments.
        """
        if isinstance(obj, BaseModel) and attr in _MODEL:
            return False
        return super().is_safe_attribute(obj, attr, value)


@lru_cache(maxsize=16_384)  # templates can make up names
def _is_safe(kind: type, attribute: str) -> bool | None:
    """Return whether templates can use an attribute; None if that depends on its value."""
    if issubclass(kind, BaseModel) and attribute in _MODEL:
        return False
    return True if _only_holds(kind) and not attribute.startswith("_") else None


def _only_holds(kind: type) -> bool:
    """Return whether a class is this package's or a template loop's own, down to the last base.

    One that inherits from a built-in class, as texts and containers do, has methods of that.
    """
    return kind is LoopContext or all(
        base is object or base.__module__.partition(".")[0] in ("groundrules", "pydantic")
        for base in kind.__mro__
    )
