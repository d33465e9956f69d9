"""Writes the names of Ansible's facts, as the modules of ansible-core have them.

    python -m venv scratch && scratch/bin/pip install ansible-core
    scratch/bin/python tools/ansible_facts.py

The modules are read and not run: what runs finds only the facts of one machine.  Keys of nested
values are in the list too, since the source does not tell them apart; a name that is not in the
list is no fact of ansible-core.
"""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "generator/groundrules/records/ansible_facts.txt"
NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


def names_in(tree: ast.Module) -> Iterator[str]:
    """Yield every key that a module writes into a dictionary, and its lists of fact names."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(slice=ast.Constant(value=str(key)), ctx=ast.Store()):
                yield key
            case ast.Dict(keys=keys):
                yield from (each.value for each in keys if isinstance(each, ast.Constant))
            case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
                yield from (each.arg for each in keywords if each.arg)
            case ast.Assign(targets=[ast.Name(id="_fact_ids")], value=value):
                yield from _constants(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if "MEMORY_FACTS" in name:
                # of each line of /proc/meminfo: memory_facts["%s_mb" % key.lower()]
                yield from (f"{each.lower()}_mb" for each in _constants(value))


def _constants(tree: ast.expr) -> Iterator[str]:
    values = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    yield from (value for value in values if isinstance(value, str))


def main() -> None:
    """Write the list."""
    found = importlib.util.find_spec("ansible.module_utils.facts")
    if found is None or found.origin is None:
        raise SystemExit("ansible-core is not installed here")
    names = {
        name
        for path in Path(found.origin).parent.rglob("*.py")
        for name in names_in(ast.parse(path.read_text("utf-8")))
        if isinstance(name, str) and NAME.fullmatch(name)
    }
    version = importlib.metadata.version("ansible-core")
    head = f"# Names of the facts of ansible-core {version}; written by tools/ansible_facts.py\n"
    OUTPUT.write_text(head + "".join(f"{name}\n" for name in sorted(names)), "utf-8")


if __name__ == "__main__":
    main()
