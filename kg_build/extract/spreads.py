"""What several numbers measure, or one number of several things."""

import re
from collections.abc import Sequence

from kg_build.extract.baselines import comparisons
from kg_build.extract.clauses import Sentence
from kg_build.extract.name_lists import completed, coordinated, whom
from kg_build.extract.nouns import noun_behind
from kg_build.extract.pieces import Measure, Piece
from kg_build.extract.quantities import Quantity
from kg_build.extract.ties import TAIL, is_share, stripped, tied

__all__ = ["is_mismatch", "spread"]

#: 对甲、乙 and 达到甲、乙的
_WHOM = re.compile("(?=对|[^,;。]{4,80}的$)对?(?P<whom>[^,;。]{4,80}?)的?")
_OPEN = re.compile("等(?!级|候|待)")
_WORD = 2  # a Chinese word is two characters as a rule
_LONGEST_LIST = 160
_LONGEST_OF_GROUP = 10

Range = tuple[int, int]


def spread(
    sentence: Sentence, group: Sequence[Quantity], previous: int
) -> tuple[Measure, ...] | None:
    """The measures of `优良率、合格率分别达到55%、95%以上`; None where nothing is spread."""
    first, text = group[0], sentence.view.text
    begin = max(sentence.clause(first.begin)[0], previous)
    start, end = stripped(sentence, begin, first.begin)
    each = _each(text, begin, first.begin)
    if end - start > _LONGEST_LIST:
        return None
    shared = stripped(sentence, each[1], end) if each and each[1] < end else (end, end)
    stop = _stop(sentence, start, each[0] if each and each[0] < end else end)
    pieces = coordinated(text, (start, stop), len(group))
    if each and len(pieces) < len(group) > 1:
        return _for_each(sentence, group, begin, ((start, min(each[0], end)), shared))
    if len(pieces) < _WORD or (len(group) > 1 and len(pieces) != len(group)):
        return None
    is_open = len(group) == 1 and _OPEN.search(text, *pieces[-1])  # 甲、乙等
    if is_open or (each is None and len(group) == 1 and not _of_groups(text, pieces)):
        return None
    named: list[tuple[Piece, ...]] = completed(text, pieces)
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
    said_of = _WHOM.fullmatch(text, begin, clause - 1) if clause else None
    names = whom(text, *said_of.span("whom")) if said_of else []
    if len(names) != len(group):
        return None
    noun = noun_behind(sentence, group[-1], sentence.clause(clause)[1])
    said = (*own, *([noun] if noun else []))
    end = noun[1] if noun else group[-1].end
    return tuple(Measure((*name, *said), clause, end, "spread") for name in names)


def is_mismatch(sentence: Sentence, group: Sequence[Quantity], previous: int) -> bool:
    """Whether several values are said to hold 分别 for another number of things named there."""
    first, text = group[0], sentence.view.text
    start, end = stripped(sentence, max(sentence.clause(first.begin)[0], previous), first.begin)
    return len(group) > 1 and start < end and _each(text, start, first.begin) is not None


def _of_groups(text: str, pieces: Sequence[Range]) -> bool:
    """Whether one share is that of several groups of patients: `高血压、糖尿病患者管理率`."""
    last = pieces[-1]
    is_short = all(end - begin <= _LONGEST_OF_GROUP for begin, end in pieces[:-1])
    return is_short and tied("shared").search(text, *last) is not None and is_share(text, *last)


def _each(text: str, begin: int, end: int) -> Range | None:
    """Where 分别, 均 or 都 says that what follows holds for each of what stands before."""
    found = tied("distributed").search(text, max(begin, end - TAIL), end)
    return found.span() if found else None
