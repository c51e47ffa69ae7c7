"""One form for texts and what is sought in them, and the tokens by which an index finds it.

Every character becomes its own image, so that a text that contains a word still contains it when
both are folded: width and case do not matter, white space and quotation marks do not count.
Punctuation becomes full-width, so that nothing folded means anything to the index.
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

__all__ = ["condition", "fold", "places", "tokens", "words"]

_QUOTES = "\"'“”‘’「」『』〝〞«»"
_WORD = re.compile(rf"[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}](?!\S)|(?P<word>\S+)")
_UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"}  # Unicode categories: spaces, controls, halves
_FULL_WIDTH = 0xFEE0  # from an ASCII character to its full-width form


class _Images(dict[int, str]):
    """What each character becomes, worked out the first time that it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(map(_image, unicodedata.normalize("NFKC", chr(code)).casefold()))
        return self[code]


_IMAGES = _Images()


def fold(text: str) -> str:
    """`text` in the one form.

    Example:
        >>> fold("ＰＭ2.5 浓度")
        'pm2．5浓度'
    """
    return text.translate(_IMAGES)


def words(question: str) -> tuple[str, ...]:
    """The words sought, folded, each once; what stands in quotation marks is one word.

    Example:
        >>> words('公园 "Child Friendly" 公园')
        ('公园', 'childfriendly')
    """
    found = (match["phrase"] or match["word"] or "" for match in _WORD.finditer(question))
    return tuple(dict.fromkeys(word for word in map(fold, found) if word))


def tokens(text: str) -> str:
    """The tokens of a text: each two neighbours, and the last character of every line.

    Example:
        >>> tokens("婴幼儿")
        '婴幼 幼儿 儿'
    """
    return " ".join(token for line in text.split("\n") for token in _pairs(fold(line)))


def condition(sought: Sequence[str]) -> str:
    """What an index of tokens is asked for texts that contain all words.

    Example:
        >>> condition(["婴幼儿", "园"])
        '"婴幼 幼儿" AND "园" *'
    """
    return " AND ".join(_phrase(word) for word in sought)


def places(text: str, sought: Sequence[str]) -> list[range]:
    """Where words stand in a text, as code points of the text itself, in order, none overlapping.

    Example:
        >>> places("每 千 人托位", ["千人"])
        [range(2, 5)]
    """
    folded = fold(text)
    found = [span for word in sought if word in folded for span in _found(word, folded)]
    if not found:
        return []
    if len(folded) == len(text) and all(fold(text[a:b]) == folded[a:b] for a, b in found):
        return list(_apart(sorted(found)))
    ends = list(accumulate(map(len, map(_IMAGES.__getitem__, map(ord, text)))))
    spans = ((bisect(ends, start), bisect(ends, stop - 1) + 1) for start, stop in found)
    return list(_apart(sorted(spans)))


def _found(word: str, folded: str) -> Iterator[tuple[int, int]]:
    at = folded.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = folded.find(word, at + 1)


def _image(character: str) -> str:
    if character in _QUOTES or unicodedata.category(character) in _UNSEEN:
        return ""
    is_mark = character.isascii() and not character.isalnum()
    return chr(ord(character) + _FULL_WIDTH) if is_mark else character


def _pairs(line: str) -> Iterator[str]:
    yield from map("".join, pairwise(line))
    yield line[-1:]


def _phrase(word: str) -> str:
    if len(word) == 1:
        return f'"{word}" *'
    return f'"{" ".join(list(_pairs(word))[:-1])}"'


def _apart(spans: Sequence[tuple[int, int]]) -> Iterator[range]:
    stop = 0
    for start, end in spans:
        if end > stop:
            yield range(max(start, stop), end)
            stop = end
