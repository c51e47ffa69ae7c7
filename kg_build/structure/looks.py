"""What the pieces of a flattened table look like."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from kg_build.families import any_of, marker, pattern, patterns, table
from kg_build.lex.numerals import integer
from kg_build.structure.columns import lists_units, says_when

__all__ = ["is_attribute", "look", "measures", "row_number"]

_NUMBER = re.compile("[0-9]{1,3}")
_FIGURE = re.compile(r"[≥≤<>=约]?[0-9][0-9.,]{0,11}(?:[-~至][0-9.,]{1,12})?(?:%|[一-鿿]{1,3})?")
_CHINESE = re.compile("[一二三四五六七八九十]{1,3}")
_NAME = re.compile("[一-鿿]{2,4}")
_SENTENCE = re.compile("[。;,]")
_LONGEST_PHRASE = 60


@lru_cache(maxsize=8192)
def look(word: str) -> str:
    """The look of a piece's folded words, as the rules of `fit` in families/table.toml name it.

    Example:
        >>> look("3"), look("县水利局、县财政局"), look("年底前"), look("疏浚航道。")
        ('number', 'units', 'deadline', 'sentence')
    """
    found = (name for name, looks_so in _LOOKS if looks_so(word))
    return next(found, "phrase")


@lru_cache(maxsize=8192)
def row_number(word: str) -> tuple[str, int] | None:
    """The style and value of a piece that is no more than a number: 3, (三) or 三.

    Example:
        >>> row_number("12"), row_number("(二)"), row_number("二"), row_number("(二)加强")
        (('arabic', 12), ('chinese_bracketed', 2), ('chinese', 2), None)
    """
    if _NUMBER.fullmatch(word):
        return "arabic", int(word)
    if _CHINESE.fullmatch(word):
        return "chinese", integer(word) or 0
    found = marker(word)
    is_bare = found is not None and found.length == len(word)
    return (found.style, found.value) if found and is_bare else None


def _names_units(word: str) -> bool:
    return lists_units(word) and not pattern("table", "cell", "work").fullmatch(word)


def _says_nothing(word: str) -> bool:
    return pattern("table", "row", "nothing").fullmatch(word) is not None


def _is_measure(word: str) -> bool:
    return measures().fullmatch(word) is not None


@cache
def measures() -> re.Pattern[str]:
    """What a unit of measurement looks like in a cell: 万元/人, %, or a stroke for none."""
    units = table("quantities")["units"]
    unit, many = any_of([*units["symbols"], *units["words"]]), any_of(units["multipliers"])
    return re.compile(rf"/|(?:{many})?(?:{unit})(?:/(?:{many})?(?:{unit}))?")


def is_attribute(word: str) -> bool:
    """Whether a cell says how binding an indicator is: 约束性, 预期性."""
    return any(rule.regex.fullmatch(word) for rule in patterns("table", "attribute"))


def _is_sentence(word: str) -> bool:
    return len(word) > _LONGEST_PHRASE or _SENTENCE.search(word) is not None


_LOOKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("number", _NUMBER.fullmatch),
    ("nothing", _says_nothing),
    ("attribute", is_attribute),
    ("deadline", says_when),
    ("measure", _is_measure),
    ("units", _names_units),
    ("figure", _FIGURE.fullmatch),
    ("name", _NAME.fullmatch),
    ("sentence", _is_sentence),
)
