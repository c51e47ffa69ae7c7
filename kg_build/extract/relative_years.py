"""Years that a text does not write: 年内, 今年底前, 6月底前, counted from a month of the plan."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg_build.families import pattern
from kg_build.model import FrontMatter

__all__ = ["CONCLUDED", "Since", "counted_from", "is_relative", "relative_years", "year_of_month"]

#: how sure a year is that the text does not write
CONCLUDED = "0.8"


@dataclass(frozen=True, slots=True)
class Since:
    """The year and month from which such years count, and the last year of the plan's period.

    No year in a plan of several, in which 年内 may be said of each of them.
    """

    year: int | None
    month: int = 1
    end: int | None = None


def counted_from(front: FrontMatter) -> Since | None:
    """What such years count from: the first month of a plan's one year, else that it was signed."""
    if front.period_start is not None:
        is_one = front.period_start == front.period_end
        return Since(front.period_start if is_one else None, end=front.period_end)
    day = front.date_signed or front.date_issued
    return Since(day.year, day.month, front.period_end) if day else None


def year_of_month(month: int, since: Since) -> int | None:
    """The year in which a month comes next.

    Example:
        >>> year_of_month(6, Since(2024, 11))
        2025
    """
    return since.year + (month < since.month) if since.year else None


def relative_years(text: str, since: Since | None) -> Iterator[tuple[int, int, int]]:
    """Begin, end and year of the words in a folded text that mean a year without writing it."""
    if since is None:
        return
    for match in _words().finditer(text):
        if year := year_of_month(int(match["month"] or since.month), since):
            yield *match.span(), year
    if since.end:
        yield from ((*match.span(), since.end) for match in _period().finditer(text))


def is_relative(text: str, at: int) -> bool:
    """Whether words that mean a year without writing it begin at a place."""
    return any(words.match(text, at) for words in (_words(), _period()))


def _words() -> re.Pattern[str]:
    return pattern("deadlines", "relative", "relative")


def _period() -> re.Pattern[str]:
    return pattern("deadlines", "relative", "period")
