"""The noun behind a number, and the predicate in it."""

import re
from functools import cache

from kg_build.extract.clauses import Sentence
from kg_build.extract.quantities import Quantity
from kg_build.extract.ties import GRANT, JOINT, stripped
from kg_build.families import table

__all__ = ["later_predicate", "noun_behind", "predicate_split", "right_bound"]

_NO_NOUN = re.compile(
    r"^(?:\(|,|并(?!购|联)|且|和(?!谐)|及(?!时)|与|后(?!备|勤)|时(?!代|尚)|用(?![地电水户])|以|由|来|等(?!级)|为"
    r"|\)|\]|左右|(?:共计?|总计|合计|累计|约)[0-9]|持续|稳步|的?目标|的?标准(?!化)|的?要求|的?水平|范围|的?(?:保护)?[底红]线)"
)

_JOINS = re.compile(f"、|{JOINT}")
#: 20元给予补贴
_LED_IN = re.compile(f"规模的|(?:的?标准)?(?:给予|予以|进行)(?=[^,;。]{{0,10}}{GRANT})|的")
#: 配备1名医生的标准配齐
_STANDARD = re.compile("的(?:标准|比例|要求)(?!化)")
#: a number with its unit, and no more
_ALONE = re.compile("[约近]?[0-9.]{1,9}[一-鿿/]{1,4}")
#: one more number of the list: 、17处
_LISTED = re.compile("[、和][0-9.]{1,9}(?:%的?|[一-鿿])(?=[^0-9、,;。]{4,40}$)")


def right_bound(sentence: Sentence, begin: int, end: int, following: int | None) -> int:
    """Where a noun behind a number ends: before a further number, or before a further verb.

    `20个图书角和8座阅读亭` are two; `50名懂技术、会经营的带头人` are one.
    """
    if sentence.text[begin : begin + 1] == "、":
        return begin  # 公园20处、绿地50处
    pause = sentence.first_pause(begin, end)
    if following is not None and begin < following < end:
        joins = [m.start() for m in _JOINS.finditer(sentence.view.text, begin, following)]
        is_alone = begin + 1 < following and _ALONE.fullmatch(sentence.text, following, pause)
        other = following if is_alone else pause  # 12条道路管网8公里
        return joins[-1] if joins and joins[-1] > begin else other
    if "的" in sentence.text[pause:end] and "的" not in sentence.text[begin:pause]:
        return end  # 200名能突破技术、带动学科的领军人才
    while pause < end and not _is_verb(sentence, pause + 1, end):
        pause = sentence.first_pause(pause + 1, end)
    return pause


def _is_verb(sentence: Sentence, begin: int, end: int) -> bool:
    """Whether a verb of making leads in at a place: what follows is another promise."""
    return stripped(sentence, begin, end)[0] > begin


def noun_behind(sentence: Sentence, quantity: Quantity, right: int) -> tuple[int, int] | None:
    """The noun after a counted number: `10个以上儿童友好示范社区`."""
    text = sentence.view.text
    led_in = _LED_IN.match(text, quantity.end, right)
    begin = led_in.end() if led_in else quantity.end
    standard = _STANDARD.search(text, begin + 2, right)
    right = standard.start() if standard else right
    if right - begin < 2 or _NO_NOUN.match(text[begin:right]):
        return None
    return begin, right


def predicate_split(text: str, noun: tuple[int, int]) -> int | None:
    """Where the predicate begins in `社区提供普惠托育服务`; None where there is none."""
    match = _predicate().search(text, noun[0] + 1, noun[1])
    return match.start() if match and match.end() < noun[1] else None


def later_predicate(sentence: Sentence, right: int) -> tuple[int, int] | None:
    """The predicate that the noun of a later number has: `80%的甲、50%的乙完成改造`."""
    _, end = sentence.clause(right)
    listed = _LISTED.match(sentence.text, right, end)
    begin = predicate_split(sentence.view.text, (listed.end(), end)) if listed else None
    return (begin, end) if begin else None


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(table("quantities")["predicate"]["pattern"])
