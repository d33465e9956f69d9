"""Two jobs can run side by side only where that is known; else their order is not known."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from groundrules.claims.verdicts import Verdict, Verdicts, VerdictState
from groundrules.pages.known_order import known_order
from groundrules.pages.marks import document
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.records import Catalogue
from groundrules.records.graph import Graph
from groundrules.records.manual import Manual

MANUAL = Manual(title="Ours", publisher="The team", summary="All.")
VERIFIED, NOT_CHECKED = VerdictState.VERIFIED, VerdictState.NOT_CHECKED
PAIR = {"jobs": ["mail", "web"], "why": "They are on hosts of *their own*."}


def graph(coverage: str = "partial", *pairs: dict[str, Any], rules: Any = ()) -> Graph:
    """Return three jobs that wait for one, two of them with the same semaphore."""
    waits = [{"job": "base", "why": "Users come first."}]
    jobs: list[dict[str, Any]] = [
        {"name": "base"},
        {"name": "mail", "waits_for": waits, "semaphores": ["host"]},
        {"name": "web", "waits_for": waits},
        {"name": "wiki", "waits_for": waits, "semaphores": ["host"]},
    ]
    return Graph.model_validate(
        {
            "id": "deploy",
            "title": "Deployment",
            "configuration": "ours",
            "project": "team/config",
            "pipelines": ["deploy"],
            "coverage": coverage,
            "jobs": jobs,
            "independent": list(pairs),
            "rules": rules,
        }
    )


def page_of(name: str, record: Graph, state: VerdictState) -> str:
    catalogue = Catalogue(MANUAL, graphs=(record,))
    verdicts = Verdicts(all=(Verdict(graph="deploy", state=state),))
    [page] = [each for each in plan(catalogue, verdicts) if each.name == name]
    return Templates().page(page)


def section(text: str, heading: str) -> str | None:
    """Return what a page says below a heading; None without the heading."""
    _, found, rest = text.partition(f"{heading}\n{'-' * len(heading)}\n")
    lines = rest.strip("\n").split("\n")
    end = next((at for at, line in enumerate(lines) if line and not line.strip("-")), len(lines))
    return "\n".join(lines[: end - 1]).strip() if found else None


@pytest.mark.parametrize(
    ("coverage", "state"),
    [("partial", NOT_CHECKED), ("partial", VERIFIED), ("complete", NOT_CHECKED),
     ("complete", VerdictState.DRIFTED), ("complete", VerdictState.PLANNED)],
)  # fmt: skip
def test_without_a_complete_and_verified_graph_the_order_is_not_known(coverage, state):
    page = page_of("jobs/deploy/mail", graph(coverage), state)
    assert section(page, "Can run beside") is None
    assert section(page, "Order not known") == (
        "Nothing written here makes it wait for 1 of the 4 jobs, or one of them for it, and they "
        "share none of its :ci:word:`semaphores <semaphore>`: :ci:jobs:`deploy/web`."
    )
    order = section(page_of("graphs/deploy", graph(coverage), state), "In which order")
    assert order is not None
    assert order.startswith("Nothing written here makes a job wait for another one of its step.")


def test_in_a_complete_and_verified_graph_what_does_not_wait_can_run_beside():
    page = page_of("jobs/deploy/web", graph("complete"), VERIFIED)
    assert section(page, "Can run beside") == (
        "2 of the 4 jobs neither wait for it nor are waited for: "
        ":ci:jobs:`deploy/mail deploy/wiki`."
    )
    assert section(page, "Order not known") is None
    order = section(page_of("graphs/deploy", graph("complete"), VERIFIED), "In which order")
    assert order is not None
    assert order.startswith(
        "Jobs of one step can run side by side, "
        "unless they hold the same :ci:word:`semaphore <semaphore>`."
    )


def test_a_pair_that_is_declared_independent_can_run_side_by_side_for_its_reason():
    page = page_of("jobs/deploy/web", graph("partial", PAIR), NOT_CHECKED)
    assert section(page, "Can run beside") == (
        ":ci:job:`deploy/mail`\n   .. ci:prose::\n\n      They are on hosts of *their own*."
    )
    unknown = section(page, "Order not known")
    assert unknown is not None
    assert unknown.endswith("for it: :ci:jobs:`deploy/wiki`.")


def test_the_page_of_the_graph_lists_the_pairs_with_their_reasons_and_evidence():
    pair = {**PAIR, "evidence": ["https://example.org/hosts"]}
    page = page_of("graphs/deploy", graph("partial", pair), NOT_CHECKED)
    assert section(page, "Declared independent") == (
        ":ci:job:`deploy/mail`, :ci:job:`deploy/web`\n"
        "   .. ci:prose::\n\n      They are on hosts of *their own*.\n\n"
        "   `example.org/hosts <https://example.org/hosts>`__"
    )
    assert section(page_of("graphs/deploy", graph(), NOT_CHECKED), "Declared independent") is None


def test_a_common_semaphore_lets_even_an_independent_pair_take_turns():
    pair = {"jobs": ["wiki", "mail"], "why": "They share a host and nothing else."}
    page = page_of("jobs/deploy/mail", graph("complete", pair), VERIFIED)
    beside = section(page, "Can run beside")
    assert beside is not None
    assert beside.startswith(
        "1 of the 4 jobs neither waits for it nor is waited for, and "
        "shares none of its :ci:word:`semaphores <semaphore>`: :ci:jobs:`deploy/web`."
    )


RULES = [{"id": "web-last", "every": {"name": "web"}, "waits_for": "mail", "why": "Alerts."}]


def test_what_only_a_rule_demands_is_an_order_too():
    page = page_of("jobs/deploy/mail", graph(rules=RULES), NOT_CHECKED)
    assert section(page, "Order not known") is None
    unknown = section(
        page_of("jobs/deploy/web", graph(rules=RULES), NOT_CHECKED), "Order not known"
    )
    assert unknown is not None
    assert unknown.endswith("for it: :ci:jobs:`deploy/wiki`.")
    known = known_order(graph(rules=RULES), Verdicts())
    assert (known.demanded("web"), known.demanded("mail")) == (("mail",), ())
    picture = Templates().diagram(graph(rules=RULES).job_graph, "deploy", "Deployment", known=known)
    assert picture.count('data-demanded="mail"') == picture.count("data-demanded") == 1


def test_a_rule_that_documented_dependencies_keep_adds_nothing():
    """Of two ways the script shows the shortest: that of the rule would hide the real one."""
    rule = {"id": "users", "every": {"name": "web"}, "waits_for": "base", "why": "Users first."}
    assert known_order(graph(rules=[*RULES, rule]), Verdicts()).demanded("web") == ("mail",)


def test_rules_in_a_circle_leave_the_documented_dependencies():
    opposite = {"id": "all", "every": {"name": "*"}, "waits_for": "web", "why": "A mistake."}
    page = page_of("jobs/deploy/mail", graph(rules=[*RULES, opposite]), NOT_CHECKED)
    unknown = section(page, "Order not known")
    assert unknown is not None
    assert unknown.endswith("its :ci:word:`semaphores <semaphore>`: :ci:jobs:`deploy/web`.")


def test_the_picture_tells_the_script_what_is_known():
    svg = "{http://www.w3.org/2000/svg}"

    def picture(record: Graph, state: VerdictState) -> etree._Element:
        known = known_order(record, Verdicts(all=(Verdict(graph="deploy", state=state),)))
        text = Templates().diagram(record.job_graph, "deploy", "Deployment", known=known)
        return etree.fromstring(text)

    partial = picture(graph("partial", PAIR), VERIFIED)
    jobs = {job.findtext(f"{svg}text"): job for job in partial.findall(f"{svg}a")}
    independent = {name: job.get("data-independent") for name, job in jobs.items()}
    assert independent == {"base": None, "mail": "web", "web": "mail", "wiki": None}
    assert partial.get("data-order") is None
    assert picture(graph("complete"), VERIFIED).get("data-order") == "complete"
    assert picture(graph("complete"), NOT_CHECKED).get("data-order") is None


@pytest.mark.parametrize(
    ("coverage", "state", "is_complete"),
    [("complete", VERIFIED, True), ("complete", NOT_CHECKED, False), ("partial", VERIFIED, False)],
)
def test_json_says_whether_the_order_is_complete(coverage, state, is_complete):
    catalogue = Catalogue(MANUAL, graphs=(graph(coverage),))
    verdicts = Verdicts(all=(Verdict(graph="deploy", state=state),))
    [said] = document(catalogue, verdicts)["graphs"]
    assert said["order_is_complete"] is is_complete


def touching(coverage: str = "partial", *pairs: dict[str, Any], **uses: dict[str, Any]) -> Graph:
    """Return the graph with what some of its jobs touch and share."""
    plain = graph(coverage, *pairs).model_dump(mode="json", exclude_defaults=True)
    jobs = [{**job, **uses.get(job["name"], {})} for job in plain["jobs"]]
    return Graph.model_validate({**plain, "jobs": jobs})


DISJOINT = (
    "By what is documented, it touches nothing that these use, and they touch nothing that it "
    "uses: :ci:jobs:`deploy/web`."
)
COMMON = (
    "Before it runs beside these, ask whether it can: they use something that it uses too, and one "
    "of them touches it: :ci:jobs:`deploy/web`."
)


def test_jobs_that_touch_nothing_in_common_can_run_beside_each_other():
    record = touching(mail={"touches": ["mail"]}, web={"touches": ["web"], "shares": ["proxy"]})
    page = page_of("jobs/deploy/mail", record, NOT_CHECKED)
    assert (section(page, "Can run beside"), section(page, "Order not known")) == (DISJOINT, None)


@pytest.mark.parametrize(
    "web", [{}, {"touches": ["host"]}, {"shares": ["host"]}, {"touches": ["host", "web"]}]
)
def test_what_one_does_not_say_or_both_use_is_not_known(web):
    record = touching(mail={"touches": ["host"]}, web=web)
    page = page_of("jobs/deploy/mail", record, NOT_CHECKED)
    unknown = section(page, "Order not known")
    assert unknown is not None
    assert section(page, "Can run beside") is None
    assert unknown.endswith(COMMON) is bool(web)


def test_what_both_only_share_keeps_them_not_apart():
    record = touching(mail={"shares": ["host"]}, web={"shares": ["host"]})
    page = page_of("jobs/deploy/mail", record, NOT_CHECKED)
    assert section(page, "Can run beside") == DISJOINT


def test_a_verified_order_does_not_make_what_both_touch_safe():
    record = touching("complete", mail={"touches": ["host"]}, web={"touches": ["host"]})
    page = page_of("jobs/deploy/mail", record, VERIFIED)
    unknown = section(page, "Order not known")
    assert unknown is not None
    assert unknown.endswith(COMMON)
    assert section(page, "Can run beside") is None
    order = section(page_of("graphs/deploy", record, VERIFIED), "In which order")
    assert order is not None
    assert order.startswith(
        "Jobs of one step can run side by side, unless they hold the same "
        ":ci:word:`semaphore <semaphore>` or lock, or one touches what the other uses."
    )


def test_a_declared_pair_can_run_although_both_touch_the_same():
    host = {"touches": ["host"]}
    page = page_of("jobs/deploy/mail", touching("partial", PAIR, mail=host, web=host), NOT_CHECKED)
    assert section(page, "Order not known") is None
    assert "They are on hosts of *their own*." in (section(page, "Can run beside") or "")


def test_the_picture_says_what_each_job_uses_in_numbers():
    record = touching(mail={"touches": ["host", "mail"]}, web={"shares": ["host"]})
    known = known_order(record, Verdicts())
    picture = etree.fromstring(Templates().diagram(record.job_graph, "deploy", "D", known=known))
    uses = {
        text.text: (node.get("data-touches"), node.get("data-shares"))
        for node in picture.iterfind(".//{*}a[@class='ci-node']")
        for text in node.iterfind("{*}text")
    }
    assert uses == {
        "base": (None, None),
        "mail": ("0 1", None),
        "web": (None, "0"),
        "wiki": (None, None),
    }
