"""A store elsewhere: any SPARQL endpoint over HTTP. The only door to SPARQLWrapper.

The address is its operator's choice; what it sends back is not trusted: an answer has a total
deadline and a size limit, comes from the host asked, and its error texts are not repeated.
What its default graph holds is the endpoint's own decision.
"""

import json
import time
from collections.abc import Callable
from concurrent.futures import Future
from http.client import HTTPException, HTTPResponse
from threading import Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from queries.errors import QueryError, QueryRejected, QueryTimeout, QueryTooLarge, StoreUnavailable
from queries.lexing import QUERY_FORMS, query_form
from queries.stores.port import Table
from queries.stores.results import table_of

__all__ = ["RemoteStore", "open_remote"]

_JSON = "application/sparql-results+json"
_CHUNK = 1 << 16


class RemoteStore:
    """A `Store` that asks the SPARQL endpoint at `address`.

    `seconds` is for a whole exchange, `max_bytes` for a whole answer.
    """

    def __init__(self, address: str, *, seconds: float = 10, max_bytes: int = 10_000_000) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise StoreUnavailable(
                f"端点地址应以 http:// 或 https:// 开头 not an HTTP address: {address!r}"
            )
        self._address, self._host = address, parts.netloc
        self._seconds, self._max_bytes = seconds, max_bytes

    def select(self, query: str) -> Table:
        """The table of a SELECT query."""
        document = self._document(query)
        if "results" not in document:
            raise QueryRejected("这里只接受 SELECT 查询 only a SELECT query fits here")
        return table_of(document)

    def ask(self, query: str) -> bool:
        """The truth of an ASK query."""
        document = self._document(query)
        if not isinstance(document.get("boolean"), bool):
            raise QueryRejected("这里只接受 ASK 查询 only an ASK query fits here")
        return bool(document["boolean"])

    def answer(self, query: str, media_type: str) -> bytes:
        """Any query's answer in a standard serialisation, complete."""
        deadline = time.monotonic() + self._seconds
        # In a thread of its own, for an endpoint may send its headers without end.
        try:
            return _within(self._seconds, lambda: self._exchange(query, media_type, deadline))
        except TimeoutError as error:
            raise self._timeout() from error

    def _document(self, query: str) -> dict[str, Any]:
        try:
            document = json.loads(self.answer(query, _JSON))
        except ValueError as error:
            raise self._unavailable("答复不是 SPARQL JSON the answer is no SPARQL JSON") from error
        if not isinstance(document, dict):
            raise self._unavailable("答复不是 SPARQL JSON the answer is no SPARQL JSON")
        return document

    def _exchange(self, query: str, media_type: str, deadline: float) -> bytes:
        if query_form(query) not in QUERY_FORMS:
            raise QueryRejected("这不是查询 this is no query, and updates are not sent")
        wrapper = SPARQLWrapper(self._address)
        wrapper.setMethod(POST)
        wrapper.setQuery(query)
        wrapper.addCustomHttpHeader("Accept", media_type)
        wrapper.setTimeout(max(1, round(self._seconds)))
        try:
            with wrapper.query().response as response:
                return self._read(response, media_type, deadline)
        except (SPARQLWrapperException, HTTPError) as error:
            raise self._refusal(error) from None
        except TimeoutError:
            raise
        except (URLError, HTTPException, OSError) as error:
            raise self._unavailable(f"连接不上 no connection: {type(error).__name__}") from error

    def _read(self, response: HTTPResponse, media_type: str, deadline: float) -> bytes:
        if urlsplit(response.geturl()).netloc != self._host:
            raise self._unavailable("端点转到了别的主机 it redirects to another host")
        sent = response.headers.get_content_type()
        if sent not in {media_type, f"application/{media_type.rpartition('+')[2]}"}:
            raise self._unavailable(f"端点没有给出 it gave no {media_type}")
        body = bytearray()
        while chunk := response.read1(_CHUNK):
            body += chunk
            if len(body) > self._max_bytes:
                raise QueryTooLarge(
                    f"端点的答复超过 {self._max_bytes / 1e6:g} MB "
                    f"the answer of {self._address} exceeds {self._max_bytes / 1e6:g} MB"
                )
            if time.monotonic() > deadline:
                raise self._timeout()
        if response.length:
            raise self._unavailable("答复不完整 the answer was cut off")
        return bytes(body)

    def _refusal(self, error: Exception) -> QueryError:
        response = error if isinstance(error, HTTPError) else error.__context__
        if isinstance(response, HTTPError):
            response.close()
        if isinstance(error, QueryBadFormed):
            return QueryRejected(f"端点拒绝了查询 {self._address} rejected the query")
        code = getattr(response, "code", type(error).__name__)
        return self._unavailable(f"端点出错 it failed: {code}")

    def _timeout(self) -> QueryTimeout:
        return QueryTimeout(
            f"端点在 {self._seconds:g} 秒内没有答完 {self._address} did not answer "
            f"within {self._seconds:g} s"
        )

    def _unavailable(self, reason: str) -> StoreUnavailable:
        return StoreUnavailable(f"查询端点不可用 endpoint unavailable: {self._address}：{reason}")


def open_remote(address: str) -> RemoteStore:
    """The store behind an endpoint's address.

    Raises: `StoreUnavailable` where the address is not one of HTTP.
    """
    return RemoteStore(address)


def _within(seconds: float, work: Callable[[], bytes]) -> bytes:
    future: Future[bytes] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future.result(seconds)
