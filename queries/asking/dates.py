"""Conditions that years and months in a question set."""

import calendar
from collections.abc import Iterator

from queries.asking.chart import Piece
from queries.asking.question import Question
from queries.asking.reading import Condition, Reading

__all__ = ["DATES"]

_YEARS = {
    "year": ("year_from", "year_to"),
    "period": ("year_from", "year_to"),
    "until": ("year_to",),
    "since": ("year_from",),
}
_MONTHS = tuple(month.lower() for month in calendar.month_name)
_LAST = 12


def _years(question: Question, reading: Reading) -> Iterator[Condition]:
    several = [p for at, p in question.find("year") if not _of_issue(question, reading, at)]
    if len(several) > 1:
        found = tuple(y for p in several for y in _numbers(question, "year", p).values())
        yield Condition("due_in", found, found)
    for kind, parameters in _YEARS.items():
        for at, piece in question.find(kind):
            years = tuple(_numbers(question, kind, piece).values())
            if kind == "year" and _of_issue(question, reading, at):
                yield Condition("issued_in", years, years)
            elif kind != "year" or len(several) < 2:
                for parameter in parameters:
                    year = years[-1] if parameter == "year_to" else years[0]
                    yield Condition(parameter, (year,), (year,))


def _months(question: Question, reading: Reading) -> Iterator[Condition]:
    for at, piece in question.find("month"):
        said = _numbers(question, "month", piece)
        year = said.get("year") or said.get("year_en")
        month = int(said.get("month") or _MONTHS.index(said["name"]))
        if _of_issue(question, reading, at):
            if year:
                yield Condition("issued_in", (year,), (year,))
            yield Condition("issued_month", (str(month),), (str(month),))
            continue
        if year:
            yield Condition("year_from", (year,), (year,))
            yield Condition("year_to", (year,), (year,))
        if not (year and month == _LAST):  # the end of the year
            yield Condition("month", (str(month),), (str(month),))


def _days(question: Question, reading: Reading) -> Iterator[Condition]:
    """The day of a plan's date; what is due on a day is due in its month."""
    for _, piece in question.find("day"):
        said = _numbers(question, "day", piece)
        day = f"{said['year']}-{int(said['month']):02}-{int(said['day']):02}"
        if reading.asked == "plans":
            yield Condition("dated", (day,), (day,))
            continue
        yield Condition("year_from", (said["year"],), (said["year"],))
        yield Condition("year_to", (said["year"],), (said["year"],))
        yield Condition("month", (str(int(said["month"])),), (said["month"],))


def _numbers(question: Question, kind: str, piece: Piece) -> dict[str, str]:
    """What the groups of a kind's patterns found."""
    shapes = (p.expression for p in question.words.patterns if p.kind == kind)
    match = next(filter(None, (shape.fullmatch(piece.text) for shape in shapes)), None)
    found = match.groupdict() if match else {}
    return {name: value for name, value in found.items() if value}


def _of_issue(question: Question, reading: Reading, at: int) -> bool:
    """Whether a year is that in which a plan was issued: 2022年印发的."""
    last = at
    while any(p.sense("year", "alternative") for p in question.pieces[last + 1 : last + 2]):
        last += 1  # 2025年和2026年印发的
    near = question.pieces[max(0, at - 2) : last + 3]
    return reading.asked == "plans" and any(p.sense("issue") for p in near)


DATES = (_years, _months, _days)
