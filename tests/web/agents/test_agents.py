"""The server for agents, as the SDK's own client meets it: a real process over the sample plans."""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client

from ontology import BASE
from queries.catalog import for_people
from web.agents.tools import tools

ZHENGTU = Path(sys.executable).with_name("zhengtu")
TEXTS = Path(__file__).parents[3] / "documents"


def visit(server: Any, calls: list[tuple[str, dict[str, Any]]]) -> tuple[Any, list[Any]]:
    """The tools that a server lists and what it answers to each call."""

    async def talk() -> tuple[Any, list[Any]]:
        async with Client(server() if callable(server) else server) as client:
            listed = await client.list_tools()
            return listed.tools, [await client.call_tool(*call) for call in calls]

    return anyio.run(talk)


@pytest.fixture(scope="module")
def stdio(built: Path) -> Callable[[], Any]:
    command = StdioServerParameters(
        command=str(ZHENGTU),
        args=["mcp", "--data", str(built)],
        env={"ZHENGTU_SITE": "https://plans.example"},
    )
    return lambda: stdio_client(command)


CALLS = {
    "units": ("competency_units", {"place": ["吴中区"], "role": "牵头", "limit": 3}),
    "rest": ("competency_units", {"place": "吴中区", "role": "lead", "first": 40}),
    "english": ("competency_units", {"role": "lead", "limit": 1, "language": "en"}),
    "targets": ("competency_targets", {"value": 80, "operator": ">=", "year_to": 2025}),
    "ask": ("ask", {"question": "哪些部门牵头公园项目？", "limit": 1}),
    "weather": ("ask", {"question": "今天天气怎么样"}),
    "search": ("search", {"words": "托位", "limit": 3}),
    "narrowed": ("search", {"words": "托位", "place": ["吴中区"]}),
    "no facet": ("search", {"words": "托位", "colour": ["red"]}),
    "explain": ("explain", {"iri": "plan/wuzhong/dom_2__act_7"}),
    "sparql": ("sparql", {"query": f"SELECT ?p {{ ?p a <{BASE}ontology#Plan> }}"}),
    "graph": ("sparql", {"query": f"DESCRIBE <{BASE}id/place/320506>"}),
    "choices": ("choices", {"tool": "competency_units", "parameter": "place", "containing": "吴"}),
    "no name": ("competency_units", {"place": "吴中"}),
    "no argument": ("competency_units", {"where": "吴中区"}),
    "no number": ("competency_units", {"limit": "many"}),
    "no question": ("ask", {"question": " "}),
    "no thing": ("explain", {"iri": "plan/nothing"}),
    "no choices": ("choices", {"tool": "ask", "parameter": "question"}),
    "no update": ("sparql", {"query": "DROP ALL"}),
    "no call": ("sparql", {"query": "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }"}),
    "no tool": ("forecast", {}),
}


@pytest.fixture(scope="module")
def met(stdio: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    listed, answers = visit(stdio, list(CALLS.values()))
    return listed, dict(zip(CALLS, answers, strict=True))


@pytest.fixture
def answer(met: tuple[Any, dict[str, Any]]) -> Callable[[str], dict[str, Any]]:
    def of(name: str) -> dict[str, Any]:
        result = met[1][name]
        assert not result.is_error, result.content[0].text
        assert json.loads(result.content[0].text) == result.structured_content
        return result.structured_content

    return of


def test_every_query_for_people_is_a_tool_with_typed_parameters(met) -> None:
    listed = {tool.name: tool for tool in met[0]}
    assert list(listed) == [tool.name for tool in tools()]
    assert {"ask", "explain", "sparql", "choices"} < listed.keys()
    for query in for_people():
        tool = listed[query.name.replace("/", "_")]
        assert query.description_en in tool.description
        assert query.description_zh in tool.description
        properties = tool.input_schema["properties"]
        assert {p.name for p in query.parameters} <= properties.keys()
        assert tool.input_schema["required"] == [p.name for p in query.parameters if p.is_required]
    assert all(re.fullmatch(r"[a-z_]{1,64}", name) for name in listed)
    assert all(tool.annotations.read_only_hint for tool in met[0])
    operator = listed["competency_targets"].input_schema["properties"]["operator"]
    assert operator["enum"] == ["=", ">=", ">", "<=", "<"]


def test_rows_cite_the_words_the_place_and_the_page(answer) -> None:
    found = answer("units")
    assert (len(found["rows"]), found["total"]) == (3, 43)
    row = found["rows"][0]
    assert row["unit_name"]["name"] == "区政府妇儿工委办"
    assert row["unit_name"]["iri"].startswith(f"{BASE}id/unit/320506/")
    said = row["citation"]
    text = (TEXTS / f"{said['document']}.txt").read_text("utf-8")
    assert text[said["start"] : said["end"]] == said["quote"] == "牵头单位：区政府妇儿工委办"
    where = f"?start={said['start']}&end={said['end']}"
    assert said["page"] == f"https://plans.example/doc/plan/wuzhong/text{where}"


def test_rows_go_on_where_they_ended_and_speak_the_language_asked_for(answer) -> None:
    assert (answer("rest")["first"], len(answer("rest")["rows"])) == (40, 3)
    english = answer("english")
    assert english["columns"]["unit_name"] == "Unit"
    assert english["rows"][0]["role"]["name"] == "lead"
    assert all(float(row["number"]) >= 80 for row in answer("targets")["rows"])


def test_a_question_is_answered_with_its_reading_or_not_at_all(answer) -> None:
    found = answer("ask")
    assert found["understood"]
    assert "公园" in found["reading"]
    assert "#+" not in found["sparql"]
    assert len(found["rows"]) == 1 < found["total"]
    assert found["rows"][0]["citation"]["page"].startswith("https://plans.example/doc/plan/")
    refused = answer("weather")
    assert not refused["understood"]
    assert refused["message"]
    assert refused["rows"] == []


def test_a_search_cites_sentences_and_narrows(answer) -> None:
    hits = answer("search")["hits"]
    assert len(hits) == 3 < answer("search")["total"]
    said = next(hit["citation"] for hit in hits if "citation" in hit)
    text = (TEXTS / f"{said['document']}.txt").read_text("utf-8")
    assert "托位" in text[said["start"] : said["end"]] == said["quote"]
    assert answer("search")["facets"]["place"]
    assert answer("narrowed")["total"] < answer("search")["total"]


def test_a_fact_is_explained_with_its_evidence(answer) -> None:
    found = answer("explain")
    assert found["name"] == "开展儿童友好公园试点推广"
    assert found["evidence"][0]["rule"]
    assert found["evidence"][0]["document"] == "wuzhong"


def test_sparql_gives_tables_and_graphs(answer) -> None:
    assert len(answer("sparql")["answer"]["results"]["bindings"]) == 5
    assert "吴中区" in answer("graph")["answer"]


def test_choices_are_listed_by_part_of_their_name(answer) -> None:
    found = {choice["name"]: choice.get("within") for choice in answer("choices")["choices"]}
    assert found == {"吴中区": "苏州市", "吴忠市": "宁夏回族自治区", "同心县": "吴忠市"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no name", "吴中区"),
        ("no argument", "place"),
        ("no number", "limit"),
        ("no question", "question"),
        ("no facet", "place"),
        ("no thing", "plan/"),
        ("no choices", "no such tool"),
        ("no update", "read-only"),
        ("no call", "SERVICE"),
        ("no tool", "forecast"),
    ],
)
def test_what_goes_wrong_is_told_with_what_to_do(met, name, said) -> None:
    result = met[1][name]
    assert result.is_error
    assert said in result.content[0].text


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [ZHENGTU, "mcp", "--http", "--port", str(port), "--data", built]
    with subprocess.Popen(command) as process:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/mcp"
        process.terminate()


def test_the_same_tools_answer_over_http(address: str) -> None:
    listed, (found,) = visit(address, [("competency_plans", {"status": "征求意见稿"})])
    assert len(listed) == len(tools())
    assert [row["plan_title"]["name"][:3] for row in found.structured_content["rows"]] == ["上虞区"]


def test_nothing_built_is_misuse(tmp_path: Path) -> None:
    ended = subprocess.run(
        [ZHENGTU, "mcp", "--data", tmp_path], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "zhengtu build" in ended.stderr
