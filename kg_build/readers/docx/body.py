"""The body of a Word file, written down as paragraphs and tables in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.oxml.ns import qn

from kg_build.model import BlockKind
from kg_build.readers.docx.numbering import Numbering
from kg_build.readers.docx.words import Element, Words, named
from kg_build.readers.draft import Draft, Entry, is_data

__all__ = ["Body"]

#: what stands around paragraphs, rows or cells that are read all the same
_AROUND = named("sdt", "sdtContent", "customXml", "ins", "moveTo")
_CONTENTS = re.compile("toc [1-9]|table of figures")
_MOST_SPANNED = 64
_MOST_NESTED = 20


@dataclass(slots=True)
class _Paragraph:
    lines: tuple[str, ...]
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(slots=True)
class _Cell:
    """A cell with what it holds, and the place and size that the grid gives it."""

    row: int
    column: int
    width: int
    content: list["_Content"]
    height: int = 1

    def entry(self) -> Entry:
        lines = (line for p in _paragraphs(self.content) for line in p.lines)
        return Entry(tuple(lines), self.row, self.column, self.height, self.width)


@dataclass(slots=True)
class _Table:
    cells: list[_Cell] = field(default_factory=list)


_Content = _Paragraph | _Table


class Body:
    """Reads the body's elements once, in order, because numbering counts along."""

    def __init__(self, numbering: Numbering) -> None:
        self.removed = 0  # places where words were deleted
        self.pictures = 0
        self.embedded = 0  # parts in other formats
        self._numbering = numbering

    def write(self, body: Element, draft: Draft) -> None:
        """Writes all that stands in a body or a note."""
        for content in self._read(body, 0):
            _write(content, draft)

    def _read(self, parent: Element, depth: int) -> Iterator[_Content]:
        if depth > _MOST_NESTED:
            self.embedded += 1
            return
        for element in _inner(parent):
            if element.tag == qn("w:p"):
                yield from self._paragraph(element, depth)
            elif element.tag == qn("w:tbl"):
                yield self._table(element, depth)
            elif element.tag == qn("w:altChunk"):
                self.embedded += 1

    def _paragraph(self, element: Element, depth: int) -> Iterator[_Content]:
        properties = element.find(qn("w:pPr"))
        words = Words().read(element)
        self.removed += words.removed
        self.pictures += words.pictures
        lines = [line.strip() for line in words.lines]
        if any(lines) or not _is_removed(properties):
            number = self._numbering.number(properties)
            lines[0] = number + lines[0] if any(lines) else ""
            is_contents = _CONTENTS.match(self._numbering.style_name(properties))
            kind = BlockKind.LAYOUT if is_contents else BlockKind.PARAGRAPH
            yield _Paragraph(tuple(line for line in lines if line), kind)
        for box in words.boxes:
            yield from self._read(box, depth + 1)

    def _table(self, element: Element, depth: int) -> _Table:
        table = _Table()
        open_cells: dict[int, _Cell] = {}  # the cell that goes on downwards, by column
        for row, line in enumerate(self._rows(element)):
            column = _skipped(line)
            for cell in (e for e in _inner(line) if e.tag == qn("w:tc")):
                width, merge = _size(cell)
                above = open_cells.get(column)
                if merge == "continue" and above is not None:
                    above.height = row - above.row + 1
                else:
                    found = _Cell(row, column, width, [*self._read(cell, depth + 1)])
                    table.cells.append(found)
                    open_cells[column] = found
                    if not merge:
                        del open_cells[column]
                column += width
        return table

    def _rows(self, table: Element) -> Iterator[Element]:
        for element in _inner(table):
            if element.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                self.removed += 1
            elif element.tag == qn("w:tr"):
                yield element


def _inner(parent: Element) -> Iterator[Element]:
    """The elements in a parent, content controls and insertions opened."""
    waiting = [iter(parent)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in _AROUND:
            waiting.append(iter(element))
        else:
            yield element


def _skipped(row: Element) -> int:
    """How many columns of the grid a row leaves free at its begin."""
    return _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)


def _size(cell: Element) -> tuple[int, str]:
    """How many columns a cell covers, and whether it begins or goes on with a merge."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, ""
    merge = properties.find(qn("w:vMerge"))
    kind = "" if merge is None else merge.get(qn("w:val")) or "continue"
    return max(_number(properties.find(qn("w:gridSpan")), 1), 1), kind


def _number(element: Element | None, otherwise: int) -> int:
    written = element.get(qn("w:val")) or "" if element is not None else ""
    return min(int(written), _MOST_SPANNED) if re.fullmatch("[0-9]{1,4}", written) else otherwise


def _is_removed(properties: Element | None) -> bool:
    """Whether the mark that ends a paragraph is deleted."""
    mark = f"{qn('w:rPr')}/{qn('w:del')}"
    return properties is not None and properties.find(mark) is not None


def _paragraphs(content: list[_Content]) -> Iterator[_Paragraph]:
    """All paragraphs of a cell, those of tables within it too."""
    for part in content:
        if isinstance(part, _Paragraph):
            yield part
        else:
            for cell in part.cells:
                yield from _paragraphs(cell.content)


def _write(content: _Content, draft: Draft) -> None:
    if isinstance(content, _Table):
        entries = [cell.entry() for cell in content.cells]
        if is_data(entries) and not _is_frame(content):
            draft.table(entries)
            return
        for cell in content.cells:
            for part in cell.content:
                _write(part, draft)
    elif content.lines:
        draft.paragraph(content.lines, content.kind)
    else:
        draft.gap()


def _is_frame(table: _Table) -> bool:
    """Whether a table of data stands in one of its cells."""
    inner = (part for cell in table.cells for part in cell.content if isinstance(part, _Table))
    return any(is_data([cell.entry() for cell in part.cells]) for part in inner)
