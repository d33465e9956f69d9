"""`ChangeRules`: for which changed files the jobs of a graph run."""

from __future__ import annotations

from msgspec import Struct

from groundrules.graphs.elements import FilePattern


class JobRules(Struct, frozen=True, kw_only=True):
    """For which changed files one job runs.

    Without ``files`` (None) and ``irrelevant_files``, it runs for every change.  A change of one
    of its ``own_files`` starts it too, and so does a job that ``forces`` it.  Whether a job that
    ``may_force`` it does so changes with each start of the CI system.  ``elsewhere`` are those of
    the job and its parents that another repository defines.  Nothing is known of one with
    ``is_known`` false.
    """

    job: str
    files: tuple[FilePattern, ...] | None = None
    irrelevant_files: tuple[FilePattern, ...] = ()
    own_files: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    """The jobs that have to run if it does."""

    may_force: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    is_known: bool = True


class ChangeRules(Struct, frozen=True, kw_only=True):
    """For which changed files the jobs of one pipeline run.

    A change of a file whose path starts with one of ``configuration`` may edit the rules.  If
    they are not ``complete``, parts that are not available may let more jobs run.
    """

    jobs: tuple[JobRules, ...] = ()
    only_start: str = ""
    """What starts the pipeline if no change does, such as ``a timer``."""

    configuration: tuple[str, ...] = ()
    is_complete: bool = True
