"""Dates, years and five-year periods as plans write them. All patterns read folded views."""

import re
from datetime import date

from kg_build.lex.numerals import integer

__all__ = [
    "DATE",
    "YEARS",
    "day",
    "day_of",
    "five_year_period",
    "single_year",
    "year_range",
]

#: the years that plans are about; another is a slip of the pen, or history
YEARS = range(1950, 2100)

#: 2022年5月26日, 二〇二二年五月二十六日
DATE = re.compile(
    r"(?P<y>[0-9]{4}|[二〇○零O0一三四五六七八九]{4})年"
    r"(?P<m>[0-9]{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?P<d>[0-9]{1,2}|[一二三四五六七八九十]{1,3})日"
)

#: 2022-05-26, 2022/5/26, 2022.05.26 10:30
_NUMERIC = re.compile(
    r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})"
    r"(?:T?[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?"
)

#: 2021-2023年, 2021~2023, 2021年7月至2023年6月
_YEAR_RANGE = re.compile(
    r"(?P<a>(?:19|20)[0-9]{2})(?:年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?)?(?:[-~至到]+)(?P<b>(?:19|20)[0-9]{2})(?![0-9])年?"
)

#: “十四五”, 第十四个五年规划
_FIVE_YEAR_PERIOD = re.compile(
    r"[“\"](?P<n>十[一二三四五六七八九]?|二十[一二三四五六七八九]?)五[”\"]"
    r"|(?P<o>十[一二三四五六七八九]?|二十[一二三四五六七八九]?)五(?:时期|规划|期间|期末|末|以来|发展规划)"
    r"|第(?P<m>十[一二三四五六七八九]?|二十[一二三四五六七八九]?)个五年"
)
_FIRST_OF_TENTH = 2001  # “十五” began in 2001; each period lasts five years


def day(match: re.Match[str]) -> date | None:
    """The calendar day of a `DATE` match; None where there is none, or it is not of `YEARS`."""
    parts = [integer(match[name]) for name in ("y", "m", "d")]
    try:
        return date(*[p or 0 for p in parts]) if parts[0] in YEARS else None
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    """The day that a folded text is, in words or in figures.

    Example:
        >>> day_of("2022年5月26日"), day_of("2022-05-2610:30")
        (datetime.date(2022, 5, 26), datetime.date(2022, 5, 26))
    """
    match = DATE.fullmatch(text) or _NUMERIC.fullmatch(text)
    return day(match) if match else None


def year_range(text: str) -> tuple[int, int] | None:
    """The first range of years in a folded text; None where it is not of `YEARS`.

    Example:
        >>> year_range("三年行动计划(2021-2023年)")
        (2021, 2023)
    """
    match = _YEAR_RANGE.search(text)
    years = (int(match["a"]), int(match["b"])) if match else None
    return years if years and years[0] <= years[1] and years[0] in YEARS else None


def five_year_period(text: str) -> tuple[int, int] | None:
    """The first and last year of the five-year period that a folded text names.

    Example:
        >>> five_year_period("“十四五”时期"), five_year_period("第十三个五年规划")
        ((2021, 2025), (2016, 2020))
    """
    match = _FIVE_YEAR_PERIOD.search(text)
    ordinal = integer(match["n"] or match["o"] or match["m"]) if match else None
    if ordinal is None:
        return None
    first = _FIRST_OF_TENTH + (ordinal - 10) * 5
    return (first, first + 4) if first + 4 in YEARS else None


_SINGLE_YEAR = re.compile(
    r"(?<![0-9])(20[0-9]{2}|二[〇○零][一二三][〇○零一二三四五六七八九])年(?:度)?(?!版|修订|以来|远景)"
)


def single_year(text: str) -> tuple[int, int] | None:
    """The year of a plan for one year, as both ends of its period; of several the last.

    Example:
        >>> single_year("2024年儿童工作要点")
        (2024, 2024)
    """
    years = _SINGLE_YEAR.findall(text)
    year = integer(years[-1].replace("○", "〇")) if years else None
    return (year, year) if year else None
