"""Tools for agents: one per named query that people may ask, and ask, explain and sparql."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ontology import BASE
from queries.answers.choices import Choices
from queries.answers.explanation import explanation, nearest
from queries.answers.inquiry import Inquiry
from queries.answers.tables import cited_table
from queries.catalog import NamedQuery, Parameter, for_people
from queries.errors import BadParameter
from queries.lexing import query_form
from queries.limits import Workers
from queries.search import search
from queries.search.index import Index
from queries.search.searching import LONGEST
from queries.stores.port import Store
from web.agents.results import Json, Speech, answered, explained, found, selected, tabled
from web.asked import LONGEST_QUESTION, Asking
from web.openapi import schema_of

__all__ = ["Graph", "Tool", "tools"]

_MOST, _FEW = 500, 50  # rows
_JSON, _TURTLE = "application/sparql-results+json", "text/turtle"


@dataclass(frozen=True, slots=True)
class Graph:
    """What tools ask: one generation of the graph, and the site that shows it.

    `asking`, `workers` and `index` are made when they are first wanted.
    """

    store: Store
    choices: Choices
    asking: Callable[[], Asking]
    workers: Callable[[], Workers]
    index: Callable[[], Index]
    site: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool with the JSON Schema of its arguments; `call` gives a JSON object.

    `call` raises: `QueryError` with what is wrong and what to do.
    """

    name: str
    title: str
    description: str
    arguments: Json
    call: Callable[[Graph, Mapping[str, Any]], Json]


def tools() -> tuple[Tool, ...]:
    """All tools, those that need no knowledge of the catalogue first."""
    return (_ASK, _SEARCH, _EXPLAIN, _SPARQL, _CHOICES, *map(_of_query, for_people()))


_LANGUAGE: Json = {
    "type": "string",
    "enum": ["zh", "en"],
    "description": "结果的语言 of the result",
}
_LIMIT: Json = {
    "type": "integer",
    "minimum": 1,
    "maximum": _MOST,
    "default": _FEW,
    "description": "最多几行 how many rows at most",
}


def _object(required: tuple[str, ...] = (), **properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _of_query(query: NamedQuery) -> Tool:
    required = tuple(p.name for p in query.parameters if p.is_required)
    properties = {p.name: {**schema_of(p), "description": _about(p)} for p in query.parameters}
    first = {"type": "integer", "minimum": 0, "default": 0, "description": "从第几行起 first row"}

    def call(graph: Graph, given: Mapping[str, Any]) -> Json:
        values = {p.name: _texts(given[p.name]) for p in query.parameters if p.name in given}
        meant = graph.choices.resolved(query, values)
        begin, limit = _whole(given, "first", 0), _limit(given)
        table = cited_table(graph.store, query, meant, first=begin, limit=limit)
        return tabled(query, table, _speech(graph, given))

    return Tool(
        name=_tool_name(query),
        title=f"{query.title_zh} {query.title_en}",
        description=f"{query.description_en} {query.description_zh}",
        arguments=_object(required, **properties, first=first, limit=_LIMIT, language=_LANGUAGE),
        call=call,
    )


def _about(parameter: Parameter) -> str:
    named = f"{parameter.title_zh} {parameter.title_en}"
    if not parameter.choices:
        return named
    how = "标识或名称 IRI or name" if parameter.kind == "iri" else "图中的值 a value of the graph"
    return f"{named}（{how}；工具 choices 列出 the tool choices lists them）"


def _ask(graph: Graph, given: Mapping[str, Any]) -> Json:
    question = str(given.get("question", "")).strip()
    if not 0 < len(question) <= LONGEST_QUESTION:
        raise BadParameter(f"question：1–{LONGEST_QUESTION} 个字 characters")
    answer = graph.asking()(question, given.get("language")).as_json()
    return answered(answer, _speech(graph, given), _limit(given))


_FACETS = ("kind", "place", "national", "domain", "year")


def _search(graph: Graph, given: Mapping[str, Any]) -> Json:
    words = str(given.get("words", "")).strip()
    if not 0 < len(words) <= LONGEST:
        raise BadParameter(f"words：1–{LONGEST} 个字 characters")
    chosen = {name: _texts(given[name]) for name in _FACETS if name in given}
    begin = _whole(given, "first", 0)
    window = range(begin, begin + _limit(given))
    return found(search(graph.index(), words, chosen=chosen, window=window), _speech(graph, given))


def _explain(graph: Graph, given: Mapping[str, Any]) -> Json:
    said = str(given.get("iri", "")).strip("<> ")
    iri = said if "://" in said else f"{BASE}id/{said.lstrip('/').removeprefix('id/')}"
    inquiry = Inquiry(graph.store)
    found = explanation(inquiry, iri)
    if found is None:
        near = nearest(inquiry, iri) or f"{BASE}id/plan/…"
        raise BadParameter(f"图谱中没有 the graph holds nothing of {iri}；可试 try {near}")
    return explained(found, _speech(graph, given))


def _choose(graph: Graph, given: Mapping[str, Any]) -> Json:
    query = next((q for q in for_people() if _tool_name(q) == given.get("tool")), None)
    named = {p.name: p for p in query.parameters} if query else {}
    parameter = named.get(str(given.get("parameter")))
    if parameter is None:
        raise BadParameter(
            f"没有这个工具或参数 no such tool or parameter；可用 valid: {'、'.join(named)}"
        )
    sought = str(given.get("containing", "")).casefold()
    found = [
        choice
        for choice in graph.choices.of(parameter)
        if any(sought in name.casefold() for name in choice.names)
    ]
    speech = _speech(graph, given)
    names = [
        {"value": c.value, "name": speech.pick(c.label)}
        | ({"within": speech.pick(c.within)} if c.within else {})
        for c in found[: _limit(given)]
    ]
    return {"parameter": parameter.name, "total": len(found), "choices": names}


def _tool_name(query: NamedQuery) -> str:
    return query.name.replace("/", "_")


def _sparql(graph: Graph, given: Mapping[str, Any]) -> Json:
    query = str(given.get("query", ""))
    media_type = _TURTLE if query_form(query) in {"CONSTRUCT", "DESCRIBE"} else _JSON
    answer = graph.workers().run(query, media_type, client="agent")
    return selected(answer.body, media_type, truncated=answer.truncated)


_ASK = Tool(
    "ask",
    "提问 Ask in plain words",
    "Answers a question in plain Chinese or English from the graph, without a model: how it was "
    "read, rows, and the sentence behind each. What it does not understand it says, with questions "
    "that it can answer. 用自然语言提问。",
    _object(
        ("question",),
        question={"type": "string", "maxLength": LONGEST_QUESTION, "description": "问题 question"},
        limit=_LIMIT,
        language=_LANGUAGE,
    ),
    _ask,
)
_SEARCH = Tool(
    "search",
    "全文搜索 Full-text search",
    "Finds names, facts and sentences that have all words, two characters and more (托位), best "
    "first, each with its sentence, and counts by kind, place, domain and year to narrow by. "
    "按词查找名称和语句，附原句，可按种类、地方、领域、年份筛选。",
    _object(
        ("words",),
        words={"type": "string", "maxLength": LONGEST, "description": "要找的词 words to find"},
        **{
            name: {
                "type": "array",
                "items": {"type": "string"},
                "description": "见结果的 see facets",
            }
            for name in _FACETS
        },
        first={
            "type": "integer",
            "minimum": 0,
            "default": 0,
            "description": "从第几条起 first hit",
        },
        limit=_LIMIT,
        language=_LANGUAGE,
    ),
    _search,
)
_EXPLAIN = Tool(
    "explain",
    "依据 Why a fact is believed",
    "What the graph states of a thing and the evidence for it: exact words with their context, "
    "document and offsets, the rule that read them and its confidence. 事物的陈述和原文依据。",
    _object(
        ("iri",),
        iri={"type": "string", "description": "标识 IRI, as in the rows; after /id/ is enough"},
        language=_LANGUAGE,
    ),
    _explain,
)
_SPARQL = Tool(
    "sparql",
    "SPARQL 查询 SPARQL query",
    "Runs a read-only SPARQL 1.1 query over the union of all named graphs, with limits on time and "
    "rows; no updates, no SERVICE. Terms are in the tool browse_terms. 只读的 SPARQL 查询。",
    _object(
        ("query",), query={"type": "string", "description": "SELECT, ASK, CONSTRUCT, DESCRIBE"}
    ),
    _sparql,
)
_CHOICES = Tool(
    "choices",
    "可选值 Values to choose",
    "The values that a parameter of a query tool can take in this graph, by name: places, plans, "
    "units, topics, indicators and so on. 查询工具的参数在图中可取的值。",
    _object(
        ("tool", "parameter"),
        tool={"type": "string", "description": "查询工具 a query tool: competency_units"},
        parameter={"type": "string", "description": "参数 its parameter: place"},
        containing={"type": "string", "description": "名称中含 part of the name"},
        limit=_LIMIT,
        language=_LANGUAGE,
    ),
    _choose,
)


def _speech(graph: Graph, given: Mapping[str, Any]) -> Speech:
    return Speech(str(given.get("language", "zh")), graph.site)


def _limit(given: Mapping[str, Any]) -> int:
    return max(1, min(_whole(given, "limit", _FEW), _MOST))


def _whole(given: Mapping[str, Any], name: str, default: int) -> int:
    value = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadParameter(f"{name}：应为整数 should be a whole number: {value!r}")
    return value


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
