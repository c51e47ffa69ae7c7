"""What a page says about its document: the labelled fields around the text, and its title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from kg_build.families import patterns, table
from kg_build.lex.view import fold, tidy
from kg_build.readers.html.flow import Grid, Item

__all__ = ["Fields", "fields", "is_title", "label", "title_part"]

_LONGEST_BAR = 200  # letters of a line that holds labels and values only
_TITLE_CUT = re.compile(r"\s*[_|—–]+\s*|\s+-+\s+|-+(?=[^-]*$)")
_BARE = {"td", "th", "dt", "span", "label", "b", "strong"}


@dataclass(slots=True)
class Fields:
    """The labels and values that were found, and the lines of the flow that they took up.

    A line is named by the number of its item and its own; a table by -1.
    """

    found: list[tuple[str, str]] = field(default_factory=list)
    lines: set[tuple[int, int]] = field(default_factory=set)


def label(text: str) -> str | None:
    """The id of the rule whose label a text is, colon and spaces aside.

    Example:
        >>> label("发 文 字 号："), label("责任单位")
        ('document_number', None)
    """
    name = fold(tidy(text)).strip("[]【】:")
    return next(
        (r.id for r in patterns("official_document", "metadata") if r.regex.fullmatch(name)), None
    )


def fields(items: Sequence[Item], among: Sequence[int]) -> Fields:
    """The fields in some items of a flow: in rows of a table, in lines, a value below its label."""
    read = Fields()
    waiting = ""  # a label whose value is expected next
    for n in among:
        item = items[n]
        if isinstance(item, Grid):
            found = [*_in_grid(item)]
            read.found += found
            read.lines |= {(n, -1)} if found else set()
            continue
        for at, line in enumerate(item.lines or ("",)):
            bar = _bar(line)
            if waiting and not bar:
                read.found.append((waiting, tidy(line)))
            read.found += bar
            is_open = _is_open(line, item.tag)
            if waiting or bar or is_open:
                read.lines.add((n, at))
            waiting = tidy(line).rstrip("：:") if is_open else ""
    read.found = [(name, value) for name, value in read.found if value]
    return read


def _in_grid(grid: Grid) -> Iterator[tuple[str, str]]:
    """The fields of a table in which at least two cells are labels."""
    cells = [(e.row, tidy("".join(e.lines))) for e in grid.entries]
    if sum(label(text) is not None for _, text in cells) < 2:
        return
    for (row, name), (beside, value) in pairwise(cells):
        if label(name) and row == beside and value and not label(value):
            yield name.rstrip("：:"), value


@cache
def _labels() -> re.Pattern[str]:
    names = (
        name
        for r in patterns("official_document", "metadata")
        for name in r.regex.pattern.split("|")
    )
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(f"[\\[【(]?(?P<name>{'|'.join(ordered)})[\\]】)]?:")


def _bar(line: str) -> list[tuple[str, str]]:
    """The labels and values of a line that begins with a label; none for any other line."""
    view = fold(tidy(line))
    found = [*_labels().finditer(view)] if len(view) <= _LONGEST_BAR else []
    if not found or found[0].start() > 0:
        return []
    ends = [*(m.start() for m in found[1:]), len(view)]
    said = tidy(line)
    return [
        (m["name"], said[m.end() : end].strip("|;；【】[]"))
        for m, end in zip(found, ends, strict=True)
    ]


def _is_open(line: str, tag: str) -> bool:
    """Whether a line is a label and nothing else: its value comes next."""
    return label(line) is not None and (tag in _BARE or line.endswith(("：", ":")))


def is_title(text: str) -> bool:
    """Whether a text ends as the title of a document does."""
    rule = table("official_document")["title"]
    name = fold(tidy(text))
    return 7 <= len(name) <= 90 and re.search(f"{rule['pattern']}{rule['tail']}$", name) is not None


def title_part(text: str) -> str:
    """The title in what a browser shows as a page's name, without the site's name.

    Example:
        >>> title_part("青河县关于开展阅读推广的通知_青河县人民政府")
        '青河县关于开展阅读推广的通知'
    """
    pieces = [p.strip() for p in (text, *_TITLE_CUT.split(text))]
    return max((p for p in pieces[1:] if is_title(p)), key=len, default="")
