"""What several numbers measure, or one number of several things."""

import re
from collections.abc import Sequence
from functools import cache

from kg_build.extract.baselines import comparisons
from kg_build.extract.clauses import Sentence
from kg_build.extract.nouns import noun_behind
from kg_build.extract.pieces import SHARE, Measure, Piece
from kg_build.extract.quantities import Quantity
from kg_build.extract.ties import TAIL, is_share, stripped, tie

__all__ = ["is_mismatch", "of_kind", "spread"]

#: 对甲、乙 and 达到甲、乙的
_WHOM = re.compile("(?=对|[^,;。]{4,80}的$)对?(?P<whom>[^,;。]{4,80}?)的?")
_OPEN = re.compile("等(?!级|候|待)")
_WORD = 2  # a Chinese word is two characters as a rule
_LONGEST_NAME = 3
_LONGEST_LIST = 160
_LONGEST_OF_GROUP = 10
_OF_SHARES = ("率", "比例", "比重", "度")

Range = tuple[int, int]


def spread(
    sentence: Sentence, group: Sequence[Quantity], previous: int
) -> tuple[Measure, ...] | None:
    """The measures of `优良率、合格率分别达到55%、95%以上`; None where nothing is spread."""
    first, text = group[0], sentence.view.text
    begin = max(sentence.clause(first.begin)[0], previous)
    start, end = stripped(sentence, begin, first.begin)
    each = _each(text, start if start < end else begin, first.begin)
    if end - start > _LONGEST_LIST:
        return None
    shared = stripped(sentence, each[1], end) if each and each[1] < end else (end, end)
    stop = _stop(sentence, start, each[0] if each and each[0] < end else end)
    pieces = _matching(text, (start, stop), len(group))
    if each and len(pieces) < len(group) > 1:
        return _for_each(sentence, group, begin, ((start, min(each[0], end)), shared))
    if len(pieces) < _WORD or (len(group) > 1 and len(pieces) != len(group)):
        return None
    is_open = len(group) == 1 and _OPEN.search(text, *pieces[-1])  # 甲、乙等
    if is_open or (each is None and len(group) == 1 and not _of_groups(text, pieces)):
        return None
    named: list[tuple[Piece, ...]] = _completed(text, pieces)
    if shared[1] - shared[0] >= _WORD:
        named = [(*n, shared) for n in named]
    return tuple(Measure(whole, begin, group[-1].end, "spread") for whole in named)


def _stop(sentence: Sentence, start: int, stop: int) -> int:
    """Where names end: before the earlier time that what they name is compared with."""
    compared = (c.begin for c in comparisons(sentence) if start < c.begin < stop <= c.end + _WORD)
    return min(compared, default=stop)


def _for_each(
    sentence: Sentence, group: Sequence[Quantity], clause: int, own: tuple[Range, Range]
) -> tuple[Measure, ...] | None:
    """What several values are of that the clause before lists: `对甲、乙,分别奖励10万元、5万元`."""
    text = sentence.view.text
    begin = sentence.clause(clause - 1)[0] if clause else 0
    whom = _WHOM.fullmatch(text, begin, clause - 1) if clause else None
    pieces = _listed(text, *whom.span("whom")) if whom else []
    if len(pieces) != len(group):
        return None
    noun = noun_behind(sentence, group[-1], sentence.clause(clause)[1])
    said = (*own, *([noun] if noun else []))
    end = noun[1] if noun else group[-1].end
    return tuple(Measure((piece, *said), clause, end, "spread") for piece in pieces)


def is_mismatch(sentence: Sentence, group: Sequence[Quantity], previous: int) -> bool:
    """Whether several values are said to hold 分别 for another number of things named there."""
    first, text = group[0], sentence.view.text
    start, end = stripped(sentence, max(sentence.clause(first.begin)[0], previous), first.begin)
    return len(group) > 1 and start < end and _each(text, start, first.begin) is not None


def _of_groups(text: str, pieces: Sequence[Range]) -> bool:
    """Whether one share is that of several groups of patients: `高血压、糖尿病患者管理率`."""
    last = pieces[-1]
    is_short = all(end - begin <= _LONGEST_OF_GROUP for begin, end in pieces[:-1])
    return is_short and _shared().search(text, *last) is not None and is_share(text, *last)


def _each(text: str, begin: int, end: int) -> Range | None:
    """Where 分别, 均 or 都 says that what follows holds for each of what stands before."""
    found = _distributed().search(text, max(begin, end - TAIL), end)
    return found.span() if found else None


@cache
def _distributed() -> re.Pattern[str]:
    return re.compile(tie()["distributed"])


#: 和, 及 and 与 between two names, not inside a word (参与, 及格, 和谐)
_WORDED = re.compile(
    r"以及|(?<![参给])与(?![会其])|(?<![饱暖温缓柔总共])和(?![谐平解睦])|(?<![普涉触惠波顾])及(?![时格其早])"
)
_PAUSED = re.compile("、")
_JOIN = re.compile(f"{_PAUSED.pattern}|{_WORDED.pattern}")


def _matching(text: str, bounds: Range, values: int) -> list[Range]:
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


def _completed(text: str, listed: Sequence[tuple[int, int]]) -> list[tuple[Piece, ...]]:
    """Each listed name with what it shares: the head of the first, or the tail of the last.

    `学生体质健康测试优良率、合格率` share their head, `油菜播种、收割机械化率` their tail.
    """
    first, last = listed[0], listed[-1]
    shared = _shared().search(text, *last) or _where().search(text, *last)
    if not shared and all(_names_none(text, *name) for name in listed[:-1]):
        shared = _whose().search(text, *last)
    if shared and shared.end() < last[1]:
        tail = shared.start(), last[1]
        return [*((_own(text, *name), tail) for name in listed[:-1]), (last,)]
    if is_share(text, *first) or _tail().search(text, *first):
        return [(first,), *(_with_head(text, first, n) for n in listed[1:])]
    found = _tail().search(text, max(last[0], last[1] - TAIL), last[1])
    if found is None:
        return [(piece,) for piece in listed]
    return _with_tail(text, listed, found.span())


def _names_none(text: str, begin: int, end: int) -> bool:
    """Whether a listed name says neither what is measured nor whose it is."""
    is_measured = is_share(text, begin, end) or _tail().search(text, begin, end)
    return not is_measured and not _whose().search(text, begin, end)


def _own(text: str, begin: int, end: int) -> Range:
    """A listed name without what it shares with others: 肺结核 of 肺结核患者."""
    found = _shared().search(text, begin, end)
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


@cache
def _tail() -> re.Pattern[str]:
    """What names of shares end with: 机械化率, 覆盖率, 占比."""
    return re.compile(tie()["tail"])


@cache
def _shared() -> re.Pattern[str]:
    """Whom names of illnesses share: 患者, behind a name."""
    return re.compile(rf"(?<=[一-鿿]{{2}}){tie()['shared']}")


@cache
def _whose() -> re.Pattern[str]:
    return re.compile(rf"(?<=[一-鿿]{{2}}){tie()['whose']}(?=[一-鿿]{{4}})")


@cache
def _where() -> re.Pattern[str]:
    return re.compile(rf"(?<=[一-鿿]{{2}}){tie()['where']}")


def of_kind(share: str, earlier: str) -> str:
    """A share's name, with what one of the same kind was said to be a share of before.

    Example:
        >>> of_kind("其他小区占比", "示范小区桶站值守率")
        '其他小区桶站值守率'
    """
    name = share.removesuffix(SHARE)
    if re.fullmatch(tie()["kinds"], name):
        kind = re.match(tie()["kinds"], earlier)
        tail = earlier[kind.end() :] if kind else ""
    elif re.search(tie()["places"], name):
        _, _, tail = earlier.rpartition(name[-_WORD:])
    else:
        tail = ""
    is_tail = tail != earlier and tail.endswith(_OF_SHARES)
    return name + tail if is_tail else share


def _with_head(text: str, first: tuple[int, int], name: tuple[int, int]) -> tuple[Piece, ...]:
    length = name[1] - name[0]
    is_short = length <= 2 * _WORD < first[1] - first[0]
    if is_short and is_share(text, *name):
        return (first[0], first[1] - length), name
    return (name,)
