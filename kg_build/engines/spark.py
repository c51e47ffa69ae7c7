"""Apache Spark: the master at an address, or `local` with some processes of this machine."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from py4j.protocol import Py4JError
from pyspark.sql import SparkSession

from kg_build.engines import Means
from kg_build.errors import BuildError

__all__ = ["run"]

_EACH = 4  # tasks per process, so that a slow document keeps few others waiting

T = TypeVar("T")


def run(
    paths: Sequence[Path],
    one: Callable[[Path], T],
    lost: Callable[[Path, str], T],
    means: Means,
) -> Iterator[T]:
    """What `one` gives for each path. Spark itself tries a lost one again; then all is lost."""
    master = means.cluster or f"local[{means.jobs}]"
    builder = SparkSession.builder.appName("zhengtu").master(master)
    session = builder.config("spark.ui.enabled", "false").getOrCreate()
    context = session.sparkContext
    if not means.cluster:
        context.pythonExec = sys.executable  # else the first on the path
    try:
        parts = min(len(paths), means.jobs * _EACH)
        yield from context.parallelize(paths, parts).map(one).toLocalIterator()
    except Py4JError as error:
        raise BuildError(f"Spark 中止 / Spark gave up: {error}") from error
    finally:
        session.stop()
