"""How often a number is, and for each of what: `每季度`, `每个镇(街道)`, `每千名儿童`."""

import re

from kg_build.extract.clauses import Sentence
from kg_build.extract.pieces import Piece
from kg_build.extract.quantities import Quantity
from kg_build.extract.ties import stripped

__all__ = [
    "FREQUENCY",
    "PER_COUNT",
    "PER_EACH",
    "Pieces",
    "bracketed",
    "carried_per",
    "each_of",
    "frequency",
    "is_bare",
    "known",
    "per_of",
    "says_what",
]

#: how often something is done
FREQUENCY = re.compile(
    r"(?:平均)?(?<!每[人户亩生床吨车台套])每(?:[0-9一两二三四五六]{1,2}(?:[-~至到][0-9一两二三四五六]{1,2})?(?:个月|年|周|天)"
    r"|学?年|学期|季度|半年|月|周|天|日|个月)|年均"
)
PER_COUNT = re.compile(
    r"每[一十百千万亿0-9]+(?:名|人口|人|户|个|位)?(?:常住人口|户籍人口|儿童|学生|人口|老年人|居民|劳动力)?"
)
PER_EACH = re.compile(
    r"每(?:个|家|所|名|位|座|条|支|(?=[县市区镇乡村校街户班]))"
    r"(?P<each>(?=至少|均|都|配[备置有]|不少于|不低于|最高|给予|奖|补助)|(?:行政村|乡镇|街道|社区|学校|[县市区镇乡村])(?![委级内域口卫民城]|小学|集体|医院|学校)(?:\([^()]{1,12}\))?|[^,;。、]{1,14}?"
    r"(?=至少|均|都|要|应|须|配|建|吸纳|设|打造|落地|新|有|培|开展|组织|不少于|不低于|完成|成立|创|举办|引进|发展|选[派聘]|安排|改造|最高|给予|奖|补助|$))"
)
_PER_ALL = re.compile(r"(?P<each>[^,;。]{1,12}?)各(?=[至建落打配设培新开组召创有完成举吸])")
_EACH_ONE = re.compile(
    r"(?P<each>各(?:[^,;。、()]|\([^()]{1,12}\)){1,10}?)(?=至少|均|都|召开|开展|建|配|设|打造|组织|完成|举办|培|新|创|成立|每)"
)
_TERRITORY = re.compile(
    r"(?P<each>(?:乡?镇|街道|村|社区|县|区|市|学校|中小学校?)(?:\([^()]{1,8}\)|[、和](?:街道|社区|乡镇))?)"
    r"(?=至少|均|都|配备|设立|设置|建立|建成)"
)
_SHORTEST = 2

Pieces = tuple[Piece, ...]


def frequency(sentence: Sentence, quantity: Quantity, previous: int = 0) -> Pieces:
    """How often, as the clause of a number says it behind another: `每季度开展1次演练`."""
    begin = max(previous, sentence.clause(quantity.begin)[0])
    return bracketed(FREQUENCY.search(sentence.view.text, begin, quantity.begin))


def bracketed(often: re.Match[str] | None) -> Pieces:
    """How often something is, as it stands behind a measure's name."""
    return ("（", often.span(), "）") if often else ()


def known(text: str, clause: int, each: re.Match[str]) -> tuple[int, int] | None:
    """Each of what words before speak of: `建设医疗中心2个,每个中心服务半径` is of the centres."""
    begin, end = each.span("each")
    ends = (at for at in range(end - _SHORTEST, begin + 1, -1) if text[begin:at] in text[:clause])
    return next(((each.start(), at) for at in ends), None)


def says_what(sentence: Sentence, clause: int, each: re.Match[str]) -> bool:
    """Whether `每家酒店无障碍客房` says what is counted too: the words before speak of it."""
    text = sentence.view.text
    words = each["each"]
    ends = (words[-n:] for n in range(len(words) - _SHORTEST, _SHORTEST, -1))
    is_alone = stripped(sentence, 0, clause)[0] >= clause and len(words) > 2 * _SHORTEST
    return is_alone or any(e in text[:clause] for e in ends)


def carried_per(
    sentence: Sentence, quantity: Quantity, bounds: tuple[int, int], begin: int
) -> Pieces:
    """`每千名儿童拥有…医生0.85名、床位增至2.2张`: the beds are per thousand children too."""
    clause, left = bounds
    if left == clause or sentence.text.startswith("每", begin):
        return ()
    head, _ = stripped(sentence, clause, left)
    match = PER_COUNT.match(sentence.view.text, head, left)
    return (match.span(),) if match else per_of(sentence, quantity, clause)


def is_bare(per: tuple[Piece, ...]) -> bool:
    """Whether it is said for each, and of what before: 每家."""
    return len(per) == 1 and isinstance(per[0], tuple) and per[0][1] - per[0][0] == _SHORTEST


def per_of(sentence: Sentence, quantity: Quantity, *places: int) -> Pieces:
    """For each of what a count is: said after the number before it, or for the whole clause."""
    return next((per for begin in places if (per := _per_from(sentence, quantity, begin))), ())


def _per_from(sentence: Sentence, quantity: Quantity, place: int) -> Pieces:
    """For each of what a count is by the words from a place on: 每个镇(街道), 各学校."""
    text = sentence.view.text
    begin, _ = stripped(sentence, place, quantity.begin, verbs=False)
    one = _EACH_ONE.match(text, begin, quantity.at)
    if one:
        return (one.span("each"),)
    for find in (PER_EACH.search, _PER_ALL.search, _TERRITORY.match):
        if match := find(text, begin, quantity.at):
            return each_of(match)
    return ()


def each_of(match: re.Match[str]) -> Pieces:
    """每家 alone, or 每个 with what it is each of."""
    return ("每个", match.span("each")) if match["each"] else (match.span(),)
