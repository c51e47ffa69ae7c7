"""Clients that others wrote."""

import socket
from urllib.parse import urlsplit

import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

EX = "http://example.org/"
SELECT = f"SELECT ?s ?o {{ ?s <{EX}name> ?o }} ORDER BY ?s"
BOTH = f"ASK {{ <{EX}a> a ?t . <{EX}b> a ?t }}"


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
