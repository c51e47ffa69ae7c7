"""Sentences, the clauses in them, and the year that each place in a sentence is about."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg_build.extract.brackets import split
from kg_build.extract.quantities import masked
from kg_build.extract.relative_years import Since, relative_years
from kg_build.families import patterns, table
from kg_build.lex.dates import five_year_period, year_range
from kg_build.lex.numerals import integer
from kg_build.lex.view import View

__all__ = ["Sentence", "sentences"]

_LONGEST = 3000  # a list without full stops, or no text at all
_FAR = 60  # how far before a number words still speak of it
#: stands for a year, so that lead-ins can be told from other masked numbers
_YEAR_MASK = "\x01"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its masked text, clause boundaries and years; all positions are its own.

    `commas` are positions of `,;:` and `pauses` of `、`, both outside brackets.
    """

    view: View
    text: str
    commas: tuple[int, ...]
    pauses: tuple[int, ...]
    years: tuple[tuple[int, int], ...]

    def clause(self, at: int) -> tuple[int, int]:
        """Begin and end of the clause between commas that holds a position."""
        left = bisect_left(self.commas, at)
        begin = self.commas[left - 1] + 1 if left else 0
        right = bisect_left(self.commas, at)
        return begin, self.commas[right] if right < len(self.commas) else len(self.text)

    def is_condition(self, at: int) -> bool:
        """Whether a number says when something holds, for whom it is, or what it builds on."""
        begin, end = self.clause(at)
        if _BASIS.match(self.view.text, at, end) or _WHERE_SO.fullmatch(self.text, at, end + 1):
            return True
        if any(m.start() < at < m.end() for m in _BESIDES.finditer(self.text, begin, end)):
            return True
        reward = _REWARD.search(self.view.text, at)
        if reward is None or _REWARD.search(self.view.text, begin, at):
            return False
        if _SUM.match(self.text, at, end):
            return False
        return bool(_CONDITION.match(self.view.text, begin)) or self.text[end - 1] in "的后时"

    def clauses(self) -> Iterator[tuple[int, int]]:
        """Begin and end of each clause."""
        begin = 0
        for comma in (*self.commas, len(self.text)):
            if comma > begin:
                yield begin, comma
            begin = comma + 1

    def pause_between(self, begin: int, end: int) -> int | None:
        """The last `、` in a range."""
        last = bisect_right(self.pauses, end - 1) - 1
        return self.pauses[last] if last >= 0 and self.pauses[last] >= begin else None

    def first_pause(self, begin: int, end: int) -> int:
        """The first `、` in a range, or the range's end."""
        first = bisect_left(self.pauses, begin)
        return self.pauses[first] if first < len(self.pauses) and self.pauses[first] < end else end

    @property
    def is_definition(self) -> bool:
        """Whether the sentence says what a word means."""
        return bool(_definition().search(self.view.text))

    def is_past(self, at: int) -> bool:
        """Whether a place is about what is there already: 截至2022年底, 目前, 现有."""
        begin, _ = self.clause(at)
        while begin and _PART.match(self.text, begin):  # 现有水库86座,其中病险水库15座
            begin, _ = self.clause(begin - 1)
        weak, strong, right_before = patterns("quantities", "past")
        if right_before.regex.search(self.view.text, max(begin, at - _FAR), at):
            return True
        if weak.regex.search(self.view.text, max(begin, at - _FAR), at):
            return not _future().search(self.text, begin, at)
        ends = [m.end() for m in strong.regex.finditer(self.view.text, 0, at)]
        return bool(ends) and not _future().search(self.text, ends[-1], at)

    def year_at(self, at: int) -> tuple[int, int] | None:
        """Position and value of the last year stated before a place."""
        before = [y for y in self.years if y[0] < at]
        return before[-1] if before else None

    def year_behind(self, at: int) -> int | None:
        """The year in which the next clause says that all before is done: `…,2024年底前完成`."""
        _, end = self.clause(at)
        done = _ALL_DONE.match(self.text, end)
        years = (y for p, y in self.years if done and p < done.end())
        return next(years, None)

    def year_span(self, at: int) -> range | None:
        """The years of the last range before a place: `2023-2025年`."""
        ranges = [year_range(m[0]) for m in _YEAR_RANGE.finditer(self.view.text, 0, at)]
        last = ranges[-1] if ranges else None
        return range(last[0], last[1] + 1) if last else None


@cache
def _definition() -> re.Pattern[str]:
    return re.compile(table("quantities")["definition"]["pattern"])


@cache
def _future() -> re.Pattern[str]:
    return re.compile(table("quantities")["future"]["pattern"])


def sentences(view: View, since: Since | None = None) -> Iterator[Sentence]:
    """The sentences of a paragraph; `since` is what 年内 and 今年 count from, if known."""
    for piece in split(view, "。!?"):
        for part in _parts(piece):
            yield _sentence(part, since)


def _parts(piece: View) -> Iterator[View]:
    """What is too long for a sentence in parts, each ending with a comma where there is one."""
    begin = 0
    while len(piece) - begin > _LONGEST:
        window = range(begin, begin + _LONGEST)
        cut = max(piece.text.rfind(c, window.start, window.stop) for c in ",、;") + 1
        end = cut or window.stop
        yield piece[begin:end]
        begin = end
    yield piece[begin:]


#: commas and quotes that part clauses, not thousands; pauses; brackets
_BOUND = re.compile(r"[()〈〉、;:“”]|(?<![0-9]),|,(?![0-9]{3})")


def _sentence(view: View, since: Since | None) -> Sentence:
    text = masked(view.text)
    years, text = _years(view.text, text, since)
    commas, pauses = [], []
    depth = 0
    for match in _BOUND.finditer(text):
        c = match[0]
        depth += (c in "(〈") - (c in ")〉" and depth > 0)
        if depth == 0 and c in ",;:“”":
            commas.append(match.start())
        elif depth == 0 and c == "、":
            pauses.append(match.start())
    return Sentence(view, text, tuple(commas), tuple(pauses), tuple(years))


@cache
def _year_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    rule = table("quantities")["year"]
    keys = ("deadline", "not_after", "not_before", "five_year_end")
    deadline, not_after, not_before, five = (re.compile(rule[k]) for k in keys)
    return deadline, not_after, not_before, five


_ANY_YEAR = re.compile(
    r"二[〇零○][二三][〇零○一二三四五六七八九]年|20[0-9]{2}(?=(?:[、和及与]20[0-9]{2}){1,5}年)|(?:19|20)[0-9]{2}(?:年?[-~至到](?:19|20)[0-9]{2})?年|(?:19|20)[0-9]{2}[-~](?:19|20)[0-9]{2}"
)
_BASIS = re.compile("[^,;。]{0,30}基础上")
#: 超过100公斤的,
_WHERE_SO = re.compile(r"[0-9.]{1,12}[^,;。]{1,12}的,")
#: 除享受98天产假外: what is there besides
_BESIDES = re.compile("除[^,;。]{2,30}?(?:之外|以外|外)")
_PART = re.compile("其中|包括|含")
_REWARD = re.compile("给予|(?:奖励|奖补|补助|补贴|资助)(?!资金)|加分|扣分")
#: the sum itself, and no other behind it: 按1500万元给予补助
_SUM = re.compile(rf"[0-9.]{{1,12}}[^0-9,;。的]{{1,8}}(?:{_REWARD.pattern})[^0-9,;。]*$")
_CONDITION = re.compile("(?:对|凡|对于|凡是)")
_YEAR_RANGE = re.compile(r"(?:19|20)[0-9]{2}年?[-~至到](?:19|20)[0-9]{2}年")
#: ,2024年6月底前完成
_ALL_DONE = re.compile(
    r",(?:力争|确保)?[到于在]?\x01{5}(?:[^,;。]{0,6}(?:前|内))?(?:全部|全面|基本)?(?:建成投用|完成|建成|竣工|投用|完工|到位)(?=[,;。]|$)"
)
_NEAR = 6  # how far before a year words say that it is no deadline


def _years(raw: str, text: str, since: Since | None) -> tuple[list[tuple[int, int]], str]:
    """The deadlines that the sentence states, and the text with all years masked.

    Behind a year that is written, 当年 and the like are that year.
    """
    deadline, not_after, not_before, five = _year_patterns()
    found = [(*m.span(), integer(m["y"].replace("○", "〇")) or 0) for m in deadline.finditer(text)]
    for match in five.finditer(raw):
        period = five_year_period(f"“{match['n']}五”")
        found += [(*match.span(), period[1])] if period else []
    written = min((begin for begin, _, _ in found), default=len(raw))
    found += [r for r in relative_years(raw, since) if r[0] < written]
    stated = [
        (begin, year)
        for begin, end, year in sorted(found)
        if not not_after.search(raw, max(0, begin - _NEAR), begin)
        and not not_before.match(raw, end)
    ]
    return stated, _ANY_YEAR.sub(lambda m: _YEAR_MASK * len(m[0]), text)
