"""`ZuulEncoder`: writes the dependencies of a project's jobs, and proves the result.

The places where a dependency can be written are tried in an order.  After each attempt, the
resolver freezes every graph of the tenant: where one is not as wanted, the jobs that caused it use
their next place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.wish import EncodedFile, EncodeError, Encoding, Level, Target, Wait, Wish
from groundrules.ci.zuul.encoding.attempt import Attempts, EditedConfiguration, with_files
from groundrules.ci.zuul.encoding.graph_shapes import GraphKey, GraphShape, mistakes_of, shapes_of
from groundrules.ci.zuul.encoding.spots import JobInGraph, Spot, spots
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.loading import Parse
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.single_repository import Read
from groundrules.diagnostics import Diagnostic, Location

NOWHERE = {
    None: "nothing here mentions it",
    Level.PROJECT: "no stanza here mentions it",
    Level.TEMPLATE: "no template here mentions it",
    Level.JOB: "no file here defines it",
}


class Wrong(Struct, frozen=True):
    """A difference from the wanted result, and the targets that can have caused it."""

    sentence: str
    causes: frozenset[Target]


class ZuulEncoder(Struct, frozen=True, kw_only=True):
    """The configuration of a tenant, or of a repository on its own."""

    gathered: Gathered
    resolver: Resolver
    parse: Parse
    project: TenantProject
    branch: str

    def encoded(self, wish: Wish) -> Encoding:
        """Return the files with the dependencies.  Raises `EncodeError`."""
        search = _Search(self, wish)
        return search.encoding() if search.targets else Encoding()

    def after(self, encoding: Encoding) -> ZuulEncoder:
        """Return an encoder for the configuration with these files."""
        gathered = with_files(self.gathered, encoding.files)
        return replace(self, gathered=gathered, resolver=self.resolved(encoding.files))

    def resolved(self, files: Iterable[EncodedFile]) -> Resolver:
        """Return the configuration with some files, resolved."""
        return resolve(with_files(self.gathered, files), self.parse)

    def graph(self, pipeline: str) -> Frozen:
        """Return a graph of the project.  Raises `EncodeError` if Zuul refuses it."""
        frozen = self.resolver.frozen(self.project, pipeline, self.branch)
        if frozen is None:
            raise EncodeError(
                [f"pipeline {pipeline!r} runs no job of {self.project.name} on {self.branch!r}"]
            )
        if frozen.error:
            place = frozen.error.location
            reason = f"{place}: Zuul refuses the graph of {pipeline!r}: {frozen.error.message}"
            raise EncodeError([reason])
        return frozen


def encoder_of(
    source: ConfigSource, parse: Parse, read: Read, project: TenantProject, branch: str
) -> ZuulEncoder:
    """Return an encoder for a configuration that was read; its paths start at the manual's root."""
    gathered = read.gathered.below(source.prefix, source.folder)
    return ZuulEncoder(
        gathered=gathered, resolver=read.resolver, parse=parse, project=project, branch=branch
    )


class _Search:
    """The search for the places of one wish."""

    def __init__(self, encoder: ZuulEncoder, wish: Wish) -> None:
        self.encoder, self.wish = encoder, wish
        self.attempts = Attempts(encoder.gathered, wish.reasons)
        self.before = shapes_of(encoder.resolver)
        self.mistakes = mistakes_of(encoder.resolver)
        self.targets: dict[Target, tuple[Wait, ...]] = {}
        self.candidates: dict[Target, list[Spot]] = {}
        self.goal = dict(self.before)
        self.why: dict[Target, str] = {}
        self.places: dict[Target, Location | None] = {}
        for pipeline, jobs in wish.waits.items():
            self._take(encoder.graph(pipeline), jobs.items())

    def _take(self, frozen: Frozen, jobs: Iterable[tuple[str, tuple[Wait, ...]]]) -> None:
        """Note the jobs of a graph whose dependencies have to change."""
        encoder = self.encoder
        key = frozen.project, frozen.pipeline, frozen.branch
        merged = {job.name: job for job in frozen.shape.jobs}
        waits = {**self.before[key].waits}
        for name, wanted in jobs:
            if waits[name] == frozenset(wanted):
                continue
            waits[name] = frozenset(wanted)
            target = frozen.pipeline, name
            self.targets[target] = wanted
            self.places[target] = frozen.mentions[name][0].variant.location
            job = JobInGraph(
                frozen=frozen, merged=merged[name], project=encoder.project,
                freezer=encoder.resolver.freezer,
            )  # fmt: skip
            self.candidates[target] = spots(job, self.wish.at, is_empty=not wanted)
        self.goal[key] = GraphShape(waits)

    def encoding(self) -> Encoding:
        """Return the first attempt that is right.  Raises `EncodeError` if there is none."""
        while True:
            chosen = self._chosen()
            result = self.attempts.edited(chosen)
            if result.impossible:
                self._skip_impossible(result)
                continue
            wrong = list(self._wrong(result))
            if not wrong:
                files = [self._with_targets(file) for _, file in sorted(result.files.items())]
                return Encoding(files=files, notes=result.notes)
            self._skip_causes(wrong)

    def _with_targets(self, file: EncodedFile) -> EncodedFile:
        targets = (target for target in self.targets if self._spot(target).path == file.path)
        return replace(file, targets=frozenset(targets))

    def _chosen(self) -> dict[Spot, tuple[Wait, ...]]:
        """Return the places, each with its dependencies; two different wishes need two places."""
        chosen: dict[Spot, tuple[Wait, ...]] = {}
        for target, waits in self.targets.items():
            while True:
                spot = self._spot(target)
                if set(chosen.setdefault(spot, waits)) == set(waits):
                    break
                self._skip(target, "other pipelines need other dependencies at the same place")
        return chosen

    def _spot(self, target: Target) -> Spot:
        if self.candidates[target]:
            return self.candidates[target][0]
        pipeline, job = target
        level = f" at the {self.wish.at}" if self.wish.at else ""
        why = self.why.get(target, NOWHERE[self.wish.at])
        message = f"the dependencies of {job!r} in {pipeline!r} cannot be written{level}: {why}"
        raise EncodeError([f"{self.places[target]}: {message}"])

    def _skip(self, target: Target, why: str) -> None:
        self.why.setdefault(target, why)  # of the place that changes the least
        self.candidates[target].pop(0)

    def _skip_impossible(self, result: EditedConfiguration) -> None:
        for target in self.targets:
            spot = self._spot(target)
            if spot in result.impossible:
                line = (spot.mention or spot.place).line
                self._skip(target, f"{spot.path}:{line}: {result.impossible[spot]}")

    def _skip_causes(self, wrong: list[Wrong]) -> None:
        """Use the next places of the causes; without a known cause, of all targets."""
        causes = {target: one.sentence for one in wrong for target in one.causes}
        if not causes:
            causes = dict.fromkeys(self.targets, wrong[0].sentence)
        for target, sentence in causes.items():
            self._skip(target, sentence)

    def _wrong(self, result: EditedConfiguration) -> Iterator[Wrong]:
        """Yield the graphs that are not as wanted, and new mistakes."""
        resolver = self.encoder.resolved(result.files.values())
        after = shapes_of(resolver)
        for key in dict.fromkeys((*self.goal, *after)):
            wanted, real = self.goal.get(key), after.get(key)
            if wanted is None or real is None:
                yield self._new_graph(key)
            elif wanted != real:
                yield from self._wrong_graph(key, wanted, real)
        mistakes = mistakes_of(resolver)
        for key in mistakes.keys() - self.mistakes.keys():
            yield self._mistake(mistakes[key])

    def _new_graph(self, key: GraphKey) -> Wrong:
        project, pipeline, branch = key
        sentence = f"{project} would be in the pipeline {pipeline!r} on branch {branch!r} too"
        here = [target for target in self.targets if target[0] == pipeline]
        layout, other = self.encoder.resolver.layout, self.encoder.resolver.project(project)
        stanzas = layout.projects.get(other.canonical_name, ()) if other else ()
        places = {(stanza.source.path, stanza.spec.place) for stanza in stanzas}
        new = [
            target
            for target in here
            for spot in [self._spot(target)]
            if spot.mention is None and spot.project is None and (spot.path, spot.place) in places
        ]
        return Wrong(sentence, frozenset(new or here))

    def _wrong_graph(self, key: GraphKey, wanted: GraphShape, real: GraphShape) -> Iterator[Wrong]:
        """Yield the jobs of a graph that differ.

        Raises `EncodeError` if they do not, and Zuul refuses what is wanted.
        """
        project, pipeline, branch = key
        where = f"{pipeline!r} of {project} on branch {branch!r}"
        jobs = wanted.differing(real)
        if not jobs:
            raise EncodeError([f"Zuul would refuse the graph of {where}: {real.error}"])
        is_own = (project, branch) == self._own
        for job in jobs:
            if is_own and (pipeline, job) in self.targets:
                reason = real.waits.get(job)
                sentence = f"other definitions or mentions in {where} decide what it waits for"
                if isinstance(reason, str):
                    sentence = f"in {where}, {reason}"
                yield Wrong(sentence, frozenset([(pipeline, job)]))
            else:
                sentence = f"the dependencies of {job!r} in {where} would change too"
                yield Wrong(sentence, frozenset(self._reaching(pipeline, job)))

    def _reaching(self, pipeline: str, job: str) -> Iterator[Target]:
        """Yield the targets whose places affect a job of a graph."""
        origins = self._origins(job)
        for target in self.targets:
            is_definition = self._spot(target).level is Level.JOB
            if target == (pipeline, job) or (is_definition and target[1] in origins):
                yield target

    def _origins(self, job: str) -> set[str]:
        """Return a job and all that it inherits from."""
        origins, todo = {job}, [job]
        while todo:
            for variant in self.encoder.resolver.layout.jobs.get(todo.pop(), ()):
                if (parent := variant.spec.parent) and parent not in origins:
                    origins.add(parent)
                    todo.append(parent)
        return origins

    def _mistake(self, mistake: Diagnostic) -> Wrong:
        """Return a new mistake; its causes are the jobs in its message, or all in its file."""
        path = mistake.location.path
        here = [target for target in self.targets if self._spot(target).path == path]
        named = [target for target in here if repr(target[1]) in mistake.message]
        sentence = f"{mistake.location}: it would be a mistake: {mistake.message}"
        return Wrong(sentence, frozenset(named or here))

    @property
    def _own(self) -> tuple[str, str]:
        name = self.encoder.resolver.layout.tenant.unique_name(self.encoder.project)
        return name, self.encoder.branch
