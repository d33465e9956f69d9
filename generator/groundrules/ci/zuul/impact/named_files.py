"""The path of a question → what it is: a file of the configuration, or one that jobs run."""

from __future__ import annotations

from collections.abc import Iterable

from groundrules.ci.graph_question import AskedError
from groundrules.ci.zuul.impact.file_users import FileUsers, Opened
from groundrules.ci.zuul.impact.subject import ImpactSubject, PlaybookAt, root_of, variants_of
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.loading import Raw
from groundrules.ci.zuul.layout.variants import FileOrigin
from groundrules.nearest import did_you_mean, nearest
from groundrules.text import counted

Playbooks = dict[PlaybookAt, FileOrigin]
"""All playbooks that jobs name, each with the file of a definition that names it."""


def subject_of_file(
    layout: Layout, files: Iterable[Raw], subject: ImpactSubject, opened: Opened
) -> ImpactSubject:
    """Return the objects of a file, or the file that jobs run.

    The path is that in its repository, or the path in diagnostics.  Raises `AskedError` for a file
    of which nothing is known.
    """
    read = [raw.source for raw in files]
    if any(map(subject.has_file, read)):
        return subject
    sources = {
        (source.project.canonical_name, source.branch): source
        for source in read
        if subject.counts(source)
    }
    if used := FileUsers(layout, subject, sources, opened).subject_of(subject.name):
        return used
    raise AskedError(_unknown(subject.name, read, _playbooks(layout, subject)))


def _playbooks(layout: Layout, subject: ImpactSubject) -> Playbooks:
    return {
        PlaybookAt.of(variant.source, playbook): variant.source
        for variant in variants_of(layout)
        if variant.source.is_here and subject.counts(variant.source)
        for playbook in variant.spec.playbooks
    }


def _unknown(path: str, read: list[FileOrigin], named: Playbooks) -> str:
    """Return that a file is not known, what was looked at, and the nearest path."""
    searched = f"{counted(len(read), 'file')} and {counted(len(named), 'playbook')}"
    paths = {source.path or "" for source in read}
    paths |= {f"{root_of(source)}{at.path}" for at, source in named.items()}
    if near := nearest(path, (*paths, *(at.path for at in named))):
        end = f"; did you mean {near!r}?"
    else:
        end = did_you_mean(path, paths, "files")
    return (
        f"no file {path!r} of the configuration was read, and no job is known to run it "
        f"({searched} were looked at){end}"
    )
