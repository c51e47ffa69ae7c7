"""The SPARQL Protocol over a real server on loopback, by raw sockets and others' clients."""

import json
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox
import pytest
from flask import Flask
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from waitress.server import create_server

from queries.limits import Workers
from queries.stores import generations
from web.negotiation import GRAPHS
from web.protocol import blueprint

EX = "http://example.org/"
A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SELECT = f"SELECT ?s ?o {{ ?s <{EX}name> ?o }} ORDER BY ?s"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
SRJ = "application/sparql-results+json"


def quads() -> Iterator[bytes]:
    for letter in "abc":
        yield f"<{EX}{letter}> <{A}> <{EX}T> <{EX}g/{letter}> .\n".encode()
    yield f'<{EX}吴中> <{EX}name> "儿童，\\"友好\\"\\r\\n<b>"@zh <{EX}g/n> .\n'.encode()
    yield f'<{EX}control> <{EX}page> "one\\u000Ctwo" <{EX}g/n> .\n'.encode()
    for n in range(60):
        yield f"<{EX}n/{n}> <{EX}n> <{EX}n/{n + 1}> <{EX}g/m> .\n".encode()


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an endpoint with a deadline of a second and at most 50 rows."""
    data: Path = tmp_path_factory.mktemp("endpoint")
    written = generations.write(data, quads(), digest="protocol")
    workers = Workers(written, processes=2, seconds=1, max_rows=50, max_bytes=50_000)
    app = Flask(__name__)
    app.register_blueprint(blueprint(workers))
    server = create_server(app, host="127.0.0.1", port=0, threads=12)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/sparql"
    server.close()
    thread.join(5)
    workers.close()


type_form = {"Content-Type": "application/x-www-form-urlencoded"}
type_query = {"Content-Type": "application/sparql-query"}
type_update = {"Content-Type": "application/sparql-update"}


class Reply:
    """A response, read whole."""

    def __init__(
        self,
        endpoint: str,
        method: str = "GET",
        *,
        url: list[tuple[str, str]] | str = "",
        headers: dict[str, str] | None = None,
        body: bytes | str | None = None,
    ) -> None:
        address = urlsplit(endpoint)
        target = address.path + "?" + (url if isinstance(url, str) else urlencode(url))
        connection = HTTPConnection(address.netloc, timeout=20)
        try:
            sent = body.encode() if isinstance(body, str) else body
            connection.request(method, target, body=sent, headers=headers or {})
            response = connection.getresponse()
            self.body = response.read()
        finally:
            connection.close()
        self.status = response.status
        self.headers = response.headers
        self.type = response.headers.get_content_type()

    def json(self) -> dict[str, object]:
        document = json.loads(self.body)
        assert isinstance(document, dict)
        return document


def asked(endpoint: str, query: str, accept: str | None = None, **more: str) -> Reply:
    headers = {} if accept is None else {"Accept": accept}
    return Reply(endpoint, url=[("query", query), *more.items()], headers=headers)


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
    ("by form", "POST", ABSENT, type_form, urlencode({"query": "ASK {}"}), True),
    ("by GET", "GET", [("query", "ASK {}"), *ABSENT], {}, None, True),
    ("by body", "POST", [], type_query, "ASK {}", True),
    ("default graphs by GET", "GET", [("query", BOTH), *graphs(default="ab")], {}, None, True),
    ("default graphs by body", "POST", graphs(default="ab"), type_query, BOTH, True),
    ("one default graph only", "POST", graphs(default="a"), type_query, BOTH, False),
    ("no named graphs unless asked", "POST", graphs(default="ab"), type_query, EACH, False),
    ("named graphs by GET", "GET", [("query", EACH), *graphs(named="ab")], {}, None, True),
    ("named graphs by body", "POST", graphs(named="ab"), type_query, EACH, True),
    ("no default graph unless asked", "POST", graphs(named="ab"), type_query, BOTH, False),
    ("both kinds", "POST", graphs(default="c", named="ab"), type_query, FULL, True),
    (
        "graphs in a form",
        "POST",
        [],
        type_form,
        urlencode([("query", FULL), *graphs(default="c", named="ab")]),
        True,
    ),
    (
        "the request's graphs win over the query's",
        "POST",
        graphs(named="ab"),
        type_query,
        EACH.replace("ASK", f"ASK FROM <{EX}g/c>"),
        True,
    ),
    ("all graphs by default", "POST", [], type_query, BOTH, True),
]


@pytest.mark.parametrize(
    ("method", "url", "headers", "body", "truth"),
    [case[1:] for case in QUERIES],
    ids=[case[0] for case in QUERIES],
)
def test_a_query_is_answered_however_it_comes(
    endpoint: str,
    method: str,
    url: list[tuple[str, str]],
    headers: dict[str, str],
    body: str | None,
    truth: bool,
) -> None:
    reply = Reply(endpoint, method, url=url, headers=headers, body=body)
    assert (reply.status, reply.type) == (200, SRJ)
    assert reply.json()["boolean"] is truth


UTF16 = "ASK {}".encode("utf-16")
REFUSALS = [
    ("PUT", "PUT", "query=ASK%20%7B%7D", type_form, b"", 405),
    ("DELETE", "DELETE", "query=ASK%20%7B%7D", {}, None, 405),
    ("two queries", "GET", "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", {}, None, 400),
    ("two in url and body", "POST", "query=ASK%20%7B%7D", type_query, "ASK {}", 400),
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
    ("bytes that are no text", "POST", "", type_query, b"ASK {} #\xff", 400),
    ("bytes that are no text in a form", "POST", "", type_form, b"query=%FF%FE", 400),
    ("bytes that are no text in the url", "GET", "query=%FF%FE", {}, None, 400),
    ("compressed", "POST", "", type_query | {"Content-Encoding": "gzip"}, b"\x1f\x8b", 415),
    ("bad syntax", "GET", "query=ASK%20%7B", {}, None, 400),
    ("no query", "POST", "", type_form, b"", 400),
    ("empty query", "GET", "query=", {}, None, 400),
    ("update by GET", "GET", "update=CLEAR%20ALL", {}, None, 400),
    ("update by form", "POST", "", type_form, "update=CLEAR+ALL", 403),
    ("two updates", "POST", "", type_form, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", 403),
    ("update by body", "POST", "", type_update, "CLEAR ALL", 403),
    ("update as a query", "POST", "", type_query, "CLEAR ALL", 400),
    ("a graph that is no IRI", "GET", "query=ASK%20%7B%7D&default-graph-uri=a%20b", {}, None, 400),
    ("a relative graph", "GET", "query=ASK%20%7B%7D&named-graph-uri=x", {}, None, 400),
    ("a timeout that is none", "GET", "query=ASK%20%7B%7D&timeout=soon", {}, None, 400),
    ("a negative timeout", "GET", "query=ASK%20%7B%7D&timeout=-1", {}, None, 400),
    ("an endless timeout", "GET", "query=ASK%20%7B%7D&timeout=inf", {}, None, 400),
    ("a long query", "POST", "", type_query, "ASK {" + " " * 70_000 + "}", 413),
    ("a long body", "POST", "", type_form, b"query=" + b"x" * 300_000, 413),
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
    endpoint: str,
    method: str,
    url: str,
    headers: dict[str, str],
    body: bytes | str | None,
    status: int,
) -> None:
    reply = Reply(endpoint, method, url=url, headers=headers, body=body)
    assert (reply.status, reply.type) == (status, "application/problem+json")
    assert reply.json()["status"] == status
    assert reply.json()["detail"]
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


def test_a_method_that_is_not_allowed_names_those_that_are(endpoint: str) -> None:
    assert Reply(endpoint, "PATCH").headers["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_syntax_error_names_line_and_column(endpoint: str) -> None:
    problem = asked(endpoint, "SELECT ?s\nWHERE { ?s ?p }").json()
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
    endpoint: str, accept: str | None, sent: str
) -> None:
    reply = asked(endpoint, SELECT, accept)
    assert (reply.status, reply.type) == (200, sent)
    assert reply.headers["Vary"] == "Accept"
    formats = {"application/sparql-results+xml": "xml", "text/csv": "csv"}
    kind = formats.get(sent, "tsv" if "tab" in sent else "json")
    table = Result.parse(format=kind, source=_Bytes(reply.body))
    ((subject, name),) = [tuple(row) for row in table]  # type: ignore[arg-type]
    assert str(subject) == f"{EX}吴中"
    assert str(name) == '儿童，"友好"\r\n<b>'


class _Bytes:
    """Bytes as a file that rdflib's readers take."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, size: int = -1) -> bytes:
        taken = self._content if size < 0 else self._content[:size]
        self._content = self._content[len(taken) :]
        return taken


def parsed(reply: Reply) -> Graph:
    """The graph of a response; JSON-LD by another reader, for rdflib's warns about itself."""
    if reply.type != "application/ld+json":
        return Graph().parse(data=reply.body, format=reply.type)
    triples = ox.serialize(
        (quad.triple for quad in ox.parse(reply.body, format=ox.RdfFormat.JSON_LD)),
        format=ox.RdfFormat.N_TRIPLES,
    )
    return Graph().parse(data=triples or b"", format="nt")


def test_graphs_in_all_formats_are_the_same_graph(endpoint: str) -> None:
    query = f"CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o FILTER(?p != <{EX}page>) }}"
    read = []
    for media_type in list(GRAPHS)[:4]:
        reply = asked(endpoint, query, media_type)
        assert (reply.status, reply.type) == (200, media_type)
        read.append(parsed(reply))
    assert all(len(graph) == 64 for graph in read)
    assert all(isomorphic(graph, read[0]) for graph in read)


def test_an_answer_that_xml_cannot_hold_is_not_given_as_xml(endpoint: str) -> None:
    query = f"SELECT ?o {{ ?s <{EX}page> ?o }}"
    assert asked(endpoint, query, "application/sparql-results+xml").status == 406
    assert asked(endpoint, query.replace("SELECT ?o", "DESCRIBE ?s"), "text/xml").status == 406
    assert b"one\\ftwo" in asked(endpoint, query, SRJ).body


def test_rows_beyond_the_limit_are_cut_and_the_answer_says_so(endpoint: str) -> None:
    reply = asked(endpoint, f"SELECT ?s {{ ?s <{EX}n> ?o }}", "text/csv")
    assert reply.headers["Zhengtu-Truncated"] == "rows=50"
    assert reply.body.count(b"\r\n") == 51
    whole = asked(endpoint, f"SELECT ?s {{ ?s <{EX}n> ?o }} LIMIT 50", "text/csv")
    assert "Zhengtu-Truncated" not in whole.headers
    assert whole.body.count(b"\r\n") == 51


def test_an_answer_beyond_the_limit_of_bytes_names_the_limit(endpoint: str) -> None:
    reply = asked(endpoint, "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    limits = reply.json()["limits"]
    assert reply.status == 413
    assert isinstance(limits, dict)
    assert limits["max_bytes"] == 50_000


def test_a_query_beyond_its_time_names_the_limit_and_when_to_come_back(endpoint: str) -> None:
    reply = asked(endpoint, CROSS)
    limits = reply.json()["limits"]
    assert reply.status == 503
    assert int(reply.headers["Retry-After"]) > 0
    assert isinstance(limits, dict)
    assert limits["seconds"] == 1
    assert asked(endpoint, "ASK {}").status == 200


def test_a_request_may_shorten_its_time(endpoint: str) -> None:
    reply = asked(endpoint, CROSS, timeout="0.2")
    assert reply.status == 503
    assert "0.2" in str(reply.json()["detail"])
    assert asked(endpoint, CROSS, timeout="900").status == 503


def test_one_client_cannot_queue_without_end(endpoint: str) -> None:
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(asked(endpoint, CROSS).status))
        for _ in range(24)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {429, 503}
    assert asked(endpoint, "ASK {}").status == 200


@pytest.mark.parametrize("path", ["", "/"])
def test_without_a_query_the_endpoint_describes_itself(endpoint: str, path: str) -> None:
    for accept in ("text/turtle", "application/rdf+xml", "application/ld+json", "*/*"):
        reply = Reply(endpoint + path, headers={"Accept": accept})
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


def test_a_browser_without_a_query_goes_to_the_page(endpoint: str) -> None:
    reply = Reply(endpoint, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (reply.status, reply.headers["Location"]) == (303, "/query")


def test_head_says_what_get_would(endpoint: str) -> None:
    reply = Reply(endpoint, "HEAD", url=[("query", SELECT)])
    assert (reply.status, reply.type, reply.body) == (200, SRJ, b"")
    assert int(reply.headers["Content-Length"]) == len(asked(endpoint, SELECT).body)


def test_pages_of_other_sites_may_read(endpoint: str) -> None:
    preflight = Reply(endpoint, "OPTIONS", headers={"Origin": "https://other.example"})
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


# Clients others wrote.


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("style", ["urlencoded", POSTDIRECTLY])
@pytest.mark.parametrize("result", [JSON, XML, CSV])
def test_sparqlwrapper_reads_tables(endpoint: str, method: str, style: str, result: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setMethod(method)
    client.setRequestMethod(style)
    client.setReturnFormat(result)
    client.setQuery(SELECT)
    with client.query().response as response:
        content = response.read().decode()
    assert f"{EX}吴中" in content
    assert "儿童" in content


def test_sparqlwrapper_reads_graphs(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setReturnFormat(TURTLE)
    client.setQuery(f"DESCRIBE <{EX}吴中>")
    with client.query().response as response:
        graph = Graph().parse(data=response.read(), format="turtle")
    assert len(graph) == 1


def test_rdflib_reads_the_endpoint_as_a_store(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    ((subject, name),) = [tuple(row) for row in graph.query(SELECT)]  # type: ignore[arg-type]
    assert (str(subject), str(name)) == (f"{EX}吴中", '儿童，"友好"\r\n<b>')
    assert bool(graph.query(BOTH))
    described = graph.query(f"CONSTRUCT WHERE {{ <{EX}吴中> ?p ?o }}")
    assert len(list(described)) == 1


def test_a_socket_that_sends_a_query_by_hand_is_answered(endpoint: str) -> None:
    address = urlsplit(endpoint)
    body = f"SELECT ?o {{ <{EX}吴中> ?p ?o }}".encode()
    with socket.create_connection((address.hostname, address.port), 5) as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n"
            b"Content-Type: application/sparql-query; charset=utf-8\r\nConnection: close\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
            + b"".join(b"1\r\n" + body[n : n + 1] + b"\r\n" for n in range(len(body)))
            + b"0\r\n\r\n"
        )
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert "儿童，".encode() in answer
