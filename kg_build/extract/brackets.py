"""Brackets in folded text: matching pairs, and splitting outside them."""

import re
from collections.abc import Iterator
from functools import cache

from kg_build.lex.view import View

__all__ = ["groups", "split"]

_CLOSING = {
    "(": ")",
    "〈": "〉",
    "《": "》",
    "“": "”",
    "[": "]",
    "【": "】",
    "〔": "〕",
    "「": "」",
}
_OPENING = {close: open_ for open_, close in _CLOSING.items()}
_TAG_BRACKETS = re.compile(r"[()【】〔〕\[\]]")
_SENTENCE_END = "。"


def groups(view: View) -> Iterator[tuple[int, int]]:
    """Begin and end of each outermost bracket, (), 【】, 〔〕 or [], the brackets included.

    Writers mix the kinds, so any of them closes any other. A bracket that is never closed runs
    to the end of its sentence.
    """
    found: list[tuple[int, int]] = []
    stack: list[int] = []
    for match in _TAG_BRACKETS.finditer(view.text):
        if match[0] in _CLOSING:
            stack.append(match.start())
        elif stack:
            found.append((stack.pop(), match.end()))
    found += [(at, _end_of_sentence(view, at)) for at in stack]
    reached = 0
    for begin, end in sorted(found):
        if begin >= reached:
            yield begin, end
            reached = end


def _end_of_sentence(view: View, at: int) -> int:
    stop = view.text.find(_SENTENCE_END, at)
    return stop if stop >= 0 else len(view)


def split(view: View, separators: str) -> Iterator[View]:
    """The non-empty pieces between separators that stand outside all brackets and quotes."""
    stack: list[str] = []
    begin = 0
    for match in _marks(separators).finditer(view.text):
        c = match[0]
        if c in _CLOSING:
            stack.append(c)
        elif c in _OPENING:
            if stack and stack[-1] == _OPENING[c]:
                stack.pop()
        elif not stack:
            if match.start() > begin:
                yield view[begin : match.start()]
            begin = match.end()
    if begin < len(view):
        yield view[begin:]


@cache
def _marks(separators: str) -> re.Pattern[str]:
    """The characters that splitting looks at."""
    return re.compile(f"[{re.escape(separators + ''.join((*_CLOSING, *_OPENING)))}]")
