"""What a number measures: the words before it, or the noun after it."""

import re

from kg_build.extract.baselines import leading
from kg_build.extract.clauses import Sentence
from kg_build.extract.nouns import later_predicate, noun_behind, predicate_split, right_bound
from kg_build.extract.pieces import Measure, Piece
from kg_build.extract.quantities import MASKED, Quantity
from kg_build.extract.shares import share
from kg_build.extract.ties import JOINT, stripped

__all__ = ["frequency", "named"]

_FREQUENCY = re.compile(
    r"(?:平均)?(?<!每[人户亩生床吨车台套])每(?:[0-9一两二三四五六]{1,2}(?:[-~至到][0-9一两二三四五六]{1,2})?(?:个月|年|周|天)"
    r"|学?年|学期|季度|半年|月|周|天|日|个月)|年均"
)
_EVENT = re.compile(r".*(?:组织开展|开展|举办|组织|召开|举行)")
#: 支持各镇建设气调库、冷藏库: what is made, of a long clause
_MADE = re.compile("[^,;。]*(?:建设|新建|改造|建成|培育|打造|配备)(?P<what>[^,;。]{2,24})")
_SERVED = ("人次", "户次")
_EVENT_UNITS = {"次", "场", "场次", "期", "班次", "人次", "批次"}
_PER_COUNT = re.compile(
    r"每[一十百千万亿0-9]+(?:名|人口|人|户|个|位)?(?:常住人口|户籍人口|儿童|学生|人口|老年人|居民|劳动力)?"
)
_PER_EACH = re.compile(
    r"每(?:个|家|所|名|位|座|条|支|(?=[县市区镇乡村校街户班]))"
    r"(?P<each>(?=至少|均|都|配[备置有]|不少于|不低于|最高|给予|奖|补助)|(?:行政村|乡镇|街道|社区|学校|[县市区镇乡村])(?![委级内域口卫民城]|小学|集体|医院|学校)(?:\([^()]{1,12}\))?|[^,;。、]{1,14}?"
    r"(?=至少|均|都|要|应|须|配|建|吸纳|设|打造|落地|新|有|培|开展|组织|不少于|不低于|完成|成立|创|举办|最高|给予|奖|补助|$))"
)
_PER_ALL = re.compile(r"(?P<each>[^,;。]{1,12}?)各(?=[至建落打配设培新开组召创有完成举吸])")
_EACH_ONE = re.compile(
    r"(?P<each>各(?:[^,;。、()]|\([^()]{1,12}\)){1,10}?)(?=至少|均|都|召开|开展|建|配|设|打造|组织|完成|举办|培|新|创|成立|每)"
)
_TERRITORY = re.compile(
    r"(?P<each>(?:乡?镇|街道|村|社区|县|区|市|学校|中小学校?)(?:\([^()]{1,8}\)|[、和](?:街道|社区|乡镇))?)"
    r"(?=至少|均|都|配备|设立|设置|建立|建成)"
)
_BENEFICIARY = re.compile(r"为(?P<who>[^,;。]+?)提供")
#: 对辖区20家企业开展检查
_AT = re.compile("对(?:辖区|全[一-鿿]|[境域]内|现有)?")
_WHOM = re.compile(
    r"对(?![口接外标照应策])(?P<whom>[^,;。]{2,40}?)(?:,?(?:按照?|以)[^,;。0-9]{0,8})?"
    r"(?:分别|一次性|最高|可|再|给予|予以|不超过|不低于|每[年月人户亩个村家])*$"
)
_SUM = re.compile(
    r"(?:的?标准)?(?:给予|予以|进行|的)?(?P<what>(?:一次性)?[一-鿿]{0,6}(?:补助|补贴|奖励|奖补|资助|资金支持|贴息))"
)
_RATE = re.compile(
    "(?P<who>[^,;。]*?)按照?(?P<each>每[^,;。0-9]{1,8}?)(?:不少于|不低于|至少|约|配[建备置])*"
)
_PLACED = re.compile(
    "(?:的(?:标准|比例|要求))?,?(?:规划)?(?:配[建备置]|建设|设置|调剂解决|安排)(?P<what>[^,;。]{2,24})"
)
#: what joins a number's words to the number before: 10人以上的救援队1支
_JOINED = re.compile(f"的|{JOINT}")
#: what is given, said before how much: 每家最高奖励500万元
_GIVEN_AS = re.compile("奖励|奖补|补助|补贴|资助")
_TIME = ("分钟", "时", "天", "日")
_NUMBER = re.compile("[0-9]")
_SHORTEST, _LONGEST = 2, 24  # characters of what an earlier clause names


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
    if given := _given(sentence, quantity, left, right) or _placed(sentence, quantity, left):
        return given
    if soon := _within(sentence, quantity, left, noun):
        return soon
    if noun is not None:
        return _counted(sentence, quantity, (begin, left), noun)
    return (
        _before(sentence, quantity, (begin, left))
        or _carried(sentence, quantity, begin)
        or _done(sentence, quantity, left)
    )


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
    often = _FREQUENCY.match(sentence.text, begin, end)
    begin = often.end() if often else begin
    if not _SHORTEST <= end - begin <= _LONGEST:
        return None
    return Measure(((begin, end),), left, quantity.end, "before", every=_every(often))


def _carried(sentence: Sentence, quantity: Quantity, clause: int) -> Measure | None:
    """What the clause before names: `建设公办幼儿园,每个县至少建成1所`."""
    per = _per(sentence, quantity, clause)
    is_all = "累计" in sentence.text[clause : quantity.at]
    if not clause or not (is_all or per or quantity.comparator != "="):
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
    given = _GIVEN_AS.search(sentence.text, clause, quantity.at)
    named = ((begin, end), given.span()) if given else ((begin, end),)
    every = () if per else frequency(sentence, quantity)
    return Measure((*per, *named), earlier, quantity.end, "carried", per, every=every)


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
        pieces: tuple[Piece, ...] = ((subject, noun[1]), "的", who)
        return Measure(pieces, left, noun[1], "counted")
    per = _per(sentence, quantity, left, clause)
    served = _BENEFICIARY.match(text, clause, quantity.begin)
    prefix: tuple[Piece, ...] = per or ((served.span("who"),) if served else ())
    every = frequency(sentence, quantity)
    return Measure((*prefix, noun), left, noun[1], "counted", per, every=every)


def frequency(sentence: Sentence, quantity: Quantity, previous: int = 0) -> tuple[Piece, ...]:
    """How often, as the clause of a number says it behind another: `每季度开展1次演练`."""
    begin = max(previous, sentence.clause(quantity.begin)[0])
    return _every(_FREQUENCY.search(sentence.view.text, begin, quantity.begin))


def _every(often: re.Match[str] | None) -> tuple[Piece, ...]:
    return ("（", often.span(), "）") if often else ()


def _given(sentence: Sentence, quantity: Quantity, left: int, right: int) -> Measure | None:
    """A sum given to somebody: `对达标的村按每村5万元给予补助` is what such a village is given."""
    if quantity.unit == "%":
        return None
    text = sentence.view.text
    goes_on = left > 0 and text.startswith("按", left)  # 对养老机构,按每张2000元给予补助
    begin = sentence.clause(left - 1)[0] if goes_on else left
    what, whom = _SUM.fullmatch(text, quantity.end, right), _WHOM.match(text, begin, quantity.begin)
    if what is None or whom is None:
        return None
    return Measure((whom.span("whom"), what.span("what")), begin, right, "counted")


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
    clause, left = bounds
    each = _PER_EACH.match(sentence.view.text, left, quantity.at)
    (begin, end), every = _name_before(sentence, quantity, each.end() if each else left)
    if each and end - begin < _SHORTEST and _says_what(sentence.view.text, clause, each):
        (begin, end), each = stripped(sentence, each.start(), quantity.begin), None
    own = _PER_COUNT.match(sentence.view.text, begin, end)
    if each:
        per = _each_of(each)
    elif own:
        per, begin = (own.span(),), stripped(sentence, own.end(), end)[0]
    else:
        per = _carried_per(sentence, quantity, (clause, left), begin)
        every = every or (frequency(sentence, quantity) if per else ())
    if end - begin < _SHORTEST:
        return None
    prefix = () if _is_bare(per) else per  # 每家配备书架3套
    return Measure((*prefix, (begin, end)), left, quantity.end, "before", per, every=every)


def _name_before(
    sentence: Sentence, quantity: Quantity, start: int
) -> tuple[tuple[int, int], tuple[Piece, ...]]:
    """The words before a number from a place on, and how often they say that it is done."""
    text = sentence.view.text
    often = _FREQUENCY.match(text, *stripped(sentence, start, quantity.begin, verbs=False))
    begin, end = stripped(sentence, often.end() if often else start, quantity.begin)
    verb = leading(text, begin, quantity)
    begin = verb.end() if verb else begin
    later = None if often else _FREQUENCY.search(text, begin, end)
    at_end = later if later and later.end() == end else None
    end = stripped(sentence, begin, at_end.start())[1] if at_end else end
    if quantity.unit not in _EVENT_UNITS:
        return (begin, end), (at_end.span(),) if at_end else _every(often)
    event = _EVENT.match(text, begin, end)
    begin = event.end() if event and event.end() < end else begin
    return (begin, end), _every(often or later)


def _says_what(text: str, clause: int, each: re.Match[str]) -> bool:
    """Whether `每家酒店无障碍客房` says what is counted too: the words before speak of it."""
    words = each["each"]
    ends = (words[-n:] for n in range(len(words) - _SHORTEST, _SHORTEST, -1))
    is_alone = clause == 0 and len(words) > 2 * _SHORTEST
    return is_alone or any(e in text[:clause] for e in ends)


def _carried_per(
    sentence: Sentence, quantity: Quantity, bounds: tuple[int, int], begin: int
) -> tuple[Piece, ...]:
    """`每千名儿童拥有…医生0.85名、床位增至2.2张`: the beds are per thousand children too."""
    clause, left = bounds
    if left == clause or sentence.text.startswith("每", begin):
        return ()
    head, _ = stripped(sentence, clause, left)
    match = _PER_COUNT.match(sentence.view.text, head, left)
    return (match.span(),) if match else _per(sentence, quantity, clause)


def _is_bare(per: tuple[Piece, ...]) -> bool:
    """Whether it is said for each, and of what before: 每家."""
    return len(per) == 1 and isinstance(per[0], tuple) and per[0][1] - per[0][0] == _SHORTEST


def _per(sentence: Sentence, quantity: Quantity, *places: int) -> tuple[Piece, ...]:
    """For each of what a count is: said after the number before it, or for the whole clause."""
    return next((per for begin in places if (per := _per_from(sentence, quantity, begin))), ())


def _per_from(sentence: Sentence, quantity: Quantity, place: int) -> tuple[Piece, ...]:
    """For each of what a count is by the words from a place on: 每个镇(街道), 各学校."""
    text = sentence.view.text
    begin, _ = stripped(sentence, place, quantity.begin, verbs=False)
    one = _EACH_ONE.match(text, begin, quantity.at)
    if one:
        return (one.span("each"),)
    for find in (_PER_EACH.search, _PER_ALL.search, _TERRITORY.match):
        if match := find(text, begin, quantity.at):
            return _each_of(match)
    return ()


def _each_of(match: re.Match[str]) -> tuple[Piece, ...]:
    """每家 alone, or 每个 with what it is each of."""
    return ("每个", match.span("each")) if match["each"] else (match.span(),)
