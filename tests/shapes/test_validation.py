"""Validation gives the same report by every door, and a report that people can read."""

import pickle
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from ontology import vocabulary_files
from shapes import Report, Severity, merge, render
from shapes.validation import validate, validate_nquads, validate_plans, validate_vocabulary

PLAN = (Path(__file__).parent / "plan.ttl").read_text(encoding="utf-8")
# 警告 and 提示 from one plan: a draft, with a deadline after its end and an issue.
ODD = (
    PLAN.replace("<status/issued>", "<status/draft>").replace(
        '"2025"^^xsd:gYear ; zt:value', '"2030"^^xsd:gYear ; zt:value', 1
    )
    + """
<plan/sample> zt:hasIssue <plan/sample/issue> .
<plan/sample/issue> a zt:DocumentIssue ; zt:severity "warning" ;
    zt:evidence <evidence/sample/domain> ;
    rdfs:label "未归入任何任务"@zh , "part of no action"@en .
"""
)


def nquads(turtle: str) -> bytes:
    name = ox.NamedNode("https://zhengtu.example/id/graph/sample")
    triples = ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)
    quads = (ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS)


@pytest.fixture(scope="module")
def report() -> Report:
    return validate_nquads(nquads(ODD))


def test_a_graph_and_its_nquads_get_the_same_report(report: Report) -> None:
    assert validate(Graph().parse(data=ODD, format="turtle")) == report


def test_validation_leaves_the_graph_as_it_was() -> None:
    graph = Graph().parse(data=PLAN, format="turtle")
    before = set(graph)
    validate(graph)
    assert set(graph) == before


def test_findings_about_the_document_do_not_make_the_graph_wrong(report: Report) -> None:
    assert report.conforms
    assert {result.severity for result in report.results} == {Severity.WARNING, Severity.INFO}


def test_a_false_quote_makes_the_graph_wrong() -> None:
    broken = validate_nquads(nquads(PLAN.replace('oa:exact "应享尽享"', 'oa:exact "应享未享"')))
    (violation,) = broken.violations
    assert not broken.conforms
    assert violation.subject == "https://zhengtu.example/id/evidence/sample/quality"
    assert violation.focus == "https://zhengtu.example/id/text/sample"


def test_a_finding_about_a_property_leads_to_the_thing_that_has_it() -> None:
    turtle = PLAN.replace("zt:domain <plan/sample/dom_1>", "zt:domain <unit/health>", 1)
    (violation,) = validate_nquads(nquads(turtle)).violations
    assert violation.shape.endswith("#part-domain")
    assert violation.value == "https://zhengtu.example/id/unit/health"
    assert violation.subject == violation.focus == "https://zhengtu.example/id/plan/sample/prog_1"
    assert violation.about_zh == "托育提升"


def test_a_report_can_be_pickled_and_merged_without_repeats(report: Report) -> None:
    copy = pickle.loads(pickle.dumps(report))
    assert merge([report, copy, Report()]) == report


def test_plans_in_several_processes_get_the_report_they_get_in_one(report: Report) -> None:
    other = nquads(PLAN.replace("/sample", "/other").replace("<status/issued>", "<status/none>"))
    plans = [nquads(ODD), other]
    together = validate_plans(plans, processes=2)
    assert together == validate_plans(plans) == merge([report, validate_nquads(other)])
    assert len(together.violations) == 1


def test_no_plan_gets_an_empty_report() -> None:
    assert validate_plans([], processes=2) == Report()


def test_the_sample_plans_conform_and_two_actions_of_one_lack_a_lead(built: Path) -> None:
    shards = sorted(path.parent for path in (built / "shards").rglob("graph.nq"))
    plans = [(s / "graph.nq").read_bytes() + (s / "shared.nq").read_bytes() for s in shards]
    found = validate_plans(plans, processes=2)
    leads = [result for result in found.results if result.shape.endswith("#quality-lead")]
    assert len(plans) == 5
    assert found.conforms, render(found, "en")
    assert {result.about_zh for result in leads} == {
        "城市公共空间适儿化改造",
        "建设儿童友好城市新空间",
    }


def test_a_report_reads_in_chinese_by_severity_with_things_named(report: Report) -> None:
    lines = render(report, "zh").splitlines()
    assert lines[0] == "警告 (2)"
    assert (
        "    · 未归入任何任务 “公共服务友好”  <https://zhengtu.example/id/plan/sample/issue>"
        in lines
    )
    assert "    · 新建儿童公园：2至5个  <https://zhengtu.example/id/plan/sample/range>" in lines
    assert lines.index("提示 (1)") > lines.index("警告 (2)")
    assert "计划是征求意见稿，尚未印发。" in "\n".join(lines)


def test_a_report_reads_in_english(report: Report) -> None:
    text = render(report, "en")
    assert text.startswith("Warnings (2)\n")
    assert "part of no action" in text
    assert "The plan is a draft for comment, not yet issued." in text


def test_a_long_list_is_cut_and_the_rest_counted(report: Report) -> None:
    assert "…… 另有" not in render(report, "zh")
    assert render(report, "zh", most=0).count("    …… 另有 1 项") == 3
    assert render(report, "en", most=0).count("    … and 1 more") == 3


def test_an_empty_report_says_so_in_both_languages() -> None:
    assert render(Report(), "zh") == "未发现问题。\n"
    assert render(Report(), "en") == "Nothing was found.\n"


@pytest.mark.parametrize("file", vocabulary_files(), ids=lambda file: file.name)
def test_every_vocabulary_of_the_project_conforms(file: Path) -> None:
    found = validate_vocabulary(file.read_bytes())
    assert found.conforms, render(found, "en")
