"""Dates, years and five-year periods as plans write them. All patterns read folded views."""

import re
from datetime import date

from kg_build.lex.numerals import integer

__all__ = [
    "DATE",
    "day",
    "day_of",
    "five_year_period",
    "single_year",
    "stated_period",
    "year_range",
]

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

#: 2021-2023年, 2021~2023
_YEAR_RANGE = re.compile(
    r"(?P<a>(?:19|20)[0-9]{2})年?(?:[-~至到]+)(?P<b>(?:19|20)[0-9]{2})(?![0-9])年?"
)

#: “十四五”, 第十四个五年规划
_FIVE_YEAR_PERIOD = re.compile(
    r"[“\"](?P<n>十[一二三四五六七八九]?|二十[一二三四五六七八九]?)五[”\"]"
    r"|(?P<o>十[一二三四五六七八九]?|二十[一二三四五六七八九]?)五(?:时期|规划|期间|期末|末|以来|发展规划)"
    r"|第(?P<m>十[一二三四五六七八九]?|二十[一二三四五六七八九]?)个五年"
)
_FIRST_OF_TENTH = 2001  # “十五” began in 2001; each period lasts five years


def day(match: re.Match[str]) -> date | None:
    """The calendar day of a `DATE` match; None where there is no such day."""
    parts = [integer(match[name]) for name in ("y", "m", "d")]
    try:
        return date(*[p or 0 for p in parts])
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
    """The first range of years in a folded text.

    Example:
        >>> year_range("三年行动计划(2021-2023年)")
        (2021, 2023)
    """
    match = _YEAR_RANGE.search(text)
    years = (int(match["a"]), int(match["b"])) if match else None
    return years if years and years[0] <= years[1] else None


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
    return first, first + 4


_SINGLE_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年(?:度)?(?!版|修订|以来)")


def single_year(text: str) -> tuple[int, int] | None:
    """The year of a plan for one year, as both ends of its period.

    Example:
        >>> single_year("2024年儿童工作要点")
        (2024, 2024)
    """
    match = _SINGLE_YEAR.search(text)
    return (int(match[1]), int(match[1])) if match else None


#: 2022年起5年内, 从2023年开始用三年时间
_FROM_YEAR = re.compile(
    r"(?P<y>20[0-9]{2})年(?:起|开始),?(?:连续|利用|用|经过|通过)?(?P<n>[0-9]|[一二三四五六七八九十])年(?:内|左右|时间|的时间)"
)
#: 规划期为2021—2025年, 实施期限:2023年1月至2025年12月
_TERM = re.compile(
    r"(?:规划|实施|计划|行动|建设|有效|工作|整治|创建)(?:期限?|时限|周期|时间|年限)"
    r"[^0-9。;]{0,8}(?P<a>20[0-9]{2})年?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:起)?[-~至到]+(?P<b>20[0-9]{2})(?![0-9])"
)


def stated_period(text: str) -> tuple[int, int] | None:
    """The first and last year of a period that a folded sentence lays down for the plan.

    Example:
        >>> stated_period("2022年起5年内"), stated_period("实施期限:2023年1月至2025年12月")
        ((2022, 2026), (2023, 2025))
    """
    term = _TERM.search(text)
    if term:
        return int(term["a"]), int(term["b"])
    match = _FROM_YEAR.search(text)
    length = integer(match["n"]) if match else None
    return (int(match["y"]), int(match["y"]) + length - 1) if match and length else None
