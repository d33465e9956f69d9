"""Variants of a job, applied one after the other → one `Merged` job.

The attributes that a later variant replaces, adds to, and cannot change:
https://zuul-ci.org/docs/zuul/latest/config/job.html
"""

from __future__ import annotations

from groundrules.ci.zuul.freezing.merged import FreezeError, Merged, Playbooks
from groundrules.ci.zuul.layout.layout import Layout, near
from groundrules.ci.zuul.layout.variants import Variant
from groundrules.ci.zuul.reading.objects import JobSpec, Word
from groundrules.yamlsource import Place

EXECUTION = frozenset(
    {
        *("parent", "pre-timeout", "timeout", "post-timeout", "vars", "extra-vars", "host-vars"),
        *("group-vars", "include-vars", "nodeset", "pre-run", "run", "post-run", "cleanup-run"),
        *("ansible-split-streams", "ansible-version", "semaphores", "attempts", "roles"),
        *("required-projects", "include-projects", "exclude-projects", "allowed-projects"),
        *("override-branch", "override-checkout", "post-review", "workspace-scheme"),
        *("workspace-checkout", "failure-output", "image-build-name", "type"),
        *("preserve-home-paths", "secret-exposure"),
    }
)
"""The attributes of a final job that cannot be set."""

CONTEXT = (
    *("voting", "files", "irrelevant-files", "tags", "provides", "requires", "dependencies"),
)
# Zuul checks these twice, so a variant that sets one and makes it final is an error
TWICE = ("vars", "extra-vars", "host-vars", "group-vars")
TWICE_IF_SET = (
    *("include-vars", "required-projects", "include-projects", "exclude-projects"),
    "failure-output",
)


def started(variant: Variant, layout: Layout) -> Merged:
    """Return the job with only its first variant applied.  Raises `FreezeError`."""
    spec = variant.spec
    merged = Merged(spec.name, layout)
    merged.final, merged.abstract = spec.final, spec.abstract
    merged.intermediate = spec.intermediate
    merged.final_attributes = frozenset(spec.final_attributes)
    if spec.allowed_projects is not None:
        merged.allowed = frozenset(spec.allowed_projects)
    merged.post_review = spec.post_review
    if _holds_secrets(variant) and not merged.post_review:
        merged.post_review = True
        merged.allowed = frozenset({variant.source.project.name})
    merged.secret_exposure = spec.secret_exposure
    _take_values(merged, variant)
    _take_playbooks(merged, variant)
    _take_context(merged, variant)
    merged.applied.append(variant)
    return merged


def apply(merged: Merged, variant: Variant) -> None:
    """Apply one more variant to ``merged``.

    Raises `FreezeError` if it sets an attribute that it cannot change, or names an undefined
    nodeset or secret.
    """
    spec = variant.spec
    _check_execution(merged, variant)
    _take_values(merged, variant)
    _take_flags(merged, variant)
    resolve_nodeset(merged, variant)
    if spec.secret_exposure:
        if merged.secret_exposure not in (None, spec.secret_exposure):
            raise _error(merged, variant, "has 'secret-exposure' already, which may not be changed")
        merged.secret_exposure = spec.secret_exposure
    _pass_secrets(merged, variant)
    if _holds_secrets(variant) and not merged.post_review:
        merged.post_review = True
        _restrict(merged, {variant.source.project.name})
    _take_playbooks(merged, variant)
    set_ones = tuple(key for key in TWICE_IF_SET if key in spec.sets)
    _control(merged, variant, (*TWICE, *set_ones), twice=True)
    if spec.allowed_projects is not None:
        _restrict(merged, _allowed_names(variant, merged.layout))
    _check_semaphores(merged, variant)
    _control(merged, variant, CONTEXT)
    _take_context(merged, variant)
    merged.name = spec.name
    if not spec.is_entry:
        merged.applied.append(variant)


def _error(merged: Merged, variant: Variant, message: str, key: str = "") -> FreezeError:
    """Return the error about the job so far, which is the parent until a variant is applied.

    It is at the value of a key of the variant, if that is written.
    """
    location = variant.source.at(variant.spec.place_of(key))
    return FreezeError(f"the job {merged.name!r} {message}", location)


def _own_error(variant: Variant, message: str, place: Place | None = None) -> FreezeError:
    """Return the error about the job of the variant itself, at a place in it if one is given."""
    location = variant.source.at(place or variant.spec.place)
    return FreezeError(f"the job {variant.spec.name!r} {message}", location)


def _check_execution(merged: Merged, variant: Variant) -> None:
    """Refuse attributes that cannot be set on a final or protected job, and final attributes."""
    spec = variant.spec
    for key in spec.sets:
        if key not in EXECUTION:
            continue
        if merged.final and "parent" in spec.sets and spec.name != merged.name:
            message = f"the job {spec.name!r} inherits from {merged.name!r}, which is final"
            raise FreezeError(message, variant.source.at(spec.place_of("parent")))
        if merged.final:
            what = (
                "it may not be defined again" if key == "roles" else f"{key!r} may not be set here"
            )
            raise _error(merged, variant, f"is final, so {what}")
        owner = variant.source.project.canonical_name
        if merged.protecting not in (None, owner):
            what = f"given {key!r}" if spec.is_entry else "inherited"
            message = f"is protected by {merged.protecting} and may not be {what} elsewhere"
            raise _error(merged, variant, message, "parent")
        _control(merged, variant, (key,))


def _control(
    merged: Merged, variant: Variant, keys: tuple[str, ...], *, twice: bool = False
) -> None:
    """Refuse final attributes; ``twice``, those that the variant itself sets and makes final."""
    spec = variant.spec
    if not merged.final_attributes and not spec.final_attributes:
        return
    for key in keys:
        if key in spec.sets and key in merged.final_attributes:
            if twice:
                wrong = f"sets {key!r} and makes it final, which Zuul refuses; set it in a parent"
                raise _own_error(variant, wrong)
            wrong = f"has the final attribute {key!r}, which may not be set here"
            raise _error(merged, variant, wrong)
        if key in spec.final_attributes:
            merged.final_attributes |= {key}


def _take_values(merged: Merged, variant: Variant) -> None:
    spec = variant.spec
    if spec.nodeset is not None:
        merged.nodeset, merged.nodeset_variant = spec.nodeset, variant
    _replace(merged, spec, ("type", "timeout", "image_build_name"))
    merged.post_review = merged.post_review or spec.post_review
    if spec.variables_files:
        if spec.overrides_variables_files:
            merged.variables_files.clear()
        merged.variables_files += ((file, variant) for file in spec.variables_files)


def _replace(merged: Merged, spec: JobSpec, fields: tuple[str, ...]) -> None:
    """Replace the values of fields that are set."""
    for field in fields:
        if (value := getattr(spec, field)) is not None:
            setattr(merged, field, value)


def _take_flags(merged: Merged, variant: Variant) -> None:
    """Apply final, abstract, intermediate and protected; a child does not inherit all of them."""
    spec = variant.spec
    inherits = spec.name != merged.name
    merged.final = merged.final or spec.final
    merged.abstract = spec.abstract or (merged.abstract and not inherits)
    if merged.intermediate and not spec.abstract:
        message = "is intermediate, so only an abstract job may inherit from it"
        raise _error(merged, variant, message, "parent")
    merged.intermediate = spec.intermediate or (merged.intermediate and not inherits)
    if spec.protected is not None:
        if merged.protecting and not spec.protected:
            raise _error(merged, variant, "is protected, which 'protected: false' may not undo")
        merged.protecting = merged.protecting or variant.source.project.canonical_name


def resolve_nodeset(merged: Merged, variant: Variant) -> None:
    """Replace the name of a nodeset by the nodeset.  Raises `FreezeError` if it is not defined."""
    name, layout = merged.nodeset, merged.layout
    if not isinstance(name, str):
        return
    if defined := layout.nodesets.get(name):
        merged.nodeset = defined[0]
    elif layout.tenant.lacks("nodeset", name):
        end = near(name, layout.nodesets)
        holder = merged.nodeset_variant or variant
        place = holder.spec.place_of("nodeset")
        message = f"the job {holder.spec.name!r}: no nodeset {name!r} is defined{end}"
        raise FreezeError(message, holder.source.at(place))


def _holds_secrets(variant: Variant) -> bool:
    return bool(variant.spec.secrets) and not variant.source.project.trusted


def _restrict(merged: Merged, names: set[str]) -> None:
    merged.allowed = frozenset(names) if merged.allowed is None else merged.allowed & names


def _allowed_names(variant: Variant, layout: Layout) -> set[str]:
    names = set()
    for name in variant.spec.allowed_projects or ():
        project = None if name == variant.source.project.name else layout.tenant.project(name)
        names.add(project.name if project else name)
    return names


def _pass_secrets(merged: Merged, variant: Variant) -> None:
    """Pass secrets to the earlier playbooks; those of an untrusted project restrict the job."""
    if not variant.spec.passed_secrets:
        return
    _check_secrets(merged, variant, variant.spec.passed_secrets)
    if any(not books.variant.source.project.trusted for books in merged.playbooks):
        merged.post_review = True


def _check_secrets(merged: Merged, variant: Variant, secrets: tuple[Word, ...]) -> None:
    project = variant.source.project
    for word in secrets:
        if merged.layout.lacks_secret(word.name, project):
            message = f"uses the secret {word.name!r}, which is not defined"
            raise _own_error(variant, message, word.place)


def _take_playbooks(merged: Merged, variant: Variant) -> None:
    spec = variant.spec
    around = (*spec.pre_run, *spec.post_run, *spec.cleanup_run)
    if not around and not spec.run:
        return
    _check_secrets(merged, variant, spec.secrets)
    if spec.run:
        merged.run = Playbooks(variant, tuple(spec.run))
    if around:
        merged.around.append(Playbooks(variant, around))


def _check_semaphores(merged: Merged, variant: Variant) -> None:
    """Add semaphores; each can be on the job or on its playbooks, but not on both."""
    for word in variant.spec.semaphores:
        merged.semaphores.setdefault(word.name, (word, variant))
    names = {word.name for playbooks in merged.playbooks for word in playbooks.semaphores}
    if common := sorted(names & merged.semaphores.keys()):
        message = f"has the semaphore {common[0]!r} on itself and on a playbook; remove one of them"
        raise _own_error(variant, message)


def _take_context(merged: Merged, variant: Variant) -> None:
    """Apply the attributes that a mention can set even on a final job."""
    spec = variant.spec
    if not merged.applied:
        for word in spec.semaphores:
            merged.semaphores[word.name] = (word, variant)
    _replace(merged, spec, ("voting", "match_on_config_updates"))
    merged.names_branches = merged.names_branches or spec.branches is not None
    if spec.dependencies is not None:
        if not spec.inherits_dependencies:
            merged.dependencies, merged.replaces_dependencies = {}, True
        for dependency in spec.dependencies:
            key = dependency.name, dependency.soft
            merged.dependencies.setdefault(key, (dependency, variant))
    if spec.tags:
        if spec.overrides_tags:
            merged.tags.clear()
        merged.tags.update(spec.tags)
    if spec.files is not None:
        if merged.files is None or not spec.inherits_files:
            merged.files = {}
        merged.files |= dict.fromkeys(spec.files)
    if spec.irrelevant_files is not None:
        if not spec.inherits_irrelevant_files:
            merged.irrelevant_files.clear()
        merged.irrelevant_files |= dict.fromkeys(spec.irrelevant_files)
