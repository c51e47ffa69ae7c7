"""What each paragraph of a document is apart from its numbering."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kg_build.families import Marker, marker, table
from kg_build.lex.dates import DATE
from kg_build.lex.view import View, view_of
from kg_build.model import Block, BlockKind, Document
from kg_build.structure.text_tables import with_text_tables

__all__ = ["DOCUMENT_NUMBER", "IMPRINT", "Kind", "Paragraph", "is_title", "paragraphs"]


class Kind(StrEnum):
    """The kinds of paragraph that a plan's outline is made of."""

    TEXT = "text"
    TITLE_LINE = "title line"
    DOCUMENT_NUMBER = "document number"
    SIGNATURE = "signature"
    DATE = "date"
    IMPRINT = "imprint"
    NOTE = "note"
    ANNEX = "annex"
    CELL = "cell"
    METADATA = "metadata"


#: what the reader has decided already
_READ = {BlockKind.CELL: Kind.CELL, BlockKind.METADATA: Kind.METADATA}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block with its view, its kind and its numbering; `after_gap` after an empty line."""

    block: Block
    view: View
    kind: Kind
    marker: Marker | None
    after_gap: bool


DOCUMENT_NUMBER = re.compile(
    r"[一-鿿]{1,14}[〔\[（(【][0-9]{4}[〕\]）)】]第?[0-9]{1,5}号|[一-鿿]{1,14}[0-9]{4}年第[0-9]{1,4}号"
    r"|[一-鿿]{2,20}令\(?第?[0-9]{1,4}号\)?"
)
IMPRINT = re.compile(rf"(?P<who>[^0-9,。]*?)(?P<date>{DATE.pattern})(?:印发|印)$")
_NOTE = re.compile(
    r"\(?此件.{0,12}\)?|扫一扫.*|\(?(?:公开属性|信息公开选项).{0,12}\)?|抄送:.*|主题词:.*|分享到.*|打印.*|关闭.*"
)
#: 附件2, 附录一:, (附表3)
_ANNEX = re.compile(
    r"[(【]?附(?:件|录|表)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})?(?:-[0-9]{1,2})?[)】]?:?"
)
_SEAL = r"(?:\([^()]{1,8}\))?"
#: what a whole line of a certain form is, the first that fits
_FORMS = (
    (DOCUMENT_NUMBER, Kind.DOCUMENT_NUMBER),
    (re.compile(rf"\(?{DATE.pattern}\)?{_SEAL}"), Kind.DATE),
    (_ANNEX, Kind.ANNEX),
    (_NOTE, Kind.NOTE),
    (IMPRINT, Kind.IMPRINT),
)
_BODY = re.compile(
    r"(?:(?:中国|中共|共青团|国务院|国家)[一-鿿、]{0,24}|[一-鿿]{2,30}?)"
    r"(?:局|厅|委员会|委|部|办公室|政府|院|会|署|中心|银行|集团|公司|社|省委|市委|区委|县委|国务院|联合会|指挥部|领导小组|检察院|法院)"
)
_PUNCTUATED = re.compile(r"[。;:,!?]$|。")
_TITLE_LINE_LENGTH = 60
_LOOK_BACK = 12  # paragraphs that may stand between two items of a list


def paragraphs(document: Document) -> tuple[Paragraph, ...]:
    """The document's blocks that say something, in reading order; layout is left out."""
    found: list[Paragraph] = []
    last_end = 0
    for block in with_text_tables(document.text, document.blocks):
        if block.kind is BlockKind.LAYOUT:
            continue
        gap = document.text[last_end : block.spans[0].start].count("\n") > 1
        view = view_of(document.text, block.spans)
        if block.kind is BlockKind.PARAGRAPH and (annex := _annex_title(view)):
            found.append(Paragraph(block, view[:annex], Kind.ANNEX, None, gap))
            view, gap = view[annex:], False
        kind = _READ.get(block.kind) or _kind(document, block, view)
        number = _marker(document, view, found) if kind in _NUMBERED else None
        if number and kind is Kind.TITLE_LINE:
            kind = Kind.TEXT
        found.append(Paragraph(block, view, kind, number, gap))
        last_end = block.spans[-1].end
    return tuple(found)


_NUMBERED = {Kind.TEXT, Kind.TITLE_LINE, Kind.CELL}
_DOTTED = re.compile(r"(?P<n>[0-9]{1,3})\.(?=[0-9])")


def _marker(document: Document, view: View, before: Sequence[Paragraph]) -> Marker | None:
    """The numbering; `2.30个村` is item 2 where its dot is full-width or item 1 came before."""
    found, dotted = marker(view.text), _DOTTED.match(view.text)
    if found or dotted is None:
        return found
    last = next((p.marker for p in reversed(before[-_LOOK_BACK:]) if p.marker), None)
    follows = last and last.style == "arabic" and int(dotted["n"]) == last.value + 1
    if follows or document.text[view.at[dotted.end() - 1]] in "．﹒":
        return marker(f"{dotted['n']}、")
    return None


def _annex_title(view: View) -> int | None:
    """Where the title begins in `附件2 某县任务清单`."""
    match = _ANNEX.match(view.text)
    if match is None or match.end() == len(view) or not is_title(view.text[match.end() :]):
        return None
    return match.end()


def _kind(document: Document, block: Block, view: View) -> Kind:
    text = view.text
    for pattern, kind in _FORMS:
        if pattern.fullmatch(text):
            return kind
    if _is_signature(document, block):
        return Kind.SIGNATURE
    if len(text) <= _TITLE_LINE_LENGTH and not _PUNCTUATED.search(text):
        return Kind.TITLE_LINE
    return Kind.TEXT


def _is_signature(document: Document, block: Block) -> bool:
    """Whether the line holds nothing but names of bodies, one or several side by side."""
    names = [n for s in block.spans for n in document.text[s.start : s.end].split()]
    if len(names) > 1 and all(len(n) == 1 for n in names):
        names = ["".join(names)]  # letter-spaced, as on letterheads
    return bool(names) and all(_BODY.fullmatch(n) for n in names)


_CAPTION = re.compile(r"[(\[【]?(?:专栏|附?表|图)[0-9一二三四五六七八九十]")
_SHORTEST_TITLE = 7
_LONGEST_TITLE = 90


def is_title(text: str, *, anywhere: bool = False) -> bool:
    """Whether a folded text ends as the title of a plan or notice does.

    With `anywhere` it ends as only titles do, not as any line may: 方案 does, 标准 does not.
    """
    fits = _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE and not _CAPTION.match(text)
    return fits and bool(_title("anywhere" if anywhere else "pattern").search(text))


@cache
def _title(noun: str) -> re.Pattern[str]:
    rule = table("official_document")["title"]
    return re.compile(f"{rule[noun]}{rule['tail']}$")
