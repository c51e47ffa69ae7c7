"""One child process of the pool, as the pool sees it: asked, answering, dying."""

import json
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
from queries.pool.frames import read_frame, write_frame

__all__ = ["Answer", "Child", "Limits"]

_BOOT_SECONDS = 20.0


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


class Child:
    """A worker process and the pipes to it; used by one thread at a time."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.spent = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "queries.pool.worker", _arguments(folder, limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Nothing of the environment is a query's business. Each thread's own arena would
            # take 64 MB of the address space that is limited.
            env={
                "PYTHONPATH": str(Path(queries.__file__).parents[1]),
                "MALLOC_ARENA_MAX": "2",
            },
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
