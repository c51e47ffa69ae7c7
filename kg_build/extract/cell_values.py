"""A value as it stands alone in a cell: `≥90`, `5左右`, `[累计达到1000]`, `90%以上`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg_build.families import any_of, pattern, table
from kg_build.lex.numerals import number

__all__ = ["UNIT_IN_HEADING", "CellValue", "is_nothing", "values"]

#: 面积(公顷), 产值(单位:亿元)
UNIT_IN_HEADING = re.compile(r"\((?:单位:)?(?P<unit>[^()0-9]{1,12})\)$")

_NUMERAL = r"-?[0-9]{1,12}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,6})?"
_BRACKETS = re.compile(r"[\[\]〔〕()【】]")


@dataclass(frozen=True, slots=True)
class CellValue:
    """A number of a cell; `begin..end` covers all that belongs to it.

    `label` is what the cell says it counts, where it holds several: `成片:累计约110`.
    """

    begin: int
    end: int
    label: tuple[int, int] | None
    comparator: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    hedge: str | None
    is_cumulative: bool


def is_nothing(text: str) -> bool:
    """Whether a cell's folded text only says that there is nothing."""
    return not text or pattern("table", "row", "nothing").fullmatch(text) is not None


@cache
def _value() -> re.Pattern[str]:
    units = table("quantities")["units"]
    unit, multiplier = any_of([*units["symbols"], *units["words"]]), any_of(units["multipliers"])
    before = "|".join(f"(?P<b{n}>{r['pattern']})" for n, r in enumerate(_rules("before")))
    after = "|".join(f"(?P<a{n}>{r['pattern']})" for n, r in enumerate(_rules("after")))
    return re.compile(
        rf"(?:(?P<label>[一-鿿]{{1,12}}):)?(?P<cum>(?:[一-鿿]年)?累计)?(?:{before})?(?P<near>约|近)?"
        rf"(?P<low>{_NUMERAL})(?:%?[-~至](?P<high>{_NUMERAL}))?"
        rf"(?P<over>余|多|\+)?(?P<unit>(?:{multiplier})?(?:{unit})?)(?P<about>左右|上下)?(?:{after})?"
    )


@cache
def _rules(kind: str) -> tuple[dict[str, str], ...]:
    return tuple(table("quantities")[kind])


def values(text: str) -> Iterator[CellValue]:
    """The numbers of a cell; none where the cell says more than numbers and what goes with them."""
    rest = 0
    found = []
    cumulative = pattern("table", "cumulative", "cumulative").search(text) is not None
    for match in _value().finditer(text):
        rest += len(match[0])
        low, high = number(match["low"].lstrip("-")), match["high"]
        if low is None:
            return
        found.append(
            CellValue(
                begin=match.start(),
                end=match.end(),
                label=match.span("label") if match["label"] else None,
                comparator=_comparator(match),
                value=-low if match["low"].startswith("-") else low,
                value_max=number(high.lstrip("-")) if high else None,
                unit=match["unit"],
                hedge="左右" if match["near"] or match["about"] else None,
                is_cumulative=cumulative,
            )
        )
    words = len(_BRACKETS.sub("", text)) - rest
    if words <= (2 if len(found) > 1 else 0):
        yield from found


def _comparator(match: re.Match[str]) -> str:
    if match["high"]:
        return "range"
    after = next((r["comparator"] for n, r in enumerate(_rules("after")) if match[f"a{n}"]), None)
    before = next((r["comparator"] for n, r in enumerate(_rules("before")) if match[f"b{n}"]), None)
    if match["over"] and not (after or before):
        return ">"
    if before in {">", "<"} and after:
        return before
    return after or before or "="
