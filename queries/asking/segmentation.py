"""Words of a Chinese sentence: the only door to jieba in this room."""

import logging
from collections.abc import Iterable

import jieba

__all__ = ["Segmenter"]

_FREQUENCY = 20000  # above any word of jieba's own dictionary that a name could lose against


class Segmenter:
    """jieba with a dictionary of its own, to which the graph's names are added."""

    def __init__(self, names: Iterable[str]) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._tokenizer = jieba.Tokenizer()
        for name in sorted(set(names)):
            self._tokenizer.add_word(name, _FREQUENCY)

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Start and end of each word; together they cover the text."""
        return tuple((start, end) for _, start, end in self._tokenizer.tokenize(text))
