"""Data beside the pages: JSON, RDF, CSV and identifiers."""

import csv
import io
from dataclasses import fields
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from ontology import BASE, ZT
from queries.answers.plans import Plan

PARK = f"{BASE}id/plan/jixiang/dom_1__act_1"


def test_a_page_and_its_json_are_one_answer(client):
    answer = client.get("/doc/plan/jixiang.json").get_json()
    assert list(answer) == [field.name for field in fields(Plan)]
    assert answer["ref"]["iri"] == f"{BASE}id/plan/jixiang"
    shown = client.get("/doc/plan/jixiang").get_data(as_text=True)
    assert all(target["indicator"]["label"]["zh"] in shown for target in answer["targets"])


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/doc/plan/jixiang/dom_1__act_1", "责任单位"),
        ("/doc/unit/320506/区住建局", "负责的指标"),
        ("/doc/unit/320506/区住建局?lang=en", "Targets it answers for"),
    ],
)
def test_a_target_names_those_responsible_for_it_and_they_name_it(client, path, heading):
    answer = client.get(path.partition("?")[0] + ".json").get_json()
    (target,) = (t for t in answer["targets"] if t["units"])
    (said,) = target["units"]
    assert target["indicator"]["label"]["zh"] == "绿地率"
    assert (said["name"], said["role"]["label"]["zh"]) == ("区住建局", "牵头")
    shown = client.get(path).get_data(as_text=True)
    assert heading in shown
    (evidence,) = said["quotes"]
    assert f"text?start={evidence['start']}&amp;end={evidence['end']}" in shown
    other = client.get("/doc/unit/320506/区教育局").get_data(as_text=True)
    assert "负责的指标" not in other


@pytest.mark.parametrize(
    "path",
    [
        "/doc/plan/jixiang/dom_1__act_1",
        "/doc/unit/320506/各镇（街道）",
        "/doc/indicator/jixiang/体育%252F活动时间（天）",
        "/doc/place/320506",
        "/doc/topic/park",
        "/ontology/Action",
        "/plans",
        "/units",
    ],
)
def test_every_page_has_a_json_sibling(client, path):
    response = client.get(path + ".json")
    assert response.status_code == 200
    assert response.is_json
    assert response.get_json()


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld"])
def test_rdf_siblings_hold_the_things_statements_and_its_evidence(client, suffix):
    response = client.get(f"/doc/plan/jixiang/dom_1__act_1.{suffix}")
    assert response.status_code == 200
    form = ox.RdfFormat.from_media_type(response.mimetype)
    triples = [quad.triple for quad in ox.parse(response.data, format=form)]
    plan, owner = ox.NamedNode(ZT + "plan"), ox.NamedNode(f"{BASE}id/plan/jixiang")
    assert ox.Triple(ox.NamedNode(PARK), plan, owner) in triples
    exact = ox.NamedNode("http://www.w3.org/ns/oa#exact")
    quotes = {triple.object.value for triple in triples if triple.predicate == exact}
    assert {"建设口袋公园", "区住建局", "建成口袋公园不少于3个"} <= quotes


def test_rdf_of_what_is_not_there_is_not_found(client):
    assert client.get("/doc/plan/nothing.ttl").status_code == 404
    assert client.get("/doc/plan/nothing.json").status_code == 404


def test_the_ontology_is_served_as_turtle(client):
    graph = Graph().parse(data=client.get("/ontology.ttl").data, format="turtle")
    assert (URIRef(ZT + "Plan"), None, None) in graph


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/html", "dom_1__act_1"),
        ("", "dom_1__act_1"),
        ("text/turtle", "dom_1__act_1.ttl"),
        ("application/n-triples", "dom_1__act_1.nt"),
        ("application/rdf+xml;q=0.9, text/html;q=0.1", "dom_1__act_1.rdf"),
        ("application/ld+json", "dom_1__act_1.jsonld"),
        ("application/json", "dom_1__act_1.json"),
    ],
)
def test_an_identifier_leads_to_what_is_accepted(client, accept, ending):
    response = client.get("/id/plan/jixiang/dom_1__act_1", headers={"Accept": accept})
    assert response.status_code == 303
    assert response.location.endswith(ending)
    assert "Accept" in response.headers["Vary"]
    assert client.get(response.location).status_code == 200


def test_an_identifier_in_no_accepted_form_is_refused(client):
    response = client.get("/id/plan/jixiang", headers={"Accept": "image/png"})
    assert response.status_code == 406


@pytest.mark.parametrize(
    "iri",
    [
        f"{BASE}id/unit/320506/各镇（街道）",
        f"{BASE}id/indicator/jixiang/体育%2F活动时间（天）",
        f"{BASE}id/plan/jixiang/group/协调专班",
    ],
)
def test_identifiers_of_chinese_letters_brackets_and_slashes_find_their_pages(client, iri):
    path = quote(iri.removeprefix(BASE.rstrip("/")), safe="/%")
    response = client.get(path, headers={"Accept": "application/json"})
    assert response.status_code == 303
    assert client.get(response.location).get_json()["ref"]["iri"] == iri


def test_a_question_is_answered_as_json(client):
    answer = client.get("/api/ask?q=哪些部门牵头公园项目？").get_json()
    assert {"question", "reading", "sparql", "columns", "rows", "evidence"} <= answer.keys()
    assert answer["understood"] is True
    assert len(answer["rows"]) == len(answer["evidence"]) == 1
    assert "区住建局" in answer["rows"][0]
    assert answer["columns"][0] == "单位"


def test_an_answer_speaks_the_language_of_its_question_unless_told(client):
    asked = "Which departments lead park projects?"
    answer = client.get("/api/ask", query_string={"q": asked}).get_json()
    assert answer["language"] == "en"
    assert answer["columns"] == answer["columns_en"]
    assert answer["columns"][0] == "Unit"
    told = client.get("/api/ask", query_string={"q": asked, "lang": "zh"}).get_json()
    assert told["columns"][0] == "单位"


def test_a_question_must_be_there_and_not_too_long(client):
    assert client.get("/api/ask").status_code == 400
    assert client.get("/api/ask?q=" + "问" * 501).status_code == 413


def test_neighbours_come_once_by_their_most_special_relation(client):
    answer = client.get("/api/neighbourhood", query_string={"iri": PARK}).get_json()
    by_iri = {n["iri"]: n for n in answer["neighbours"]}
    assert len(by_iri) == len(answer["neighbours"]) == answer["total"]
    lead = by_iri[f"{BASE}id/unit/320506/区住建局"]
    assert (lead["relation"], lead["kind"], lead["direction"]) == ("牵头单位", "unit", "out")
    assert by_iri[f"{BASE}id/topic/park"]["relation"] == "主题"


def test_neighbours_are_named_in_the_readers_language(client):
    answer = client.get("/api/neighbourhood", query_string={"iri": PARK, "lang": "en"}).get_json()
    assert "lead unit" in {n["relation"] for n in answer["neighbours"]}


def test_an_unknown_thing_has_no_neighbours_and_a_bad_iri_is_refused(client):
    unknown = client.get("/api/neighbourhood", query_string={"iri": BASE + "id/nothing"})
    assert unknown.get_json()["neighbours"] == []
    refused = client.get("/api/neighbourhood", query_string={"iri": "a b"})
    assert refused.status_code == 400
    assert set(refused.get_json()["message"]) == {"zh", "en"}


def test_tables_for_spreadsheets_run_nothing(client):
    response = client.get("/indicators.csv")
    assert response.data.startswith("\ufeff".encode())
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[0][0] == "指标"
    assert any(cell.startswith("'=cmd") for row in rows for cell in row)
    assert not [c for row in rows for c in row if c.startswith(("=", "+", "@", "\t", "\r"))]


def test_named_queries_answer_as_json_and_csv(client):
    path = "/query/pages/parts{}?plan=" + f"{BASE}id/plan/jixiang"
    assert client.get(path.format(".json")).get_json()["total"] == 4
    assert "建设口袋公园" in client.get(path.format(".csv")).get_data(as_text=True)


def test_failures_are_json_where_data_was_asked_for(client):
    for path in ["/doc/nothing.json", "/nothing.json", "/api/nothing", "/query/nothing.json"]:
        response = client.get(path)
        assert response.status_code == 404
        assert set(response.get_json()["message"]) == {"zh", "en"}


def test_the_endpoint_is_part_of_the_site(client):
    from_page = client.post(
        "/sparql",
        data={"query": f"ASK {{ <{PARK}> a <{ZT}Action> }}"},
        headers={"Accept": "application/sparql-results+json"},
    )
    assert from_page.get_json()["boolean"] is True
    wrong = client.post("/sparql", data={"query": "SELECT * {\n ?s ?p }"})
    assert wrong.status_code == 400
    assert wrong.get_json()["line"] == 2


def test_each_plan_of_a_file_names_the_text_and_the_others(client):
    first, second = "plan/两个%20方案", "plan/两个%20方案/plan_2"
    for path, other in ((first, second), (second, first)):
        answer = client.get(f"/doc/{path.replace('%', '%25')}.json").get_json()
        assert [ref["iri"] for ref in answer["beside"]] == [f"{BASE}id/{other}"]
        assert answer["text"]["iri"] == f"{BASE}id/text/两个%20方案"
    text = client.get("/doc/plan/两个%2520方案/text.json").get_json()
    assert [ref["label"]["zh"] for ref in text["beside"]] == ["节电方案"]
    assert {"part"} <= {kind for kind, _ in text["kinds"]}


def test_the_name_of_a_file_with_a_space_may_be_typed_as_it_is(client):
    assert client.get("/doc/plan/两个 方案/plan_2").status_code == 200
    assert client.get("/doc/plan/两个 方案/text").status_code == 200


def test_a_quote_is_reached_where_the_name_of_the_file_has_a_space(client):
    answer = client.get("/doc/plan/两个%2520方案/plan_2/act_1.json").get_json()
    evidence = answer["quotes"][0]["iri"].removeprefix(BASE + "id/").replace("%", "%25")
    response = client.get(f"/doc/{evidence}", follow_redirects=True)
    assert (response.status_code, "换灯" in response.get_data(as_text=True)) == (200, True)
