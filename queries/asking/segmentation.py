"""Words of a Chinese sentence: the only door to jieba in this room."""

import logging
from collections.abc import Iterable
from functools import cached_property

import jieba

__all__ = ["Segmenter"]

_FREQUENCY = 20000  # above any word of jieba's own dictionary that a name could lose against


class Segmenter:
    """jieba with a dictionary of its own, to which the graph's names are added.

    jieba reads its dictionary when the first sentence comes, which takes most of a second once.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Start and end of each word; together they cover the text."""
        return tuple((start, end) for _, start, end in self._tokenizer.tokenize(text))

    @cached_property
    def _tokenizer(self) -> jieba.Tokenizer:
        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        for name in self._names:
            tokenizer.add_word(name, _FREQUENCY)
        return tokenizer
