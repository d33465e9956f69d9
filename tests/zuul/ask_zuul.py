"""Freeze the graphs of a folder with Zuul's own classes, for comparison with ours.

``python ask_zuul.py FOLDER`` prints a line for each graph, as ``golden/SET.graphs.jsonl`` has them.
It needs an environment of its own with ``zuul==14.3.0`` and ``PyYAML==6.0.3``; nothing else here
needs Zuul.  A graph is frozen three times: the third answer is Zuul's steady one, and the line has
all three where they differ.
"""

from __future__ import annotations

import json
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, unquote

from zuul.lib import yamlutil
from zuul.zk.zkobject import LocalZKContext

from zuul import configloader, model

FREEZES = 3


class Source:
    """A connection: its projects are folders, with a folder for each branch."""

    def __init__(self, name: str, root: Path, index: dict[str, Any]) -> None:
        self.connection = SimpleNamespace(connection_name=name, driver=None)
        projects = [project for project in index.values() if project["connection"] == name]
        hosts = [project["canonical_name"].split("/")[0] for project in projects]
        self.canonical_hostname = hosts[0] if hosts else name
        self.root, self.index, self.projects = root, index, dict[str, Any]()

    def getProject(self, name: str) -> Any:  # noqa: N802
        return self.projects.setdefault(name, model.Project(name, self))

    def getProjectBranches(self, project: Any, *_: Any) -> list[str]:  # noqa: N802
        if project.name in self.index:
            return list(self.index[project.name]["branches"])
        folders = sorted((self.root / project.name).glob("*/"))
        return [unquote(folder.name) for folder in folders]

    def getProjectDefaultBranch(self, *_: Any) -> str:  # noqa: N802
        return "master"

    def getProjectMergeModes(self, *_: Any) -> None:  # noqa: N802
        return None

    def getProjectDefaultMergeMode(self, *_: Any, **__: Any) -> str:  # noqa: N802
        return "merge"


class Connections:
    """The connections of a folder."""

    def __init__(self, root: Path) -> None:
        file = root / "index.json"
        projects = json.loads(file.read_text("utf-8"))["projects"] if file.exists() else []
        self.index = {project["project"]: project for project in projects}
        self.root, self.sources = root, dict[str, Source]()
        self.connections = dict[str, Any]()  # those of drivers

    def getSource(self, name: str) -> Source:  # noqa: N802
        return self.sources.setdefault(name, Source(name, self.root, self.index))


class Parser(configloader.TenantParser):  # type: ignore[misc]
    """Reads files from folders, not from a merger; has no keys and no managers."""

    def _loadProjectKeys(self, *_: Any) -> None: ...  # noqa: N802
    def _loadTenantKeys(self, *_: Any) -> None: ...  # noqa: N802

    def createManager(self, _: Any, pipeline: Any, tenant: Any) -> Any:  # noqa: N802
        return SimpleNamespace(pipeline=pipeline, tenant=tenant)

    def _cacheTenantYAML(self, abide: Any, tenant: Any, context: Any, *_: Any) -> None:  # noqa: N802
        for tpc in tenant.all_tpcs if tenant else ():
            project = tpc.project
            for branch in tpc.branches if tpc.load_classes else ():
                names = project.canonical_name, project.name, project.connection_name
                source = model.SourceContext(*names, branch, "")
                folder = self.connections.root / project.name / quote(branch, safe="")
                try:
                    files = files_of(folder, tpc.extra_config_files, tpc.extra_config_dirs)
                except UnicodeDecodeError:
                    continue  # as for a cat job that fails
                with context.errorContext(source_context=source):
                    self._updateConfigObjectCache(abide, tenant, source, files, context, 1, None)


def files_of(folder: Path, extra_files: Any, extra_folders: Any) -> dict[str, str | None]:
    """Return the files that ``Repo.getFiles`` of Zuul's merger returns."""
    names = {"zuul.yaml", ".zuul.yaml", *extra_files}
    for inside in ("zuul.d", ".zuul.d", *extra_folders):
        paths = [path for path in (folder / inside).rglob("*") if path.is_file()]
        found = [path.relative_to(folder).as_posix() for path in paths]
        ignored = tuple(name.rpartition("/")[0] for name in found if name.endswith(".zuul.ignore"))
        names |= {name for name in found if name.endswith(".yaml") and not name.startswith(ignored)}
    return {
        name: (folder / name).read_bytes().decode() if (folder / name).is_file() else None
        for name in names
    }


class SemaphoreHandler:
    """Knows the names of semaphores only."""

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def getSemaphoreInfo(self, semaphore: Any) -> dict[str, Any]:  # noqa: N802
        return {"name": semaphore.name}


def load(root: Path) -> Any:
    """Return the tenant of a folder."""
    configloader.SemaphoreHandler = SemaphoreHandler
    model.Secret.decrypt = lambda *_: None
    model.Secret.serialize = lambda *_: ""
    abide = model.Abide()
    objects = yamlutil.safe_load((root / "main.yaml").read_bytes())
    for conf in (item["global-semaphore"] for item in objects if "global-semaphore" in item):
        abide.semaphores[conf["name"]] = configloader.GlobalSemaphoreParser().fromYaml(conf)
    # Zuul keeps the tenant as sorted JSON, so that connections are in the order of their names
    conf = json.loads(
        json.dumps(next(i["tenant"] for i in objects if "tenant" in i), sort_keys=True)
    )
    settings = SimpleNamespace(web_root=None)
    parser = Parser(Connections(root), None, None, None, None, settings, None, None)
    parser.getSchema()(conf)
    ansible = SimpleNamespace(default_version="11", requestVersion=request_version)
    registry = model.TenantTPCRegistry()
    with ThreadPoolExecutor(max_workers=1) as executor:
        config, untrusted = parser.loadTenantProjects(conf, executor)
        for tpc in config:
            registry.addConfigTPC(tpc)
        for tpc in untrusted:
            registry.addUntrustedTPC(tpc)
        abide.setTPCRegistry(conf["name"], registry)
        return parser.fromYaml(abide, conf, ansible, executor, settings, layout_uuid="x")


def request_version(version: str) -> None:
    if version not in ("9", "11"):
        raise ValueError(version)


def frozen(tenant: Any, project: Any, pipeline: str, branch: str) -> Any:
    """Return a graph, as ``golden/`` writes it."""
    change = model.Branch(project)
    change.branch = branch
    change.cache_stat = SimpleNamespace(key=SimpleNamespace(reference="x"))
    item = SimpleNamespace(changes=[change], debug=False, event=None, parameters={})
    item.current_build_set = SimpleNamespace(
        fail_fast=None, jobs={}, _old_jobs={}, item=item, debug_messages=[]
    )
    item.manager = tenant.layout.pipeline_managers[pipeline]
    item.annotateLogger, item.getChangeForJob = lambda log: log, lambda _: change
    try:
        tenant.layout.createJobGraph(LocalZKContext(None), item, None, True, True)
    except Exception:
        return "error"
    return [
        [
            job.name,
            *sorted({"~" * dependency.soft + dependency.name for dependency in job.dependencies}),
        ]
        for job in item.current_build_set.jobs.values()
    ]


def main(root: Path) -> None:
    logging.disable(logging.CRITICAL)
    tenant = load(root)
    for project in tenant.all_projects:
        for branch in project.source.getProjectBranches(project):
            for pipeline in tenant.layout.pipeline_managers:
                answers = [frozen(tenant, project, pipeline, branch) for _ in range(FREEZES)]
                steady = all(answer == answers[-1] for answer in answers)
                row = [project.name, pipeline, branch, answers[-1]]
                print(json.dumps(row if steady else [*row, answers]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
