"""Where in its file a piece of text stands: page, paragraph, table, row and column, from 1."""

from bisect import bisect_right

from kg_build.model import BlockKind, Document

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

    def of(self, start: int) -> dict[str, int]:
        """What is known of where a piece of text begins, by property name."""
        at = bisect_right(self._starts, start) - 1
        if at < 0:
            return {}
        block = self._blocks[at]
        found = {"page": block.page} if block.page else {}
        if block.kind is BlockKind.PARAGRAPH:
            found["paragraph"] = self._paragraphs[at]
        elif block.table >= 0:
            found |= {"table": block.table + 1, "row": block.row + 1, "column": block.column + 1}
        return found
