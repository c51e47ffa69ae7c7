"""Strangers' queries, answered in child processes that can be killed.

Nothing in the embedded store stops a running query, and a few kilobytes of nesting end the
process that parses them. So each query runs in one of a few long-lived children: a deadline kept
by SIGKILL, bounded memory, a deep stack, no network. What arrives is a whole answer or an error.
"""

import json
import logging
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import queries
from queries.errors import (
    QueryError,
    QueryRejected,
    QueryTimeout,
    QueryTooLarge,
    StoreUnavailable,
    Unrepresentable,
)
from queries.lexing import UPDATE_FORMS, query_form, words
from queries.pool.frames import read_frame, write_frame
from queries.pool.turns import Turns
from queries.stores.port import Dataset

__all__ = ["MAX_QUERY_BYTES", "Answer", "Limits", "Workers"]

MAX_QUERY_BYTES = 64 * 1024

_log = logging.getLogger(__name__)
_BOOT_SECONDS = 20.0
_WAITING, _WAITING_OF_ONE_CLIENT = 64, 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take; `memory_mb` is a child's address space, stack included."""

    seconds: float
    memory_mb: int
    max_rows: int
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole result document; `truncated` where it holds only the first rows of the answer."""

    body: bytes
    truncated: bool


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
        self._idle: list[_Child] = []
        self._busy: set[_Child] = set()
        self._closed = False
        self._idle.extend(_Child(self._folder, self.limits) for _ in range(processes))
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
    ) -> Answer:
        """The answer to `query`, its rows cut at the limit and marked so.

        `client` is whom the queue treats as one; `seconds` may shorten the deadline.

        Raises: `QueryRejected`, `QueryTimeout`, `QueryTooLarge`, `TooManyQueries`,
        `StoreUnavailable`.
        """
        check(query)
        longest = self.limits.seconds
        request = {
            "media_type": media_type,
            "dataset": asdict(dataset or Dataset()),
            "seconds": min(seconds or longest, longest),
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
        fresh = _Child(folder.resolve(), self.limits)
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

    def _child(self) -> "_Child":
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
        child = _Child(folder, self.limits)
        with self._lock:
            self._busy.add(child)
        return child

    def _put_back(self, child: "_Child") -> None:
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


class _Child:
    """A worker process and the pipes to it; used by one thread at a time."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.spent = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "queries.pool.worker", _arguments(folder, limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Nothing of the environment is a query's business.
            env={"PYTHONPATH": str(Path(queries.__file__).parents[1])},
            start_new_session=True,
        )
        try:
            header, _ = self._received(_BOOT_SECONDS)
        except StoreUnavailable:
            self.end()
            raise
        except (QueryTimeout, QueryTooLarge) as error:
            raise StoreUnavailable(
                f"查询进程没有启动 a query process did not start over {folder}: {error}"
            ) from error
        self.sandboxed = bool(header["sandboxed"])

    def answer(self, request: dict[str, Any], query: str) -> Answer:
        """The child's answer.

        Raises: what the child says, or what its death means; a dead child is not used again.
        """
        with suppress(BrokenPipeError):  # its death is seen when nothing comes back
            write_frame(self._stream("stdin"), request, query.encode())
        header, body = self._received(request["seconds"])
        self.spent = header["spent"]
        return Answer(body, header["truncated"])

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kills the process and closes the pipes."""
        self._process.kill()
        self._process.wait()
        for name in ("stdin", "stdout"):
            with suppress(OSError):
                self._stream(name).close()

    def _received(self, seconds: float) -> tuple[dict[str, Any], bytes]:
        expired = threading.Event()
        timer = threading.Timer(seconds, self._expire, [expired])
        timer.daemon = True
        timer.start()
        try:
            header, body = read_frame(self._stream("stdout"))
        except EOFError as error:
            self.end()
            raise _death(seconds, expired=expired.is_set()) from error
        finally:
            timer.cancel()
            timer.join()
        if "error" in header:
            raise _ERRORS[header["error"]](*header["arguments"])
        return header, body

    def _expire(self, expired: threading.Event) -> None:
        expired.set()
        self._process.kill()

    def _stream(self, name: str) -> BinaryIO:
        stream: BinaryIO = getattr(self._process, name)
        return stream


_ERRORS: dict[str, type[QueryError]] = {
    kind.__name__: kind
    for kind in (QueryRejected, QueryTooLarge, StoreUnavailable, Unrepresentable)
}


def _arguments(folder: Path, limits: Limits) -> str:
    return json.dumps({"folder": str(folder)} | asdict(limits))


def _death(seconds: float, *, expired: bool) -> QueryError:
    if expired:
        return QueryTimeout(
            f"查询超过 {seconds:g} 秒，已停止；请缩小范围 "
            f"the query was stopped after {seconds:g} s, narrow it down"
        )
    return QueryTooLarge(
        "查询需要的内存或嵌套层数超过限制，已停止；请简化查询 "
        "the query needed more memory or nesting than allowed and was stopped, simplify it"
    )
