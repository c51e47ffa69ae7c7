"""One form for questions and names, so that width, case, quotes and brackets do not matter."""

import re
import unicodedata

__all__ = ["fold", "is_chinese"]

_DROPPED = re.compile(r"[“”\"‘《》「」『』]|(?<![a-z])'|'(?![a-z])")
_NUMBER_BRACKETS = re.compile(r"[\[(【〈<]((?:19|20)\d\d)[\])】〉>](?=\d+号)")
_HAN = re.compile(r"[㐀-鿿]")
_FOLDED = re.compile(r"[㐀-鿿]*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_GAP = re.compile(r"(?<=[㐀-鿿〔〕，。、：；])\s+|\s+(?=[㐀-鿿〔〕])")


def fold(text: str) -> str:
    """`text` in compatibility form and lower case, without quotation marks; women's keeps its own.

    Brackets of document numbers become 〔〕; spaces beside Chinese letters go, and the commas
    between thousands.
    """
    if _FOLDED.fullmatch(text):
        return text  # most of tens of thousands of names
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    text = _THOUSANDS.sub("", _NUMBER_BRACKETS.sub(r"〔\1〕", _DROPPED.sub("", text)))
    return _GAP.sub("", " ".join(text.split()))


def is_chinese(text: str) -> bool:
    """Whether a question is Chinese: a Chinese name in an English sentence leaves it English."""
    han = len(_HAN.findall(text))
    return han >= len(re.findall(r"[A-Za-z]{2,}", text)) * 2
