"""Where in its file a piece of text stands: page, paragraph, table, row and column, from 1."""

from bisect import bisect_right

from kg_build.model import Block, BlockKind, Document, Span

__all__ = ["Locator"]


class Locator:
    """Finds the block of an offset, by a search among the begins of all blocks."""

    def __init__(self, document: Document) -> None:
        self._blocks = document.blocks
        self._starts = [block.spans[0].start for block in document.blocks]
        self._paragraphs: list[int] = []
        count = 0
        for block in document.blocks:
            count += block.kind is BlockKind.PARAGRAPH
            self._paragraphs.append(count)

    def of(self, span: Span) -> dict[str, int]:
        """What is known of where a piece of text begins, by property name.

        One that runs over the cells of a row, from an indicator's name to its value, is said by
        the last of them.
        """
        at = self._block(span.start)
        if at < 0:
            return {}
        last = self._block(max(span.start, span.end - 1))
        at = last if _in_one_row(self._blocks[at], self._blocks[last]) else at
        block = self._blocks[at]
        found = {"page": block.page} if block.page else {}
        if block.kind is BlockKind.PARAGRAPH:
            found["paragraph"] = self._paragraphs[at]
        elif block.table >= 0:
            found |= {"table": block.table + 1, "row": block.row + 1, "column": block.column + 1}
        return found

    def _block(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1


def _in_one_row(first: Block, last: Block) -> bool:
    return first.table == last.table >= 0 and first.row == last.row
