"""Text without the layout in it, where every character knows its offset.

Plans come with stray spaces (`到 2023 年底`), lines broken inside a word, full-width and half-width
forms mixed, characters that nobody sees (zero-width spaces, soft hyphens). Rules match a view:
white space and the unseen removed, forms folded one character to one character. Each character of
the view remembers where it stands in the document, so a match leads back to exact offsets by a
look-up; nothing is ever re-aligned.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg_build.model import Span

__all__ = ["UNSEEN", "View", "fold", "tidy", "tight", "view_of"]

# The full-width ASCII block, one to one; dashes and dots that plans use alike.
_FOLD = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(c): ord("-") for c in "—–―‐‑‒−─━﹣"}
_FOLD |= {ord(c): ord(".") for c in "﹒．"}
_FOLD |= {
    ord("〜"): ord("~"),
    ord("﹪"): ord("%"),
    ord("："): ord(":"),
    ord("﹕"): ord(":"),
    ord("∶"): ord(":"),
}
_FOLD |= {ord("︰"): ord(":"), ord("〇"): ord("〇"), ord("﹑"): ord("、")}

#: characters without width, as a regex set holds them: they join, part or order what is seen
UNSEEN = "\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_UNSEEN = re.compile(f"[{UNSEEN}]+")
_ASCII_GAP = re.compile(r"(?<=[A-Za-z])\s+(?=[A-Za-z])")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(rf"[^\s{UNSEEN}]+")


def fold(text: str) -> str:
    """The text in half-width forms; `len(fold(t)) == len(t)` for every text.

    Example:
        >>> fold("（１３．５％）")
        '(13.5%)'
    """
    return text.translate(_FOLD)


def tight(text: str) -> str:
    r"""The text without white space and without what nobody sees.

    Example:
        >>> tight("到 20\u200b23 年底")
        '到2023年底'
    """
    return "".join(_WORD.findall(text))


def tidy(text: str) -> str:
    """Wording as written, without the white space that layout left in it.

    Example:
        >>> tidy("到 2023 年底， 10 个")
        '到2023年底，10个'
        >>> tidy("AI for  Good")
        'AI for Good'
    """
    kept = _ASCII_GAP.sub("\0", _UNSEEN.sub("", text))
    return _SPACE.sub("", kept).replace("\0", " ")


@dataclass(frozen=True, slots=True)
class View:
    """Folded text, tight; `at[i]` is the offset of `text[i]` in the document.

    `joined` are the offsets of characters that only the unseen parts from the one before.
    """

    text: str
    at: tuple[int, ...]
    joined: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> "View":
        return View(self.text[part], self.at[part], self.joined)

    def gap(self, n: int) -> bool:
        """Whether white space parts the n-th character, not the first, from the one before."""
        return self.at[n] > self.at[n - 1] + 1 and self.at[n] not in self.joined

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The document span of view characters `start..end`; empty views have no span.

        Raises: ValueError for an empty range.
        """
        stop = len(self.text) if end is None else end
        if not 0 <= start < stop <= len(self.text):
            raise ValueError(f"no characters in view range {start}..{stop}")
        return Span(self.at[start], self.at[stop - 1] + 1)

    def cut(self, pattern: re.Pattern[str]) -> Iterator["View"]:
        """The pieces between matches of a separator, empty ones left out."""
        last = 0
        for match in pattern.finditer(self.text):
            if match.start() > last:
                yield self[last : match.start()]
            last = match.end()
        if last < len(self.text):
            yield self[last:]


def view_of(text: str, spans: Iterable[Span]) -> View:
    """One view over pieces of a document in reading order."""
    pieces: list[str] = []
    at: list[int] = []
    joined: list[int] = []
    for span in spans:
        end = span.end
        for word in _WORD.finditer(text, span.start, span.end):
            if _UNSEEN.fullmatch(text, end, word.start()):
                joined.append(word.start())
            pieces.append(word[0])
            at += range(*word.span())
            end = word.end()
    return View(fold("".join(pieces)), tuple(at), frozenset(joined))
