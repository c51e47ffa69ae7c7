"""What several documents say alike, once: the union of sorted files, in bounded memory."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from pathlib import Path

__all__ = ["union"]

_AT_ONCE = 256  # files whose lines are held in memory together


def union(paths: Sequence[Path], out: Path) -> Path:
    """Writes each line of some files of lines once, sorted, to `out`."""
    with ExitStack() as stack:
        runs = [
            stack.enter_context(_run(paths[n : n + _AT_ONCE], out.with_suffix(f".{n}")).open("rb"))
            for n in range(0, len(paths), _AT_ONCE)
        ]
        with out.open("wb") as file:
            file.writelines(line for line, _ in groupby(merge(*runs)))
    for run in runs:
        Path(run.name).unlink()
    return out


def _run(paths: Iterable[Path], out: Path) -> Path:
    with out.open("wb") as file:
        file.writelines(sorted(set(_lines(paths))))
    return out


def _lines(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in paths:
        yield from path.read_bytes().splitlines(keepends=True)
