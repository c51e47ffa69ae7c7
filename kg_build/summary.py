"""A build in a table, aligned for letters of double width, as people read it on a terminal."""

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from kg_build.corpus import Corpus
from kg_build.refusals import refusal
from kg_build.shards import Shard

__all__ = ["summary"]

_HEAD = ("文件 document", "标题 title", "任务 actions", "责任 duties", "指标 targets")
_TAIL = ("问题 issues", "用时 time")
_MOST = 20  # documents and failures that are listed; the others are counted
_WIDEST = 40  # columns of a terminal that a name or title may take


def summary(corpus: Corpus) -> Iterator[str]:
    """The lines of the table: a document each, what was read anew first, then what is left out."""
    if corpus.shards:
        yield from _aligned([(*_HEAD, *_TAIL), *_rows(corpus)])
    for failure in corpus.failures[:_MOST]:
        yield f"未能读取 could not read: {failure.path.name}: {failure.reason}"
    if (more := len(corpus.failures) - _MOST) and more > 0:
        yield f"…… 另有 {more} 份未能读取 / and {more} more could not be read"
    for shard in corpus.refused[:_MOST]:
        yield from refusal(shard)
    if (more := len(corpus.refused) - _MOST) and more > 0:
        yield f"…… 另有 {more} 份未收入 / and {more} more left out"


def _rows(corpus: Corpus) -> Iterator[tuple[str, ...]]:
    shards = sorted(corpus.shards, key=lambda shard: shard.slug not in corpus.made)
    for shard in shards[:_MOST]:
        time = f"{shard.summary.seconds:.1f} s" if shard.slug in corpus.made else "未变 cached"
        yield shard.slug, " ".join(shard.summary.title.split()), *_counts([shard]), time
    if len(shards) > _MOST:
        yield f"…… 另有 {len(shards) - _MOST} 份 more", *[""] * 6
    if len(shards) > 1:
        made = f"{len(corpus.made & {s.slug for s in shards})} 份新读 read"
        yield "合计 total", f"{len(shards)} 份 documents", *_counts(shards), made


def _counts(shards: Sequence[Shard]) -> Iterator[str]:
    for name in ("actions", "duties", "targets", "issues"):
        yield str(sum(getattr(shard.summary, name) for shard in shards))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Text to the left, numbers to the right, columns two spaces apart."""
    cut = [[_cut(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cut, strict=True)]
    for row in cut:
        yield "  ".join(map(_padded, row, widths)).rstrip()


def _padded(cell: str, width: int) -> str:
    space = " " * (width - _width(cell))
    return space + cell if cell.isdecimal() else cell + space


def _cut(cell: str) -> str:
    if _width(cell) <= _WIDEST:
        return cell
    while _width(cell) > _WIDEST - 1:
        cell = cell[:-1]
    return f"{cell}…"


def _width(cell: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in cell)
