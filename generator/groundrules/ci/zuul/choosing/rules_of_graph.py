"""A `Frozen` graph → `ChangeRules`, from which pages decide which jobs run for a change."""

from __future__ import annotations

from groundrules.ci.zuul.choosing.change_item import FOLDERS, PLACES
from groundrules.ci.zuul.choosing.job_choice import hard_dependencies
from groundrules.ci.zuul.choosing.pipeline_starts import only_start
from groundrules.ci.zuul.choosing.updates import own_files
from groundrules.ci.zuul.freezing.elsewhere import defined_elsewhere
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.graphs.change_rules import ChangeRules, JobRules
from groundrules.graphs.elements import FilePattern


def change_rules(
    frozen: Frozen, project: TenantProject, branch: str, layout: Layout, *, is_complete: bool
) -> ChangeRules:
    """Return for which changed files of a project's branch the jobs of a graph run."""
    start = only_start(layout.pipelines.get(frozen.pipeline), branch)
    jobs = frozen.linked_jobs
    waits = hard_dependencies(jobs)
    unsure = [name for name, vanished in frozen.shape.absent.items() if not vanished.is_sure]
    return ChangeRules(
        jobs=(
            *(_rules(job, waits[job.name], project, layout) for job in jobs),
            *(JobRules(job=name, is_known=False) for name in unsure),
        ),
        configuration=_configuration(project, branch),
        only_start=start,
        is_complete=is_complete,
    )


def _rules(job: Merged, waits: tuple[str, ...], project: TenantProject, layout: Layout) -> JobRules:
    unstable = tuple(name for name in waits if (name, True) in job.dependencies)
    files = job.files
    own = own_files(job, project, layout) if job.match_on_config_updates else []
    return JobRules(
        job=job.name,
        files=None if files is None else tuple(FilePattern(*pattern) for pattern in files),
        irrelevant_files=tuple(FilePattern(*pattern) for pattern in job.irrelevant_files),
        own_files=tuple(dict.fromkeys(own)),
        forces=tuple(name for name in waits if name not in unstable),
        may_force=unstable,
        elsewhere=defined_elsewhere(job),
    )


def _configuration(project: TenantProject, branch: str) -> tuple[str, ...]:
    """Return the starts of all paths that Zuul may read the configuration of a change from."""
    if any(pattern.matches_all(branch) for pattern in project.dynamic_branches):
        return ("",)
    return (*PLACES, *FOLDERS, *(path.rstrip("/") for path in project.extra_paths))
