"""A text as sentences, each with the part of a plan that it belongs to.

Offsets are code points into the text, half-open.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

__all__ = ["owners", "sentences"]

# A sentence ends behind its stop and the quotation marks and brackets that close with it.
_END = re.compile(r"[。！？；][”’」』）)]*|\n")
_EDGE = 8  # characters by which a line is recognised in a plan's wording


def sentences(content: str, wording: str) -> Iterator[range]:
    """The sentences of a text, without the white space around them.

    A line ends a sentence, except where `wording` (what the plans of the text say, condensed) runs
    on from it to the next: the file broke the line, not the author.
    """
    edges = [0, *(at.end() for at in _END.finditer(content) if _is_end(at, wording)), len(content)]
    for start, end in pairwise(edges):
        raw = content[start:end]
        begin = start + len(raw) - len(raw.lstrip())
        stop = end - len(raw) + len(raw.rstrip())
        if begin < stop:
            yield range(begin, stop)


def owners(
    content: str, spans: Iterable[range], starts: Mapping[int, str], wordings: Mapping[str, str]
) -> Iterator[str]:
    """The thing that each sentence belongs to, "" for none.

    `starts` are where things begin, `wordings` what the parts among them say, condensed. What
    stands behind a part and is not of its wording belongs to the thing that is no part before it.
    """
    order = sorted(starts)
    for span in spans:
        before = [starts[at] for at in reversed(order[: bisect_right(order, span.stop - 1)])]
        words = "".join(content[span.start : span.stop].split())
        candidates = (thing for n, thing in enumerate(before) if not n or thing not in wordings)
        yield next((c for c in candidates if words[-_EDGE:] in wordings.get(c, words)), "")


def _is_end(at: re.Match[str], wording: str) -> bool:
    if at[0] != "\n":
        return True
    before = "".join(at.string[max(0, at.start() - 2 * _EDGE) : at.start()].split(" "))
    after = "".join(at.string[at.end() : at.end() + 2 * _EDGE].split(" "))
    around = before[-_EDGE:] + after[:_EDGE]
    return "\n" in around or not before or not after or around not in wording
