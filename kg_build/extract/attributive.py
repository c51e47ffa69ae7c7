"""Numbers that only describe what another counts, or where something is done."""

import re
from collections.abc import Sequence

from kg_build.extract.clauses import Sentence
from kg_build.extract.quantities import Quantity
from kg_build.extract.ties import is_share, stripped

__all__ = ["attributive"]

_SHORTEST = 2
#: ends of units that measure a size, where others count
_SIZES = (*"元米里顷亩吨瓦升克安年岁W", "bps", "分钟", "小时")
_NO_JOIN = re.compile(r"[,;、。()]|以及|[和及与并]|特别是|其中|包括|含")
#: 最高3000万元的经费支持: the sum is what is promised
_GIVEN = re.compile(
    r"的[一-鿿]{0,8}(?:支持|补助|补贴|奖励|资助|奖补|扶持|经费|资金|额度|贴息)(?!为)"
)
#: 按每百户20平方米的标准配建
_AT_RATE = re.compile("的(?:标准|比例|要求),?(?:规划|配建|建设|配备|设置|配置|调剂|安排)")
_CHINESE = re.compile(r"的?(?!目标|要求|标准|水平|规模|左右|以)[一-鿿]{2}")
#: 等5项能力的: how many were listed
_LISTED = re.compile(r"[^,;、。的]{1,10}的")
#: 在…中推广, where nothing but a list of places stands between
_WHERE = re.compile(
    r"(?:^|(?<=[,;、]))在[^,;。:中]{2,80}?中(?=[,;]|$|加[大强快]|推[广进行]|开展|实施|应用|探索|落实|率先|优先|普及)"
)
#: 以5平方公里滨水区为核心: what something is built around
_AROUND = re.compile(
    "以[^,;。以]{2,80}?为(?:核心|重点|依托|基础|载体|中心|主体|支撑|骨架|龙头|引领|主[线轴干要])"
)
_CLASS = re.compile(r"(?:及|\(含\)|含)以[上下]$")
_FOUNDED = re.compile("设立|组建|成立|创设|发起")
_OF_SHARE = re.compile("的[^,;。]{0,12}(?:占比|比例|比重|率)")
_ALL = re.compile("全部|一律|均[须应要已]|必须|应当|不得")
_ENDED = re.compile("(?:淘汰|关停|取缔|拆除|关闭|整治|禁止|严禁)[^0-9]{0,20}$")
_MADE_IT = re.compile("新建|建成|建设|打造|改造|修建|铺设|完成|形成|贯通")
_MADE = re.compile("新建|建成|培育|打造|改造|创建|引进|完成|形成|建设(?=[0-9一二三四五六七八九十])")
_IN_BRACKETS = re.compile(r"\([^()]{0,200}\)")
#: what is said of a subject behind the bracket that describes it
_GOES_ON = re.compile("(?!等|和|及|与|以及|并)[一-鿿\x01]")
#: 总投资3亿元的项目
_EXTENT = re.compile("(?:总长|全长|总面积|总占地|占地面积|流域面积)[约达为共]*$")
_COST = re.compile("投资(?:额|约|达|共)*$")
_OF_PLACES = re.compile(
    r"(?:街镇|乡镇|镇街|街道|社区|行政村|村|县[区市]?|区县?|市[州县]?|城市|园区|小区|片区|地区|省份)"
    r"[^,;、。]{2,24}"
)


def attributive(sentence: Sentence, quantity: Quantity, found: Sequence[Quantity]) -> bool:
    """Whether a number only describes what another counts: `投资5000万元以上项目20个`."""
    if quantity.unit in {"%", "‰"}:
        return _is_below(sentence, quantity)
    if _is_aside(sentence, quantity, found) or _is_protection(sentence, quantity, found):
        return True
    is_phrase = _CHINESE.match(sentence.view.text, quantity.end)
    if not is_phrase or _is_founded(sentence, quantity, found):
        return False
    return (
        _describes(sentence, quantity)
        or _is_where(sentence, quantity)
        or _is_of_all(sentence, quantity)
        or _is_of_other(sentence, quantity, found)
    )


def _is_below(sentence: Sentence, quantity: Quantity) -> bool:
    """`就业率低于60%的专业`: of what something is done, since a promise is not to be below."""
    is_said = quantity.comparator == "<" and sentence.text.startswith("的", quantity.end)
    return is_said and _CHINESE.match(sentence.view.text, quantity.end + 1) is not None


def _is_of_other(sentence: Sentence, quantity: Quantity, found: Sequence[Quantity]) -> bool:
    """Whether a number says how many or how large that is of which another is said."""
    n = found.index(quantity)
    following = found[n + 1 : n + 2]
    if any(
        _are_places_of(sentence, quantity, later) or _have_share(sentence, quantity, later)
        for later in following
    ):
        return True
    beside = (*found[max(0, n - 1) : n], *following)
    return any(_is_weaker(quantity, b) and _in_one_phrase(sentence, quantity, b) for b in beside)


def _is_aside(sentence: Sentence, quantity: Quantity, found: Sequence[Quantity]) -> bool:
    """`某灌区(约6.8万亩)实施改造`: how large that is of which the clause goes on to speak."""
    begin, end = sentence.clause(quantity.begin)
    around = (m.span() for m in _IN_BRACKETS.finditer(sentence.text, begin, end))
    low, high = next((s for s in around if s[0] < quantity.begin < s[1]), (0, 0))
    if not high or not _GOES_ON.match(sentence.text, high):
        return False
    several = sum(low < q.at < high for q in found) > 1
    is_size = (quantity.unit or "").endswith(_SIZES)
    return (is_size or several) and stripped(sentence, begin, low)[0] == begin < low


def _is_protection(sentence: Sentence, quantity: Quantity, found: Sequence[Quantity]) -> bool:
    """`25%的面积达到5年一遇排水能力`: what a share has reached."""
    begin, end = sentence.clause(quantity.begin)
    shares = [q for q in found if begin <= q.at < end and q.unit == "%"]
    is_named = _OF_SHARE.search(sentence.text, quantity.end, end) is not None
    return quantity.unit == "年一遇" and (bool(shares) or is_named)


def _describes(sentence: Sentence, quantity: Quantity) -> bool:
    """`年销售额超过3亿元的店铺`: what is bounded is named before, who it describes after."""
    before = sentence.text[quantity.begin - 1 : quantity.begin]
    if before == "等":
        return _LISTED.match(sentence.text, quantity.end) is not None
    if before in {"、", ","}:
        return False
    if sentence.text[quantity.end] != "的":
        return False
    begin, _ = sentence.clause(quantity.begin)
    if quantity.comparator == "=":
        is_extent = _EXTENT.search(sentence.text, begin, quantity.begin) is not None
        is_made = _MADE_IT.search(sentence.text, begin, quantity.begin)
        return (is_extent and not is_made) or _COST.search(
            sentence.text, begin, quantity.begin
        ) is not None
    if _GIVEN.match(sentence.text, quantity.end) or _AT_RATE.match(sentence.text, quantity.end):
        return False
    start, end = stripped(sentence, begin, quantity.begin)
    return end - start >= _SHORTEST and sentence.text[start] != "每"


def _is_founded(sentence: Sentence, quantity: Quantity, found: Sequence[Quantity]) -> bool:
    """`设立规模不低于50亿元的基金1支`: how large the one thing shall be that is founded."""
    begin, end = sentence.clause(quantity.begin)
    others = [q for q in found if begin <= q.at < end and q is not quantity]
    is_one = all(q.value == 1 and q.at > quantity.at for q in others)
    return is_one and _FOUNDED.search(sentence.text, begin, quantity.begin) is not None


def _is_of_all(sentence: Sentence, quantity: Quantity) -> bool:
    """`30万千瓦以上的电厂全部关停`, `淘汰10蒸吨以下锅炉`: how large is what all of is done with.

    及以上 is how classes of size are put: `30万千瓦及以上电厂改造`.
    """
    begin, end = sentence.clause(quantity.begin)
    if not quantity.has_bound:
        return False
    if quantity.comparator == "<=":
        return _ENDED.search(sentence.text, begin, quantity.at) is not None
    if not (quantity.unit or "").endswith(_SIZES):
        return False
    is_class = _CLASS.search(sentence.text, quantity.number_end, quantity.end) is not None
    return is_class or _ALL.search(sentence.text, quantity.end, end) is not None


def _is_where(sentence: Sentence, quantity: Quantity) -> bool:
    """`在3个核心区、8个重点区建设中推广`: where something is done."""
    begin, end = sentence.clause(quantity.begin)
    phrases = (
        *_WHERE.finditer(sentence.text, begin, end),
        *_AROUND.finditer(sentence.text, begin, end),
    )
    return any(
        m.start() < quantity.begin < m.end()
        and not _MADE.search(sentence.text, m.start(), quantity.end)
        for m in phrases
    )


def _are_places_of(sentence: Sentence, quantity: Quantity, later: Quantity) -> bool:
    """`增建6个街镇(甲街道、乙镇)取水设施24处`: the places of what is counted behind them."""
    between = _IN_BRACKETS.sub("", sentence.text[quantity.end : later.begin])
    is_last = sentence.text[later.end : later.end + 1] in {"", *",;。、"}
    return is_last and _OF_PLACES.fullmatch(between) is not None


def _have_share(sentence: Sentence, quantity: Quantity, later: Quantity) -> bool:
    """`9个断面优良比例达到55%`: how many there are of which a share is promised."""
    begin, _ = sentence.clause(quantity.begin)
    start, _ = stripped(sentence, begin, quantity.begin)
    is_object = begin < quantity.begin <= start  # a verb says what is done with them
    if later.unit != "%" or is_object or _MADE.search(sentence.text, begin, quantity.begin):
        return False
    between = sentence.text[quantity.end : later.begin]
    is_phrase = not _NO_JOIN.search(_IN_BRACKETS.sub("", between))
    return is_phrase and is_share(sentence.text, *stripped(sentence, quantity.end, later.begin))


def _is_weaker(quantity: Quantity, other: Quantity) -> bool:
    """Whether of two numbers the first describes: it is bounded, or a size and not a count."""
    if quantity.has_bound != other.has_bound:
        return quantity.has_bound
    size, count = quantity.unit or "", other.unit or ""
    return size.endswith(_SIZES) and not count.endswith((*_SIZES, "%"))


def _in_one_phrase(sentence: Sentence, one: Quantity, other: Quantity) -> bool:
    first, second = (one, other) if one.at < other.at else (other, one)
    if _NO_JOIN.search(sentence.text, first.end, second.begin):
        return False
    start, end = stripped(sentence, first.end, second.begin)
    return start == first.end or start < end
