"""Titles of official documents: what names a document, whoever is said to have issued it."""

import re

from kg_build.lex.view import fold

__all__ = ["bare_title", "document_key", "short_titles"]

_SENT_OUT = re.compile(
    r"^(?P<who>[^《〈<]{0,60}?)(?:关于)?(?:印发|转发|批转)"
    r"(?:[《〈<](?P<quoted>[^《》〈〉<>]+)[》〉>]|(?P<plain>.{4,}))的(?:通知|函)$"
)
_ISSUED = re.compile(r"^(?P<who>[一-鿿、0-9]{2,60}?)(?=关于)")
#: whoever is of a place: 住房城乡建设部 and 市场监管总局 are not
_OF_PLACE = re.compile("[省区县州盟旗镇]|市(?!场)|(?<!城)乡")
_RELATIVE = re.compile("[本我全][省市区县州盟旗镇乡]|^[0-9]{0,4}年?政府工作报告$")
_SHORT = re.compile('以下(?:统一?)?简称[:为]?[《“"]?(?P<short>[^《》“”"(),。]{2,30})')


def bare_title(title: str) -> str:
    """A folded title without who issued the document or sent it out.

    Example:
        >>> bare_title("国务院关于印发2030年前碳达峰行动方案的通知")
        '2030年前碳达峰行动方案'
        >>> bare_title("某省人民政府关于推动冰雪产业发展的意见")
        '关于推动冰雪产业发展的意见'
    """
    sent = _SENT_OUT.match(title)
    if sent:
        return sent["quoted"] or sent["plain"]
    issued = _ISSUED.match(title)
    return title[issued.end() :] if issued else title


def document_key(title: str, where: str) -> str:
    """What names a document for all that know its title alone: without a national issuer.

    The same words of two provinces are two documents, and 本市…的意见 is one of `where`.

    Example:
        >>> document_key("国务院办公厅关于科学绿化的指导意见", "310000")
        '关于科学绿化的指导意见'
        >>> document_key("某省人民政府关于推动冰雪产业发展的意见", "220000")
        '某省人民政府关于推动冰雪产业发展的意见'
        >>> document_key("政府工作报告", "310000")
        '310000:政府工作报告'
    """
    folded = fold(title)
    named = _SENT_OUT.match(folded) or _ISSUED.match(folded)
    key = folded if named and _OF_PLACE.search(named["who"]) else bare_title(folded)
    return f"{where}:{key}" if _RELATIVE.search(key) else key


def short_titles(text: str) -> frozenset[str]:
    """What a folded text calls documents by, once it has named them: 以下简称《意见》."""
    return frozenset(match["short"] for match in _SHORT.finditer(text))
