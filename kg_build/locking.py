"""One build at a time in a data folder: a lock that the system drops with its process."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg_build.errors import BuildError

__all__ = ["alone"]

_LOCK = ".lock"


@contextmanager
def alone(data: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Waits until no other build is at work in `data`, and keeps others waiting.

    A build that was killed holds no lock. Raises: BuildError where the folder cannot be made.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / _LOCK).open("ab")
    except OSError as error:
        raise BuildError(f"{data}: 不能写入（{error.strerror}） / cannot be written to") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"另一次构建正在使用 {data}，等它结束 / another build is at work; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
