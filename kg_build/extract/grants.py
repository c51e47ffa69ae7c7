"""Sums that are given, and to whom: `对达标的村按每村5万元给予补助`."""

import re
from dataclasses import replace

from kg_build.extract.clauses import Sentence
from kg_build.extract.pieces import Measure
from kg_build.extract.quantities import Quantity
from kg_build.extract.ties import GRANT

__all__ = ["given", "to_whom"]

_WHOM = re.compile(
    r"对(?![口接外标照应策])(?P<whom>[^,;。]{2,40}?)(?:,?(?:按照?|以)[^,;。0-9]{0,8})?"
    r"(?:分别|一次性|最高|可|再|给予|予以|不超过|不低于|每[年月人户亩个村家])*$"
)
_TO_WHOM = re.compile("(?:对于?|凡)(?P<whom>[^,;。]{2,40}?)的?")
_SUM = re.compile(
    rf"(?:的?标准)?(?:给予|予以|进行|的)?(?P<what>(?:一次性)?[一-鿿]{{0,6}}(?:{GRANT}|资金支持))"
)


def given(sentence: Sentence, quantity: Quantity, left: int, right: int) -> Measure | None:
    """A sum given to somebody: `对达标的村按每村5万元给予补助` is what such a village is given."""
    if quantity.unit == "%":
        return None
    text = sentence.view.text
    what, whom = _SUM.fullmatch(text, quantity.end, right), _WHOM.match(text, left, quantity.begin)
    if what is None or whom is None:
        return None
    return Measure((whom.span("whom"), what.span("what")), left, right, "counted")


def to_whom(sentence: Sentence, measure: Measure) -> Measure:
    """A sum, with to whom the clause before says it is given: `对达标的书屋,每家奖励2万元`."""
    begin, _ = sentence.clause(measure.begin)
    earlier = sentence.clause(begin - 1) if begin else (0, 0)
    whom = _TO_WHOM.fullmatch(sentence.view.text, *earlier)
    *others, sum_of = measure.pieces
    if whom is None or isinstance(sum_of, str) or not _SUM.fullmatch(sentence.view.text, *sum_of):
        return measure
    return replace(measure, pieces=(*others, whom.span("whom"), sum_of), begin=earlier[0])
