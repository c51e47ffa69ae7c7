"""Answers in every format, their limits, and what else the endpoint says."""

import io
import socket
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.query import Result

from web.negotiation import GRAPHS

EX = "http://example.org/"
SRJ = "application/sparql-results+json"
SELECT = f"SELECT ?s ?o {{ ?s <{EX}name> ?o }} ORDER BY ?s"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


def test_a_syntax_error_names_line_and_column(ask: Callable[..., Any]) -> None:
    problem = ask("SELECT ?s\nWHERE { ?s ?p }").json()
    assert (problem["line"], problem["column"]) == (2, 16)


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        (None, SRJ),
        ("*/*", SRJ),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
    ],
)
def test_a_table_comes_in_the_format_asked_for_and_reads_back(
    ask: Callable[..., Any], accept: str | None, sent: str
) -> None:
    reply = ask(SELECT, accept)
    assert (reply.status, reply.type) == (200, sent)
    assert reply.headers["Vary"] == "Accept"
    formats = {"application/sparql-results+xml": "xml", "text/csv": "csv"}
    kind = formats.get(sent, "tsv" if "tab" in sent else "json")
    table = Result.parse(format=kind, source=io.BytesIO(reply.body))
    ((subject, name),) = [tuple(row) for row in table]  # type: ignore[arg-type]
    assert str(subject) == f"{EX}吴中"
    assert str(name) == '儿童，"友好"\r\n<b>'


def parsed(reply: Any) -> Graph:
    """The graph of a response; JSON-LD by another reader, for rdflib's warns about itself."""
    if reply.type != "application/ld+json":
        return Graph().parse(data=reply.body, format=reply.type)
    triples = ox.serialize(
        (quad.triple for quad in ox.parse(reply.body, format=ox.RdfFormat.JSON_LD)),
        format=ox.RdfFormat.N_TRIPLES,
    )
    return Graph().parse(data=triples or b"", format="nt")


def test_graphs_in_all_formats_are_the_same_graph(ask: Callable[..., Any]) -> None:
    query = f"CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o FILTER(?p != <{EX}page>) }}"
    read = []
    for media_type in list(GRAPHS)[:4]:
        reply = ask(query, media_type)
        assert (reply.status, reply.type) == (200, media_type)
        read.append(parsed(reply))
    assert all(len(graph) == 64 for graph in read)
    assert all(isomorphic(graph, read[0]) for graph in read)


def test_an_answer_that_xml_cannot_hold_is_not_given_as_xml(ask: Callable[..., Any]) -> None:
    query = f"SELECT ?o {{ ?s <{EX}page> ?o }}"
    assert ask(query, "application/sparql-results+xml").status == 406
    assert ask(query.replace("SELECT ?o", "DESCRIBE ?s"), "text/xml").status == 406
    assert b"one\\ftwo" in ask(query, SRJ).body


def test_rows_beyond_the_limit_are_cut_and_the_answer_says_so(ask: Callable[..., Any]) -> None:
    reply = ask(f"SELECT ?s {{ ?s <{EX}n> ?o }}", "text/csv")
    assert reply.headers["Zhengtu-Truncated"] == "rows=50"
    assert reply.body.count(b"\r\n") == 51
    whole = ask(f"SELECT ?s {{ ?s <{EX}n> ?o }} LIMIT 50", "text/csv")
    assert "Zhengtu-Truncated" not in whole.headers
    assert whole.body.count(b"\r\n") == 51


def test_an_answer_beyond_the_limit_of_bytes_names_the_limit(ask: Callable[..., Any]) -> None:
    reply = ask("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    limits = reply.json()["limits"]
    assert reply.status == 413
    assert isinstance(limits, dict)
    assert limits["max_bytes"] == 50_000


def test_a_query_beyond_its_time_names_the_limit_and_when_to_come_back(
    ask: Callable[..., Any],
) -> None:
    reply = ask(CROSS)
    limits = reply.json()["limits"]
    assert reply.status == 503
    assert int(reply.headers["Retry-After"]) > 0
    assert isinstance(limits, dict)
    assert limits["seconds"] == 1
    assert ask("ASK {}").status == 200


def test_a_request_may_shorten_its_time(ask: Callable[..., Any]) -> None:
    reply = ask(CROSS, timeout="0.2")
    assert reply.status == 503
    assert "0.2" in str(reply.json()["detail"])
    assert ask(CROSS, timeout="900").status == 503


def test_one_client_cannot_queue_without_end(ask: Callable[..., Any]) -> None:
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(ask(CROSS).status)) for _ in range(24)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {429, 503}
    assert ask("ASK {}").status == 200


@pytest.mark.parametrize("path", ["", "/"])
def test_without_a_query_the_endpoint_describes_itself(
    send: Callable[..., Any], endpoint: str, path: str
) -> None:
    for accept in ("text/turtle", "application/rdf+xml", "application/ld+json", "*/*"):
        reply = send(path=path, headers={"Accept": accept})
        assert reply.status == 200
        assert (
            parsed(reply)
            .query(
                "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
                "ASK { ?e a sd:Service ; sd:endpoint ?e ; sd:supportedLanguage sd:SPARQL11Query ; "
                f"sd:feature sd:UnionDefaultGraph FILTER(STRSTARTS(STR(?e), '{endpoint}')) }}"
            )
            .askAnswer
        )


def test_a_browser_without_a_query_goes_to_the_page(send: Callable[..., Any]) -> None:
    reply = send(headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (reply.status, reply.headers["Location"]) == (303, "/query")


def test_head_says_what_get_would(ask: Callable[..., Any], send: Callable[..., Any]) -> None:
    reply = send("HEAD", url=[("query", SELECT)])
    assert (reply.status, reply.type, reply.body) == (200, SRJ, b"")
    assert int(reply.headers["Content-Length"]) == len(ask(SELECT).body)


def test_pages_of_other_sites_may_read(send: Callable[..., Any]) -> None:
    preflight = send("OPTIONS", headers={"Origin": "https://other.example"})
    assert preflight.status == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in preflight.headers
    assert set(preflight.headers["Access-Control-Allow-Methods"].split(", ")) == {
        "GET",
        "HEAD",
        "POST",
        "OPTIONS",
    }


@pytest.mark.parametrize(
    "host", ["a>b", 'x"y', "a b", "[::1", "example.org:99999", "<script>", "儿童.example"]
)
def test_no_odd_host_breaks_the_description(endpoint: str, host: str) -> None:
    address = urlsplit(endpoint)
    with socket.create_connection((address.hostname, address.port), 5) as connection:
        connection.sendall(
            f"GET /sparql HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        )
        status = connection.makefile("rb").readline().split()[1]
    assert status in {b"200", b"400"}
