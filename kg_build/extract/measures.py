"""What a number measures: the words before it, or the noun after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg_build.extract.clauses import Sentence
from kg_build.extract.quantities import Quantity
from kg_build.families import table
from kg_build.lex.view import tidy

__all__ = ["Measure", "Piece", "named", "spread", "stripped", "worded"]

_SHARE = re.compile(
    r"率$|比例$|占比$|比重$|份额$|概率$|指数$|比$|浓度$|增速$|增长$|增幅$|降幅$|降低$|下降$|提高$|提升$|减少$|增加$|水平$|系数$|程度$|标准$"
)
_NO_NOUN = re.compile(
    r"^(?:\(|并|且|和|及|与|后|时|用|以|由|来|等|为|\)|\]|左右|的?目标|的?标准|的?要求|的?水平|范围)"
)
_FREQUENCY = re.compile(r"(?:平均)?每(?:学?年|学期|季度|半年|月|周|天|日|个月)|年均")
_EVENT = re.compile(r".*(?:组织开展|开展|举办|组织|召开|举行)")
_VERB_JOINTS = "或、和及并"
_EVENT_UNITS = {"次", "场", "场次", "期", "班次", "人次", "批次"}
_PER_COUNT = re.compile(
    r"每[一十百千万亿0-9]+(?:名|人口|人|户|个|位)?(?:常住人口|户籍人口|儿童|学生|人口|老年人|居民|劳动力)?"
)
_PER_EACH = re.compile(
    r"每(?:个|家|所|名|位|座|条|支)(?P<each>[^,;。、]{1,14}?)"
    r"(?=至少|均|都|要|应|须|配|建|吸纳|设|打造|落地|新|有|培|开展|组织|不少于|不低于|完成|成立|创|举办|$)"
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
_WORD = 2  # a Chinese word is two characters as a rule
_TAIL = 24  # what ties a measure to its number stands right before it
_LONGEST_LIST = 160

#: a range of the sentence, or a word that the form implies
Piece = str | tuple[int, int]


def _is_share(text: str, begin: int, end: int) -> bool:
    """Whether words end as the name of a rate, a share or a level does."""
    return bool(_SHARE.search(text, max(begin, end - _TAIL), end))


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number measures, as pieces of the sentence in the order in which they read.

    A piece is a range of the sentence or a word that the form implies (`每个`, `占比`).
    `begin..end` is the clause that states it; `per` are the pieces that say for each of what.
    """

    pieces: tuple[Piece, ...]
    begin: int
    end: int
    form: str
    per: tuple[Piece, ...] = ()


def worded(sentence: Sentence, source: str, pieces: Sequence[Piece]) -> str:
    """The pieces in the document's own words."""
    return "".join(p if isinstance(p, str) else _words(sentence, source, *p) for p in pieces)


def _words(sentence: Sentence, source: str, begin: int, end: int) -> str:
    if begin >= end:
        return ""
    span = sentence.view.span(begin, end)
    return tidy(source[span.start : span.end])


# -- one number ---------------------------------------------------------------------------


def named(
    sentence: Sentence, quantity: Quantity, previous: int, following: int | None = None
) -> Measure | None:
    """The measure of one number; None where no words name it.

    `previous` is where the number before it ends, `following` where the next one begins.
    """
    begin, end = sentence.clause(quantity.at)
    left = _left_bound(sentence, quantity, max(begin, previous) if previous > begin else begin)
    right = sentence.first_pause(quantity.end, end)
    if following is not None and quantity.end < following < right:
        right = _last_join(sentence.view.text, quantity.end, following) or right
    noun = _noun(sentence, quantity, right)
    if quantity.unit in {"%", "‰"}:
        return _share(sentence, quantity, left, right)
    if noun is not None:
        return _counted(sentence, quantity, (begin, left), noun)
    return _before(sentence, quantity, (begin, left))


def _left_bound(sentence: Sentence, quantity: Quantity, begin: int) -> int:
    """Where the words of this number begin: after the pause that ends the number before it."""
    clause_begin, _ = sentence.clause(quantity.at)
    if begin == clause_begin:
        return begin
    pause = sentence.pause_between(begin, quantity.begin)
    return begin if pause is None else pause + 1


def _last_join(text: str, begin: int, end: int) -> int | None:
    """Where `和` parts a noun from a further number: `20个图书角和8座阅读亭`."""
    found = max(text.rfind(join, begin, end) for join in ("和", "及", "与"))
    return found if found > begin else None


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
    if subject:
        pieces: tuple[Piece, ...] = ((subject, noun[1]), "的", (noun[0], subject))
        return Measure(pieces, left, noun[1], "counted")
    per = _per(sentence, clause, quantity)
    who = _BENEFICIARY.match(text, clause, quantity.begin)
    prefix: tuple[Piece, ...] = per or ((who.span("who"),) if who else ())
    frequency = _FREQUENCY.search(text, clause, quantity.begin)
    suffix: tuple[Piece, ...] = ("（", frequency.span(), "）") if frequency and not per else ()
    return Measure((*prefix, noun, *suffix), left, noun[1], "counted", per)


def _before(sentence: Sentence, quantity: Quantity, bounds: tuple[int, int]) -> Measure | None:
    clause, left = bounds
    text = sentence.view.text
    each = _PER_EACH.match(text, left, quantity.at)
    start = each.end() if each else left
    frequency = _FREQUENCY.match(text, *stripped(sentence, start, quantity.begin, verbs=False))
    begin, end = stripped(sentence, frequency.end() if frequency else start, quantity.begin)
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
    prefix = () if per == (_own_denominator(text, begin, end),) else per
    return Measure((*prefix, (begin, end), *suffix), left, quantity.end, "before", per)


def _own_denominator(text: str, begin: int, end: int) -> Piece:
    own = _PER_COUNT.match(text, begin, end)
    return own.span() if own else ""


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
    if end - begin >= 2:
        is_share = _is_share(text, begin, end)
        if not is_share and re.match(_rule()["before_percent"], text[quantity.end : right]):
            return Measure(((begin, end), (quantity.end, right)), left, right, "around")
        pieces: tuple[Piece, ...] = ((begin, end),) if is_share else ((begin, end), "占比")
        return Measure(pieces, left, quantity.end, "before")
    after = quantity.end + (1 if text[quantity.end : quantity.end + 1] == "的" else 0)
    if right - after < 2 or _NO_NOUN.match(text[after:right]):
        return None
    subject = _predicate_split(text, (after, right))
    if subject is None:
        return Measure(((after, right), "占比"), left, right, "share")
    return Measure(((subject, right), "的", (after, subject), "占比"), left, right, "share")


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


# -- several numbers ----------------------------------------------------------------------


def spread(
    sentence: Sentence, group: Sequence[Quantity], previous: int
) -> tuple[Measure, ...] | None:
    """The measures of `优良率、合格率分别达到55%、95%以上`; None where nothing is spread."""
    first = group[0]
    begin, _ = sentence.clause(first.at)
    begin = max(begin, previous)
    start, end = stripped(sentence, begin, first.begin)
    text = sentence.view.text
    shared = re.search(_tie()["distributed"], text[max(begin, first.begin - _TAIL) : first.begin])
    if end - start > _LONGEST_LIST or (not shared and len(group) == 1):
        return None
    pieces = _listed(text, start, end)
    if len(pieces) < 2 or (len(group) > 1 and len(pieces) != len(group)):
        return None
    return tuple(
        Measure(whole, begin, group[-1].end, "spread") for whole in _completed(text, pieces)
    )


#: 和, 及 and 与 between two names, not inside a word (参与, 及格, 和谐)
_JOIN = re.compile(
    r"、|以及|(?<![参给])与(?![会其])|(?<![饱暖温缓柔总共])和(?![谐平解睦])|及(?![时格其])"
)


def _listed(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The coordinated pieces of a range, split outside brackets."""
    pieces, start = [], begin
    for match in _JOIN.finditer(text, begin, end):
        inside = text.count("(", begin, match.start()) > text.count(")", begin, match.start())
        if not inside and match.start() > start:
            pieces.append((start, match.start()))
            start = match.end()
    return [*pieces, (start, end)] if start < end else pieces


def _completed(text: str, listed: Sequence[tuple[int, int]]) -> list[tuple[Piece, ...]]:
    """Each listed name with what it shares: the head of the first, or the tail of the last.

    `学生体质健康测试优良率、合格率` share their head, `马铃薯种植、收获机械化率` their tail.
    """
    first, last = listed[0], listed[-1]
    if _is_share(text, *first):
        return [(first,), *(_with_head(text, first, n) for n in listed[1:])]
    tail = _tail().search(text, max(last[0], last[1] - _TAIL), last[1])
    if tail is None:
        return [(piece,) for piece in listed]
    return _with_tail(listed, tail.span())


def _with_tail(listed: Sequence[tuple[int, int]], tail: tuple[int, int]) -> list[tuple[Piece, ...]]:
    """Names with the tail of the last; where that adds but a word, with the first's head too."""
    (first, first_end), last = listed[0], listed[-1]
    is_word = tail[0] - last[0] == _WORD < first_end - first
    head: tuple[Piece, ...] = ((first, first_end - _WORD),) if is_word else ()
    named_in_full: list[tuple[Piece, ...]] = [(*head, piece, tail) for piece in listed[1:-1]]
    return [(listed[0], tail), *named_in_full, (*head, last)]


@cache
def _tail() -> re.Pattern[str]:
    """What names of shares end with: 机械化率, 覆盖率, 占比."""
    return re.compile(table("quantities")["tie"]["tail"])


def _with_head(text: str, first: tuple[int, int], name: tuple[int, int]) -> tuple[Piece, ...]:
    length = name[1] - name[0]
    is_short = length <= 2 * _WORD < first[1] - first[0]
    if is_short and _is_share(text, *name):
        return (first[0], first[1] - length), name
    return (name,)


# -- what does not belong to a measure ----------------------------------------------------


@cache
def _tie() -> dict[str, str]:
    rule: dict[str, str] = table("quantities")["tie"]
    return rule


@cache
def _lead_in() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may lead in again and again, and the verbs of which only the first says nothing."""
    rule = table("quantities")["lead_in"]
    year = r"(?:到|至|在|截至)?[\x01\x02]+(?:年?底|末|前|间|内)*"
    return re.compile(f"{year}|{rule['scopes']}|{rule['hedges']}|[,、]"), re.compile(rule["verbs"])


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(rf"(?:\x01+(?:年?底|末|前)?|(?:{_tie()['pattern'].removesuffix('$')}))+$")


def stripped(sentence: Sentence, begin: int, end: int, *, verbs: bool = True) -> tuple[int, int]:
    """The range without year, scope, hedge and one verb before it, and without ties behind it."""
    lead, verb = _lead_in()
    start = _past(lead, sentence.text, begin, end)
    while verbs and (match := verb.match(sentence.text, start, end)):
        start = _past(lead, sentence.text, match.end(), end)
        verbs = match[0][-1] in _VERB_JOINTS  # 改造或新建: two verbs
    trailing = _trailing().search(sentence.text, max(start, end - _TAIL), end)
    return start, trailing.start() if trailing else end


def _past(lead: re.Pattern[str], text: str, start: int, end: int) -> int:
    while start < end and (match := lead.match(text, start, end)):
        start = match.end()
    return start
