"""Words of a Chinese sentence: the only door to jieba in this room."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import jieba

__all__ = ["Segmenter", "part_of_speech"]

_FREQUENCY = 20000  # above any word of jieba's own dictionary that a name could lose against


class Segmenter:
    """jieba with a dictionary of its own, to which the graph's names are added.

    The dictionary is read in the background from the moment the segmenter is made, which takes
    most of a second; who asks before that waits for it.
    """

    def __init__(self, names: Iterable[str]) -> None:
        reader = ThreadPoolExecutor(1, thread_name_prefix="dictionary")
        self._tokenizer = reader.submit(_tokenizer, sorted(set(names)))
        reader.shutdown(wait=False)

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Start and end of each word; together they cover the text."""
        found = self._tokenizer.result().tokenize(text, HMM=False)
        return tuple((start, end) for _, start, end in found)


@cache
def part_of_speech(word: str) -> str:
    """The tag that jieba's dictionary gives a word (of ICTCLAS: n, v, d …); empty for others."""
    at = _dictionary().find(f"\n{word} ".encode())
    if at < 0:
        return ""
    line = _dictionary()[at + 1 : _dictionary().find(b"\n", at + 1)]
    return line.decode().split(" ")[-1]


@cache
def _dictionary() -> bytes:
    with jieba.get_dict_file() as file:
        return bytes(file.read())


def _tokenizer(names: Iterable[str]) -> jieba.Tokenizer:
    # Not `initialize`: it keeps a cache in the temporary folder that any user could replace, and
    # reading the dictionary itself takes no longer.
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for name in names:
        tokenizer.add_word(name, _FREQUENCY)
    return tokenizer
