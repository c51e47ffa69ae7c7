"""The reconciliation API as a client such as OpenRefine uses it, over HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import jsonschema
import pytest

from ontology import BASE

SCHEMAS = json.loads(Path(__file__).with_name("reconciliation.json").read_text(encoding="utf-8"))
BUREAU = f"{BASE}id/unit/320506/区住建局"
WUZHONG = f"{BASE}id/place/320506"


def fits(answer, name):
    jsonschema.validate(answer, SCHEMAS | {"$ref": f"#/$defs/{name}"})
    return answer


@pytest.fixture
def service(address):
    """Asks as a client does and gives the JSON; a form is posted."""

    def ask(path="/reconcile", form=None):
        body = None if form is None else urlencode(form).encode()
        with urlopen(Request(address + path, data=body), timeout=20) as response:
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            return json.load(response)

    return ask


@pytest.fixture
def matched(service):
    """The results of a batch."""

    def match(**queries):
        sent = {"queries": json.dumps(queries, ensure_ascii=False)}
        return {key: it["result"] for key, it in fits(service(form=sent), "results").items()}

    return match


def refusal(address, path, form=None):
    """Status and problem document of what is refused."""
    body = None if form is None else urlencode(form).encode()
    with pytest.raises(HTTPError) as caught:
        urlopen(Request(address + path, data=body), timeout=20)
    with caught.value as response:
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        return response.status, json.load(response)["detail"]


def test_the_manifest_leads_to_everything_it_names(service, address):
    manifest = fits(service(), "manifest")
    for place in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        assert place["service_url"] == address
        assert service(place["service_path"] + "?prefix=a&type=Unit")
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        at = template.replace("{{id}}", quote(BUREAU, safe=""))
        with urlopen(at, timeout=20) as response:
            assert "区住建局" in response.read().decode()
    types = {kind["id"] for kind in manifest["defaultTypes"]}
    assert {"Unit", "Indicator", "NationalIndicator", "Topic", "Place", "Function"} < types
    assert {"Plan", "Action"} < types


def test_a_batch_is_matched_by_get_and_post(service, matched):
    batch = {"甲": {"query": "区住建局", "type": "Unit"}, "q1": {"query": "吴中区"}}
    posted = matched(**batch)
    got = service("/reconcile?" + urlencode({"queries": json.dumps(batch)}))
    assert {key: it["result"] for key, it in got.items()} == posted
    assert [c["id"] for c in posted["甲"] if c["match"]] == [BUREAU]
    assert [c["id"] for c in posted["q1"] if c["match"]] == [WUZHONG]


def test_types_limits_and_properties_narrow_the_candidates(matched):
    answers = matched(
        many={"query": "公园", "limit": 1},
        iri={"query": "公园", "type": f"{BASE}ontology#Topic"},
        listed={"query": "公园", "type": ["Topic", {"id": "Place"}], "type_strict": "any"},
        here={"query": "住建局", "properties": [{"pid": "place", "v": {"id": WUZHONG}}]},
        there={"query": "区住建局", "properties": [{"pid": "place", "v": ["朝阳区", "周村区"]}]},
        code={"properties": [{"pid": "code", "v": 320506}]},
        empty={"query": ""},
    )
    assert len(answers["many"]) == 1
    assert {kind["id"] for c in answers["iri"] for kind in c["type"]} == {"Topic"}
    assert answers["listed"] == answers["iri"]
    assert [c["id"] for c in answers["here"] if c["match"]] == [BUREAU]
    assert [c["match"] for c in answers["there"]] == [False]
    assert answers["there"][0]["score"] < answers["here"][0]["score"]
    assert [c["id"] for c in answers["code"]] == [WUZHONG]
    assert answers["empty"] == []


def test_a_thousand_names_are_one_batch(matched):
    answers = matched(**{f"q{n}": {"query": f"吴中区第{n}小学"} for n in range(1000)})
    assert len(answers) == 1000
    assert not any(c["match"] for result in answers.values() for c in result)


def test_names_are_in_the_language_asked_for(service):
    sent = {"queries": json.dumps({"q": {"query": "公园", "type": "Topic"}})}
    (candidate,) = service("/reconcile?lang=en", sent)["q"]["result"]
    assert (candidate["name"], candidate["type"][0]["name"]) == ("parks", "topic")


@pytest.mark.parametrize(
    ("what", "prefix", "first"),
    [
        ("entity", "吴中", WUZHONG),
        ("entity", "320506", WUZHONG),
        ("entity", WUZHONG, WUZHONG),
        ("type", "单位", "Unit"),
        ("type", "uni", "Unit"),
        ("property", "地方代码", "place_code"),
        ("property", "", "broader"),
    ],
)
def test_suggestions_come_as_one_types(service, what, prefix, first):
    at = f"/reconcile/suggest/{what}?" + urlencode({"prefix": prefix})
    assert fits(service(at), "suggestions")["result"][0]["id"] == first


def test_suggestions_go_on(service):
    first = service("/reconcile/suggest/entity?prefix=" + quote("市"))["result"]
    next_ = service("/reconcile/suggest/entity?cursor=20&prefix=" + quote("市"))["result"]
    assert len(first) == len(next_) == 20
    assert not {it["id"] for it in first} & {it["id"] for it in next_}


def test_what_is_matched_can_be_extended(service):
    offered = fits(service("/reconcile/extend?type=Unit"), "proposals")["properties"]
    assert {"place", "level"} <= {it["id"] for it in offered}
    asked = {"ids": [BUREAU, "没有的"], "properties": [{"id": "place"}, {"id": "level"}]}
    answer = fits(service(form={"extend": json.dumps(asked)}), "extension")
    assert answer["rows"] == {
        BUREAU: {"place": [{"id": WUZHONG, "name": "吴中区"}], "level": [{"str": "county"}]},
        "没有的": {"place": [], "level": []},
    }
    got = service("/reconcile?" + urlencode({"extend": json.dumps(asked)}))
    assert got == answer


def test_a_preview_may_stand_in_another_page_and_nothing_else_may(client):
    preview = client.get("/reconcile/preview", query_string={"id": WUZHONG})
    assert "frame-ancestors *" in preview.headers["Content-Security-Policy"]
    assert "Wuzhong District" in preview.get_data(as_text=True)
    assert client.get("/reconcile/preview?id=nothing").status_code == 404
    other = client.get("/doc/place/320506").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in other


def test_a_hostile_name_stays_text(client, matched):
    evil = "<script>alert(1)</script>计划"
    (candidate, *_) = matched(q={"query": evil, "type": "Plan"})["q"]
    assert candidate["name"] == evil
    page = client.get("/reconcile/preview", query_string={"id": candidate["id"]})
    assert "<script>" not in page.get_data(as_text=True)


def batches() -> Iterator[tuple[str, str, str]]:
    """Name, batch and what is said of it."""
    yield "no JSON", '{"q0":', "JSON"
    yield "deep", "[" * 100_000, "JSON"
    yield "a list", "[]", "JSON"
    yield "a number for a query", '{"q0": 1}', "q0"
    yield "no name", '{"q0": {}}', "q0"
    yield "a number for a name", '{"q0": {"query": 1}}', "q0"
    yield "a long name", json.dumps({"q0": {"query": "长" * 501}}), "500"
    yield "an unknown field", '{"q0": {"query": "a", "typ": "Unit"}}', "type_strict"
    yield "an unknown type", '{"q0": {"query": "a", "type": "Star"}}', "Unit"
    yield "a number for a type", '{"q0": {"query": "a", "type": 4}}', "Unit"
    yield (
        "an unknown property",
        '{"q0": {"query": "a", "properties": [{"pid": "x", "v": 1}]}}',
        "place",
    )
    yield "no value", '{"q0": {"query": "a", "properties": [{"pid": "place"}]}}', "q0"
    yield "no properties", '{"q0": {"query": "a", "properties": "place"}}', "q0"
    yield "a limit of none", '{"q0": {"query": "a", "limit": 0}}', "limit"
    yield "an endless limit", '{"q0": {"query": "a", "limit": Infinity}}', "limit"
    yield "an unknown strictness", '{"q0": {"query": "a", "type_strict": "very"}}', "should"


@pytest.mark.parametrize(
    ("batch", "said"), [it[1:] for it in batches()], ids=[it[0] for it in batches()]
)
def test_a_batch_that_is_none_is_refused_with_its_fault(address, batch, said):
    status, detail = refusal(address, "/reconcile", {"queries": batch})
    assert status == 400
    assert said in detail


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"queries": json.dumps({str(n): {"query": "a"} for n in range(10_000)})}, 413),
        ({"queries": json.dumps({"q": {"query": "a" * 9_000_000}})}, 413),
        ({"extend": json.dumps({"ids": ["a"] * 1001, "properties": []})}, 413),
        ({"extend": "{}"}, 400),
        ({"extend": '{"ids": ["a"], "properties": [{"id": "x"}]}'}, 400),
        ({"other": "1"}, 400),
    ],
    ids=["10,000 queries", "9 MB", "1,001 things", "no ids", "an unknown property", "nothing"],
)
def test_what_is_too_much_or_nothing_is_refused(address, form, status):
    assert refusal(address, "/reconcile", form)[0] == status


def test_a_cursor_that_is_no_number_is_refused(address):
    assert refusal(address, "/reconcile/suggest/entity?prefix=a&cursor=x")[0] == 400


def test_any_page_may_ask_beforehand(client):
    for path in ("/reconcile", "/reconcile/suggest/entity", "/reconcile/extend"):
        response = client.options(path)
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Origin"] == "*"
