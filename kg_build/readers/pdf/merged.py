"""Merged cells of tables without lines: words of a first column that stand beside several rows.

They begin beside the first of their rows, or stand in the middle of all of them.
"""

from collections.abc import Iterator, Mapping, Sequence

from kg_build.readers.pdf.lines import Run

__all__ = ["Group", "areas", "groups", "sparse"]

_FEWER = 0.75  # of the groups of the fullest column
_SHARE = 0.5  # of the lines: words in more of them are text of their rows
_LEVEL = 0.5  # heights between what begins beside a row and its first line

Cells = Mapping[int, Run]
Group = tuple[float, float]  # the top and the bottom of words of one cell


def groups(filled: Sequence[Cells], column: int, near: float) -> list[Group]:
    """The words of a column, those together that stand as near as the lines of one cell."""
    found: list[Group] = []
    for run in (cells[column] for cells in filled if column in cells):
        if found and run.bottom - found[-1][1] <= near:
            found[-1] = (found[-1][0], run.bottom)
        else:
            found.append((run.top, run.bottom))
    return found


def sparse(filled: Sequence[Cells], near: float) -> Iterator[int]:
    """The first columns that have words in fewer rows than others, but for a number's."""
    counts = {c: len(groups(filled, c, near)) for c in set().union(*filled)}
    for column in sorted(counts):
        words = [cells[column].text for cells in filled if column in cells]
        if counts[column] <= _FEWER * max(counts.values()) and len(words) < _SHARE * len(filled):
            yield column
        elif not all(text.isdigit() for text in words[1:]):
            return


def areas(
    found: Sequence[Group], ys: Sequence[float], tops: Sequence[float], *, is_headed: bool
) -> list[range] | None:
    """The rows beside which each of some groups stands; None if unclear.

    `ys` are where rows begin and the last ends, `tops` where their words begin.
    """
    rows = [_beside(group, ys) for group in found]
    size = min(bottom - top for top, bottom in found)
    level = all(abs(tops[r[0]] - g[0]) < _LEVEL * size for r, g in zip(rows, found, strict=True))
    if not is_headed:
        return rows if level else None
    if level and len(rows) > 1 and rows[1][0] == 1:
        return rows
    return _in_the_middle(found, ys)


def _beside(group: Group, ys: Sequence[float]) -> range:
    """The rows beside which some words stand."""
    first = max((n for n, y in enumerate(ys[:-1]) if y <= group[0]), default=0)
    last = max((n for n, y in enumerate(ys[:-1]) if y < group[1]), default=0)
    return range(first, max(first, last) + 1)


def _in_the_middle(found: Sequence[Group], ys: Sequence[float]) -> list[range] | None:
    """The rows of each group, one after the other, so that it stands in the middle of them."""
    rows = [range(1)]
    for top, bottom in found[1:]:
        first = rows[-1].stop
        foot = top + bottom - ys[first]
        stop = min(range(first, len(ys)), key=lambda n: abs(ys[n] - foot))
        if stop == first or abs(ys[stop] - foot) > bottom - top:
            return None
        rows.append(range(first, stop))
        if stop == len(ys) - 1:
            break
    return rows if len(rows) == len(found) and rows[-1].stop == len(ys) - 1 else None
