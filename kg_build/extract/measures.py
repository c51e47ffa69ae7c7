"""What a number measures: the words before it, or the noun after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg_build.extract.baselines import Comparison, leading, turning
from kg_build.extract.clauses import Sentence
from kg_build.extract.quantities import MASKED, Quantity
from kg_build.extract.ties import is_share, stripped
from kg_build.families import table
from kg_build.lex.view import tidy

__all__ = ["SHARE", "Measure", "Piece", "named", "without", "worded"]

_NO_NOUN = re.compile(
    r"^(?:\(|,|并(?!购|联)|且|和(?!谐)|及(?!时)|与|后(?!备|勤)|时(?!代|尚)|用(?![地电水户])|以|由|来|等(?!级)|为"
    r"|\)|\]|左右|的?目标|的?标准(?!化)|的?要求|的?水平|范围|的?(?:保护)?[底红]线)"
)
_FREQUENCY = re.compile(
    r"(?:平均)?每(?:[0-9一两二三四五六]{1,2}(?:[-~至到][0-9一两二三四五六]{1,2})?(?:个月|年|周|天)"
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
    r"(?P<each>(?:行政村|乡镇|街道|社区|学校|[县市区镇乡村])(?![委级内域口])(?:\([^()]{1,12}\))?|[^,;。、]{1,14}?"
    r"(?=至少|均|都|要|应|须|配|建|吸纳|设|打造|落地|新|有|培|开展|组织|不少于|不低于|完成|成立|创|举办|$))"
)
_PER_ALL = re.compile(r"(?P<each>[^,;。]{1,12}?)各(?=[至建落打配设培新开组召创有完成举吸])")
_EACH_ONE = re.compile(
    r"(?P<each>各[^,;。、]{1,10}?)(?=至少|均|都|召开|开展|建|配|设|打造|组织|完成|举办|培|新|创|成立|每)"
)
_TERRITORY = re.compile(
    r"(?P<each>(?:乡?镇|街道|村|社区|县|区|市|学校|中小学校?)(?:\([^()]{1,8}\)|[、和](?:街道|社区|乡镇))?)"
    r"(?=至少|均|都|配备|设立|设置|建立|建成)"
)
_BENEFICIARY = re.compile(r"为(?P<who>[^,;。]+?)提供")
#: 达到常住人口的20%, 占用电量18%: a share of what
_PART_OF = re.compile(
    r"(?P<part>[^,;]{2,40}?)(?:占|达到|不低于|不少于|不超过|超过|达)(?P<whole>[^,;]{2,24}?)(?P<of>的?)$"
)
_COVERED = re.compile("全覆盖(?P<what>[^,;。]{0,16})")
_WHOM = re.compile(
    r"对(?![口接外标照应策])(?P<whom>[^,;。]{2,40}?)(?:,?(?:按照?|以)[^,;。0-9]{0,8})?"
    r"(?:分别|一次性|最高|可|再|给予|予以|不超过|不低于|每[年月人户亩个村家])*$"
)
_SUM = re.compile(
    r"(?:的?标准)?(?:给予|予以|进行|的)?(?P<what>(?:一次性)?[一-鿿]{0,6}(?:补助|补贴|奖励|奖补|资助|资金支持|贴息))"
)
#: words before a percentage that do not name what it is a share of, where others behind it do:
#: 完成80%村组的任务, 90%以上社区和60%以上农村
_NOT_OF_IT = re.compile("(?:完成|实现|达成)$|.*[和及与]$")
_DOING = ("进行", "开展", "实施", "实行")
#: what a percentage is called that no word names a share
SHARE = "占比"
_SHORTEST, _LONGEST = 2, 24  # characters of what an earlier clause names
#: a range of the sentence, or a word that the form implies
Piece = str | tuple[int, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number measures, as pieces of the sentence in the order in which they read.

    A piece is a range of the sentence or a word that the form implies (`每个`, `占比`).
    `begin..end` is the clause that states it; `per` are the pieces that say for each of what;
    `way` is 1 or -1 where a verb before the measure says that it changes.
    """

    pieces: tuple[Piece, ...]
    begin: int
    end: int
    form: str
    per: tuple[Piece, ...] = ()
    way: int = 0


def worded(sentence: Sentence, source: str, pieces: Sequence[Piece]) -> str:
    """The pieces in the document's own words."""
    return "".join(p if isinstance(p, str) else _words(sentence, source, *p) for p in pieces)


def _words(sentence: Sentence, source: str, begin: int, end: int) -> str:
    if begin >= end:
        return ""
    span = sentence.view.span(begin, end)
    return tidy(source[span.start : span.end])


def without(pieces: Sequence[Piece], compared: Sequence[Comparison]) -> tuple[Piece, ...]:
    """The pieces without the words that name an earlier time: `占比较2020年提高`."""
    for comparison in compared:
        pieces = [p for piece in pieces for p in _cut(piece, comparison)]
    return tuple(pieces)


def _cut(piece: Piece, cut: Comparison) -> tuple[Piece, ...]:
    if isinstance(piece, str) or not piece[0] <= cut.begin < piece[1]:
        return (piece,)
    return (piece[0], cut.begin), (min(cut.end, piece[1]), piece[1])


# -- one number ---------------------------------------------------------------------------


def named(
    sentence: Sentence, quantity: Quantity, previous: int, following: int | None = None
) -> Measure | None:
    """The measure of one number; None where no words name it.

    `previous` is where the number before it ends, `following` where the next one begins.
    """
    begin, end = sentence.clause(quantity.begin)
    left = _left_bound(sentence, quantity, max(begin, previous) if previous > begin else begin)
    right = _right_bound(sentence, quantity.end, end, following)
    noun = None if quantity.times else _noun(sentence, quantity, right)
    if quantity.unit in {"%", "‰"}:
        return _share(sentence, quantity, left, right)
    if given := _given(sentence, quantity, left, right):
        return given
    if noun is not None:
        return _counted(sentence, quantity, (begin, left), noun)
    return (
        _before(sentence, quantity, (begin, left))
        or _carried(sentence, quantity, begin)
        or _done(sentence, quantity, left)
    )


def _done(sentence: Sentence, quantity: Quantity, left: int) -> Measure | None:
    """What is done for so many: `每年培训500人次`."""
    if not (quantity.unit or "").endswith(_SERVED):
        return None
    begin, end = stripped(sentence, left, quantity.begin, verbs=False)
    frequency = _FREQUENCY.match(sentence.text, begin, end)
    begin = frequency.end() if frequency else begin
    if not _SHORTEST <= end - begin <= _LONGEST:
        return None
    suffix: tuple[Piece, ...] = ("（", frequency.span(), "）") if frequency else ()
    return Measure(((begin, end), *suffix), left, quantity.end, "before")


def _carried(sentence: Sentence, quantity: Quantity, clause: int) -> Measure | None:
    """What the clause before names: `建设公办幼儿园,每个县至少建成1所`."""
    is_all = "累计" in sentence.text[clause : quantity.at]
    is_said = is_all or quantity.comparator != "=" or _per(sentence, clause, quantity)
    if not clause or not is_said:
        return None
    earlier, stop = sentence.clause(clause - 1)
    begin, end = stripped(sentence, earlier, stop)
    made = _MADE.fullmatch(sentence.text, begin, end) if end - begin > _LONGEST else None
    begin = made.start("what") if made else begin
    words = sentence.text[begin:end]
    if not _SHORTEST <= len(words) <= _LONGEST or any(c in MASKED or c.isdigit() for c in words):
        return None
    per = _per(sentence, clause, quantity)
    return Measure((*per, (begin, end)), earlier, quantity.end, "carried", per)


def _left_bound(sentence: Sentence, quantity: Quantity, begin: int) -> int:
    """Where the words of this number begin: after the pause that ends the number before it."""
    clause_begin, _ = sentence.clause(quantity.begin)
    if begin == clause_begin:
        return begin
    if sentence.text[begin] == "(" and ")" not in sentence.text[begin : quantity.begin]:
        return begin + 1  # 改造道路20公里(年内完成10公里)
    pause = sentence.pause_between(begin, quantity.begin)
    return begin if pause is None else pause + 1


def _right_bound(sentence: Sentence, begin: int, end: int, following: int | None) -> int:
    """Where a noun behind a number ends: before a further number, or before a further verb.

    `20个图书角和8座阅读亭` are two; `50名懂技术、会经营的带头人` are one.
    """
    if sentence.text[begin : begin + 1] == "、":
        return begin  # 公园20处、绿地50处
    if following is not None and begin < following < end:
        joins = [sentence.view.text.rfind(join, begin, following) for join in "、和及与"]
        last = max(joins)
        return last if last > begin else sentence.first_pause(begin, end)
    pause = sentence.first_pause(begin, end)
    if "的" in sentence.text[pause:end] and "的" not in sentence.text[begin:pause]:
        return end  # 200名能突破技术、带动学科的领军人才
    while pause < end and not _is_verb(sentence, pause + 1, end):
        pause = sentence.first_pause(pause + 1, end)
    return pause


def _is_verb(sentence: Sentence, begin: int, end: int) -> bool:
    """Whether a verb of making leads in at a place: what follows is another promise."""
    return stripped(sentence, begin, end)[0] > begin


def _noun(sentence: Sentence, quantity: Quantity, right: int) -> tuple[int, int] | None:
    """The noun after a counted number: `10个以上儿童友好示范社区`."""
    text = sentence.view.text
    begin = quantity.end + (1 if text[quantity.end : quantity.end + 1] == "的" else 0)
    if right - begin < 2 or _NO_NOUN.match(text[begin:right]):
        return None
    return begin, right


def _counted(
    sentence: Sentence, quantity: Quantity, bounds: tuple[int, int], noun: tuple[int, int]
) -> Measure:
    clause, left = bounds
    text = sentence.view.text
    start, _ = stripped(sentence, left, quantity.begin)
    subject = _predicate_split(text, noun) if start >= quantity.begin else None
    if subject and "的" not in text[noun[0] : noun[1]]:
        who = stripped(sentence, noun[0], subject, verbs=False)
        pieces: tuple[Piece, ...] = ((subject, noun[1]), "的", who)
        return Measure(pieces, left, noun[1], "counted")
    per = _per(sentence, clause, quantity)
    served = _BENEFICIARY.match(text, clause, quantity.begin)
    prefix: tuple[Piece, ...] = per or ((served.span("who"),) if served else ())
    frequency = _FREQUENCY.search(text, clause, quantity.begin)
    suffix: tuple[Piece, ...] = ("（", frequency.span(), "）") if frequency and not per else ()
    return Measure((*prefix, noun, *suffix), left, noun[1], "counted", per)


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


def _before(sentence: Sentence, quantity: Quantity, bounds: tuple[int, int]) -> Measure | None:
    clause, left = bounds
    text = sentence.view.text
    each = _PER_EACH.match(text, left, quantity.at)
    start = each.end() if each else left
    frequency = _FREQUENCY.match(text, *stripped(sentence, start, quantity.begin, verbs=False))
    begin, end = stripped(sentence, frequency.end() if frequency else start, quantity.begin)
    verb = leading(text, begin, quantity)
    begin = verb.end() if verb else begin
    if quantity.unit in _EVENT_UNITS:
        frequency = frequency or _FREQUENCY.search(text, begin, end)
        end = frequency.start() if frequency and frequency.end() == end else end
        event = _EVENT.match(text, begin, end)
        begin = event.end() if event and event.end() < end else begin
    if end - begin < 2:
        return None
    suffix: tuple[Piece, ...] = ("（", frequency.span(), "）") if frequency else ()
    per = (
        _denominator(sentence, clause, left, begin) if each is None else ("每个", each.span("each"))
    )
    own = _PER_COUNT.match(text, begin, end)
    if own and per == (own.span(),):
        begin, _ = stripped(sentence, own.end(), end)
    return Measure((*per, (begin, end), *suffix), left, quantity.end, "before", per)


def _denominator(sentence: Sentence, clause: int, left: int, begin: int) -> tuple[Piece, ...]:
    """Per how many people: said at the measure itself, or at the first of the clause."""
    own = _PER_COUNT.match(sentence.view.text, begin)
    return (own.span(),) if own else _carried_denominator(sentence, clause, left)


def _carried_denominator(sentence: Sentence, clause: int, left: int) -> tuple[Piece, ...]:
    """`每千名儿童拥有…医生0.85名、床位增至2.2张`: the beds are per thousand children too."""
    if left == clause:
        return ()
    head, _ = stripped(sentence, clause, left)
    match = _PER_COUNT.match(sentence.view.text, head, left)
    return (match.span(),) if match else ()


def _share(sentence: Sentence, quantity: Quantity, left: int, right: int) -> Measure | None:
    """The measure of a percentage: before it, around it, or `30%的社区提供…` after it."""
    text = sentence.view.text
    begin, end = stripped(sentence, left, quantity.begin, verbs=False)
    verb = leading(text, begin, quantity)
    begin = verb.end() if verb else begin
    if turned := _turned(sentence, quantity, (left, begin, end, right)):
        return turned
    after = quantity.end + (1 if text[quantity.end : quantity.end + 1] == "的" else 0)
    has_noun = right - after > 1 and not _NO_NOUN.match(text[after:right])
    is_named = not (has_noun and _NOT_OF_IT.match(text, begin, end))
    if end - begin >= _SHORTEST and is_named:
        return _share_of(sentence, quantity, (left, begin, end, right))
    if not has_noun:
        return None
    subject = _predicate_split(text, (after, right))
    if subject is None:
        return Measure(((after, right), SHARE), left, right, "share")
    return Measure(((subject, right), "的", (after, subject), SHARE), left, right, "share")


def _turned(
    sentence: Sentence, quantity: Quantity, bounds: tuple[int, int, int, int]
) -> Measure | None:
    """What a verb before it changes by a percentage: `压减审批时间50%`; no rate, no double verb."""
    left, begin, end, right = bounds
    verb = turning(sentence.text, begin, quantity) if right == quantity.end else None
    if verb is None or end - verb.end() < _SHORTEST or is_share(sentence.text, begin, end):
        return None
    if stripped(sentence, begin, end)[0] > verb.end():
        return None  # 提升改造老旧小区30%
    way = -1 if verb["down"] else 1
    return Measure(((verb.end(), end), verb.span()), left, quantity.end, "before", way=way)


def _share_of(sentence: Sentence, quantity: Quantity, bounds: tuple[int, int, int, int]) -> Measure:
    """The measure of a percentage that words before it name, perhaps with words after it."""
    left, begin, end, right = bounds
    text = sentence.view.text
    if is_share(text, begin, end):
        return Measure(((begin, end),), left, quantity.end, "before")
    covered = _COVERED.match(text, quantity.end, right)
    if covered:
        end -= 2 if text[:end].endswith(_DOING) else 0
        return Measure(((begin, end), covered.span("what"), "覆盖率"), left, right, "around")
    if re.match(_rule()["before_percent"], text[quantity.end : right]):
        return Measure(((begin, end), (quantity.end, right)), left, right, "around")
    subject = _predicate_split(text, (quantity.end, right)) if quantity.end < right else None
    if subject:
        pieces: tuple[Piece, ...] = ((subject, right), "的", (begin, end), (quantity.end, subject))
        return Measure((*pieces, SHARE), left, right, "around")
    part = _PART_OF.match(text, begin, quantity.begin)
    if part and (part["of"] or "占" in text[part.end("part") : part.start("whole")]):
        pieces = (part.span("part"), "占", part.span("whole"), "比重")
        return Measure(pieces, left, quantity.end, "before")
    return Measure(((begin, end), SHARE), left, quantity.end, "before")


def _predicate_split(text: str, noun: tuple[int, int]) -> int | None:
    """Where the predicate begins in `社区提供普惠托育服务`; None where there is none."""
    match = _predicate().search(text, noun[0] + 1, noun[1])
    return match.start() if match and match.end() < noun[1] else None


@cache
def _rule() -> dict[str, str]:
    rule: dict[str, str] = table("quantities")["predicate"]
    return rule


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(_rule()["pattern"])


def _per(sentence: Sentence, clause: int, quantity: Quantity) -> tuple[Piece, ...]:
    """For each of what a count holds: 每个镇(街道), 各学校."""
    text = sentence.view.text
    begin, _ = stripped(sentence, clause, quantity.begin, verbs=False)
    one = _EACH_ONE.match(text, begin, quantity.at)
    if one:
        return (one.span("each"),)
    for regex, search in ((_PER_EACH, True), (_PER_ALL, True), (_TERRITORY, False)):
        find = regex.search if search else regex.match
        match = find(text, begin, quantity.at)
        if match:
            return ("每个", match.span("each"))
    return ()
