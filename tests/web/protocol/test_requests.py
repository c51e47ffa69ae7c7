"""Requests as the W3C's protocol tests send them, and those that are none."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

EX = "http://example.org/"
SRJ = "application/sparql-results+json"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}


def graphs(**chosen: str) -> list[tuple[str, str]]:
    return [
        (f"{name}-graph-uri", f"{EX}g/{letter}")
        for name, letters in chosen.items()
        for letter in letters
    ]


# The query side of the W3C protocol tests: what each asks and what it expects.
BOTH = f"ASK {{ <{EX}a> a ?t . <{EX}b> a ?t }}"
EACH = f"ASK {{ GRAPH ?g {{ <{EX}a> a ?t }} GRAPH ?h {{ <{EX}b> a ?t }} }}"
FULL = (
    f"ASK {{ <{EX}c> a ?t GRAPH ?g {{ <{EX}a> a ?t }} GRAPH ?h {{ <{EX}b> a ?t }} "
    f"FILTER NOT EXISTS {{ GRAPH ?i {{ <{EX}c> a ?t }} }} }}"
)
ABSENT = [("default-graph-uri", f"{EX}absent")]
QUERIES = [
    ("by form", "POST", ABSENT, FORM, urlencode({"query": "ASK {}"}), True),
    ("by GET", "GET", [("query", "ASK {}"), *ABSENT], {}, None, True),
    ("by body", "POST", [], QUERY, "ASK {}", True),
    ("default graphs by GET", "GET", [("query", BOTH), *graphs(default="ab")], {}, None, True),
    ("default graphs by body", "POST", graphs(default="ab"), QUERY, BOTH, True),
    ("one default graph only", "POST", graphs(default="a"), QUERY, BOTH, False),
    ("no named graphs unless asked", "POST", graphs(default="ab"), QUERY, EACH, False),
    ("named graphs by GET", "GET", [("query", EACH), *graphs(named="ab")], {}, None, True),
    ("named graphs by body", "POST", graphs(named="ab"), QUERY, EACH, True),
    ("no default graph unless asked", "POST", graphs(named="ab"), QUERY, BOTH, False),
    ("both kinds", "POST", graphs(default="c", named="ab"), QUERY, FULL, True),
    (
        "graphs in a form",
        "POST",
        [],
        FORM,
        urlencode([("query", FULL), *graphs(default="c", named="ab")]),
        True,
    ),
    (
        "the request's graphs win over the query's",
        "POST",
        graphs(named="ab"),
        QUERY,
        EACH.replace("ASK", f"ASK FROM <{EX}g/c>"),
        True,
    ),
    ("all graphs by default", "POST", [], QUERY, BOTH, True),
]


@pytest.mark.parametrize(
    ("method", "url", "headers", "body", "truth"),
    [case[1:] for case in QUERIES],
    ids=[case[0] for case in QUERIES],
)
def test_a_query_is_answered_however_it_comes(
    send: Callable[..., Any],
    method: str,
    url: list[tuple[str, str]],
    headers: dict[str, str],
    body: str | None,
    truth: bool,
) -> None:
    reply = send(method, url=url, headers=headers, body=body)
    assert (reply.status, reply.type) == (200, SRJ)
    assert reply.json()["boolean"] is truth


UTF16 = "ASK {}".encode("utf-16")
REFUSALS = [
    ("PUT", "PUT", "query=ASK%20%7B%7D", FORM, b"", 405),
    ("DELETE", "DELETE", "query=ASK%20%7B%7D", {}, None, 405),
    ("two queries", "GET", "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", {}, None, 400),
    ("two in url and body", "POST", "query=ASK%20%7B%7D", QUERY, "ASK {}", 400),
    ("plain text", "POST", "", {"Content-Type": "text/plain"}, "ASK {}", 415),
    ("form without a type", "POST", "", {}, "query=ASK%20%7B%7D", 415),
    ("body without a type", "POST", "", {}, "ASK {}", 415),
    (
        "UTF-16",
        "POST",
        "",
        {"Content-Type": "application/sparql-query; charset=UTF-16"},
        UTF16,
        415,
    ),
    ("bytes that are no text", "POST", "", QUERY, b"ASK {} #\xff", 400),
    ("bytes that are no text in a form", "POST", "", FORM, b"query=%FF%FE", 400),
    ("bytes that are no text in the url", "GET", "query=%FF%FE", {}, None, 400),
    ("compressed", "POST", "", QUERY | {"Content-Encoding": "gzip"}, b"\x1f\x8b", 415),
    ("bad syntax", "GET", "query=ASK%20%7B", {}, None, 400),
    ("no query", "POST", "", FORM, b"", 400),
    ("empty query", "GET", "query=", {}, None, 400),
    ("update by GET", "GET", "update=CLEAR%20ALL", {}, None, 400),
    ("update by form", "POST", "", FORM, "update=CLEAR+ALL", 403),
    ("two updates", "POST", "", FORM, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", 403),
    ("update by body", "POST", "", UPDATE, "CLEAR ALL", 403),
    ("update as a query", "POST", "", QUERY, "CLEAR ALL", 400),
    ("a graph that is no IRI", "GET", "query=ASK%20%7B%7D&default-graph-uri=a%20b", {}, None, 400),
    ("a relative graph", "GET", "query=ASK%20%7B%7D&named-graph-uri=x", {}, None, 400),
    ("a timeout that is none", "GET", "query=ASK%20%7B%7D&timeout=soon", {}, None, 400),
    ("a negative timeout", "GET", "query=ASK%20%7B%7D&timeout=-1", {}, None, 400),
    ("an endless timeout", "GET", "query=ASK%20%7B%7D&timeout=inf", {}, None, 400),
    ("a long query", "POST", "", QUERY, "ASK {" + " " * 70_000 + "}", 413),
    ("a long body", "POST", "", FORM, b"query=" + b"x" * 300_000, 413),
    ("many fields", "GET", "x&" * 2000, {}, None, 400),
    ("a type nobody has", "GET", "query=ASK%20%7B%7D", {"Accept": "image/png"}, None, 406),
    ("turtle of a truth", "GET", "query=ASK%20%7B%7D", {"Accept": "text/turtle"}, None, 406),
    ("csv of a graph", "GET", "query=DESCRIBE%20%3Ca%3Ab%3E", {"Accept": "text/csv"}, None, 406),
    ("bad syntax for a picture", "GET", "query=x", {"Accept": "image/png"}, None, 400),
    ("a description nobody has", "GET", "", {"Accept": "image/png"}, None, 406),
]


@pytest.mark.parametrize(
    ("method", "url", "headers", "body", "status"),
    [case[1:] for case in REFUSALS],
    ids=[case[0] for case in REFUSALS],
)
def test_what_is_no_read_request_is_refused_with_a_problem_document(
    send: Callable[..., Any],
    method: str,
    url: str,
    headers: dict[str, str],
    body: bytes | str | None,
    status: int,
) -> None:
    reply = send(method, url=url, headers=headers, body=body)
    assert (reply.status, reply.type) == (status, "application/problem+json")
    assert reply.json()["status"] == status
    assert reply.json()["detail"]
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


def test_a_method_that_is_not_allowed_names_those_that_are(send: Callable[..., Any]) -> None:
    assert send("PATCH").headers["Allow"] == "GET, HEAD, POST, OPTIONS"
