"""Dask: the scheduler at an address, or a cluster of this machine's processes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import dask
from distributed import Client, KilledWorker, LocalCluster, as_completed

from kg_build.engines import Means

__all__ = ["run"]

T = TypeVar("T")


def run(
    paths: Sequence[Path],
    one: Callable[[Path], T],
    lost: Callable[[Path, str], T],
    means: Means,
) -> Iterator[T]:
    """What `one` gives for each path, as they come."""
    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": 0}))
        address = means.cluster or stack.enter_context(
            LocalCluster(means.jobs, threads_per_worker=1, dashboard_address=None)
        )
        client = stack.enter_context(Client(address, set_as_default=False))
        futures = dict(zip(client.map(one, paths, pure=False), paths, strict=True))
        for future in as_completed(futures, loop=client.loop):
            path = futures.pop(future)
            try:
                yield future.result()
            except KilledWorker:
                yield lost(path, "读取进程中止 / the process that read it died")
