"""Lines that layout broke, joined into paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg_build.families import Marker, marker
from kg_build.lex.view import view_of
from kg_build.model import Block, BlockKind, Span

__all__ = ["is_layout", "joined"]

_ENDS = re.compile(r"[。;:!?)…”〉》】]$|[0-9]年[0-9]{1,2}月[0-9]{1,2}日$")
_OPEN = re.compile(r"[、,]$")
_RUNNING = re.compile(r"[,。、;]")
_SENTENCE = re.compile(r"[,。;]")  # what a cell of a table mostly lacks
#: what starts a line of its own besides numbering: a bullet, a box, a label, an imprint
_STARTS = re.compile(
    r"-{1,2}[^-0-9]|专栏[0-9一二三四五六七八九十]|附件?[0-9一二三四五六七八九十]*:?"
    r"|[^,。;、:()0-9“”]{1,10}:|抄送|主送|\(此件|\([^()]{0,12}年"
    r"|[一-鿿]{1,14}[〔\[(【][0-9]{4}[〕\])】]第?[0-9]{1,5}号$"
)
#: the whole title of a notice, which ends without a mark
_NOTICE = re.compile(r"[^。;:]{0,60}(?:关于|印发|转发)[^。;:]{2,80}的(?:通知|决定|公告|通告|批复)")
_LABEL = re.compile(r"[^,。;、:()]{2,10}(?:单位|部门|机关|领导):")
_DATE_LINE = re.compile(
    r"[0-9〇零一二三四五六七八九]{4}年[0-9一二三四五六七八九十]{1,2}月[0-9一二三四五六七八九十]{1,3}日(?:印发)?"
)
#: page numbers between dashes, rules, a number alone on its line, a line of a table of contents
_LAYOUT = re.compile(
    r"[-_=*.·]{4,}|-*第?[0-9]{1,4}页?-*|-+[0-9]{1,4}-+|.*(?:[.·]{6,}|…{2,})[0-9]{1,4}"
)
_LONGEST_LAYOUT = 300
_HEADING_LENGTH = 45
_SHORTEST_FULL_LINE, _FEWEST_FULL_LINES = 15, 8
_RAGGED = 4  # characters by which full lines differ
_LOOK_BACK = 4  # lines that say how a paragraph stands
_ENOUGH = 500  # characters of each of them
_INDENT = "\u3000\u3000"  # two ideographic spaces begin a paragraph


def is_layout(line: str) -> bool:
    """Whether a line, as a folded view, is a page number, a rule or the like.

    Example:
        >>> is_layout("-12-"), is_layout("一、总体要求")
        (True, False)
    """
    return len(line) <= _LONGEST_LAYOUT and _LAYOUT.fullmatch(line) is not None


def joined(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with broken paragraphs made whole: one block, several spans.

    A paragraph goes on when it is running text that has not ended and the next line starts
    nothing of its own. Page numbers between the halves stay blocks of their own.
    """
    found: list[tuple[Block, list[Span]]] = []
    open_at = -1  # index in `found` of the paragraph that may still go on
    numbering = _Numbering(_wrapped_at(blocks))
    for block in blocks:
        if block.kind is BlockKind.LAYOUT:
            found.append((block, [*block.spans]))
            continue
        if (
            block.kind is BlockKind.PARAGRAPH
            and open_at >= 0
            and _goes_on(text, found[open_at][1], block, numbering)
        ):
            found[open_at][1].extend(block.spans)
            continue
        open_at = len(found) if block.kind is BlockKind.PARAGRAPH else -1
        found.append((block, [*block.spans]))
        numbering.hear(marker(view_of(text, block.spans[:1]).text))
    return tuple(replace(block, spans=tuple(spans)) for block, spans in found)


@dataclass(slots=True)
class _Numbering:
    """The numbers met so far, to tell an item from a broken line that begins like one.

    `width` is where all lines are broken, 0 where they are not: only a full line goes on so.
    """

    width: int = 0
    last: dict[str, int] = field(default_factory=dict)
    level: int = 0

    def hear(self, found: Marker | None) -> None:
        """Takes note of a paragraph's number."""
        if found:
            self.last[found.style] = found.value
            self.level = found.level

    def expects(self, found: Marker) -> bool:
        """Whether a number may come next: the next of its style, or the first below."""
        runs_on = found.value == self.last.get(found.style, 0) + 1
        return runs_on or (found.value == 1 and found.level > self.level)


def _wrapped_at(blocks: Sequence[Block]) -> int:
    """The length at which lines are broken: many have about the same, and few are longer."""
    lengths = Counter(b.spans[0].end - b.spans[0].start for b in blocks)
    long = Counter({n: count for n, count in lengths.items() if n >= _SHORTEST_FULL_LINE})
    width = long.most_common(1)[0][0] if long else 0
    full = sum(long[n] for n in range(width - _RAGGED, width + _RAGGED))
    longer = sum(count for n, count in long.items() if n >= width + _RAGGED)
    is_wrapped = full >= max(_FEWEST_FULL_LINES, len(blocks) / 4) and longer * 4 <= full
    return width if is_wrapped else 0


def _goes_on(text: str, spans: Sequence[Span], following: Block, numbering: _Numbering) -> bool:
    first = spans[0]
    head = view_of(text, [Span(first.start, min(first.end, first.start + _ENOUGH))]).text
    near = [Span(max(s.start, s.end - _ENOUGH), s.end) for s in spans[-_LOOK_BACK:]]
    before = view_of(text, near).text
    after = view_of(text, following.spans).text
    number = marker(after)
    own = marker(head)
    is_full = spans[-1].end - spans[-1].start >= numbering.width - _RAGGED
    if number:
        begin = own.length if own and near == [first] else 0
        is_open = _RUNNING.search(before, begin) and not _ENDS.search(before)
        return bool(numbering.width and is_full and is_open) and not numbering.expects(number)
    is_number_alone = own is not None and own.length == len(before)
    if before.count("(") > before.count(")") or (is_number_alone and _SENTENCE.search(after)):
        return True
    has_ended = _ENDS.search(before) or _NOTICE.fullmatch(before)
    if has_ended or _STARTS.match(after) or _DATE_LINE.fullmatch(after):
        return False
    if _OPEN.search(before):
        return True
    is_list = _LABEL.match(head) and not (numbering.width and is_full)
    if is_list or text.startswith(_INDENT, following.spans[0].start):
        return False
    is_heading = own and "。" not in before and len(before) < _HEADING_LENGTH
    return not is_heading and bool(_RUNNING.search(before))
