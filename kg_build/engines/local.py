"""Processes of this machine: one that dies or takes too long costs the document it had."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as TooLong
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from kg_build.engines import Means

__all__ = ["run"]

_MAX_TASKS = 500  # then a process is replaced, so that none grows for ever

T = TypeVar("T")


def run(
    paths: Sequence[Path],
    one: Callable[[Path], T],
    lost: Callable[[Path, str], T],
    means: Means,
) -> Iterator[T]:
    """What `one` gives for each path, in their order."""
    with ProcessPool(
        min(means.jobs, len(paths)),
        max_tasks=_MAX_TASKS,
        # Spawned, not forked: the caller may have threads or an open store.
        context=get_context("spawn"),
    ) as pool:
        results = pool.map(one, paths, timeout=means.seconds).result()
        for path in paths:
            try:
                yield next(results)
            except TooLong:
                yield lost(path, f"超过 {means.seconds} 秒 / took more than {means.seconds} s")
            except ProcessExpired as error:
                reason = f"读取进程中止（{error.exitcode}） / the process that read it died"
                yield lost(path, reason)
