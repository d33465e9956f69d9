"""Options of a tenant and its projects, read as Zuul reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from groundrules.ci.zuul.layout.tenant import PROVIDER_CLASSES
from groundrules.ci.zuul.reading.expressions import Expression, InvalidError, expression
from groundrules.ci.zuul.reading.shapes import listed
from groundrules.text import verbatim
from groundrules.yamlsource import Mapping, Place, Problem


def classes_of(options: Mapping, classes: frozenset[str]) -> frozenset[str]:
    """Return the kinds of object to load, out of those allowed for this kind of project."""
    if options.get("include") is not None:
        classes = frozenset(listed(options["include"]))
    if options.get("include-provider-config"):
        classes |= PROVIDER_CLASSES
    return classes - frozenset(listed(options.get("exclude")))


# Zuul iterates over these without converting text to a list, so it reads single letters
# (configloader.py, TenantParser._getProject and fromYaml; re2util.py, filter_allowed_disallowed)
LETTERED = ("always-dynamic-branches", "allowed-labels", "disallowed-labels")


def option_list(conf: Mapping, key: str) -> list[str]:
    """Return an option as the list that Zuul reads; text can become a list of its letters."""
    value = conf.get(key)
    return list(value) if key in LETTERED and isinstance(value, str) else listed(value)


def lettered_options(conf: Mapping) -> list[Problem]:
    """Return the options of a project or tenant that Zuul reads letter by letter."""
    return [
        Problem(
            f"Zuul reads each letter of {verbatim(conf[key])} as an expression of its own; "
            f"write {key}: [{verbatim(conf[key])}]",
            *conf.value_place(key),
        )
        for key in LETTERED
        if isinstance(conf.get(key), str) and len(conf[key]) > 1
    ]


def project_entries(conf: Mapping, key: str) -> Iterator[tuple[Any, Place]]:
    """Yield the projects and groups that Zuul takes from a list: it iterates over what there is.

    Of text these are its letters, of a mapping its keys.  Raises `Problem` for a letter that
    comes twice, with which Zuul refuses the tenant.
    """
    value = conf.get(key)
    if isinstance(value, str):
        if len(set(value)) < len(value):
            raise misread_projects(conf, key)[0]
        yield from ((letter, conf.value_place(key)) for letter in value)
    elif isinstance(value, Mapping):  # Zuul keeps a tenant as sorted JSON
        yield from ((name, value.key_place(name)) for name in sorted(value))
    elif value is not None:
        yield from ((item, value.item_place(index)) for index, item in enumerate(value))


def misread_projects(conf: Mapping, key: str) -> list[Problem]:
    """Return what is to be said of projects that are no list: one problem at most."""
    value, place = conf.get(key), conf.value_place(key)
    if isinstance(value, str) and value:
        message = f"Zuul reads each letter of {verbatim(value)} as a project of its own"
        return [Problem(f"{message}; write {key}: [{verbatim(value)}]", *place)]
    if isinstance(value, Mapping):
        message = f"Zuul reads only the keys of this mapping, as the names of {key}"
        return [Problem(f"{message}; begin each with a dash", *place)]
    return []


def excluded_branches(
    options: Mapping, dynamic: tuple[Expression, ...] | None
) -> tuple[Expression, ...] | None:
    """Return the branches that are not loaded: excluded and always dynamic ones."""
    exclude = expressions_of(options, "exclude-branches")
    # Zuul adds no expression that is "in" exclude-branches, which for text means a substring
    words = options.get("exclude-branches") or ()
    added = tuple(branch for branch in dynamic or () if branch.pattern not in words)
    return (*(exclude or ()), *added) if added else exclude


def expressions_of(conf: Mapping, key: str) -> tuple[Expression, ...] | None:
    """Return the expressions of an option, or None if it is not set.  Raises `Problem`."""
    if conf.get(key) is None:
        return None
    try:
        return tuple(expression(pattern) for pattern in option_list(conf, key))
    except InvalidError as error:
        for problem in lettered_options(conf):
            if problem.place == conf.value_place(key):
                raise problem from None
        message = f"{key}: not a regular expression: {error}"
        raise Problem(message, *conf.value_place(key)) from None
