"""An endpoint on loopback, and requests to it as they go over the wire."""

import json
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from waitress.server import create_server

from queries.limits import Workers
from queries.stores import generations
from web.protocol import blueprint

EX = "http://example.org/"
A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def quads() -> Iterator[bytes]:
    for letter in "abc":
        yield f"<{EX}{letter}> <{A}> <{EX}T> <{EX}g/{letter}> .\n".encode()
    yield f'<{EX}吴中> <{EX}name> "儿童，\\"友好\\"\\r\\n<b>"@zh <{EX}g/n> .\n'.encode()
    yield f'<{EX}control> <{EX}page> "one\\u000Ctwo" <{EX}g/n> .\n'.encode()
    for n in range(60):
        yield f"<{EX}n/{n}> <{EX}n> <{EX}n/{n + 1}> <{EX}g/m> .\n".encode()


@pytest.fixture(scope="package")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an endpoint with a deadline of a second and at most 50 rows."""
    data: Path = tmp_path_factory.mktemp("endpoint")
    (data / "graph.nq").write_bytes(b"".join(quads()))
    written = generations.write(data, {"all": data / "graph.nq"}, digest="protocol")
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


@pytest.fixture(scope="package")
def send(endpoint: str) -> Callable[..., Reply]:
    """Sends a request: its method, then `url`, `headers` and `body`."""

    def sent(method: str = "GET", *, path: str = "", **more: Any) -> Reply:
        return Reply(endpoint + path, method, **more)

    return sent


@pytest.fixture(scope="package")
def ask(send: Callable[..., Reply]) -> Callable[..., Reply]:
    """Sends a query by GET, with an Accept header and more parameters if given."""

    def asked(query: str, accept: str | None = None, **more: str) -> Reply:
        headers = {} if accept is None else {"Accept": accept}
        return send(url=[("query", query), *more.items()], headers=headers)

    return asked
