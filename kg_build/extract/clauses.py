"""Sentences, the clauses in them, and the year that each place in a sentence is about."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg_build.extract.brackets import split
from kg_build.extract.quantities import masked
from kg_build.families import table
from kg_build.lex.dates import five_year_period
from kg_build.lex.numerals import integer
from kg_build.lex.view import View

__all__ = ["Sentence", "sentences"]

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

    def pause_between(self, begin: int, end: int) -> int | None:
        """The last `、` in a range."""
        last = bisect_right(self.pauses, end - 1) - 1
        return self.pauses[last] if last >= 0 and self.pauses[last] >= begin else None

    def first_pause(self, begin: int, end: int) -> int:
        """The first `、` in a range, or the range's end."""
        first = bisect_left(self.pauses, begin)
        return self.pauses[first] if first < len(self.pauses) and self.pauses[first] < end else end

    def year_at(self, at: int) -> tuple[int, int] | None:
        """Position and value of the last year stated before a place."""
        before = [y for y in self.years if y[0] < at]
        return before[-1] if before else None


def sentences(view: View) -> Iterator[Sentence]:
    """The sentences of a paragraph."""
    for piece in split(view, "。!?"):
        yield _sentence(piece)


def _sentence(view: View) -> Sentence:
    text = masked(view.text)
    years, text = _years(view.text, text)
    commas, pauses = [], []
    depth = 0
    for at, c in enumerate(text):
        depth += (c in "(〈") - (c in ")〉" and depth > 0)
        if depth == 0 and c in ",;:":
            commas.append(at)
        elif depth == 0 and c == "、":
            pauses.append(at)
    return Sentence(view, text, tuple(commas), tuple(pauses), tuple(years))


@cache
def _year_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    rule = table("quantities")["year"]
    keys = ("deadline", "not_after", "not_before", "five_year_end")
    deadline, not_after, not_before, five = (re.compile(rule[k]) for k in keys)
    return deadline, not_after, not_before, five


_ANY_YEAR = re.compile(
    r"二[〇零][二三][〇零一二三四五六七八九]年|(?:19|20)[0-9]{2}(?:年?[-~至到](?:19|20)[0-9]{2})?年|(?:19|20)[0-9]{2}[-~](?:19|20)[0-9]{2}"
)


def _years(raw: str, text: str) -> tuple[list[tuple[int, int]], str]:
    """The deadlines that the sentence states, and the text with all years masked."""
    deadline, not_after, not_before, five = _year_patterns()
    found = []
    for match in deadline.finditer(text):
        if not_after.search(text[: match.start()]) or not_before.match(text[match.end() :]):
            continue
        found.append((match.start(), integer(match["y"]) or 0))
    for match in five.finditer(raw):
        period = five_year_period(f"“{match['n']}五”")
        if period:
            found.append((match.start(), period[1]))
    return sorted(found), _ANY_YEAR.sub(lambda m: _YEAR_MASK * len(m[0]), text)
