"""Values that stand side by side, and the unit that those of a list share."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg_build.extract.clauses import Sentence
from kg_build.extract.quantities import Quantity

__all__ = ["listed", "with_shared_units"]

#: between values of a list, or of one thing: 公路3条,共120公里
_BETWEEN_VALUES = re.compile("[、和及与]?|[,、]?(?:共计?|合计|总计)")


def listed(sentence: Sentence, found: Sequence[Quantity]) -> Iterator[list[Quantity]]:
    """Values that stand side by side: `分别达到55%、95%以上`."""
    group: list[Quantity] = []
    for quantity in found:
        if group:
            gap = sentence.text[group[-1].end : quantity.begin]
            is_other = quantity.begin < quantity.at and quantity.unit != group[-1].unit
            if is_other or not _BETWEEN_VALUES.fullmatch(gap):
                yield _bounded(group)
                group = []
        group.append(quantity)
    if group:
        yield _bounded(group)


def _bounded(group: list[Quantity]) -> list[Quantity]:
    """`分别下降30%、25%以上`: a bound behind the last holds for all of the list."""
    last = group[-1]
    if len(group) == 1 or not last.has_bound:
        return group
    bound = last.comparator
    are_equal = (q.comparator == "=" and q.unit == last.unit for q in group)
    return [replace(q, comparator=bound) if e else q for q, e in zip(group, are_equal, strict=True)]


def with_shared_units(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """`达到50、60和70个`, `5个、2个工作日`: numbers of a list have the unit of the last."""
    shared: list[Quantity] = []
    for quantity in reversed(found):
        is_listed = shared and text[quantity.end : shared[-1].begin] in {"、", "和", "及", "与"}
        later = shared[-1] if is_listed else None
        is_begun = later and quantity.unit == "个" and (later.unit or "").startswith("个")
        takes = later and (quantity.unit == "" or is_begun)
        shared.append(replace(quantity, unit=later.unit) if later and takes else quantity)
    return shared[::-1]
