"""Brackets in folded text: matching pairs, and splitting outside them."""

from collections.abc import Iterator

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
_TAG_BRACKETS = "(【〔["
_OPENING = {close: open_ for open_, close in _CLOSING.items()}


def groups(view: View) -> Iterator[tuple[int, int]]:
    """Begin and end of each outermost bracket, (), 【】, 〔〕 or [], the brackets included.

    A bracket that is never closed runs to the end of the text.
    """
    stack: list[str] = []
    begin = 0
    for at, c in enumerate(view.text):
        if c in _TAG_BRACKETS:
            begin = begin if stack else at
            stack.append(_CLOSING[c])
        elif stack and c == stack[-1]:
            stack.pop()
            if not stack:
                yield begin, at + 1
    if stack:
        yield begin, len(view)


def split(view: View, separators: str) -> Iterator[View]:
    """The non-empty pieces between separators that stand outside all brackets and quotes."""
    stack: list[str] = []
    begin = 0
    for at, c in enumerate(view.text):
        if c in _CLOSING:
            stack.append(c)
        elif c in _OPENING and stack and stack[-1] == _OPENING[c]:
            stack.pop()
        elif c in separators and not stack:
            if at > begin:
                yield view[begin:at]
            begin = at + 1
    if begin < len(view):
        yield view[begin:]
