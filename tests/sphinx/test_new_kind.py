"""A kind of record that is added to the table needs its model and two templates, nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FILES = {
    # the table is read when the other modules are imported, so that the kind is added first
    "images.py": """\
from groundrules.records.kinds import KINDS, NamedPart, RecordKind

KINDS.append(
    RecordKind(
        name="image",
        folder="images",
        model="image_model:Image",
        title="image",
        titles="images",
        named=(NamedPart("image", key="id"),),
    )
)
""",
    "image_model.py": '''\
from groundrules.records.fields import Change, Evidence, Id, Line, Record, Some, Text


class Image(Record):
    """What a node is booted from; one file in ``data/images/``."""

    id: Id
    """The permanent name."""
    title: Line
    """What readers call it."""
    summary: Text
    """What it holds."""
    changed: tuple[Change, ...] = ()
    """What became different."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""
''',
    "conf.py": """\
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import images

project = "Manual"
extensions = ["groundrules.sphinxext"]
exclude_patterns = ["generated/**/.*"]
""",
    "source/index.rst": """\
Manual
======

.. toctree::
   :glob:

   generated/*/index
   generated/matrix
   generated/changes
""",
    "templates/images.rst.j2": """\
{{ "Images" | heading }}

.. toctree::
   :hidden:

{% for image in catalogue.others.images %}
   {{ image.id | rst }}
{% endfor %}

{% for image in catalogue.others.images %}
* {{ ref("image", image.id) }}
{% endfor %}
""",
    "templates/image.rst.j2": """\
.. ci:record:: image {{ record.id | rst }}
   :title: {{ record.title }}

{{ record.title | heading }}

{{ record.summary | prose }}

:Written in: {{ written_in("image", record.id, record, manual) }}
""",
    "data/manual.yaml": "{title: M, publisher: P, summary: S.}\n",
    "data/images/debian.yaml": """\
id: debian
title: Debian's image
summary: It is smaller than :ci:image:`ubuntu`.
changed: [{date: 2026-01-02, what: It has a kernel of its own.}]
evidence: [session:sprint]
""",
    "data/images/ubuntu.yaml": "{id: ubuntu, title: Ubuntu's image, summary: It is large.}\n",
    "data/sessions/sprint.yaml": """\
id: sprint
title: Sprint
kind: sprint
date: 2026-01-01
topics: [{title: Images, led_to: ['image:debian']}]
""",
}
LOOK = """\
import json, sys
from pathlib import Path
import images
from groundrules.checker import check_data
from groundrules.records.schema import schemas

found = [str(each) for each in check_data(Path(sys.argv[1])).report.diagnostics]
print(json.dumps({"schemas": [*schemas()], "found": found}))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> str:
    ended = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def test_it_has_pages_roles_references_and_data(folder):
    run(folder, "-m", "sphinx", "-q", "-W", "-n", "-c", ".", "source", "site")
    page = (folder / "site/generated/images/debian.html").read_text("utf-8")
    assert 'href="ubuntu.html#ubuntu"' in page
    assert "data/images/debian.yaml" in page
    session = (folder / "site/generated/sessions/sprint.html").read_text("utf-8")
    assert session.count("../images/debian.html#debian") == 2  # led to it, and is its evidence
    changes = (folder / "site/generated/changes.html").read_text("utf-8")
    assert "It has a kernel of its own." in changes
    records = json.loads((folder / "site/_data/images.json").read_text("utf-8"))["records"]
    assert [each["id"] for each in records] == ["debian", "ubuntu"]


def test_its_files_are_checked(folder):
    (folder / "data/images/ubuntu.yaml").write_text("{id: debian, titel: U, summary: See it.}\n")
    (folder / "data/platforms").mkdir()
    (folder / "data/platforms/small.yaml").write_text(
        "{id: small, title: S, summary: ':ci:image:`debain`'}\n"
    )
    assert json.loads(run(folder, "-c", LOOK, ".")) == {
        "schemas": ["manual", "platform", "expectation", "graph", "session", "image"],
        "found": [
            "data/images/debian.yaml:3:29: unknown image 'ubuntu'; known: debian [GR111]",
            "data/images/ubuntu.yaml:1:6: two images are called 'debian', this one and the one at "
            "data/images/debian.yaml:1:5; rename one of them [GR110]",
            "data/images/ubuntu.yaml:1:14: unknown key 'titel'; did you mean 'title'? [GR105]",
            "data/platforms/small.yaml:1:33: unknown image 'debain'; did you mean 'debian'? "
            "[GR111]",
        ],
    }
