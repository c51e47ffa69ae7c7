"""A child process of the pool: opens one generation's store, answers one query at a time.

Run as `python -m queries.pool.worker LIMITS` by `queries.limits`, LIMITS in JSON; frames come and
go on standard input and output. It is killed from outside at the deadline; its own alarm, a little
later, is for the case that nobody is left to do so.
"""

import io
import json
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, BinaryIO, cast
from xml.parsers import expat

from queries.errors import (
    QueryError,
    QueryRejected,
    QueryTooLarge,
    StoreUnavailable,
    Unrepresentable,
)
from queries.lexing import query_form
from queries.pool.capping import cut, limited
from queries.pool.frames import read_frame, write_frame
from queries.pool.sandbox import confine
from queries.stores.oxigraph import OxigraphStore, open_folder
from queries.stores.port import Dataset

__all__ = ["main"]

_MEGABYTE = 1 << 20
# Nesting is recursion in the parser and the evaluator: 512 MB bear any text of 64 kB.
_STACK_MB = 512
# Seconds between the pool's deadline and the alarm.
_GRACE = 5


class _Body(io.RawIOBase):
    """A body in memory that refuses to grow beyond `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.content = bytearray()
        self._limit = limit

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, chunk: Any, /) -> int:
        """Takes the chunk.

        Raises: `QueryTooLarge` beyond the limit.
        """
        self.content += chunk
        if len(self.content) > self._limit:
            raise QueryTooLarge(
                f"结果超过 {self._limit / 1e6:g} MB，请加 LIMIT 或缩小范围 "
                f"the answer exceeds {self._limit / 1e6:g} MB, add a LIMIT or narrow the query"
            )
        return len(chunk)


def main() -> None:
    """Answers queries until standard input ends."""
    limits = json.loads(sys.argv[1])
    memory = limits["memory_mb"] * _MEGABYTE
    sandboxed = confine(memory)
    threading.stack_size(min(_STACK_MB * _MEGABYTE, memory // 4))
    thread = threading.Thread(target=_serve, args=(limits,), kwargs={"sandboxed": sandboxed})
    thread.start()
    thread.join()


def _serve(limits: dict[str, Any], *, sandboxed: bool) -> None:
    source, out = sys.stdin.buffer, sys.stdout.buffer
    try:
        store = open_folder(Path(limits["folder"]) / "store")
    except StoreUnavailable as error:
        write_frame(out, {"error": "StoreUnavailable", "arguments": [str(error)]})
        return
    write_frame(out, {"sandboxed": sandboxed})
    with suppress(EOFError):
        while True:
            header, query = read_frame(source)
            _answer(store, query.decode(), header | {"limits": limits}, out)


def _answer(store: OxigraphStore, query: str, request: dict[str, Any], out: BinaryIO) -> None:
    limits = request["limits"]
    _alarm(request["seconds"] + _GRACE)
    try:
        body, truncated = _evaluated(store, query, request)
    except QueryError as error:
        write_frame(out, {"error": type(error).__name__, "arguments": error.args})
    else:
        spent = _memory_peak() > limits["memory_mb"] * _MEGABYTE // 4
        write_frame(out, {"truncated": truncated, "spent": spent}, body)
    _alarm(0)


def _evaluated(store: OxigraphStore, query: str, request: dict[str, Any]) -> tuple[bytes, bool]:
    rows, media_type = request["max_rows"], request["media_type"]
    try:
        body = _written(store, query if rows is None else limited(query, rows), request)
    except QueryRejected:
        # What is wrong is said about the text as it came.
        body = _written(store, query, request)
    truncated = False
    if rows is not None and query_form(query) == "SELECT":
        body, truncated = cut(body, media_type, rows)
    return _readable_xml(body) if "xml" in media_type else body, truncated


def _readable_xml(body: bytes) -> bytes:
    """`body` with its carriage returns kept from XML's normalisation.

    Raises: `Unrepresentable` for control characters, and in RDF/XML for a property whose IRI
    ends in no name.
    """
    escaped = body.replace(b"\r", b"&#13;")
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(escaped, True)
    except expat.ExpatError as error:
        raise Unrepresentable(
            "结果含有 XML 不能表示的字符或名称，请改用 JSON 或 Turtle "
            "the answer holds a character or name that XML cannot, ask for JSON or Turtle"
        ) from error
    return escaped


def _written(store: OxigraphStore, query: str, request: dict[str, Any]) -> bytes:
    dataset = request["dataset"]
    body = _Body(request["max_bytes"] or sys.maxsize)
    store.write(query, request["media_type"], cast(IO[bytes], body), Dataset(**dataset))
    return bytes(body.content)


def _alarm(seconds: float) -> None:
    # The default action of this signal ends the process, whatever runs; Windows has none.
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _memory_peak() -> int:
    """The most bytes of memory this process has held; 0 where the platform does not say."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main()
