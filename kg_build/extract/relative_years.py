"""Years that a text does not write: 年内, 今年底前, 6月底前, counted from a month of the plan."""

import re
from collections.abc import Iterator

from kg_build.families import pattern
from kg_build.model import FrontMatter

__all__ = ["CONCLUDED", "Since", "counted_from", "is_relative", "relative_years", "year_of_month"]

#: how sure a year is that the text does not write
CONCLUDED = "0.8"

#: the year and month from which such years count
Since = tuple[int, int]


def counted_from(front: FrontMatter) -> Since | None:
    """What such years count from: the first month of a plan's one year, else that it was signed.

    None for a plan of several years, in which 年内 may be said of each of them.
    """
    if front.period_start is not None:
        is_one = front.period_start == front.period_end
        return (front.period_start, 1) if is_one else None
    day = front.date_signed or front.date_issued
    return (day.year, day.month) if day else None


def year_of_month(month: int, since: Since) -> int:
    """The year in which a month comes next.

    Example:
        >>> year_of_month(6, (2024, 11))
        2025
    """
    year, first = since
    return year + (month < first)


def relative_years(text: str, since: Since | None) -> Iterator[tuple[int, int, int]]:
    """Begin, end and year of the words in a folded text that mean a year without writing it."""
    if since is None:
        return
    for match in _words().finditer(text):
        month = int(match["month"] or since[1])
        yield *match.span(), year_of_month(month, since)


def is_relative(text: str, at: int) -> bool:
    """Whether words that mean a year without writing it begin at a place."""
    return _words().match(text, at) is not None


def _words() -> re.Pattern[str]:
    return pattern("deadlines", "relative", "relative")
