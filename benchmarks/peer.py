"""The peer: sphinxcontrib-datatemplates, and the made-up manual as its users would write it.

One data file and one page a job, a template for all of them.  Whatever datatemplates cannot work
out by itself (who waits for a job, what can run beside it, in which order jobs can run, that nobody
compared them with a configuration) is written into the data or the template, so it only has to
show it.  Jobs are objects of Sphinx's own ``std`` domain, by its
``add_crossref_type``: references, anchors and search lead to them as in Groundrules.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import made_up
from made_up import Graph, Job

from groundrules.graphs.elements import Edge
from groundrules.graphs.elements import Job as Node
from groundrules.graphs.job_graph import JobGraph

SAME = ("Sphinx", "docutils", "Jinja2", "PyYAML", "pydata-sphinx-theme")


def install(folder: Path, package: str = "sphinxcontrib-datatemplates") -> Path:
    """Make a venv with ``package`` in ``folder`` unless it is there; return its Python.

    Sphinx and everything else that both need have the versions that Groundrules runs with.
    """
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        print(f"installing {package} in {folder} …", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        same = [f"{name}=={version(name)}" for name in SAME]
        command: list[str | Path] = [
            python,
            "-m",
            "pip",
            "install",
            "-q",
            package,
            *same,
        ]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        (folder / "complete").touch()
    return python


Write = Callable[[Path, str, dict[str, Any]], None]
"""Writes a page: its path without a suffix, its template, its data."""


def write_manual(folder: Path, made: list[Graph], theme: str, write: Write | None = None) -> None:
    """Write the manual to ``folder`` for datatemplates to build, or in another way."""
    write = write or _write_page
    source = folder / "source"
    (source / "graphs").mkdir(parents=True)
    (folder / "_templates").mkdir()
    for name, text in TEMPLATES.items():
        (folder / "_templates" / name).write_text(text, "utf-8")
    extension = made_up.conf("sphinxcontrib.datatemplates", theme)
    (folder / "conf.py").write_text(extension + SETUP, "utf-8")
    (source / "index.rst").write_text(
        "A made-up manual\n================\n\n.. toctree::\n\n   /graphs/index\n"
    )
    write(source / "graphs" / "index", "graphs.rst", {"graphs": [_brief(g) for g in made]})
    for graph in made:
        write_graph(folder, graph, write)


def write_graph(folder: Path, graph: Graph, write: Write | None = None) -> None:
    """Write the pages of one graph and its jobs."""
    write = write or _write_page
    source, known = folder / "source", _job_graph(graph)
    (source / "jobs" / graph.id).mkdir(parents=True, exist_ok=True)
    waves = [{"jobs": list(wave)} for wave in known.waves()]
    value = {"id": graph.id, "title": graph.title, "project": f"example/{graph.id}"}
    jobs = [{"name": job.name, "waits_for": _waits(job)} for job in graph.jobs]
    write(source / "graphs" / graph.id, "graph.rst", {**value, "waves": waves, "jobs": jobs})
    for job in graph.jobs:
        write_job(folder, graph, job, known, write)


def write_job(folder: Path, graph: Graph, job: Job, known: JobGraph, write: Write) -> None:
    """Write one job's data file and page, if they say something else."""
    dependents = [
        {**wait, "job": other.name}
        for name in known.dependents(job.name)
        for other in graph.jobs
        if other.name == name
        for wait in _waits(other)
        if wait["job"] == job.name
    ]
    near = {job.name, *known.ancestors(job.name), *known.descendants(job.name)}
    beside = [other.name for other in graph.jobs if other.name not in near]
    value = {
        "name": job.name,
        "graph": graph.id,
        "graph_title": graph.title,
        "purpose": job.purpose,
        "tags": list(job.tags),
        "typical": f"{job.typical} min",
        "maximum": f"{job.maximum} min",
        "waits_for": _waits(job),
        "dependents": dependents,
        "ancestors": sorted(known.ancestors(job.name)),
        "descendants": sorted(known.descendants(job.name)),
        "beside": beside[:12],
        "beside_count": len(beside),
        "jobs_count": len(graph.jobs),
    }
    write(folder / "source" / "jobs" / graph.id / job.name, "job.rst", value)


def _job_graph(graph: Graph) -> JobGraph:
    edges = (Edge(job=job.name, dependency=w.job) for job in graph.jobs for w in job.waits_for)
    return JobGraph(tuple(Node(name=job.name) for job in graph.jobs), tuple(edges))


def _brief(graph: Graph) -> dict[str, Any]:
    names = [job.name for job in graph.jobs]
    return {"id": graph.id, "title": graph.title, "project": f"example/{graph.id}", "jobs": names}


def _waits(job: Job) -> list[dict[str, Any]]:
    return [{"job": each.job, "soft": each.soft, "why": each.why} for each in job.waits_for]


def _write_page(path: Path, template: str, value: dict[str, Any]) -> None:
    data = path.with_name(f"{path.name}.yaml")
    beside = path.with_name(f"{path.name}.new")
    made_up.write_yaml(beside, value)
    if data.exists() and data.read_bytes() == beside.read_bytes():
        beside.unlink()
        return
    beside.replace(data)
    directive = f".. datatemplate:yaml:: {data.name}\n   :template: {template}\n"
    path.with_name(f"{path.name}.rst").write_text(FIELDS.get(template, "") + directive, "utf-8")


SETUP = """

def setup(app):
    from docutils import nodes

    app.add_crossref_type("job", "job", ref_nodeclass=nodes.literal)
    app.add_crossref_type("graph", "graph", ref_nodeclass=nodes.inline)
    app.add_generic_role("badge", nodes.inline)
"""
NO_CONTENTS = ":html_theme.sidebar_secondary.remove: true"
_MARK = ":badge:`? not checked`"
_COMPARED = f"""\
{_MARK}: configuration 'made-up' is not available: manual.yaml does not say where it is; \
--config made-up=PATH does for one run
"""
_WAITS = """\
{% for wait in WAITS %}
:job:`{{ wait.job }}` ({{ "soft" if wait.soft else "hard" }}, MARK)
   {{ wait.why }}

{% endfor %}
""".replace("MARK", _MARK)
# the fields before a page
FIELDS = {"job.rst": ":orphan:\n\n", "graph.rst": f"{NO_CONTENTS}\n\n"}
# the words of Groundrules' own templates, without what made-up jobs do not have
TEMPLATES = {
    "job.rst": """\
.. job:: {{ data.name }}

{{ data.name }}
{{ "=" * data.name | length }}

{{ data.purpose }}

"""
    + _COMPARED
    + """
Waits for
---------

{% if data.waits_for %}
"""
    + _WAITS.replace("WAITS", "data.waits_for")
    + """
{% if data.ancestors | length > data.waits_for | length %}
In all it waits for {{ data.ancestors | length }} jobs: \
{% for name in data.ancestors %}:job:`{{ name }}`{{ ", " if not loop.last }}{% endfor %}.

{% endif %}
{% else %}
Nothing: it can start at once.

{% endif %}
Is waited for by
----------------

{% if data.dependents %}
"""
    + _WAITS.replace("WAITS", "data.dependents")
    + """
{% if data.descendants | length > data.dependents | length %}
A change of this job holds up {{ data.descendants | length }} jobs: \
{% for name in data.descendants %}:job:`{{ name }}`{{ ", " if not loop.last }}{% endfor %}.

{% endif %}
{% else %}
No documented job.

{% endif %}
{% if data.beside %}
Can run beside
--------------

{{ data.beside_count }} of the {{ data.jobs_count }} jobs neither wait for it nor are waited for: \
{% for name in data.beside %}:job:`{{ name }}`{{ ", " if not loop.last }}{% endfor %}\
{% if data.beside_count > 12 %} and {{ data.beside_count - 12 }} more{% endif %}.

{% endif %}
About this job
--------------

:Graph: :graph:`{{ data.graph_title }} <{{ data.graph }}>`
:Pipelines: deploy
:Tags: {{ data.tags | join(", ") }}
:Takes: {{ data.typical }}
:At most: {{ data.maximum }}
:Written in: ``data/graphs/{{ data.graph }}.yaml``
""",
    "graph.rst": """\
.. graph:: {{ data.id }}

{{ data.title }}
{{ "=" * data.title | length }}

"""
    + _COMPARED
    + """
An arrow leads from a job to one that waits for it. A dashed one is soft: it counts only where
the job that is waited for runs. A pale one is planned: nothing enforces it yet.
One with dots, dashed or not, was not checked.

What waits for what, and why
----------------------------

.. list-table::
   :header-rows: 1
   :widths: 27 30 43

   * - Job
     - waits for
     - because
{% for job in data.jobs %}
{% for wait in job.waits_for %}
   * - :job:`{{ job.name }}`
     - :job:`{{ wait.job }}` {{ "soft" if wait.soft else "hard" }}, """
    + _MARK
    + """
     - {{ wait.why }}
{% endfor %}
{% endfor %}

In which order
--------------

Nothing written here makes a job wait for another one of its step.

{% for wave in data.waves %}
#. {% for name in wave.jobs %}:job:`{{ name }}`{{ ", " if not loop.last }}{% endfor %}

{% endfor %}

About this graph
----------------

:Configuration: Made up
:Project: ``{{ data.project }}``, branch ``master``
:Pipelines: deploy
:Coverage: partial
:Written in: ``data/graphs/{{ data.id }}.yaml``
""",
    "graphs.rst": """\
Which job waits for which
=========================

Documented dependencies between jobs, each with its reason.

.. toctree::
   :hidden:

{% for graph in data.graphs %}
   /graphs/{{ graph.id }}
{% endfor %}

{% for graph in data.graphs %}
:graph:`{{ graph.title }} <{{ graph.id }}>`
   {{ graph.jobs | length }} jobs of ``{{ graph.project }}``; not every job is documented.

{% endfor %}

Every job
---------

.. hlist::
   :columns: 2

{% for graph in data.graphs %}
{% for name in graph.jobs %}
   * :job:`{{ name }}`
{% endfor %}
{% endfor %}
""",
}
