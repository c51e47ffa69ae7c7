"""What looks like a responsibility tag, found without the rules that read tags.

Deliberately simple: a bracket, a labelled line or a table column with a word such as 牵头 in it.
What the extractor makes of it is compared with the names that stand there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg_build.lex.view import View, fold, tight, view_of
from kg_build.model import Block, BlockKind, Document, Facts, Span
from kg_build.report.coverage import passage
from kg_build.report.figures import Sign

__all__ = ["signs"]

_WHO = "(?:单位|部门|主体|科室|机关)"
_DOES = "(?:牵头|责任|负责|配合|参与|主办|协办|承办|落实|实施|指导|督导)"
_SIGN = re.compile(rf"牵头|主办|协办|承办|按职责分工|(?:负责|配合|参与)(?![人度率])|{_DOES}{_WHO}")
_BRACKET = re.compile(r"[(\[【〔](?:[^()\[\]【】〔〕]|\([^()]{0,60}\)){2,600}[)\]】〕]")
_LABEL = re.compile(
    rf"(?:^|(?<=[。;])){_DOES}[^:。,、;]{{0,4}}{_WHO}[^:。,、;]{{0,4}}:[^。]{{1,600}}"
)
_HEADING = re.compile(rf"[^:。,;]{{0,4}}{_DOES}[^:。,;]{{0,4}}{_WHO}[^:。,;]{{0,6}}")
_BODY = re.compile(
    r"[一-鿿()]{1,40}(?:局|厅|委|部|办|室|院|会|政府|署|中心|集团|公司|队|站|社|联|行|部门|单位|机关"
    r"|镇|街道|乡|县|区|市|州|省|协|旗|企业|机构|学校)[)〉]?"
)
#: what a tag says besides names
_OTHER = re.compile(
    rf"(?:主要|第一|共同|联合|分别|具体|考核)?{_DOES}(?:责任|领导|考核)?{_WHO}?|{_WHO}|"
    r"按照?(?:各自)?职[责能]分?工?|分工|组织|推进|完成|贯彻|会同|(?:以下|以上)[^,;、]{0,8}均需|不再列出|列第一位者?为|排在第一位的?为|下同|[由为]|等(?![级额次学教])|商(?=\0)"
)
_BETWEEN = re.compile(r"[、,;:。/|*()\[\]【】〔〕]|以及|[和及与]")
_NAME = "\0"
_LONGEST_NAME = 16  # in a flattened table, where a sentence may stand in the cell
_NO_NAME = re.compile("牵头|负责|配合|[,;:。]")


@dataclass(frozen=True, slots=True)
class _Named:
    """A name, the tag that gives it, and the part that it is for."""

    name: str
    tag: Span
    part: Span

    def stands_in(self, span: Span, text: str) -> bool:
        """Whether a tag gave this name; one said twice in a part is one fact with one tag."""
        is_of_part = self.part.start <= span.start < self.part.end and self.name in text
        return is_of_part or (self.tag.start < span.end and span.start < self.tag.end)


def signs(document: Document, facts: Facts) -> Iterator[Sign]:
    """What looks like a tag, in reading order, with the names that became facts."""
    names = _names(facts)
    for view in _seen(document):
        span = view.span()
        here = tuple(dict.fromkeys(n.name for n in names if n.stands_in(span, view.text)))
        left = tuple(_left(view.text, here))
        if here or left:
            yield Sign(passage(document, span), here, left)


def _names(facts: Facts) -> Sequence[_Named]:
    parts = [part for plan in facts.plans for part in plan.parts]
    members = [m for plan in facts.plans for g in plan.work_groups for m in g.members]
    targets = [t for plan in facts.plans for t in plan.goals]
    targets += [t for part in parts for t in part.targets]
    duties = [(r.name, r.evidence.span, p.span) for p in parts for r in p.responsibilities]
    duties += [(m.name, m.evidence.span, m.evidence.span) for m in members]
    cells = [(r.name, r.evidence.span) for t in targets for r in t.responsibilities]
    duties += [(name, cell, cell) for name, cell in cells]
    return [_Named(fold(tight(n)), tag, part) for n, tag, part in duties]


def _seen(document: Document) -> Iterator[View]:
    columns: set[tuple[int, int]] = set()
    for block in document.blocks:
        if block.kind is BlockKind.LAYOUT:
            continue
        view = view_of(document.text, block.spans)
        place = (block.table, block.column)
        if block.kind is BlockKind.CELL and _HEADING.fullmatch(view.text):
            columns.add(place)
        elif place in columns and _is_of_column(document, block, view):
            yield view
        else:
            yield from _in_paragraph(view)


def _is_of_column(document: Document, block: Block, view: View) -> bool:
    """Whether a cell under such a heading lists bodies; a flattened table has no columns."""
    if not len(view) or block.column >= 0:
        return bool(len(view))
    span = view.span()
    names = re.split(r"[、,;*\s]+", fold(document.text[span.start : span.end]))
    bodies = [n for n in names if len(n) <= _LONGEST_NAME and _BODY.fullmatch(n)]
    return "。" not in view.text and 2 * len(bodies) >= len(names)


def _in_paragraph(view: View) -> Iterator[View]:
    end = 0
    for match in sorted(
        (*_LABEL.finditer(view.text), *_BRACKET.finditer(view.text)), key=lambda m: m.start()
    ):
        if match.start() >= end and _SIGN.search(match[0]):
            end = match.end()
            yield view[match.start() : end]


def _left(text: str, names: Sequence[str]) -> Iterator[str]:
    """The bodies in a tag that no name covers, names cut short, and names that are none."""
    yield from (n for n in names if _NO_NAME.search(n))
    for name in sorted(set(names), key=len, reverse=True):
        text = text.replace(name, _NAME)
    for piece in _BETWEEN.split(_OTHER.sub("|", text)):
        cut = piece.replace(_NAME, "")
        if _BODY.fullmatch(piece) or (_NAME in piece and cut):
            yield piece.replace(_NAME, "…")
