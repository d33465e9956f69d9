"""The elementary cycles of a graph, and its components with cycles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Links = Mapping[str, tuple[str, ...]]


def elementary_cycles(links: Links) -> Iterator[tuple[str, ...]]:
    """Yield each elementary cycle once, from its smallest member (Johnson 1975)."""
    todo = cyclic_components(links)
    while todo:
        component = todo.pop()
        start = min(component)
        inside = {job: tuple(sorted(component.intersection(links[job]))) for job in component}
        yield from _cycles_from(start, inside)
        rest = component - {start}
        todo += cyclic_components({job: tuple(set(inside[job]) & rest) for job in rest})


def _cycles_from(start: str, links: Links) -> Iterator[tuple[str, ...]]:
    """Yield the elementary cycles through ``start``; Johnson's blocking keeps it polynomial."""
    path, ways = [start], [iter(links[start])]
    blocked, released, closed = {start}, dict[str, set[str]](), set[str]()
    while path:
        for job in ways[-1]:
            if job == start:
                yield tuple(path)
                closed.update(path)
            elif job not in blocked:
                path.append(job)
                ways.append(iter(links[job]))
                blocked.add(job)
                closed.discard(job)
                break
        else:
            ways.pop()
            done = path.pop()
            if done in closed:
                _release(done, blocked, released)
            else:
                for job in links[done]:
                    released.setdefault(job, set()).add(done)


def _release(job: str, blocked: set[str], released: dict[str, set[str]]) -> None:
    todo = [job]
    while todo:
        if (current := todo.pop()) in blocked:
            blocked.discard(current)
            todo += released.pop(current, ())


def cyclic_components(links: Links) -> list[set[str]]:
    """Return the strongly connected components with a cycle (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    components: list[set[str]] = []
    for root in links:
        todo = [] if root in index else [(root, iter(links[root]))]
        while todo:
            job, rest = todo[-1]
            if job not in index:
                index[job] = low[job] = len(index)
                stack.append(job)
                on_stack.add(job)
            for dependency in rest:
                if dependency not in index:
                    todo.append((dependency, iter(links[dependency])))
                    break
                if dependency in on_stack:
                    low[job] = min(low[job], index[dependency])
            else:
                todo.pop()
                if todo:
                    low[todo[-1][0]] = min(low[todo[-1][0]], low[job])
                if low[job] == index[job]:
                    component = set[str]()
                    while job not in component:
                        component.add(stack.pop())
                    on_stack -= component
                    if len(component) > 1 or job in links[job]:
                        components.append(component)
    return components
