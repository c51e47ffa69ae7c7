"""The flow of a document as its text and blocks; tables that go on over pages become one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg_build.families import marker, pattern
from kg_build.lex.view import fold
from kg_build.model import Block, BlockKind, Span
from kg_build.readers.pdf.cells import Cells, goes_on_in_cell
from kg_build.readers.pdf.columns import Flow
from kg_build.readers.pdf.grids import Place
from kg_build.readers.pdf.lines import Line, Paragraph

__all__ = ["written"]

_SAME_COLUMN = 3.0  # points
_ENDS = tuple("。;!?)")
_NEARLY_ALL = 0.8
_REST = 2  # characters

Row = tuple[str, ...]


@dataclass(slots=True)
class _Text:
    """Pieces of text with their length so far."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> Span:
        """Appends a line; gives its span."""
        span = Span(self.length, self.length + len(text))
        self.pieces += [text, "\n"]
        self.length += len(text) + 1
        return span

    def paragraph(self, paragraph: Paragraph) -> Span:
        """Appends the lines of a paragraph as one; gives its span."""
        return self.add(_joined([n.text for n in paragraph.lines]))

    def cell(self, paragraphs: Sequence[Paragraph]) -> tuple[Span, ...]:
        """Appends the paragraphs of a cell; gives their spans, an empty one for no paragraph."""
        return tuple(map(self.paragraph, paragraphs)) or (Span(self.length, self.length),)


@dataclass(slots=True)
class _Last:
    """The index of a column's last block, what it says, its row and its last line."""

    at: int
    said: str
    row: int
    line: Line | None


@dataclass(slots=True)
class _Open:
    """The table that may go on: its columns, its first row, its last cells."""

    table: int
    columns: tuple[float, ...]
    head: Row
    rows: int
    last: dict[int, _Last] = field(default_factory=dict)  # of each column
    filled: Counter[int] = field(default_factory=Counter)  # cells of each column
    empty: Counter[int] = field(default_factory=Counter)
    merged: set[int] = field(default_factory=set)  # columns where cells of several rows stand

    def count(self, place: Place, said: str) -> None:
        """Remembers whether a column's cell is filled."""
        (self.filled if said else self.empty)[place.column] += 1
        if place.row_span > 1:
            self.merged.add(place.column)

    def is_rest(self, place: Place, found: Sequence[Paragraph], row: int) -> bool:
        """Whether a cell is the rest of a merged one, cut by the foot of the page.

        It is empty, or the last characters of a name that has filled its line are left to it.
        """
        said, last = _said(found), self.last[place.column]
        if said and (place.row_span == 1 or len(said) > _REST or said.isdigit()):
            return False
        if found and last.line and not goes_on_in_cell(last.line, found[0].lines[0]):
            return False
        has_begun = last.row + 1 < row
        return has_begun or place.row_span > 1 or place.column in self.merged

    def is_due(self, place: Place, *, numbers: bool = False) -> bool:
        """Whether a row that begins would fill its cell of a column, as nearly all others do.

        No cell is due that may be the rest of a merged one; or only one with a number is.
        """
        column = place.column
        last = self.last.get(column)
        return (
            last is not None
            and last.row == self.rows - 1
            and place.row_span == 1
            and column not in self.merged
            and (last.said.isdigit() if numbers else bool(last.said))
            and self.filled[column] >= _NEARLY_ALL * (self.filled[column] + self.empty[column])
        )


def written(flow: Sequence[Flow]) -> tuple[str, tuple[Block, ...]]:
    """The text, one line of it a line of the page, and its blocks."""
    text, blocks = _Text(), list[Block]()
    tables, before = 0, None
    for piece in flow:
        if isinstance(piece, Paragraph):
            before = before if piece.is_furniture else None
            blocks.append(_paragraph(text, piece))
            continue
        if before is None or not _same_columns(before, piece):
            before = _Open(tables, _columns(piece), _row(piece, 0), 0)
            tables += 1
        _table(text, blocks, piece, before)
    return "".join(text.pieces), tuple(blocks)


def _paragraph(text: _Text, piece: Paragraph) -> Block:
    if piece.after_gap:
        text.add("")
    kind = BlockKind.LAYOUT if piece.is_furniture else BlockKind.PARAGRAPH
    return Block(kind, (text.paragraph(piece),), page=piece.lines[0].page)


def _joined(lines: Sequence[str]) -> str:
    """Lines as one; a space between letters or figures that the line break parted."""
    whole = lines[0]
    for line in lines[1:]:
        is_parted = whole[-1:].isascii() and line[:1].isascii() and line[:1].isalpha()
        whole += f" {line}" if is_parted and whole[-1:].isalpha() else line
    return whole


def _columns(piece: Cells) -> tuple[float, ...]:
    """Where the columns begin."""
    return tuple(left for left, _ in piece.grid.margins) or piece.grid.xs


def _same_columns(before: _Open, piece: Cells) -> bool:
    xs = _columns(piece)
    if len(xs) != len(before.columns):
        return False
    repeated = bool(piece.grid.margins) and _row(piece, 0) == before.head
    return repeated or all(
        abs(a - b) < _SAME_COLUMN for a, b in zip(xs, before.columns, strict=True)
    )


def _row(piece: Cells, row: int) -> Row:
    """The texts of a row's cells."""
    return tuple(_said(lines) for place, lines in piece.cells if place.row == row)


def _said(paragraphs: Sequence[Paragraph]) -> str:
    return fold("".join("".join(n.text.split()) for p in paragraphs for n in p.lines))


def _table(text: _Text, blocks: list[Block], piece: Cells, table: _Open) -> None:
    """Writes the cells of one page, rows counted on from the page before."""
    is_first = table.rows == 0
    head = int(not is_first and _row(piece, 0) == table.head)
    broken = not is_first and _is_broken(piece, table, head)
    shift = table.rows - head - broken
    for place, paragraphs in piece.cells:
        said = _said(paragraphs)
        if place.row < head:
            blocks.append(Block(BlockKind.LAYOUT, text.cell(paragraphs), page=piece.page))
            continue
        old = None if is_first or place.row > head else table.last.get(place.column)
        if old and (broken or table.is_rest(place, paragraphs, shift + head)):
            blocks[old.at] = _longer(text, blocks[old.at], paragraphs)
            row_span = shift + place.row + place.row_span - blocks[old.at].row
            blocks[old.at] = replace(blocks[old.at], row_span=row_span)
            old.said = said or old.said
        else:
            line = paragraphs[-1].lines[-1] if paragraphs else None
            table.last[place.column] = _Last(len(blocks), said, shift + place.row, line)
            table.count(place, said)
            blocks.append(_cell(text, piece, place, paragraphs, table.table, shift))
    table.rows = shift + len(piece.grid.ys) - 1


def _is_broken(piece: Cells, table: _Open, row: int) -> bool:
    """Whether the foot of the page cut a row in two.

    Then cells are empty that each row fills for itself, or all go on with text that has not ended.
    """
    cells = [(place, _said(found)) for place, found in piece.cells if place.row == row]
    if not cells or any(said.isdigit() for _, said in cells[:2]):
        return False
    if cells[0][1]:
        return _lacks_number(cells, table)
    if any(not said and table.is_due(p) for p, said in cells):
        return any(said for _, said in cells)
    rest = [
        (table.last[p.column].said, said) for p, said in cells if said and p.column in table.last
    ]
    return bool(rest) and all(before and not before.endswith(_ENDS) for before, said in rest)


def _lacks_number(cells: Sequence[tuple[Place, str]], table: _Open) -> bool:
    """Whether a row has no number where all others have one, and is no section and no sum."""
    said = [text for _, text in cells if text]
    is_other = marker(said[0]) or pattern("table", "row", "total").match(said[0])
    return (
        len(said) > 1
        and not is_other
        and any(not text and table.is_due(p, numbers=True) for p, text in cells[:2])
    )


def _longer(text: _Text, block: Block, paragraphs: Sequence[Paragraph]) -> Block:
    if not paragraphs:
        return block
    return replace(block, spans=block.spans + text.cell(paragraphs))


def _cell(
    text: _Text, piece: Cells, place: Place, found: Sequence[Paragraph], table: int, shift: int
) -> Block:
    return Block(
        BlockKind.CELL,
        text.cell(found),
        table=table,
        row=place.row + shift,
        column=place.column,
        row_span=place.row_span,
        column_span=place.column_span,
        page=piece.page,
    )
