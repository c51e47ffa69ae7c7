"""Numbers with units in a clause: what counts as one, and how it compares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg_build.families import patterns, table
from kg_build.lex.numerals import number

__all__ = ["Quantity", "at_least", "masked", "quantities"]

#: stands for a masked number; for a span of time another, since that leads in a promise
_MASK, _TIME_MASK = "\x00", "\x02"
_TIME = "span-of-time"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `begin..end` covers comparator words on both sides.

    `at` is where the number itself begins and `number_end` where its unit ends.
    """

    begin: int
    at: int
    number_end: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    comparator: str
    is_chinese: bool
    hedge: str | None


@cache
def _masks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rules = patterns("quantities", "mask")
    plain = "|".join(f"(?:{p.regex.pattern})" for p in rules if p.id != _TIME)
    return re.compile(plain), next(p.regex for p in rules if p.id == _TIME)


def masked(text: str) -> str:
    """The text with numbers that promise nothing blanked out, length unchanged."""
    plain, time = _masks()
    text = plain.sub(lambda m: _MASK * len(m[0]), text)
    return time.sub(lambda m: _TIME_MASK * len(m[0]), text)


@cache
def _quantity() -> re.Pattern[str]:
    units = table("quantities")["units"]
    by_length = sorted([*units["symbols"], *units["words"]], key=len, reverse=True)
    unit = "|".join(map(re.escape, by_length))
    multiplier = "|".join(sorted(units["multipliers"], key=len, reverse=True))
    numeral = r"[0-9]{1,12}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,6})?"
    chinese = r"[一二两三四五六七八九十百]{1,6}"
    before = "|".join(f"(?P<b{n}>{r['pattern']})" for n, r in enumerate(_rules("before")))
    after = "|".join(f"(?P<a{n}>{r['pattern']})" for n, r in enumerate(_rules("after")))
    return re.compile(
        rf"(?:{before})?(?P<near>约|近)?"
        rf"(?P<low>{numeral}|{chinese})(?:(?P<lowpct>%)?[-~至到](?P<high>{numeral}|{chinese}))?"
        rf"(?P<over>余|多)?(?P<unit>(?:{multiplier})?(?:{unit})|(?:{multiplier})(?=[^一-鿿]|$))"
        rf"(?P<about>左右|上下)?(?:{after})?"
    )


@cache
def _rules(kind: str) -> tuple[dict[str, str], ...]:
    return tuple(table("quantities")[kind])


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities of a masked clause, in order."""
    for match in _quantity().finditer(text):
        start = match.start("low")
        if start and (text[start - 1].isdigit() or text[start - 1] in ".-~/"):
            continue
        low, high = number(match["low"]), number(match["high"]) if match["high"] else None
        if low is None or (high is not None and high <= low):
            continue
        yield Quantity(
            begin=match.start(),
            at=start,
            number_end=match.end("unit"),
            end=match.end(),
            value=low,
            value_max=high,
            unit=match["unit"],
            comparator=_comparator(match),
            is_chinese=not match["low"].isascii(),
            hedge="左右" if match["near"] or match["about"] else None,
        )


def _comparator(match: re.Match[str]) -> str:
    """Words after the number outweigh those before it: 达到33微克/立方米以下 is at most."""
    if match["high"]:
        return "range"
    after = next((r["comparator"] for n, r in enumerate(_rules("after")) if match[f"a{n}"]), None)
    before = next((r["comparator"] for n, r in enumerate(_rules("before")) if match[f"b{n}"]), None)
    if match["over"] and before is None and after is None:
        return ">"
    return _both(before, after)


def _both(before: str | None, after: str | None) -> str:
    if after == ">=" and before == ">":
        return ">"
    if before == "<=" and after is None:
        return "<="
    return after or before or "="


@cache
def at_least() -> re.Pattern[str]:
    """Words that make a lower bound of a number later in the clause: 至少吸纳1家."""
    return re.compile(table("quantities")["at_least"]["pattern"])
