"""This process itself, one document after another: for looking into faults.

Nothing here stops a document that takes too long, and one that ends the process ends the build.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from kg_build.engines import Means

__all__ = ["run"]

T = TypeVar("T")


def run(
    paths: Sequence[Path],
    one: Callable[[Path], T],
    lost: Callable[[Path, str], T],
    means: Means,
) -> Iterator[T]:
    """What `one` gives for each path, in their order."""
    yield from map(one, paths)
