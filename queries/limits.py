"""Strangers' queries, answered in child processes that can be killed.

Nothing in the embedded store stops a running query, and a few kilobytes of nesting end the
process that parses them. So each query runs in one of a few long-lived children: a deadline kept
by SIGKILL, bounded memory, a deep stack, no network. What arrives is a whole answer or an error.
"""

import logging
import threading
from dataclasses import asdict
from pathlib import Path

from queries.errors import (
    QueryRejected,
    QueryTooLarge,
    StoreUnavailable,
)
from queries.lexing import UPDATE_FORMS, query_form, words
from queries.pool.child import Answer, Child, Limits
from queries.pool.turns import Turns
from queries.stores.port import Dataset

__all__ = ["MAX_QUERY_BYTES", "Answer", "Limits", "Workers"]

MAX_QUERY_BYTES = 64 * 1024

_log = logging.getLogger(__name__)
_WAITING, _WAITING_OF_ONE_CLIENT = 64, 16


class Workers:
    """A pool of child processes that answer queries over one generation."""

    def __init__(
        self,
        folder: Path,
        *,
        processes: int = 2,
        seconds: float = 10,
        memory_mb: int = 3072,
        max_rows: int = 10_000,
        max_bytes: int = 32_000_000,
    ) -> None:
        self.limits = Limits(seconds, memory_mb, max_rows, max_bytes)
        self._folder = folder.resolve()
        self._turns = Turns(processes, waiting=_WAITING, own=_WAITING_OF_ONE_CLIENT)
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        self._closed = False
        self._idle.extend(Child(self._folder, self.limits) for _ in range(processes))
        self.sandboxed = all(child.sandboxed for child in self._idle)
        if not self.sandboxed:
            _log.warning("no sandbox on this platform: calls out are refused by their text only")

    def answer(self, query: str, media_type: str) -> bytes:
        """The whole answer to `query` as a standard result document.

        Raises: `QueryRejected`, `QueryTimeout`, `QueryTooLarge` (more rows than are given too),
        `TooManyQueries`, `StoreUnavailable`.
        """
        answer = self.run(query, media_type)
        if answer.truncated:
            raise QueryTooLarge(
                f"结果超过 {self.limits.max_rows} 行，请加 LIMIT "
                f"the answer exceeds {self.limits.max_rows} rows, add a LIMIT"
            )
        return answer.body

    def run(
        self,
        query: str,
        media_type: str,
        *,
        dataset: Dataset | None = None,
        client: str = "",
        seconds: float | None = None,
        whole: bool = False,
    ) -> Answer:
        """The answer to `query`, its rows cut at the limit and marked so.

        `client` is whom the queue treats as one; `seconds` may shorten the deadline; a `whole`
        answer, of a query of the house, is given however long both are.

        Raises: `QueryRejected`, `QueryTimeout`, `QueryTooLarge`, `TooManyQueries`,
        `StoreUnavailable`.
        """
        if not whole:
            check(query)
        longest = self.limits.seconds
        request = {
            "media_type": media_type,
            "dataset": asdict(dataset or Dataset()),
            "seconds": min(seconds or longest, longest),
            "max_rows": None if whole else self.limits.max_rows,
            "max_bytes": None if whole else self.limits.max_bytes,
        }
        with self._turns.turn(client, longest):
            child = self._child()
            try:
                return child.answer(request, query)
            finally:
                self._put_back(child)

    def reload(self, folder: Path) -> None:
        """Answers from now on over the generation in `folder`; running queries end over the old.

        Raises: `StoreUnavailable` where it cannot be opened; then all stays as it is.
        """
        fresh = Child(folder.resolve(), self.limits)
        with self._lock:
            retired, self._idle = self._idle, [fresh]
            self._folder = fresh.folder
        for child in retired:
            child.end()

    def close(self) -> None:
        """Ends all children, the busy ones too."""
        with self._lock:
            self._closed = True
            children = [*self._idle, *self._busy]
            self._idle.clear()
        for child in children:
            child.end()

    def _child(self) -> Child:
        with self._lock:
            if self._closed:
                raise StoreUnavailable("查询服务已关闭 the query pool is closed")
            child = self._idle.pop() if self._idle else None
            folder = self._folder
            if child is not None and child.is_alive():
                self._busy.add(child)
                return child
        if child is not None:
            child.end()
        child = Child(folder, self.limits)
        with self._lock:
            self._busy.add(child)
        return child

    def _put_back(self, child: Child) -> None:
        with self._lock:
            self._busy.discard(child)
            usable = not self._closed and child.folder == self._folder and not child.spent
            if usable:
                self._idle.append(child)
        if not usable:
            child.end()


def check(query: str) -> None:
    """Returns where `query` may be handed to a worker.

    Raises: `QueryTooLarge` for a text beyond 64 kB; `QueryRejected` for updates and for what
    would call another server.
    """
    try:
        size = len(query.encode())
    except UnicodeEncodeError as error:
        raise QueryRejected("查询不是 Unicode 文本 the query is no Unicode text") from error
    if size > MAX_QUERY_BYTES:
        raise QueryTooLarge(
            f"查询文本超过 {MAX_QUERY_BYTES} 字节 the query text exceeds {MAX_QUERY_BYTES} bytes"
        )
    if query_form(query) in UPDATE_FORMS:
        raise QueryRejected("这里只能查询，不能更新 this endpoint is read-only: no updates")
    for word in words(query):
        if word.text.startswith(('"', "'")):
            raise _rejected(query, word.start, "字符串没有结束 this string never ends")
        # A keyword may follow another word without a space.
        if "SERVICE" in word.text:
            raise _rejected(
                query,
                word.start,
                "不允许 SERVICE：本站的查询不访问其他服务器 SERVICE is not allowed: "
                "queries here call no other server",
            )


def _rejected(query: str, offset: int, message: str) -> QueryRejected:
    line = query.count("\n", 0, offset) + 1
    column = offset - query.rfind("\n", 0, offset)
    return QueryRejected(f"{message}（第 {line} 行第 {column} 列 line {line}）", line, column)
