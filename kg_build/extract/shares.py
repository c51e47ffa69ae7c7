"""What a percentage measures: the words before it, around it, or behind it."""

import re

from kg_build.extract.baselines import leading, turning
from kg_build.extract.clauses import Sentence
from kg_build.extract.nouns import later_predicate, noun_behind, predicate_split
from kg_build.extract.pieces import SHARE, Measure, Piece
from kg_build.extract.quantities import Quantity
from kg_build.extract.ties import GRANT, is_share, stripped, tied
from kg_build.families import table

__all__ = ["of_kind", "share", "whole_of"]

#: 达到常住人口的20%, 占用电量18%: a share of what
_PART_OF = re.compile(
    r"(?P<part>[^,;]{2,40}?)(?:占|达到|不低于|不少于|不超过|超过|达|(?:压缩|压减|缩短|降低?|提高|提升)[到至])(?P<whole>[^,;]{2,24}?)(?P<of>的?)$"
)
_COVERED = re.compile("全覆盖(?P<what>[^,;。]{0,16})")
#: words before a percentage that do not name what it is a share of, where others behind it do:
#: 完成80%村组的任务, 90%以上社区和60%以上农村
_NOT_OF_IT = re.compile("(?:完成|实现|达成)$|.*[和及与]$")
_DOING = ("进行", "开展", "实施", "实行")
_OF = re.compile(
    "对?(?P<who>[^,;。]*?)[可应须]?按照?(?:不低于|不少于|不超过|不高于|至少)?(?P<whole>[^,;。]{0,40}?)的?"
)
_PLACED = "设置|配建|配置|建设|配备|预留|安装|规划|布置|提供|安排|设立|新建"
_IS_PLACED = re.compile(_PLACED)
_SUM = f"[一-鿿]{{0,8}}{GRANT}"
_DONE = re.compile(
    "(?:的比例)?,?(?P<given>给予|予以)(?:[^,;。]{0,16}的)?(?:最高|不超过)?(?:[0-9.]{1,9}[万亿]?元的?)?"
    f"(?P<sum>{_SUM})"
    "|的(?P<rate>[税费利]率)(?:缴纳|征收|计缴|缴交|收取|计算)(?P<taxed>[^,;。]{2,12})"
    f"|(?:的比例,?(?P<verb>[一-鿿]{{2}})|(?P<placed>{_PLACED}))(?P<what>[^,;。]{{2,24}})"
)
_OF_SHARES = ("率", "比例", "比重", "度")
_GIVES = re.compile(
    "对?(?P<who>[^,;。]*?)(?:可|再|一次性)*(?:给予|予以)(?:不超过|最高)?(?P<whole>[^,;。0-9]{2,24}?)的?"
)
_GIVEN = re.compile(f"(?:以内)?的?(?:、?(?:最高|不超过)[0-9.]{{1,9}}[万亿]?元)?的?(?P<sum>{_SUM})")
_USED = re.compile("用于[^,;。]{2,20}")
_LONGEST = 16  # of what is said behind a percentage
_SHORTEST = 2  # characters of what names something


def share(sentence: Sentence, quantity: Quantity, left: int, right: int) -> Measure | None:
    """The measure of a percentage: before it, around it, or `30%的社区提供…` after it."""
    text = sentence.view.text
    begin, end = stripped(sentence, left, quantity.begin, verbs=False)
    verb = leading(text, begin, quantity)
    begin = verb.end() if verb else begin
    said = _portion(sentence, quantity, left) or _sum_of(sentence, quantity, left)
    if said := said or _turned(sentence, quantity, (left, begin, end, right)):
        return said
    noun = noun_behind(sentence, quantity, right)
    is_named = not (noun and _NOT_OF_IT.match(text, begin, end))
    if end - begin >= _SHORTEST and is_named:
        return _share_of(sentence, quantity, (left, begin, end, right))
    used = _USED.match(text, quantity.end, right)
    if used and end <= begin and text.startswith("其中", left):  # 其中10%用于农田建设
        return Measure((used.span(), SHARE), left, right, "share")
    return _share_behind(sentence, noun, left) if noun else None


def _share_behind(sentence: Sentence, noun: tuple[int, int], left: int) -> Measure:
    """The measure of a percentage that words behind it name: `80%的社区提供服务`."""
    after, right = noun
    subject = predicate_split(sentence.view.text, noun)
    if subject:
        return Measure(((subject, right), "的", (after, subject), SHARE), left, right, "share")
    if later := later_predicate(sentence, right):
        return Measure((later, "的", noun, SHARE), left, later[1], "share")
    return Measure((noun, SHARE), left, right, "share")


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
    if covered := _COVERED.match(text, quantity.end, right):
        end -= 2 if text[:end].endswith(_DOING) else 0
        return Measure(((begin, end), covered.span("what"), "覆盖率"), left, right, "around")
    if re.match(table("quantities")["predicate"]["before_percent"], text[quantity.end : right]):
        return Measure(((begin, end), (quantity.end, right)), left, right, "around")
    subject = predicate_split(text, (quantity.end, right)) if quantity.end < right else None
    if subject:
        pieces: tuple[Piece, ...] = ((subject, right), "的", (begin, end), (quantity.end, subject))
        return Measure((*pieces, SHARE), left, right, "around")
    return _part_of(sentence, quantity, bounds)


def _part_of(sentence: Sentence, quantity: Quantity, bounds: tuple[int, int, int, int]) -> Measure:
    """A share whose words before it say what of what it is, or what is done with it behind it."""
    left, begin, end, right = bounds
    text = sentence.view.text
    part = _PART_OF.match(text, begin, quantity.begin)
    if part and (part["of"] or "占" in text[part.end("part") : part.start("whole")]):
        pieces = (part.span("part"), "占", part.span("whole"), "比重")
        return Measure(pieces, left, quantity.end, "before")
    noun = noun_behind(sentence, quantity, right)
    is_done = noun and noun[0] == quantity.end and noun[1] - noun[0] <= _LONGEST
    if noun and is_done:
        return Measure(((begin, end), noun), left, right, "around")  # 新建住宅100%移交接管
    return Measure(((begin, end), SHARE), left, quantity.end, "before")


def _portion(sentence: Sentence, quantity: Quantity, left: int) -> Measure | None:
    """How much of something is done or given: `按不低于总车位2%的比例设置无障碍车位`."""
    text = sentence.view.text
    of, done = _OF.fullmatch(text, left, quantity.begin), _DONE.match(text, quantity.end)
    if of is None or done is None or (done["placed"] and not of["whole"]):
        return None
    whole, what = of.span("whole"), done.span("sum" if done["given"] else "what")
    verb = done.span("verb") if done["verb"] else done.span("placed")
    pieces: tuple[Piece, ...] = (whole, verb, what, "比例")
    if done["rate"]:
        pieces = (done.span("taxed"), done.span("rate"))  # 按20%的税率缴纳企业所得税
    elif whole[0] < whole[1] and (done["given"] or _IS_PLACED.fullmatch(text, *verb)):
        pieces = (what, "占", whole, "比例")
    who = stripped(sentence, *of.span("who"), verbs=False)
    return Measure((who, *pieces), left, done.end(), "around")


def _sum_of(sentence: Sentence, quantity: Quantity, left: int) -> Measure | None:
    """Of what a share is given: `给予设备投资额20%、最高300万元的补助`."""
    text = sentence.view.text
    of, given = _GIVES.fullmatch(text, left, quantity.begin), _GIVEN.match(text, quantity.end)
    if of is None or given is None:
        return None
    who = stripped(sentence, *of.span("who"), verbs=False)
    pieces = (who, given.span("sum"), "占", of.span("whole"), "比例")
    return Measure(pieces, left, given.end(), "around")


def of_kind(share_name: str, earlier: str) -> str:
    """A share's name, with what one of the same kind was said to be a share of before.

    Example:
        >>> of_kind("其他小区占比", "示范小区桶站值守率")
        '其他小区桶站值守率'
    """
    name = share_name.removesuffix(SHARE)
    tail = ""
    if tied("kinds").fullmatch(name):
        kind = tied("kinds").match(earlier)
        tail = earlier[kind.end() :] if kind else ""
    elif tied("places").search(name):
        _, _, tail = earlier.rpartition(name[-_SHORTEST:])
    is_tail = tail != earlier and tail.endswith(_OF_SHARES)
    return name + tail if is_tail else share_name


def whole_of(share_name: str, said: str) -> str:
    """The name of a share whose clause before says what is measured: `佩戴率,城区达到90%`.

    Example:
        >>> whole_of("城区占比", "头盔佩戴率")
        '城区头盔佩戴率'
    """
    name = share_name.removesuffix(SHARE)
    return name + said if tied("kinds").fullmatch(name) else share_name
