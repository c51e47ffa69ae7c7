"""Queries that kill, and the ordinary query after each of them."""

import csv
import io
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.errors import (
    QueryError,
    QueryRejected,
    QueryTimeout,
    QueryTooLarge,
    StoreUnavailable,
    Unrepresentable,
)
from queries.limits import MAX_QUERY_BYTES, Workers, check
from queries.stores import generations

JSON = "application/sparql-results+json"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

NESTED = {
    "braces": ("SELECT * WHERE ", "{", "", "}", ""),
    "parentheses": ("SELECT * { FILTER", "(", "1", ")", "}"),
    "negations": ("SELECT * { FILTER ", "!", "1", "", "}"),
    "collections": ("SELECT * { ?s ?p ", "(", "1", ")", "}"),
    "blank nodes": ("SELECT * { ?s ?p ", "[?p ", "1", "]", "}"),
    "exists": ("SELECT * { ", "FILTER EXISTS {", "", "}", "}"),
    "optional": ("SELECT * { ", "OPTIONAL {", "", "}", "}"),
    "subselects": ("SELECT * { ", "{SELECT * {", "", "}}", "}"),
    "sums": ("SELECT (1", "+1", "", "", " AS ?x) {}"),
    "paths": ("SELECT * { ?s <a:a>", "/<a:a>", "", "", " ?o }"),
    "path groups": ("SELECT * { ?s ", "(", "<a:a>", ")*", " ?o }"),
    "functions": ("SELECT (", "STR(", "1", ")", " AS ?x) {}"),
    "unions": ("SELECT * { {}", " UNION {}", "", "", "}"),
}

BOMBS = {
    "count of a cross join": "SELECT (COUNT(*) AS ?n) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "sort": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "groups": "SELECT ?a ?d ?g (COUNT(*) AS ?n) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?d ?g ORDER BY ?n",
    "concatenation": 'SELECT (STRLEN(?x40) AS ?n) { BIND("aaaaaaaaaa" AS ?x0) '
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    + "}",
    "replacement": 'SELECT (STRLEN(?x9) AS ?n) { BIND("aaaaaaaaaa" AS ?x0) '
    + " ".join(f'BIND(REPLACE(?x{n}, "a", "aaaaaaaaaaaaaaaaaaaa") AS ?x{n + 1})' for n in range(9))
    + "}",
    "distinct": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }",
}


def nested(name: str, size: int) -> str:
    begin, opening, middle, closing, end = NESTED[name]
    count = (size - len(begin + middle + end)) // len(opening + closing)
    return begin + opening * count + middle + closing * count + end


def survives(workers: Workers, query: str) -> QueryError | None:
    """What a query ends in, in time; the next one is answered within a second."""
    started, failure = time.monotonic(), None
    try:
        json.loads(workers.run(query, JSON).body)
    except (QueryRejected, QueryTimeout, QueryTooLarge) as error:
        failure = error
    assert time.monotonic() - started < workers.limits.seconds + 0.5
    started = time.monotonic()
    assert b'"403"' in workers.answer(COUNT, JSON)
    assert time.monotonic() - started < 1
    return failure


@pytest.fixture(scope="module")
def hasty(generation: Path) -> Iterator[Workers]:
    """A pool of one with a deadline of half a second."""
    pool = Workers(generation, processes=1, seconds=0.5)
    yield pool
    pool.close()


@pytest.mark.parametrize("size", [16_000, MAX_QUERY_BYTES])
@pytest.mark.parametrize("name", NESTED)
def test_no_nesting_kills_more_than_its_own_query(hasty: Workers, name: str, size: int) -> None:
    failure = survives(hasty, nested(name, size))
    assert failure is None or isinstance(failure, QueryTimeout | QueryRejected)


@pytest.mark.parametrize("name", NESTED)
def test_a_text_beyond_the_limit_is_refused_unread(hasty: Workers, name: str) -> None:
    assert isinstance(survives(hasty, nested(name, 10 * MAX_QUERY_BYTES)), QueryTooLarge)


@pytest.mark.parametrize("name", BOMBS)
def test_no_bomb_outlives_its_deadline_or_its_memory(hasty: Workers, name: str) -> None:
    assert isinstance(survives(hasty, BOMBS[name]), QueryTimeout | QueryTooLarge)


def test_memory_beyond_the_limit_ends_the_query_before_its_deadline(generation: Path) -> None:
    workers = Workers(generation, processes=1, seconds=20, memory_mb=1024)
    try:
        assert isinstance(survives(workers, BOMBS["concatenation"]), QueryTooLarge)
    finally:
        workers.close()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's own account")
def test_this_process_stays_small_while_its_children_explode(hasty: Workers) -> None:
    before = resident()
    for query in BOMBS.values():
        survives(hasty, query)
    assert resident() - before < 50_000_000


def resident() -> int:
    """Bytes of memory this process holds."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024


def test_eight_bombs_at_once_leave_the_pool_whole(generation: Path) -> None:
    workers = Workers(generation, processes=2, seconds=0.5)
    failures: list[QueryError] = []

    def throw(query: str, client: str) -> None:
        try:
            workers.run(query, JSON, client=client)
        except QueryError as error:
            failures.append(error)

    queries = [*BOMBS.values(), nested("collections", 16_000), nested("paths", 16_000)]
    threads = [
        threading.Thread(target=throw, args=(query, str(n))) for n, query in enumerate(queries)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(failures) == 8
    assert survives(workers, COUNT) is None
    workers.close()


@pytest.fixture
def canary() -> Iterator[tuple[int, list[object]]]:
    """A port of this machine and who has called there."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, caller = listener.accept()
                except TimeoutError:
                    continue
                calls.append(caller)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield listener.getsockname()[1], calls
        done.set()
        thread.join()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { service silent <URL> { ?s ?p ?o } }",
        "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
        "BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }",
        "SELECT * { VALUES ?g { <URL> } SERVICE ?g { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE <URL> { ?s ?p ?o } }",
        "ASK { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
        "LOAD <URL>",
        "LOAD SILENT <URL> INTO GRAPH <http://g/>",
        "DROP ALL",
        "INSERT DATA { <http://a/> <http://b/> 1 }",
    ],
)
def test_what_calls_out_or_writes_is_refused_before_evaluation(
    workers: Workers, canary: tuple[int, list[object]], query: str
) -> None:
    port, calls = canary
    with pytest.raises(QueryRejected, match=r"SERVICE|read-only"):
        workers.answer(query.replace("URL", f"http://127.0.0.1:{port}/x"), JSON)
    assert calls == []


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_the_sandbox_keeps_calls_in_even_where_the_text_is_not_refused(
    generation: Path,
    canary: tuple[int, list[object]],
    monkeypatch: pytest.MonkeyPatch,
    silent: str,
) -> None:
    workers = Workers(generation, processes=1)
    monkeypatch.setattr("queries.limits.check", lambda query: None)
    port, calls = canary
    if not workers.sandboxed:
        workers.close()
        pytest.skip("this platform has no sandbox")
    query = f"SELECT * {{ SERVICE {silent}<http://127.0.0.1:{port}/x> {{ ?s ?p ?o }} }}"
    try:
        workers.answer(query, JSON)
    except StoreUnavailable as error:
        assert "permitted" in str(error)  # noqa: PT017
    else:
        assert silent
    finally:
        workers.close()
    assert calls == []


PIECES = [
    *("SERVICE", "service SILENT", "<http://127.0.0.1:9/>", "{", "}", "?x.SERVICE", "?x", "."),
    *("'a'", '"""', "'''d'''", '""', "#", "\n", " ", "1", "1.", ".5e1", "true", "a", "x:", "x:a."),
    *("_:b", "@enSERVICE", "<", "<a", "FILTER(", "BIND(1 AS ?y)", "VALUES ?z {", "UNDEF", "\\"),
]


@given(
    start=st.sampled_from(["SELECT*{", "PREFIX x:<http://x/>ASK{?s ?p ", "SELECT*{VALUES ?x {"]),
    pieces=st.lists(st.sampled_from(PIECES), max_size=8),
    end=st.sampled_from(["}", "}}", "SERVICE<http://127.0.0.1:9/>{}}", "} SERVICE ?x{}}"]),
)
@settings(max_examples=400)
def test_no_text_that_would_call_out_passes(start: str, pieces: list[str], end: str) -> None:
    query = start + "".join(pieces) + end
    try:
        results = ox.Store().query(query)
        if isinstance(results, ox.QuerySolutions):
            list(results)
    except SyntaxError:
        return
    except (OSError, RuntimeError) as error:  # a refused port, an unbound name of a service
        assert any(word in str(error) for word in ("port 9", "service"))  # noqa: PT017
        with pytest.raises(QueryRejected):
            check(query)


def test_graphs_named_by_a_query_are_not_fetched(
    workers: Workers, canary: tuple[int, list[object]]
) -> None:
    port, calls = canary
    query = f"SELECT * FROM <http://127.0.0.1:{port}/x> {{ ?s ?p ?o }}"
    assert json.loads(workers.answer(query, JSON))["results"]["bindings"] == []
    assert calls == []


def test_rows_are_cut_at_the_limit_and_marked_so(workers: Workers) -> None:
    answer = workers.run("SELECT ?s { ?s ?p ?o }", "text/csv")
    assert answer.truncated
    assert len(list(csv.reader(io.StringIO(answer.body.decode())))) == 101
    whole = workers.run("SELECT ?s { ?s ?p ?o } LIMIT 100", "text/csv")
    assert not whole.truncated
    with pytest.raises(QueryTooLarge, match="100 rows"):
        workers.answer("SELECT ?s { ?s ?p ?o }", "text/csv")


def test_an_answer_beyond_the_limit_of_bytes_is_refused_whole(workers: Workers) -> None:
    with pytest.raises(QueryTooLarge, match="2 MB"):
        workers.run("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", "application/n-triples")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT ?s\nWHERE { ?s ?p ?o\nORDER", (3, 6)),
        ("SELECT ?s {}\n\n  # x\nSELECT", (4, 7)),
        ("SELECT * {\n  SERVICE <http://x/> {} }", (2, 3)),
        ('SELECT * {\n\n ?s ?p """x }', (3, 8)),
    ],
)
def test_a_fault_is_told_with_its_place_in_the_text_as_it_came(
    workers: Workers, query: str, place: tuple[int, int]
) -> None:
    with pytest.raises(QueryRejected) as rejection:
        workers.answer(query, JSON)
    assert (rejection.value.line, rejection.value.column) == place
    assert "LIMIT 101" not in str(rejection.value)


@pytest.mark.parametrize(
    "text",
    ["\x00", "\ud800", "SELECT * { ?s ?p '\ud800' }", "儿童", "\ufeff"],
    ids=["nul", "half a pair", "half a pair in a string", "words", "byte order mark"],
)
def test_odd_texts_are_rejected(workers: Workers, text: str) -> None:
    with pytest.raises(QueryRejected):
        workers.answer(text, JSON)


@pytest.mark.parametrize("letter", ["\x00", "\x0c", "\x1f", "￾"])
def test_xml_is_refused_where_it_cannot_hold_the_answer(workers: Workers, letter: str) -> None:
    code = f"\\u{ord(letter):04X}"
    query = f'SELECT ("{code}" AS ?x) {{}}'
    with pytest.raises(Unrepresentable):
        workers.answer(query, "application/sparql-results+xml")
    assert json.loads(workers.answer(query, JSON))["results"]["bindings"][0]["x"]["value"] == letter


def test_rdf_xml_is_refused_where_a_property_has_no_name(workers: Workers) -> None:
    query = "CONSTRUCT { <http://a/> <http://p/1> 1 } {}"
    with pytest.raises(Unrepresentable):
        workers.answer(query, "application/rdf+xml")


def test_a_dead_child_is_replaced_unnoticed(generation: Path) -> None:
    workers = Workers(generation, processes=1)
    for child in workers._idle:
        child._process.kill()
        child._process.wait()
    assert b"403" in workers.answer(COUNT, JSON)
    workers.close()


def test_a_query_ended_from_outside_is_an_error_and_never_part_of_an_answer(
    generation: Path,
) -> None:
    workers = Workers(generation, processes=1, seconds=20)
    failures: list[QueryError] = []

    def ask() -> None:
        try:
            workers.run(BOMBS["count of a cross join"], JSON)
        except QueryError as error:
            failures.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.2)
    workers.close()
    thread.join(2)
    assert [type(failure) for failure in failures] == [QueryTooLarge]
    with pytest.raises(StoreUnavailable, match="closed"):
        workers.answer(COUNT, JSON)


def test_a_reload_mixes_no_answers_and_fails_none(
    tmp_path: Path, graph: Callable[..., dict[str, Path]]
) -> None:
    folders = [generations.write(tmp_path, graph(n), digest=f"g{n}") for n in (0, 7)]
    workers = Workers(folders[0], processes=2)
    query = (
        "SELECT ?n ?m { {SELECT (COUNT(*) AS ?n) {?s ?p ?o}} {SELECT (COUNT(*) AS ?m) {?s ?p ?o}} }"
    )
    seen, done = set(), threading.Event()

    def ask() -> None:
        while not done.is_set():
            seen.add(workers.answer(query, "text/csv"))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(5):
        workers.reload(folders[(n + 1) % 2])
        time.sleep(0.05)
    done.set()
    for thread in threads:
        thread.join()
    assert seen == {b"n,m\r\n3,3\r\n", b"n,m\r\n10,10\r\n"}
    workers.reload(folders[1])
    assert workers.answer(query, "text/csv") == b"n,m\r\n10,10\r\n"
    workers.close()


def test_a_reload_of_nothing_leaves_what_is_served(generation: Path, tmp_path: Path) -> None:
    workers = Workers(generation, processes=1)
    with pytest.raises(StoreUnavailable):
        workers.reload(tmp_path)
    assert b"403" in workers.answer(COUNT, JSON)
    workers.close()


def test_a_pool_over_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no database"):
        Workers(tmp_path, processes=1)


def test_too_little_memory_to_start_is_told(generation: Path) -> None:
    with pytest.raises(StoreUnavailable, match="did not start"):
        Workers(generation, processes=1, memory_mb=1)
