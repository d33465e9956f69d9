"""The playbooks that use a file of a role or a file that they include.

A role is that of the playbook's own repository, or of one that the job or a parent of it names
under ``roles``: https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.roles
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from groundrules.ci.errors import UnreadableError
from groundrules.ci.impact_question import OUTSIDE
from groundrules.ci.zuul.impact.ansible_files import YAML, AnsibleFiles
from groundrules.ci.zuul.impact.subject import (
    ImpactSubject,
    PlaybookAt,
    RunFile,
    root_of,
    variants_of,
)
from groundrules.ci.zuul.impact.usage_chains import children_of
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.tenant import AmbiguousError, TenantProject
from groundrules.ci.zuul.layout.variants import FileOrigin, Variant
from groundrules.ci.zuul.sources.repositories import Repository
from groundrules.graphs.elements import Step
from groundrules.text import counted

Opened = Callable[[TenantProject], Repository]
Chain = tuple[Step, ...]
Branch = tuple[str, str]
"""A project by its canonical name, and a branch."""

_ROLE = re.compile(r"(?:(.*)/)?roles/([^/]+)/.+")
OF_ROLES = ("tasks", "handlers", "meta")
"""The folders of a role whose files can name other roles."""


class FileUsers(Struct, dict=True):
    """Searches the playbooks that use a file; ``sources`` has one file of each branch read."""

    layout: Layout
    subject: ImpactSubject
    sources: Mapping[Branch, FileOrigin]
    opened: Opened
    _files: dict[Branch, AnsibleFiles] = {}
    _jobs: dict[str, set[str]] = {}

    def subject_of(self, path: str) -> ImpactSubject | None:
        """Return a file with the playbooks that are it or use it.

        None if no job names it as a playbook, no playbook includes it, and it is not of a role.
        """
        kinds: dict[str, dict[PlaybookAt, Chain]] = {}
        for at, inner in self._places(path):
            for kind, chains in self._uses(at, inner).items():
                kinds[kind] = kinds.get(kind, {}) | chains
        run = RunFile(
            {at: chain for kind in OUTSIDE[::-1] for at, chain in kinds.get(kind, {}).items()},
            (*self._unknown(is_of_role="role file" in kinds),),
        )
        for files in self._files.values():
            files.close()
        kind = next((kind for kind in OUTSIDE if kind in kinds), "")
        return replace(self.subject, kind=kind, run=run) if kind else None

    def _places(self, path: str) -> list[tuple[Branch, str]]:
        """Return the branches that can have a file, with its path there.

        A path with a branch before it, as in diagnostics, is that of no other branch.
        """
        roots = ((at, root_of(source)) for at, source in self.sources.items())
        places = [(at, path[len(root) :]) for at, root in roots if root and path.startswith(root)]
        return places or [(at, path) for at in self.sources]

    def _uses(self, at: Branch, path: str) -> dict[str, dict[PlaybookAt, Chain]]:
        """Return what a path is on a branch, with the playbooks that are it or use it."""
        role = _ROLE.fullmatch(path)
        if role and self._of(at).find((path,)):
            return {"role file": self._role_users(at, role[1] or "", role[2])}
        names = [*self._playbooks.get(at, ())]
        direct = [name for name in names if path in (name, *(f"{name}{end}" for end in YAML))]
        uses: dict[str, dict[PlaybookAt, Chain]] = {}
        if direct:
            uses["playbook"] = {PlaybookAt(*at, name): () for name in direct}
        if direct or (path.endswith(YAML) and self._of(at).find((path,))):
            chains = self._chains(at, names, dict.fromkeys([path, *direct], ()), {})
            if included := {name: chain for name, chain in chains.items() if chain}:
                uses["included file"] = included
        return uses

    def _of(self, at: Branch) -> AnsibleFiles:
        if at not in self._files:
            source = self.sources[at]
            try:
                repository = self.opened(source.project)
            except (UnreadableError, OSError):
                repository = None
            self._files[at] = AnsibleFiles(source, root_of(source), repository)
        return self._files[at]

    def _role_users(self, at: Branch, root: str, role: str) -> dict[PlaybookAt, Chain]:
        """Return the playbooks that name a role, or a role that uses it in its repository."""
        roles = self._roles(at, posixpath.join(root, "roles"), role)
        named: dict[Branch, list[str]] = {}
        for where, playbooks in self._playbooks.items():
            for path, variants in playbooks.items():
                if where == at:
                    is_near = not root or posixpath.dirname(path) == root
                else:  # a playbook finds the roles of its own repository on its own branch
                    jobs = self._jobs_with(at[0]) if where[0] != at[0] and not root else ()
                    is_near = any(variant.spec.name in jobs for variant in variants)
                if is_near:
                    named.setdefault(where, []).append(path)
        chains: dict[PlaybookAt, Chain] = {}
        for where, paths in named.items():
            chains |= self._chains(where, paths, {}, roles)
        return chains

    def _roles(self, at: Branch, folder: str, role: str) -> dict[str, Chain]:
        """Return a role, and the roles of its repository that use it, with the steps to each."""
        users = self._users_of_roles(at, folder)
        chains: dict[str, Chain] = {role: ()}
        for name in (todo := [role]):
            for owner, step in users.get(name, ()):
                if owner not in chains:
                    chains[owner] = (*chains[name], step)
                    todo.append(owner)
        return chains

    def _users_of_roles(self, at: Branch, folder: str) -> dict[str, list[tuple[str, Step]]]:
        """Return the roles of a folder that name each role, with the place."""
        files = self._of(at)
        users: dict[str, list[tuple[str, Step]]] = {}
        for path in files.find((f"{folder}/",)):
            owner, _, inner = path.removeprefix(f"{folder}/").partition("/")
            if inner.partition("/")[0] not in OF_ROLES or not path.endswith(YAML):
                continue
            for named in (named for named in files.names(path) if named.is_role):
                step = Step(f"role {named.name!r}", files.at(path, named.place))
                users.setdefault(named.name, []).append((owner, step))
        return users

    def _chains(
        self,
        at: Branch,
        playbooks: Iterable[str],
        wanted: Mapping[str, Chain],
        roles: Mapping[str, Chain],
    ) -> dict[PlaybookAt, Chain]:
        """Return the playbooks that use one of the files or roles, with the steps to each."""
        files, named = self._of(at), [*playbooks]
        chains, users = dict(wanted), dict[str, list[tuple[str, Step]]]()
        for path in files.reachable(named):
            for name in files.names(path):
                if name.is_role and name.name in roles and path not in chains:
                    step = Step(f"role {name.name!r}", files.at(path, name.place))
                    chains[path] = (*roles[name.name], step)
                elif not name.is_role:
                    step = Step(f"file {name.name!r}", files.at(path, name.place))
                    users.setdefault(name.name, []).append((path, step))
        for path in (todo := [*chains]):
            for user, step in users.get(path, ()):
                if user not in chains:
                    chains[user] = (*chains[path], step)
                    todo.append(user)
        return {PlaybookAt(*at, path): chains[path] for path in named if path in chains}

    @cached_property
    def _playbooks(self) -> dict[Branch, dict[str, list[Variant]]]:
        """The playbooks that jobs name on branches that were read, with those that name each."""
        playbooks: dict[Branch, dict[str, list[Variant]]] = {}
        for variant in variants_of(self.layout):
            source = variant.source
            at = source.project.canonical_name, source.branch
            if at in self.sources and self.subject.counts(source):
                for playbook in variant.spec.playbooks:
                    named = playbooks.setdefault(at, {})
                    named.setdefault(playbook.name, []).append(variant)
        return playbooks

    def _jobs_with(self, project: str) -> set[str]:
        """Return the jobs whose playbooks find the roles of a project: children inherit them."""
        if project not in self._jobs:
            self._jobs[project] = self._with_roles_of(project)
        return self._jobs[project]

    def _with_roles_of(self, project: str) -> set[str]:
        jobs = {
            variant.spec.name
            for variant in variants_of(self.layout)
            if project in self._role_projects(variant)
        }
        children = children_of(self.layout, self.subject, surely=False)
        for name in (todo := [*jobs]):
            new = {child.spec.name for child in children.get(name, ())} - jobs
            jobs |= new
            todo += new
        return jobs

    def _role_projects(self, variant: Variant) -> Iterator[str]:
        if not variant.spec.is_entry:
            yield variant.source.project.canonical_name
        for name in variant.spec.role_projects:
            try:
                project = self.layout.tenant.project(name)
            except AmbiguousError:
                continue
            if project:
                yield project.canonical_name

    def _unknown(self, *, is_of_role: bool) -> Iterator[str]:
        """Yield what the search could not see, once it is done."""
        if is_of_role and not self.layout.tenant.is_alone:
            yield "roles of other repositories, which may use it too"
        unread = [path for files in self._files.values() for path in files.unread]
        computed = [place for files in self._files.values() for place in files.computed]
        if unread:
            number = counted(len(unread), "file")
            yield f"the content of {number}, such as {unread[0]}, which cannot be read here"
        if computed:
            number = counted(len(computed), "name")
            yield f"{number} of roles or files that Ansible computes, such as at {computed[0]}"
