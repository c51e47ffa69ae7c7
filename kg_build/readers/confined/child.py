"""The other side: forks a child with limits for each document that it is given."""

import json
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

from kg_build.errors import UnreadableSource
from kg_build.families import marker
from kg_build.readers.confined.messages import received, said, send

__all__ = ["serve"]


def serve() -> None:
    """Reads documents until there are no more; ends as a child ended that did not reply."""
    while (request := received(sys.stdin.buffer)) is not None:
        content = received(sys.stdin.buffer)
        if content is None:
            return
        module, name, seconds, memory = json.loads(request)
        import_module(module)
        marker("")  # the families' rules are read here once, not by each child
        if not hasattr(os, "fork"):
            _reply(module, content, Path(name))
        elif child := os.fork():
            _, status = os.waitpid(child, 0)
            if status:
                _end_like(status)
        else:
            _confine(seconds, memory)
            _reply(module, content, Path(name))
            os._exit(0)


def _end_like(status: int) -> None:
    """Ends this process by the signal, or with the code, that ended its child."""
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    sys.exit(code)


def _confine(seconds: int, memory_mb: int) -> None:
    try:
        import resource  # noqa: PLC0415 (not on every system)
    except ImportError:
        return
    memory = memory_mb * 1024 * 1024
    for limit, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_AS, memory),
    ):
        resource.setrlimit(limit, (most, most))


def _reply(module: str, content: bytes, path: Path) -> None:
    try:
        reply = said(import_module(module).parse(content, path))
    except UnreadableSource as error:
        reply = {"refused": str(error)}
    except MemoryError:
        reply = {"lacked": "memory"}
    except Exception as error:  # the door of this process: a library may raise anything
        reply = {"failed": f"{type(error).__name__}: {str(error)[:200]}"}
    send(sys.stdout.buffer, json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace"))
