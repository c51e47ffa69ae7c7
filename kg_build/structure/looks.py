"""What the pieces of a flattened table look like."""

import re
from collections.abc import Callable
from functools import lru_cache

from kg_build.families import pattern
from kg_build.structure.columns import lists_units, says_when

__all__ = ["look"]

_NUMBER = re.compile("[0-9]{1,3}")
_FIGURE = re.compile(r"[≥≤<>=约]?[0-9][0-9.,]{0,11}(?:[-~至][0-9.,]{1,12})?(?:%|[一-鿿]{1,3})?")
_NAME = re.compile("[一-鿿]{2,4}")
_SENTENCE = re.compile("[。;,]")
_LONGEST_PHRASE = 24


@lru_cache(maxsize=8192)
def look(word: str) -> str:
    """The look of a piece's folded words, as the rules of `fit` in families/table.toml name it.

    Example:
        >>> look("3"), look("县水利局、县财政局"), look("年底前"), look("疏浚航道。")
        ('number', 'units', 'deadline', 'sentence')
    """
    found = (name for name, looks_so in _LOOKS if looks_so(word))
    return next(found, "phrase")


def _names_units(word: str) -> bool:
    return lists_units(word) and not pattern("table", "cell", "work").fullmatch(word)


def _says_nothing(word: str) -> bool:
    return pattern("table", "row", "nothing").fullmatch(word) is not None


def _is_sentence(word: str) -> bool:
    return len(word) > _LONGEST_PHRASE or _SENTENCE.search(word) is not None


_LOOKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("number", _NUMBER.fullmatch),
    ("nothing", _says_nothing),
    ("deadline", says_when),
    ("units", _names_units),
    ("figure", _FIGURE.fullmatch),
    ("name", _NAME.fullmatch),
    ("sentence", _is_sentence),
)
