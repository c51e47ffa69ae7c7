"""The catalogue of named queries: forms, data addresses and their description, what is answered."""

import re
from html import unescape
from urllib.parse import unquote

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from ontology import BASE
from queries.answers.competency import questions
from queries.catalog import for_people, named
from queries.limits import Workers
from queries.search.opening import open_index
from queries.stores import generations, open_store
from web import create_app
from web.catalogue import Field

UNITS = "/query/competency/units"
PLACE = f"{BASE}id/place/320506"


def html(client, path, status=200, **values):
    response = client.get(path, query_string=values)
    assert response.status_code == status, (path, response.status_code)
    return unescape(response.get_data(as_text=True))


@pytest.fixture
def document(client):
    return client.get("/openapi.json").get_json()


def test_the_index_leads_to_every_query_and_has_those_for_questions_first(client):
    shown = html(client, "/queries")
    at = [shown.index(f'href="/query/{query.name}"') for query in for_people()]
    assert at == sorted(at)
    assert 'href="/query/pages/targets"' in shown
    assert {"/competency", "/openapi"} <= set(re.findall(r'href="([^"]*)"', shown))


def test_a_form_offers_what_the_graph_has(client):
    shown = html(client, UNITS)
    role = re.search(r'<select name="role".*?</select>', shown, re.DOTALL)[0]
    assert f'<option value="{BASE}id/role/lead">牵头</option>' in role
    assert '<option value="">全部</option>' in role
    assert f'<option value="{BASE}id/role/lead">lead</option>' in html(client, UNITS, lang="en")
    assert 'name="word"' in shown
    assert "吴中区（苏州市）" in shown
    assert "Wuzhong District (Suzhou City)" in html(client, UNITS, lang="en")


@pytest.fixture
def hurried(built):
    """A visitor of a site where no query has more than a millisecond."""
    address = f"path:{built}"
    workers = Workers(generations.current(built), processes=1, seconds=0.001)
    index = open_index(address)
    site = create_app(open_store(address), workers=workers, asking=None, index=index)
    yield site.test_client()
    workers.close()


def test_a_query_that_takes_too_long_is_stopped_and_said_to_be(hurried):
    shown = html(hurried, UNITS, 503)
    assert "已停止" in shown
    assert "narrow it down" in shown
    told = hurried.get(f"{UNITS}.json")
    assert told.status_code == 503
    assert "已停止" in told.get_json()["detail"]


def test_answers_to_named_queries_have_all_their_rows(client):
    shown = client.get("/query/browse/national.csv").get_data(as_text=True)
    assert len(shown.splitlines()) > 100  # the rows of a stranger's query there


@pytest.mark.parametrize("role", ["牵头", "lead", f"{BASE}id/role/lead"])
def test_a_name_asks_what_its_iri_asks_and_the_form_keeps_it(client, role):
    shown = html(client, UNITS, role=role, place="", word="")
    assert re.search(r'class="said" href="/doc/plan/jixiang/text[^>]*><b>区住建局</b>', shown)
    assert "区教育局" not in shown.partition("<table")[2].partition("</table>")[0]
    assert f'<option value="{BASE}id/role/lead" selected>' in shown
    assert 'href="/doc/unit/320506/区住建局"' in unquote(shown)
    assert "/doc/plan/jixiang/text?start=" in shown


def test_a_name_that_nothing_has_is_told_with_the_nearest_and_the_form_stays(client):
    shown = html(client, UNITS, 400, role="牵头人")
    assert "牵头" in re.search(r'role="alert">(.*?)</p>', shown)[1]
    assert "<form" in shown
    told = client.get(UNITS + ".json", query_string={"role": "牵头人"})
    assert told.status_code == 400
    assert "牵头" in told.get_json()["detail"]


def test_the_data_addresses_on_the_page_give_its_rows(client):
    shown = html(client, UNITS, role="牵头", page="1", lang="zh")
    json, table = re.findall(r'href="http://localhost(/query/[^"]*)"', shown)
    rows = client.get(json).get_json()["rows"]
    assert rows
    assert shown.count("<tr>") == len(rows) + 1
    assert len(client.get(table).get_data(as_text=True).splitlines()) == len(rows) + 1


def test_a_page_beyond_the_last_is_not_there(client):
    assert client.get(UNITS + "?page=99").status_code == 404
    assert client.get(UNITS + "?page=0").status_code == 404


def test_a_long_list_is_typed_a_very_long_one_only_in_part():
    parameter = named("competency/units").parameters[0]
    few, many = (("v", "n"),) * 60, (("v", "n"),) * 61
    kinds = [Field(parameter, (), options, False).kind for options in ((), few, many)]
    assert kinds == ["text", "select", "list"]


def test_the_description_is_valid_openapi(document):
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_the_description_holds_every_query_with_its_parameters(document):
    for query in for_people():
        operation = document["paths"][f"/query/{query.name}.json"]["get"]
        assert [p["name"] for p in operation["parameters"]] == [p.name for p in query.parameters]
        assert operation["operationId"] == query.name.replace("/", "_")
        assert f"/query/{query.name}.csv" in document["paths"]
    units = document["paths"][f"{UNITS}.json"]["get"]
    role = next(p for p in units["parameters"] if p["name"] == "role")
    assert role["schema"]["type"] == "array"
    assert {"summary": "牵头", "value": [f"{BASE}id/role/lead"]} in role["examples"].values()
    targets = document["paths"]["/query/competency/targets.json"]["get"]
    operator = next(p for p in targets["parameters"] if p["name"] == "operator")
    assert operator["schema"]["enum"] == ["=", ">=", ">", "<=", "<"]


def test_every_answer_is_as_described(client, document):
    asked = {
        "/api/ask": {"q": "哪些部门牵头公园项目？"},
        "/api/ask/choices": {"q": "哪些部门牵头公园项目？"},
        "/sparql": {"query": "ASK {}"},
        "/thing.json": {"iri": PLACE},
        "/api/neighbourhood": {"iri": PLACE},
        **{f"/query/{q.name}.json": dict(q.cases[0].values) for q in for_people()},
    }
    for path, item in document["paths"].items():
        if path.endswith(".csv"):
            continue
        response = client.get(path.replace("{slug}", "jixiang"), query_string=asked.get(path))
        assert response.status_code == 200, path
        content = item["get"]["responses"]["200"]["content"]
        assert response.mimetype in content, path
        schema = content[response.mimetype].get("schema")
        if schema and response.is_json:
            whole = {**schema, "components": document["components"]}
            OAS31Validator(whole).validate(response.get_json())


def test_the_description_speaks_both_languages(client):
    assert "/openapi.json" in html(client, "/openapi")
    assert "Which units" in html(client, "/openapi", lang="en")
    english = client.get("/openapi.json?lang=en").get_json()
    assert not re.search(r"[\u4e00-\u9fff]", english["paths"]["/sparql"]["get"]["summary"])


def test_the_promised_questions_are_asked_of_this_graph(client):
    while (found := client.get("/competency.json").get_json())["waiting"]:
        assert len(found["questions"]) + found["waiting"] == len(questions())
    assert found["counts"]["failing"] == 0, found
    assert found["counts"]["answered"] > 20
    shown = html(client, "/competency")
    assert all(entry["question"]["zh"] in shown for entry in found["questions"])
    assert "数据中没有" in shown
