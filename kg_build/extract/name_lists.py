"""Names that stand side by side, each completed with what they share."""

import re
from collections.abc import Sequence

from kg_build.extract.pieces import Piece
from kg_build.extract.ties import JOINT, TAIL, is_share, tied

__all__ = ["completed", "coordinated", "whom"]

_WORD = 2  # a Chinese word is two characters as a rule
_LONGEST_NAME = 3

Range = tuple[int, int]

_WORDED = re.compile(JOINT)
_PAUSED = re.compile("、")
_JOIN = re.compile(f"{_PAUSED.pattern}|{_WORDED.pattern}")


def coordinated(text: str, bounds: Range, values: int) -> list[Range]:
    """The coordinated pieces, of which a name may hold some: `甲和乙在新建、改建项目的比例`."""
    pieces = _listed(text, *bounds)
    if 1 < values < len(pieces):
        ways = (_listed(text, *bounds, join) for join in (_WORDED, _PAUSED))
        return next((w for w in ways if len(w) == values), pieces)
    return pieces


def _listed(text: str, begin: int, end: int, join: re.Pattern[str] = _JOIN) -> list[Range]:
    """The coordinated pieces of a range, split outside brackets."""
    pieces, start = [], begin
    for match in join.finditer(text, begin, end):
        inside = text.count("(", begin, match.start()) > text.count(")", begin, match.start())
        if not inside and match.start() > start:
            pieces.append((start, match.start()))
            start = match.end()
    return [*pieces, (start, end)] if start < end else pieces


def completed(text: str, listed: Sequence[tuple[int, int]]) -> list[tuple[Piece, ...]]:
    """Each listed name with what it shares: the head of the first, or the tail of the last.

    `学生体质健康测试优良率、合格率` share their head, `油菜播种、收割机械化率` their tail.
    """
    first, last = listed[0], listed[-1]
    shared = _shared_tail(text, listed)
    if shared is not None:
        return [*((_own(text, *name), shared) for name in listed[:-1]), (last,)]
    if _is_measure(text, *first):
        return [(first,), *(_with_head(text, first, n) for n in listed[1:])]
    found = tied("tail").search(text, max(last[0], last[1] - TAIL), last[1])
    if found is None:
        return [(piece,) for piece in listed]
    return _with_tail(text, listed, found.span())


def _shared_tail(text: str, listed: Sequence[Range]) -> Range | None:
    """What the last name says for all: of patients, of what is divided, where, or whose."""
    *others, last = listed
    found = tied("shared").search(text, *last) or tied("where").search(text, *last)
    if not found and not any(_is_named(text, *name) for name in others):
        found = tied("whose").search(text, *last)
    start = found.start() if found else last[1]
    if not found and all(tied("kinds").fullmatch(text, *name) for name in others):
        kind = tied("kinds").match(text, *last)
        start = kind.end() if kind else last[1]
    return (start, last[1]) if start < last[1] else None


def _is_named(text: str, begin: int, end: int) -> bool:
    """Whether a listed name says what is measured, or whose it is."""
    return _is_measure(text, begin, end) or tied("whose").search(text, begin, end) is not None


def _is_measure(text: str, begin: int, end: int) -> bool:
    """Whether a name says what is measured: a share, a number or an amount of something."""
    name = text, begin, end
    return is_share(*name) or any(p.search(*name) for p in (tied("tail"), tied("amount")))


def _own(text: str, begin: int, end: int) -> Range:
    """A listed name without what it shares with others: 肺结核 of 肺结核患者."""
    found = tied("shared").search(text, begin, end)
    return begin, found.start() if found else end


def _with_tail(
    text: str, listed: Sequence[tuple[int, int]], tail: tuple[int, int]
) -> list[tuple[Piece, ...]]:
    """Names with the tail of the last; where that adds but a word, with the first's head too."""
    (first, first_end), last = listed[0], listed[-1]
    lengths = {end - begin for begin, end in listed[:-1]}
    if len(lengths) == 1 and (own := lengths.pop()) <= _LONGEST_NAME and last[0] + own < tail[0]:
        shared = last[0] + own, last[1]  # 水稻、小麦耕种收综合机械化率: names of one length
        return [(piece, shared) for piece in (*listed[:-1], (last[0], shared[0]))]
    is_word = tail[0] - last[0] == _WORD < first_end - first and text[first_end - 1] != "量"
    head: tuple[Piece, ...] = ((first, first_end - _WORD),) if is_word else ()
    named_in_full: list[tuple[Piece, ...]] = [(*head, piece, tail) for piece in listed[1:-1]]
    return [(listed[0], tail), *named_in_full, (*head, last)]


def _with_head(text: str, first: tuple[int, int], name: tuple[int, int]) -> tuple[Piece, ...]:
    length = name[1] - name[0]
    is_short = length <= 2 * _WORD < first[1] - first[0]
    if is_short and is_share(text, *name):
        return (first[0], first[1] - length), name
    return (name,)


def whom(text: str, begin: int, end: int) -> list[tuple[Piece, ...]]:
    """Each of whom something is given, with the head and the tail that they share.

    `获得国家级、省级荣誉的单位`: who has one, and who has the other.
    """
    honoured = tied("honoured").match(text, begin, end)
    head = honoured.span() if honoured else (begin, begin)
    names = _listed(text, head[1], end)
    has_tail = names and "的" not in text[head[1] : names[-1][0]]
    tail = text.find("的", *names[-1]) if has_tail else -1
    shared = _shared_tail(text, names) or (tail if tail >= 0 else end, end)
    return [*((head, _own(text, *n), shared) for n in names[:-1]), *((head, n) for n in names[-1:])]
