"""The same questions to every kind of store, each through `open_store`."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from waitress.server import create_server

from queries.answering import run
from queries.errors import QueryRejected, StoreUnavailable, UnknownQuery
from queries.limits import Workers
from queries.stores import Dataset, Store, Table, Term, open_store
from queries.stores.oxigraph import open_memory
from web.protocol import blueprint

EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


@contextmanager
def served(workers: Workers) -> Iterator[str]:
    app = Flask(__name__)
    app.register_blueprint(blueprint(workers))
    server = create_server(app, host="127.0.0.1", port=0)
    thread = Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}/sparql"
    finally:
        server.close()
        thread.join(5)


@pytest.fixture(scope="module", params=["path", "memory", "http"])
def store(
    request: pytest.FixtureRequest,
    generation: Path,
    graph_file: Path,
    workers: Workers,
) -> Iterator[Store]:
    if request.param == "http":
        with served(workers) as address:
            yield open_store(address)
    elif request.param == "path":
        yield open_store(f"path:{generation.parent.parent}")
    else:
        yield open_store(f"memory:{graph_file}")


def test_it_is_a_store(store: Store) -> None:
    assert isinstance(store, Store)


def test_a_table_holds_every_kind_of_term(store: Store) -> None:
    table = store.select(
        f"""SELECT ?s ?label ?beds ?b ?none {{
          ?s {LABEL} ?label OPTIONAL {{ ?s <{EX}beds> ?beds BIND(BNODE() AS ?b) }}
        }} ORDER BY LANG(?label)"""
    )
    assert table.columns == ("s", "label", "beds", "b", "none")
    language = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
    first, second = table.rows
    assert first[:3] == (
        Term("iri", f"{EX}jilin"),
        Term("literal", "Jilin", language, "en"),
        Term("literal", "2.5", f"{XSD}decimal"),
    )
    assert first[3] is not None
    assert first[3].kind == "bnode"
    assert second == (
        Term("iri", f"{EX}吴中"),
        Term("literal", '儿童友好\n"方案"', language, "zh"),
        None,
        None,
        None,
    )


def test_plain_literals_are_strings(store: Store) -> None:
    table = store.select(f"SELECT ?v {{ <{EX}s/7> <{EX}n> ?v }}")
    assert table.rows == ((Term("literal", "7", f"{XSD}string"),),)


def test_rows_as_dicts_leave_out_what_is_unbound() -> None:
    table = Table(("a", "b"), ((Term("iri", "x"), None), (None, Term("literal", ""))))
    assert table.dicts() == [{"a": "x"}, {"b": ""}]


def test_a_query_without_graphs_is_about_all_of_them(store: Store) -> None:
    assert store.ask(f"ASK {{ <{EX}吴中> ?p ?o . <{EX}jilin> ?q ?r }}")
    assert not store.ask(f"ASK {{ GRAPH ?g {{ <{EX}吴中> ?p ?o . <{EX}jilin> ?q ?r }} }}")


def test_a_query_may_choose_its_graphs(store: Store) -> None:
    table = store.select(f"SELECT ?s FROM <{EX}g/a> {{ ?s ?p ?o }}")
    assert table.dicts() == [{"s": f"{EX}吴中"}]
    assert store.ask(f"ASK FROM NAMED <{EX}g/a> {{ GRAPH ?g {{ ?s ?p ?o }} }}")
    assert not store.ask(f"ASK FROM NAMED <{EX}g/a> {{ ?s ?p ?o }}")


@pytest.mark.parametrize(
    ("query", "media_type", "part"),
    [
        ("ASK {}", "application/sparql-results+json", b'"boolean":true'),
        ("ASK {}", "application/sparql-results+xml", b"<boolean>true</boolean>"),
        ("SELECT (1 AS ?one) {}", "text/csv", b"one\r\n1\r\n"),
        ("SELECT (1 AS ?one) {}", "text/tab-separated-values", b"?one\n1\n"),
        (f"DESCRIBE <{EX}jilin>", "text/turtle", b"2.5"),
        (f"CONSTRUCT WHERE {{ <{EX}吴中> ?p ?o }}", "application/n-triples", "儿童".encode()),
        (f"DESCRIBE <{EX}jilin>", "application/rdf+xml", b"<rdf:RDF"),
        (f"DESCRIBE <{EX}jilin>", "application/ld+json", b'"@id"'),
    ],
)
def test_answers_come_in_standard_documents(
    store: Store, query: str, media_type: str, part: bytes
) -> None:
    assert part in store.answer(query, media_type)


@pytest.mark.parametrize(
    ("ask", "query"),
    [
        (Store.select, "ASK {}"),
        (Store.ask, "SELECT * {}"),
        (Store.select, "SELECT * {"),
        (Store.ask, "INSERT DATA { <http://a> <http://b> 1 }"),
        (Store.select, ""),
    ],
)
def test_what_is_no_fitting_query_is_rejected(
    store: Store, ask: Callable[[Store, str], object], query: str
) -> None:
    with pytest.raises(QueryRejected):
        getattr(store, ask.__name__)(query)


def test_a_named_query_runs_on_it(store: Store) -> None:
    table = run(store, "stores/graph_sizes")
    assert [row["statements"] for row in table.dicts()] == ["1", "2", "400"]
    with pytest.raises(UnknownQuery):
        run(store, "stores/no_such")


def test_a_fault_is_told_with_line_and_column(graph_file: Path) -> None:
    with pytest.raises(QueryRejected) as rejection:
        open_memory(graph_file).select("SELECT ?s\nWHERE { ?s ?p }")
    assert (rejection.value.line, rejection.value.column) == (2, 16)


@pytest.mark.parametrize(
    ("dataset", "found"),
    [
        (Dataset(), [f"{EX}g/a", f"{EX}g/b", f"{EX}g/c", None]),
        (Dataset((f"{EX}g/a",)), [None]),
        (Dataset((), (f"{EX}g/b",)), [f"{EX}g/b"]),
        (Dataset((f"{EX}g/a",), (f"{EX}g/b",)), [f"{EX}g/b", None]),
        (Dataset((f"{EX}absent",)), []),
    ],
)
def test_a_request_may_choose_the_graphs(
    graph_file: Path, dataset: Dataset, found: list[str | None]
) -> None:
    body = open_memory(graph_file).answer(
        "SELECT DISTINCT ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY DESC(?g)",
        "application/sparql-results+json",
        dataset,
    )
    rows = json.loads(body)["results"]["bindings"]
    assert {row.get("g", {}).get("value") for row in rows} == set(found)


@pytest.mark.parametrize(
    "address",
    ["", "path:", "ftp://example.org/", "file:///etc/passwd", "http:", "https:///x", "sparql"],
)
def test_an_address_of_no_store_is_told(address: str) -> None:
    with pytest.raises(StoreUnavailable):
        open_store(address)


@pytest.mark.parametrize("content", [b"<a> <b>", b"\xff\xfe", b"{}"])
def test_a_file_that_is_no_nquads_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "graph.nq").write_bytes(content)
    with pytest.raises(StoreUnavailable, match="not N-Quads"):
        open_store(f"memory:{tmp_path / 'graph.nq'}")


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"absent\.nq"):
        open_store(f"memory:{tmp_path / 'absent.nq'}")


def test_a_closed_port_is_told() -> None:
    with closing(create_server(Flask(__name__), host="127.0.0.1", port=0)) as server:
        port = server.effective_port
    with pytest.raises(StoreUnavailable, match=str(port)):
        open_store(f"http://127.0.0.1:{port}/sparql").ask("ASK {}")
