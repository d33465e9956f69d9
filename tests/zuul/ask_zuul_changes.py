"""Choose the jobs of changes with Zuul's own classes, for comparison with ours.

``python ask_zuul_changes.py FOLDER QUESTIONS`` prints a line for each question of a file, as
``groundrules jobs --batch`` answers it.  It needs the environment of ``ask_zuul.py``.
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import ask_zuul
from zuul.manager import PipelineManager
from zuul.zk.zkobject import LocalZKContext

from zuul import configloader, model

ANSIBLE = SimpleNamespace(default_version="11", requestVersion=ask_zuul.request_version)
FREEZES = 3


class BuildSet:
    """The build set of an item, without ZooKeeper."""

    def __init__(self, item: Any) -> None:
        self.item, self.uuid, self.fail_fast = item, "b", None
        self.jobs, self._old_jobs = dict[str, Any](), dict[str, Any]()
        self.debug_messages, self._old_job_graph = list[str](), None

    def _set(self, **values: Any) -> None:
        self.__dict__.update(values)


class Item:
    """A queue item with one change and none ahead."""

    log = logging.getLogger("zuul.test")
    updatesJobConfig = model.QueueItem.updatesJobConfig  # noqa: N815
    includesConfigUpdates = model.QueueItem.includesConfigUpdates  # noqa: N815

    def __init__(self, change: Any, tenant: Any, pipeline: str) -> None:
        self.changes, self.debug, self.event, self.parameters = [change], False, None, {}
        self.item_ahead, self.items_ahead, self.layout_uuid = None, list[Any](), "y"
        manager = tenant.layout.pipeline_managers[pipeline]
        self.manager = SimpleNamespace(
            tenant=tenant, pipeline=manager.pipeline, getFallbackLayout=lambda _: tenant.layout
        )
        self.current_build_set = BuildSet(self)

    def annotateLogger(self, log: Any) -> Any:  # noqa: N802
        return log

    def getChangeForJob(self, _: Any) -> Any:  # noqa: N802
        return self.changes[0]

    def warning(self, *_: Any) -> None: ...


def load(root: Path) -> tuple[Any, Any]:
    """Return the tenant of a folder, and a loader for the layouts of changes."""
    made: dict[str, Any] = {}
    parser, abide = ask_zuul.Parser, model.Abide

    class Kept(parser):  # type: ignore[misc, valid-type]
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            made["parser"] = self

    ask_zuul.Parser = Kept  # type: ignore[misc]
    model.Abide = lambda: made.setdefault("abide", abide())
    tenant = ask_zuul.load(root)
    ask_zuul.Parser, model.Abide = parser, abide  # type: ignore[misc]
    loader = configloader.ConfigLoader.__new__(configloader.ConfigLoader)
    loader.connections, loader.tenant_parser = made["parser"].connections, made["parser"]
    loader.system, loader.globals = None, SimpleNamespace(web_root=None)
    loader.scheduler = SimpleNamespace(abide=made["abide"])
    return tenant, loader


def change_of(project: Any, asked: dict[str, Any]) -> Any:
    """Return the change, push, tag or ref that a question is about."""
    kind = asked.get("kind", "change")
    kinds = {"change": model.Change, "branch": model.Branch, "tag": model.Tag, "ref": model.Ref}
    change = kinds[kind](project)
    if kind in ("change", "branch"):
        change.branch, change.ref = asked["branch"], f"refs/heads/{asked['branch']}"
    else:
        change.ref = f"refs/tags/{asked['ref']}" if kind == "tag" else asked["ref"]
        change.tag, change.containing_branches = asked["ref"], asked.get("containing", [])
        if kind == "ref":
            del change.containing_branches
    change.files = asked["files"]
    change.cache_stat = SimpleNamespace(key=SimpleNamespace(reference="x"))
    return change


def files_of(root: Path, project: Any, tpc: Any, asked: dict[str, Any]) -> Any:
    """Return the files that the merger would return for a change."""
    folder = root / project.name / quote(asked["branch"], safe="")
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "copy"
        if folder.exists():
            shutil.copytree(folder, copy)
        for path, text in asked.get("patch", {}).items():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_text(text or "")
            if text is None:
                (copy / path).unlink()
        found = ask_zuul.files_of(copy, tpc.extra_config_files, tpc.extra_config_dirs)
    files = model.RepoFiles()
    files._set(connections={project.connection_name: {project.name: {asked["branch"]: found}}})
    return files


def layout_of(tenant: Any, loader: Any, root: Path, item: Item, asked: dict[str, Any]) -> Any:
    """Return the layout for a change, or its configuration errors as text."""
    change = item.changes[0]
    project = change.project
    if not isinstance(change, model.Change) or not change.updatesConfig(tenant):
        return tenant.layout
    files = files_of(root, project, tenant.project_configs[project.canonical_name], asked)
    trusted, _ = item.includesConfigUpdates()
    branches = {project.canonical_name: {asked["branch"]}}
    layout = loader.createDynamicLayout(
        item, files, branches, ANSIBLE, include_config_projects=trusted
    )
    _, is_refused = PipelineManager._findRelevantErrors(item.manager, item, layout)
    if is_refused:
        return "config error"
    return tenant.layout if trusted else layout


def answer(tenant: Any, loader: Any, root: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the jobs that Zuul runs, or its error."""
    _, project = tenant.getProject(asked["project"])
    change = change_of(project, asked)
    layout = layout_of(tenant, loader, root, Item(change, tenant, asked["pipeline"]), asked)
    if isinstance(layout, str):
        return {"id": asked["id"], "jobs": [], "error": layout}
    for _ in range(FREEZES if layout is tenant.layout else 1):
        item = Item(change, tenant, asked["pipeline"])
        try:
            made = layout.createJobGraph(LocalZKContext(None), item, None, False, True)
        except Exception as error:
            refused = {"id": asked["id"], "jobs": [], "error": f"{type(error).__name__}: {error}"}
        else:
            refused = None
    jobs = refused or [
        {
            "name": job.name,
            "dependencies": [{"name": to.name, "soft": to.soft} for to in job.dependencies],
        }
        for job in made["job_graph"].getJobs()
    ]
    return refused or {"id": asked["id"], "jobs": jobs, "error": None}


def main(root: Path, questions: Path) -> None:
    logging.disable(logging.CRITICAL)
    tenant, loader = load(root)
    for line in questions.read_text("utf-8").splitlines():
        print(json.dumps(answer(tenant, loader, root, json.loads(line))), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
