"""What a remote endpoint may send back, from a server that means no good."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest

from queries.errors import QueryError, QueryRejected, QueryTimeout, QueryTooLarge, StoreUnavailable
from queries.stores.remote import RemoteStore

JSON = b"Content-Type: application/sparql-results+json\r\n"
SECRET = b"TOP-SECRET"


@contextmanager
def server(send: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of an endpoint whose every connection gets what `send` sends."""

    class Sender(StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                self.connection.recv(65536)
                send(self.connection)

    class Server(ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Sender) as endpoint:
        thread = Thread(target=endpoint.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{endpoint.server_address[1]}/sparql"
        endpoint.shutdown()
        thread.join()


def slowly(pieces: bytes) -> Callable[[socket.socket], None]:
    def send(connection: socket.socket) -> None:
        for n in range(len(pieces)):
            connection.sendall(pieces[n : n + 1])
            time.sleep(0.05)

    return send


def once(content: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(content)


def without_end(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + JSON + b"\r\n")
    for _ in range(400):
        connection.sendall(b" " * 65536)


OK = b"HTTP/1.1 200 OK\r\n" + JSON


@pytest.mark.parametrize(
    ("send", "error"),
    [
        (once(b"HTTP/1.1 500 Oops\r\n\r\n" + SECRET), StoreUnavailable),
        (once(b"HTTP/1.1 404 Gone\r\n\r\n" + SECRET), StoreUnavailable),
        (once(b"HTTP/1.1 503 Busy\r\n\r\n" + SECRET), StoreUnavailable),
        (once(b"HTTP/1.1 400 Bad\r\n\r\n" + SECRET), QueryRejected),
        (once(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + SECRET), StoreUnavailable),
        (once(OK + b"\r\n" + SECRET), StoreUnavailable),
        (once(OK + b"\r\n[]"), StoreUnavailable),
        (once(OK + b"Content-Length: 99\r\n\r\n{}"), StoreUnavailable),
        (once(b"nonsense\r\n\r\n"), StoreUnavailable),
        (once(b""), StoreUnavailable),
        (once(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"), StoreUnavailable),
        (without_end, QueryTooLarge),
        (slowly(OK + b"\r\n" + b" " * 100), QueryTimeout),
        (slowly(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100), QueryTimeout),
        (lambda _: time.sleep(3), QueryTimeout),
    ],
)
def test_a_bad_answer_is_an_error_in_time_and_in_our_words(
    send: Callable[[socket.socket], None], error: type[QueryError]
) -> None:
    with server(send) as address:
        start = time.monotonic()
        with pytest.raises(error) as raised:
            RemoteStore(address, seconds=1, max_bytes=1_000_000).ask("ASK {}")
        assert time.monotonic() - start < 2
        assert SECRET.decode() not in str(raised.value)


def test_an_answer_from_another_host_is_refused() -> None:
    with server(once(OK + b'Content-Length: 29\r\n\r\n{"head":{},"boolean":true}   ')) as there:
        target = there.replace("127.0.0.1", "localhost").encode()
        moved = b"HTTP/1.1 302 Found\r\nLocation: " + target + b"\r\nContent-Length: 0\r\n\r\n"
        with server(once(moved)) as here, pytest.raises(StoreUnavailable, match="another host"):
            RemoteStore(here).ask("ASK {}")


@pytest.mark.parametrize(
    "update", ["DROP ALL", "PREFIX a: <http://a/> INSERT DATA { a:b a:c 1 }", "# ASK\nCLEAR ALL"]
)
def test_an_update_is_never_sent(update: str) -> None:
    with server(once(OK)) as address, pytest.raises(QueryRejected):
        RemoteStore(address).answer(update, "text/turtle")
