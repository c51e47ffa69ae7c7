"""Page numbers that a PDF's text layer left at the head of a line: `42三、保障措施`."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

__all__ = ["page_numbers"]

_LEAST_LINES, _MOST_LINES = 2, 100  # of a page: a picture leaves few, a table many
_FEWEST_PAGES = 6
_USUAL_LEAST = 12
_HEAD = re.compile(r"\s*([1-9][0-9]{0,6})")
#: what may follow a page number: nothing that makes a list number, a decimal or a date of it
_REST = re.compile(r"\s*(?:$|[0-9]{1,2}\.[0-9]{1,2}(?![0-9])|[^0-9.．、)）%年月日,，:：\s])")
_Head = tuple[int, int, int]  # line, number, end of its digits


def page_numbers(lines: Sequence[str]) -> dict[int, int]:
    """The lines that begin with a page number, and where in the line its digits end.

    Numbers count when they run on, one a page, over pages of about the same length; a list
    numbered from 1 does not stand so.
    """
    heads: dict[int, list[_Head]] = {}
    for n, line in enumerate(lines):
        for head in _heads(n, line):
            heads.setdefault(head[1], []).append(head)
    run = _longest_run(heads)
    if len(run) < _FEWEST_PAGES or not _is_even(run):
        return {}
    return {line: end for line, _, end in run}


def _heads(n: int, line: str) -> list[_Head]:
    """The numbers that the line may begin with: `7910.1` is 79 before 10.1."""
    match = _HEAD.match(line)
    if match is None:
        return []
    begin, most = match.start(1), min(match.end(1), match.start(1) + 4)
    ends = range(begin + 1, most + 1)
    return [(n, int(line[begin:end]), end) for end in ends if _REST.match(line, end)]


def _longest_run(heads: dict[int, list[_Head]]) -> list[_Head]:
    """The longest run of numbers, each a page's length of lines after the one before."""
    best: dict[_Head, tuple[int, _Head | None]] = {}
    for number in sorted(heads, reverse=True):
        following = sorted(h for skip in (1, 2) for h in heads.get(number + skip, ()))
        at = [h[0] for h in following]
        for head in heads[number]:
            low, high = head[0] + _LEAST_LINES, head[0] + _MOST_LINES
            near = following[bisect_left(at, low) : bisect_right(at, high)][:_MOST_LINES]
            length, then = max(((best[h][0], h) for h in near), default=(0, None))
            best[head] = length + 1, then
    run: list[_Head] = []
    page = max(best, key=lambda h: best[h][0], default=None)
    while page is not None:
        run.append(page)
        page = best[page][1]
    return run


def _is_even(run: Sequence[_Head]) -> bool:
    gaps = [after[0] - before[0] for before, after in pairwise(run)]
    usual = median(gaps)
    odd = sum(not usual / 2 <= gap <= usual * 2 for gap in gaps)
    return usual >= _USUAL_LEAST and odd <= len(gaps) / 5
