"""A reader in a process of its own, with bounds: for formats whose library meets hostile bytes.

A server, started once in each process that reads, forks a child for each document, so libraries
are imported once and no document sees what another left behind. The child has limits of processor
time and memory and may write no file; the parent kills both when the time is over. Where the system
has no `fork` or no limits, the time limit alone holds. The reply is JSON: nothing that a child says
is ever run.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kg_build.errors import UnreadableSource
from kg_build.model import Parsed
from kg_build.readers.confined.messages import parsed, received, send

__all__ = ["DEFAULT", "Limits", "parse", "stop"]

_START = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from kg_build.readers.confined.child import serve; serve()"
)
_ROOT = str(Path(__file__).parents[3])
_HAS_GROUPS = os.name == "posix"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may take."""

    seconds: int = 60
    memory_mb: int = 1024


DEFAULT = Limits()


def parse(module: str, content: bytes, path: Path, limits: Limits = DEFAULT) -> Parsed:
    """What a reader module makes of a file's bytes.

    Raises: UnreadableSource where the reader refuses it, breaks or goes over a limit.
    """
    server = _servers.get(os.getpid())
    if server is None or not server.is_alive():
        stop()
        server = _servers[os.getpid()] = _Server()
    reply = server.ask(_request(module, path, limits), content, limits.seconds)
    if reply is None:
        raise UnreadableSource(f"{path}: {_why(server, limits)}")
    return parsed(json.loads(reply), path, limits.memory_mb)


def _request(module: str, path: Path, limits: Limits) -> bytes:
    return json.dumps([module, str(path), limits.seconds, limits.memory_mb]).encode()


class _Server:
    """The process that forks readers, seen from the process that asks it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, _ROOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=_HAS_GROUPS,
        )
        self._lock = threading.Lock()
        self.is_late = False

    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    @property
    def status(self) -> int:
        """How it ended, as `subprocess` says it."""
        return self._process.wait()

    def ask(self, request: bytes, content: bytes, seconds: float) -> bytes | None:
        """The reply; None where there is none, and then the server is gone."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock, self._timed(seconds):
            try:
                send(self._process.stdin, request)
                send(self._process.stdin, content)
                reply = received(self._process.stdout)
            except BrokenPipeError:
                reply = None
        if reply is None:
            self.close()
        return reply

    @contextmanager
    def _timed(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._end)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end(self) -> None:
        self.is_late = True
        self._kill()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            if _HAS_GROUPS:
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Kills it with its children and lets go of its pipes."""
        self._kill()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]


_servers: dict[int, _Server] = {}  # by process: a forked one may not use its parent's


@atexit.register
def stop() -> None:
    """Ends the process that reads for this one; the next document starts another."""
    server = _servers.pop(os.getpid(), None)
    if server:
        server.close()


def _why(server: _Server, limits: Limits) -> str:
    if server.is_late or -server.status == getattr(signal, "SIGXCPU", 0):
        return (
            f"读取超过 {limits.seconds} 秒，已停止；请拆分文件，或调大设置 read_seconds / took "
            f"more than {limits.seconds} s and was stopped; split the file or raise read_seconds"
        )
    return (
        f"读取时崩溃（{server.status}），文件可能损坏，或所需内存超过 {limits.memory_mb} MB；"
        "请重新获取或另存，或调大设置 read_memory_mb / reading crashed: the file may be damaged, "
        f"or takes more than {limits.memory_mb} MB; get or save it anew, or raise read_memory_mb"
    )
