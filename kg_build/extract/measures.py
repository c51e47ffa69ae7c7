"""What a number measures: the words before it, or the noun after it."""

import re

from kg_build.extract.baselines import leading
from kg_build.extract.clauses import Sentence
from kg_build.extract.denominators import (
    FREQUENCY,
    PER_COUNT,
    PER_EACH,
    Pieces,
    bracketed,
    carried_per,
    each_of,
    frequency,
    is_bare,
    known,
    per_of,
    says_what,
)
from kg_build.extract.grants import given, to_whom
from kg_build.extract.nouns import later_predicate, noun_behind, predicate_split, right_bound
from kg_build.extract.pieces import Measure
from kg_build.extract.quantities import MASKED, Quantity
from kg_build.extract.shares import share
from kg_build.extract.ties import GRANT, JOINT, stripped

__all__ = ["named"]

_EVENT = re.compile(r".*(?:组织开展|开展|举办|组织|召开|举行)")
#: 支持各镇建设气调库、冷藏库: what is made, of a long clause
_MADE = re.compile("[^,;。]*(?:建设|新建|改造|建成|培育|打造|配备)(?P<what>[^,;。]{2,24})")
_SERVED = ("人次", "户次")
_EVENT_UNITS = {"次", "场", "场次", "期", "班次", "人次", "批次"}
_BENEFICIARY = re.compile(r"为(?P<who>[^,;。]+?)提供")
#: 对辖区20家企业开展检查
_AT = re.compile("对(?:辖区|全[一-鿿]|[境域]内|现有)?")
_RATE = re.compile(
    "(?P<who>[^,;。]*?)按照?(?P<each>每[^,;。0-9]{1,8}?)(?:不少于|不低于|至少|约|配[建备置])*"
)
_PLACED = re.compile(
    "(?:的(?:标准|比例|要求))?,?(?:规划)?(?:配[建备置]|建设|设置|调剂解决|安排)(?P<what>[^,;。]{2,24})"
)
#: what joins a number's words to the number before: 10人以上的救援队1支
_JOINED = re.compile(f"的|{JOINT}")
#: what is given, said before how much: 每家最高奖励500万元
_GIVEN_AS = re.compile(GRANT)
_TIME = ("分钟", "时", "天", "日")
_NUMBER = re.compile("[0-9]")
_SHORTEST, _LONGEST = 2, 24  # characters of what an earlier clause names

#: where a name stands, how often it is, and for each of what
_Name = tuple[tuple[int, int], Pieces, Pieces]


def named(
    sentence: Sentence, quantity: Quantity, previous: int, following: int | None = None
) -> Measure | None:
    """The measure of one number; None where no words name it.

    `previous` is where the number before it ends, `following` where the next one begins.
    """
    begin, end = sentence.clause(quantity.begin)
    left = _left_bound(sentence, quantity, max(begin, previous) if previous > begin else begin)
    right = right_bound(sentence, quantity.end, end, following)
    noun = None if quantity.times else noun_behind(sentence, quantity, right)
    if quantity.unit in {"%", "‰"}:
        return share(sentence, quantity, left, right)
    if granted := given(sentence, quantity, left, right) or _placed(sentence, quantity, left):
        return granted
    if soon := _within(sentence, quantity, left, noun):
        return soon
    if noun is not None:
        return to_whom(sentence, _counted(sentence, quantity, (begin, left), noun))
    if before := _before(sentence, quantity, (begin, left)):
        return to_whom(sentence, before)
    return _carried(sentence, quantity, begin) or _done(sentence, quantity, left)


def _within(
    sentence: Sentence, quantity: Quantity, left: int, noun: tuple[int, int] | None
) -> Measure | None:
    """How soon something is done: `预警信息5分钟内发送到户`."""
    text = sentence.view.text
    if noun is None or text[quantity.end - 1] != "内" or not (quantity.unit or "").endswith(_TIME):
        return None
    begin, _ = sentence.clause(quantity.begin)
    earlier = _NUMBER.search(sentence.text, begin, left)  # 投诉2小时内响应、5日内办结
    what = stripped(sentence, begin, earlier.start()) if earlier else (left, quantity.begin)
    return Measure((stripped(sentence, *what, verbs=False), noun, "时间"), left, noun[1], "around")


def _done(sentence: Sentence, quantity: Quantity, left: int) -> Measure | None:
    """What is done for so many: `每年培训500人次`."""
    if not (quantity.unit or "").endswith(_SERVED):
        return None
    begin, end = stripped(sentence, left, quantity.begin, verbs=False)
    often = FREQUENCY.match(sentence.text, begin, end)
    begin = often.end() if often else begin
    if not _SHORTEST <= end - begin <= _LONGEST:
        return None
    return Measure(((begin, end),), left, quantity.end, "before", every=bracketed(often))


def _carried(sentence: Sentence, quantity: Quantity, clause: int) -> Measure | None:
    """What the clause before names: `建设公办幼儿园,每个县至少建成1所`."""
    per = per_of(sentence, quantity, clause)
    is_all = "累计" in sentence.text[clause : quantity.at]
    if not clause or not (is_all or per or quantity.comparator != "="):
        return None
    if sentence.text[quantity.begin - 1] == "(":  # 稳定在1.2万头(不低于1.1万头)
        return None
    earlier, stop = sentence.clause(clause - 1)
    begin, end = stripped(sentence, earlier, stop)
    made = _MADE.fullmatch(sentence.text, begin, end) if end - begin > _LONGEST else None
    begin = made.start("what") if made else begin
    words = sentence.text[begin:end]
    if words.startswith("每"):  # 每季度不少于一次,每年不少于四次
        return None
    if not _SHORTEST <= len(words) <= _LONGEST or any(c in MASKED or c.isdigit() for c in words):
        return None
    given_as = _GIVEN_AS.search(sentence.text, clause, quantity.at)
    name = ((begin, end), given_as.span()) if given_as else ((begin, end),)
    every = () if per else frequency(sentence, quantity)
    return Measure((*per, *name), earlier, quantity.end, "carried", per, every=every)


def _left_bound(sentence: Sentence, quantity: Quantity, begin: int) -> int:
    """Where the words of this number begin: after the pause that ends the number before it."""
    clause_begin, _ = sentence.clause(quantity.begin)
    if begin == clause_begin:
        return begin
    if sentence.text[begin] == "(" and ")" not in sentence.text[begin : quantity.begin]:
        return begin + 1  # 改造道路20公里(年内完成10公里)
    pause = sentence.pause_between(begin, quantity.begin)
    if pause is None:
        joined = _JOINED.match(sentence.text, begin)
        return joined.end() if joined else begin
    return pause + 1


def _counted(
    sentence: Sentence, quantity: Quantity, bounds: tuple[int, int], noun: tuple[int, int]
) -> Measure:
    clause, left = bounds
    text = sentence.view.text
    start, _ = stripped(sentence, left, quantity.begin)
    is_subject = start >= quantity.begin or _AT.fullmatch(text, start, quantity.begin)
    subject = predicate_split(text, noun) if is_subject else None
    later = later_predicate(sentence, noun[1]) if is_subject and not subject else None
    if later:
        return Measure((later, "的", noun), left, later[1], "counted")
    if subject and "的" not in text[noun[0] : noun[1]]:
        who = stripped(sentence, noun[0], subject, verbs=False)
        pieces: Pieces = ((subject, noun[1]), "的", who)
        return Measure(pieces, left, noun[1], "counted")
    per = per_of(sentence, quantity, left, clause)
    served = _BENEFICIARY.match(text, clause, quantity.begin)
    prefix: Pieces = per or ((served.span("who"),) if served else ())
    every = frequency(sentence, quantity)
    return Measure((*prefix, noun), left, noun[1], "counted", per, every=every)


def _placed(sentence: Sentence, quantity: Quantity, left: int) -> Measure | None:
    """How much is placed for each of what: `居住区按每百户不少于20平方米的标准配建书屋`."""
    text = sentence.view.text
    rate, placed = _RATE.fullmatch(text, left, quantity.at), _PLACED.match(text, quantity.end)
    if rate is None or placed is None:
        return None
    who = stripped(sentence, *rate.span("who"), verbs=False)
    each, what = rate.span("each"), placed.span("what")
    return Measure((who, each, what), left, placed.end(), "around", (each,))


def _before(sentence: Sentence, quantity: Quantity, bounds: tuple[int, int]) -> Measure | None:
    """What words before a number name, with how often and for each of what it is."""
    of_each = _of_each(sentence, quantity, bounds)
    (begin, end), every, per = of_each or _of_count(sentence, quantity, bounds)
    if end - begin < _SHORTEST:
        return None
    prefix = () if is_bare(per) else per  # 每家配备书架3套
    return Measure((*prefix, (begin, end)), bounds[1], quantity.end, "before", per, every=every)


def _of_each(sentence: Sentence, quantity: Quantity, bounds: tuple[int, int]) -> _Name | None:
    """What 每个… leads in; None where it leads in nothing, or is what is counted itself."""
    clause, left = bounds
    text = sentence.view.text
    each = PER_EACH.match(text, left, quantity.at)
    if each is None:
        return None
    name, every = _name_before(sentence, quantity, each.end())
    if name[1] - name[0] >= _SHORTEST:
        return name, every, each_of(each)
    if of := known(text, clause, each):
        return stripped(sentence, of[1], quantity.begin), every, (of,)
    return None if says_what(sentence, clause, each) else (name, every, each_of(each))


def _of_count(sentence: Sentence, quantity: Quantity, bounds: tuple[int, int]) -> _Name:
    """What words before a number name, per so many people where they or the clause say so."""
    (begin, end), every = _name_before(sentence, quantity, bounds[1])
    if own := PER_COUNT.match(sentence.view.text, begin, end):
        return (stripped(sentence, own.end(), end)[0], end), every, (own.span(),)
    per = carried_per(sentence, quantity, bounds, begin)
    return (begin, end), every or (frequency(sentence, quantity) if per else ()), per


def _name_before(
    sentence: Sentence, quantity: Quantity, start: int
) -> tuple[tuple[int, int], Pieces]:
    """The words before a number from a place on, and how often they say that it is done."""
    text = sentence.view.text
    often = FREQUENCY.match(text, *stripped(sentence, start, quantity.begin, verbs=False))
    begin, end = stripped(sentence, often.end() if often else start, quantity.begin)
    verb = leading(text, begin, quantity)
    begin = verb.end() if verb else begin
    later = None if often else FREQUENCY.search(text, begin, end)
    at_end = later if later and later.end() == end else None
    end = stripped(sentence, begin, at_end.start())[1] if at_end else end
    if quantity.unit not in _EVENT_UNITS:
        return (begin, end), (at_end.span(),) if at_end else bracketed(often)
    event = _EVENT.match(text, begin, end)
    begin = event.end() if event and event.end() < end else begin
    return (begin, end), bracketed(often or later)
