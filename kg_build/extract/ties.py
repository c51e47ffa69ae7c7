"""What stands around a measure and does not belong to it: lead-ins, verbs, ties to a number."""

import re
from functools import cache

from kg_build.extract.clauses import Sentence
from kg_build.families import table

__all__ = ["GRANT", "JOINT", "TAIL", "is_share", "stripped", "tied"]

TAIL = 24  # what ties a measure to its number stands right before it
_SHARE = re.compile(
    r"率$|比例$|占比$|比重$|份额$|概率$|指数$|比$|浓度$|增速$|增长$|[增降涨跌]幅$|降低$|下降$|提高$|提升$|减少$|压缩$|压减$|精简$|提速$|缩减$|收窄$|覆盖面$|减量$|缩短$|增加$|水平$|系数$|(?<![年季额])度$|标准$|强度$|增$|降$|升$|幅度$|水平线$"
)
#: 和, 及 and 与 between two names, not inside a word (参与, 及格, 和谐)
JOINT = (
    r"以及|(?<![参给])与(?![会其\x01])|(?<![饱暖温缓柔总共])和(?![谐平解睦])"
    r"|(?<![普涉触惠波顾])及(?![时格其早])"
)
#: what a sum that is given is called
GRANT = "(?:补助|补贴|奖励|奖补|资助|贴息|激励|补偿)"
_VERB_JOINTS = "或、和及并"


def is_share(text: str, begin: int, end: int) -> bool:
    """Whether words end as the name of a rate, a share or a level does."""
    return bool(_SHARE.search(text, max(begin, end - TAIL), end))


@cache
def tied(kind: str) -> re.Pattern[str]:
    """A pattern of what ties measures to numbers and to one another."""
    return re.compile(table("quantities")["tie"][kind])


@cache
def _lead_in() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may lead in again and again, and the verbs of which only the first says nothing."""
    rule = table("quantities")["lead_in"]
    year = r"(?:到|至|在|截至|自|从)?[\x01\x02]+(?:年?底|末|前|间|内|起|开始)*"
    defined = r"\x00+(?:是指|系指)"  # “20”是指新建公园20座
    lead = f"{year}|{defined}|(?:{rule['scopes']})(?:{JOINT})?|{rule['hedges']}|[,、]"
    return re.compile(lead), re.compile(rule["verbs"])


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\x01+(?:年?底|末|前)?|(?:{tied('pattern').pattern.removesuffix('$')}))+$"
    )


def stripped(sentence: Sentence, begin: int, end: int, *, verbs: bool = True) -> tuple[int, int]:
    """The range without year, scope, hedge and one verb before it, and without ties behind it."""
    lead, verb = _lead_in()
    start = _past(lead, sentence.text, begin, end)
    while verbs and (match := verb.match(sentence.text, start, end)):
        start = _past(lead, sentence.text, match.end(), end)
        verbs = match[0][-1] in _VERB_JOINTS  # 改造或新建: two verbs
    trailing = _trailing().search(sentence.text, max(start, end - TAIL), end)
    return start, trailing.start() if trailing else end


def _past(lead: re.Pattern[str], text: str, start: int, end: int) -> int:
    while start < end and (match := lead.match(text, start, end)):
        start = match.end()
    return start
