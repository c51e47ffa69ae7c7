"""By when a whole action shall be done: a column of a task table, a tag, a label, or sentences."""

import re
from collections.abc import Iterable
from decimal import Decimal

from kg_build.extract.cell_values import is_nothing
from kg_build.extract.relative_years import CONCLUDED, Since, relative_years, year_of_month
from kg_build.families import pattern, patterns
from kg_build.lex.dates import five_year_period
from kg_build.lex.view import View, tidy
from kg_build.model import Deadline, Evidence
from kg_build.structure.tables import Cell

__all__ = ["deadline", "deadline_in", "deadline_of", "is_certain"]

_MONTH = r"(?:年|[./-])(?P<m>1[0-2]|0?[1-9])(?:月|(?![0-9]))"
_YEAR = re.compile(rf"(?<![0-9])(?P<y>20[0-9]{{2}})(?![0-9])(?:{_MONTH})?")
_MONTH_ALONE = re.compile(r"(?<![0-9.年])(1[0-2]|[1-9])月")
_REPEATED = re.compile("[每次]年")
_WORDED = Decimal(CONCLUDED)


def deadline_in(cell: Cell, wording: str, since: Since | None) -> Deadline | None:
    """The deadline in a cell: the last month it names; without a year where it is to last."""
    return deadline(cell.view, wording, "deadline.column", since, cell.year)


def deadline(
    view: View, wording: str, rule: str, since: Since | None, year_above: int | None = None
) -> Deadline | None:
    """The deadline that some words state. `year_above` is stated by the heading over them.

    Years that are not written count from `since`, where the plan gives that.
    """
    text = view.text
    if is_nothing(text):
        return None
    year, month = _last_month(text)
    if year is None and month is None and (period := five_year_period(text)):
        year = period[1]
    if year is None and month is not None:
        year = year_above
    is_lasting = pattern("table", "lasting", "lasting").search(text) is not None
    certain = Decimal(1) if year or is_lasting else _WORDED
    year = year or (None if is_lasting else _concluded(text, month, since))
    rule = "deadline.lasting" if is_lasting and year is None else rule
    return Deadline(year, month, wording, Evidence(view.span(), rule, certain))


def _concluded(text: str, month: int | None, since: Since | None) -> int | None:
    """The year that words mean which write none: of the month they name, or 年内."""
    if month and since and not _REPEATED.search(text):
        return year_of_month(month, since)
    return next((year for _, _, year in relative_years(text, since)), None)


def is_certain(due: Deadline) -> bool:
    """Whether the text writes the year of a deadline, which may then be that of its targets."""
    return due.evidence.confidence > _WORDED


def deadline_of(views: Iterable[View], text: str, since: Since | None) -> Deadline | None:
    """The deadline that paragraphs state: under a label, or else the last that says 完成.

    One without a year (年内, 每年6月底前) counts where none has a year.
    """
    found: dict[str, Deadline] = {}
    for view in views:
        for rule in patterns("deadlines", "deadline"):
            for match in rule.regex.finditer(view.text):
                one = _read(view, match, rule.id, text, since)
                if rule.id not in found or _time(one) > _time(found[rule.id]):
                    found[rule.id] = one
    first = (found[r.id] for r in patterns("deadlines", "deadline") if r.id in found)
    return next(first, None)


def _read(view: View, match: re.Match[str], rule: str, text: str, since: Since | None) -> Deadline:
    year, month = _last_month(match["when"])
    span = view.span(*match.span("when"))
    evidence = Evidence(span, rule, Decimal(1) if year else _WORDED)
    year = year or _concluded(match["when"], month, since)
    return Deadline(year, month, tidy(text[span.start : span.end]), evidence)


def _time(deadline: Deadline) -> tuple[int, int]:
    """Sorts deadlines: the end of a year comes after its months."""
    return deadline.year or 0, deadline.month or 13


def _last_month(text: str) -> tuple[int | None, int | None]:
    year = month = None
    end = 0
    for match in _YEAR.finditer(text):
        year, month = int(match["y"]), int(match["m"]) if match["m"] else None
        end = match.end()
    later = _MONTH_ALONE.findall(text, end)  # 2024年6月至9月
    return year, int(later[-1]) if later else month
