"""What several documents say alike, once: the union of sorted files, in bounded memory.

Documents of one place may name a body differently: the fullest name labels it, the others are
alternative labels. A document that one plan cites by its title alone is the one that another cites
with its number, where all numbers given with that title are the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from pathlib import Path

__all__ = ["union"]

_LABEL = b" <http://www.w3.org/2000/01/rdf-schema#label> "
_OTHER = b" <http://www.w3.org/2004/02/skos/core#altLabel> "
_SAME = b" <http://www.w3.org/2002/07/owl#sameAs> "
_TYPE = b" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
_CHINESE = b'"@zh '
_AT_ONCE = 256  # files whose lines are held in memory together


def union(paths: Sequence[Path], out: Path) -> Path:
    """Writes each line of some files of lines once, sorted, to `out`."""
    with ExitStack() as stack:
        runs = [
            stack.enter_context(_run(paths[n : n + _AT_ONCE], out.with_suffix(f".{n}")).open("rb"))
            for n in range(0, len(paths), _AT_ONCE)
        ]
        with out.open("wb") as file:
            for _, lines in groupby((line for line, _ in groupby(merge(*runs))), _subject):
                file.writelines(_told_once(list(lines)))
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


def _subject(line: bytes) -> bytes:
    return line.partition(b" ")[0]


def _told_once(lines: list[bytes]) -> list[bytes]:
    """The lines on one subject as the documents together say them."""
    together = b"".join(lines)
    if _SAME in together:
        lines = _with_one_same(lines)
    return _with_one_label(lines) if together.count(_LABEL) > 1 else lines


def _with_one_same(lines: list[bytes]) -> list[bytes]:
    """The lines on one subject, with what it is the same as only where that is one thing."""
    same = [line for line in lines if _SAME in line]
    is_known = any(_TYPE in line for line in lines)
    return lines if len(same) == 1 and is_known else [line for line in lines if line not in same]


def _with_one_label(lines: list[bytes]) -> list[bytes]:
    """The lines on one subject, the longest Chinese label kept and the others made alternative."""
    labels = [line for line in lines if _LABEL in line and _CHINESE in line]
    if len(labels) < 2:
        return lines
    kept = max(labels, key=lambda line: (len(line), line))
    others = {line: line.replace(_LABEL, _OTHER, 1) for line in labels if line != kept}
    stale = kept.replace(_LABEL, _OTHER, 1)
    return sorted({others.get(line, line) for line in lines} - {stale})
