"""Two jobs can run side by side only for a reason; of others it is not known, as plans say."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from groundrules.claims.verdicts import Verdict, Verdicts, VerdictState
from groundrules.pages.known_order import known_order
from groundrules.pages.marks import document
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.plan.documented_problem import documented_problem
from groundrules.plan.pairs import pairs
from groundrules.records import Catalogue
from groundrules.records.graph import Graph, SemaphoreLimit
from groundrules.records.manual import Manual

MANUAL = Manual(title="Ours", publisher="The team", summary="All.")
VERIFIED, NOT_CHECKED = VerdictState.VERIFIED, VerdictState.NOT_CHECKED
CAN, UNKNOWN = "Can run side by side", "Not known whether side by side"
TO_BE_KNOWN = (
    "To be known before they run side by side: what do they touch, and does one have to wait?"
)
TAKE_TURNS = (
    "Jobs that hold the same lock, or the same :ci:word:`semaphore <semaphore>` that admits one "
    "job, take turns."
)
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
    assert section(page, CAN) is None
    assert section(page, UNKNOWN) == (
        "Nothing written here makes it wait for 1 of the 4 jobs, or one of them for it: "
        f":ci:jobs:`deploy/web`.\n\n{TAKE_TURNS}\n\n{TO_BE_KNOWN}"
    )
    order = section(page_of("graphs/deploy", graph(coverage), state), "In which order")
    assert order is not None
    assert order.startswith("Nothing written here makes a job wait for another one of its step.")


SIDE_BY_SIDE = (
    "Two jobs can run side by side if they are declared independent, or if it is documented what "
    "both touch and neither touches what the other uses.  Of other jobs that is not known.\n\n"
    f"{TAKE_TURNS}"
)


def test_in_a_complete_and_verified_graph_no_job_waits_and_that_is_no_reason():
    page = page_of("jobs/deploy/web", graph("complete"), VERIFIED)
    assert section(page, CAN) is None
    assert section(page, UNKNOWN) == (
        "2 of the 4 jobs neither wait for it nor are waited for: "
        f":ci:jobs:`deploy/mail deploy/wiki`.\n\n{TO_BE_KNOWN}"
    )
    order = section(page_of("graphs/deploy", graph("complete"), VERIFIED), "In which order")
    assert order is not None
    assert order.startswith(f"No job waits for another one of its step.\n\n{SIDE_BY_SIDE}\n\n#. ")


@pytest.mark.parametrize("is_documented", [False, True])
@pytest.mark.parametrize(("coverage", "state"), [("partial", NOT_CHECKED), ("complete", VERIFIED)])
def test_the_pages_of_jobs_and_the_plan_count_the_same_pairs(coverage, state, is_documented):
    uses = {"web": {"touches": ["web"]}, "mail": {"touches": ["mail"]}} if is_documented else {}
    record = touching(coverage, **uses)
    record = record.model_copy(
        update={"limits": (SemaphoreLimit(semaphore="host", limit=2 if is_documented else 1),)}
    )
    catalogue = Catalogue(MANUAL, graphs=(record,))
    verdicts = Verdicts(all=(Verdict(graph="deploy", state=state),))
    pages = [page.context for page in plan(catalogue, verdicts) if page.template == "job"]
    counted = pairs(documented_problem(record, "deploy"))
    assert sum(page["beside"].count for page in pages) == 2 * counted.can
    assert sum(page["unknown"].count for page in pages) == 2 * counted.unknown
    assert (counted.can, counted.unknown) == ((1, 2) if is_documented else (0, 2))


def test_a_pair_that_is_declared_independent_can_run_side_by_side_for_its_reason():
    page = page_of("jobs/deploy/web", graph("partial", PAIR), NOT_CHECKED)
    assert section(page, CAN) == (
        ":ci:job:`deploy/mail`\n   .. ci:prose::\n\n      They are on hosts of *their own*."
    )
    unknown = section(page, UNKNOWN)
    assert unknown is not None
    assert unknown.endswith(f"for it: :ci:jobs:`deploy/wiki`.\n\n{TO_BE_KNOWN}")


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
    assert section(page, CAN) is None
    assert section(page, UNKNOWN) == (
        "1 of the 4 jobs neither waits for it nor is waited for: :ci:jobs:`deploy/web`.\n\n"
        f"{TAKE_TURNS}\n\n{TO_BE_KNOWN}"
    )


RULES = [{"id": "web-last", "every": {"name": "web"}, "waits_for": "mail", "why": "Alerts."}]


def test_what_only_a_rule_demands_is_an_order_too():
    page = page_of("jobs/deploy/mail", graph(rules=RULES), NOT_CHECKED)
    assert section(page, UNKNOWN) is None
    unknown = section(page_of("jobs/deploy/web", graph(rules=RULES), NOT_CHECKED), UNKNOWN)
    assert unknown is not None
    assert unknown.endswith(f"for it: :ci:jobs:`deploy/wiki`.\n\n{TO_BE_KNOWN}")
    known = known_order(graph(rules=RULES), Verdicts())
    assert (known.of("web").demanded, known.of("mail").demanded) == (("mail",), ())
    picture = Templates().diagram(graph(rules=RULES).job_graph, "deploy", "Deployment", known=known)
    assert picture.count('<g class="ci-demand" data-ends=') == picture.count("ci-demand") == 1


def test_a_rule_that_documented_dependencies_keep_adds_nothing():
    """Of two ways the script shows the shortest: that of the rule would hide the real one."""
    rule = {"id": "users", "every": {"name": "web"}, "waits_for": "base", "why": "Users first."}
    assert known_order(graph(rules=[*RULES, rule]), Verdicts()).of("web").demanded == ("mail",)


def test_rules_in_a_circle_leave_the_documented_dependencies():
    opposite = {"id": "all", "every": {"name": "*"}, "waits_for": "web", "why": "A mistake."}
    page = page_of("jobs/deploy/mail", graph(rules=[*RULES, opposite]), NOT_CHECKED)
    unknown = section(page, UNKNOWN)
    assert unknown is not None
    assert unknown.endswith(f"for it: :ci:jobs:`deploy/web`.\n\n{TAKE_TURNS}\n\n{TO_BE_KNOWN}")


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
    "These use something that it uses too, and one of them touches it: :ci:jobs:`deploy/web`.  "
    "Can they at the same time?"
)


def test_jobs_that_touch_nothing_in_common_can_run_beside_each_other():
    record = touching(mail={"touches": ["mail"]}, web={"touches": ["web"], "shares": ["proxy"]})
    page = page_of("jobs/deploy/mail", record, NOT_CHECKED)
    assert (section(page, CAN), section(page, UNKNOWN)) == (DISJOINT, None)


@pytest.mark.parametrize(
    "web", [{}, {"touches": ["host"]}, {"shares": ["host"]}, {"touches": ["host", "web"]}]
)
def test_what_one_does_not_say_or_both_use_is_not_known(web):
    record = touching(mail={"touches": ["host"]}, web=web)
    page = page_of("jobs/deploy/mail", record, NOT_CHECKED)
    unknown = section(page, UNKNOWN)
    assert unknown is not None
    assert section(page, CAN) is None
    assert unknown.endswith(COMMON) is bool(web)


def test_what_both_only_share_keeps_them_not_apart():
    record = touching(mail={"shares": ["host"]}, web={"shares": ["host"]})
    page = page_of("jobs/deploy/mail", record, NOT_CHECKED)
    assert section(page, CAN) == DISJOINT


def test_a_verified_order_does_not_make_what_both_touch_safe():
    record = touching("complete", mail={"touches": ["host"]}, web={"touches": ["host"]})
    page = page_of("jobs/deploy/mail", record, VERIFIED)
    unknown = section(page, UNKNOWN)
    assert unknown is not None
    assert unknown.endswith(COMMON)
    assert section(page, CAN) is None
    order = section(page_of("graphs/deploy", record, VERIFIED), "In which order")
    assert order is not None
    assert order.startswith(f"No job waits for another one of its step.\n\n{SIDE_BY_SIDE}")


def test_a_declared_pair_can_run_although_both_touch_the_same():
    host = {"touches": ["host"]}
    page = page_of("jobs/deploy/mail", touching("partial", PAIR, mail=host, web=host), NOT_CHECKED)
    assert section(page, UNKNOWN) is None
    assert "They are on hosts of *their own*." in (section(page, CAN) or "")


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


def test_only_what_admits_one_job_makes_jobs_take_turns():
    record = touching(web={"locks": ["deployment"]}, base={"locks": ["deployment"]})
    limit = SemaphoreLimit(semaphore="host", limit=2)
    assert [known_order(record, Verdicts()).of(name).held for name in ("mail", "web", "docs")] == [
        ("host",),
        ("deployment",),
        (),
    ]
    record = record.model_copy(update={"limits": (limit,)})
    known = known_order(record, Verdicts())
    assert (known.of("mail").held, known.of("web").held) == ((), ("deployment",))
    picture = Templates().diagram(record.job_graph, "deploy", "D", known=known)
    assert picture.count('data-semaphores="deployment"') == picture.count("data-semaphores") == 2
