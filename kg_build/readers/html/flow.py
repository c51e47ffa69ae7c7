"""The tree of a page as lines and tables in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg_build.families import marker
from kg_build.lex.view import UNSEEN, fold, tidy
from kg_build.readers.draft import Entry, is_data
from kg_build.readers.html.tree import Tree
from kg_build.readers.numbering import numeral

__all__ = ["Grid", "Item", "Lines", "flow"]

_BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_KEPT_EMPTY = {"p", "td", "th", "dd", "dt"}  # a gap between paragraphs, a field without a value
_WHITE = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f\u2028\u2029{UNSEEN}]")
_INDENT = re.compile("[\xa0\u2002\u2003]{2}|\u3000")
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_CHINESE = re.compile(r"list-style(?:-type)?\s*:\s*[a-z-]*(?:cjk|chinese)", re.IGNORECASE)
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MOST_SPANNED = 64


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph, or several that only line breaks part; `tag` is that of its element."""

    lines: tuple[str, ...]
    node: int
    tag: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that holds data, cell by cell."""

    entries: tuple[Entry, ...]
    node: int


Item = Lines | Grid


def flow(tree: Tree) -> list[Item]:
    """What the page says, top to bottom. A paragraph without words is a gap: no lines."""
    walk = _Walk(tree)
    walk.read(0, len(tree.nodes))
    return walk.items


@dataclass(slots=True)
class _Open:
    """A block element that is being read; `number` is that of its next item."""

    at: int
    tag: str
    number: int = 1
    step: int = 1
    style: str = ""


class _Walk:
    """A stretch of the tree, read into items."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.items: list[Item] = []
        self._opened: list[_Open] = []
        self._lines: list[str] = []
        self._words: list[str] = []
        self._number = ""

    def read(self, start: int, stop: int) -> None:
        at = start
        while at < stop:
            while self._opened and at >= self.tree.ends[self._opened[-1].at]:
                self._close()
            at = self._take(at)
        while self._opened:
            self._close()
        self._flush()

    def _take(self, at: int) -> int:
        """Reads one node; gives the number of the next."""
        node = self.tree.nodes[at]
        tag = node.tag or ""
        if node.is_text_node:
            self._say(_INVISIBLE.sub("", node.text_content or ""))
        elif tag == "br":
            self._break()
        elif tag == "table" and (entries := _entries(self.tree, at)):
            self._flush()
            self._captions(at)
            self.items.append(Grid(entries, at))
            return self.tree.ends[at]
        elif tag in _BLOCKS:
            self._open(at, tag)
        return at + 1

    def _captions(self, table: int) -> None:
        """The lines that a table carries besides its cells."""
        for at in range(table + 1, self.tree.ends[table]):
            if self.tree.nodes[at].tag == "caption":
                walk = _Walk(self.tree)
                walk.read(at, self.tree.ends[at])
                self.items += walk.items

    # -- words ----------------------------------------------------------------------------

    def _say(self, text: str) -> None:
        if any(o.tag == "pre" for o in self._opened[-2:]):
            first, *others = text.split("\n")
            self._words.append(first)
            for line in others:
                self._break()
                self._words.append(line)
        else:
            self._words.append(_WHITE.sub(" ", text))

    def _break(self) -> None:
        """Ends a line. An indent begins a paragraph, an empty line parts two."""
        said = "".join(self._words)
        self._words = []
        line = said.strip()
        if self._lines and (not line or _INDENT.match(said)):
            self._end_paragraph()
        if line:
            self._lines.append(self._numbered(line))

    def _numbered(self, line: str) -> str:
        number, self._number = self._number, ""
        return line if not number or marker(fold(tidy(line))) else number + line

    def _end_paragraph(self) -> None:
        top = self._opened[-1] if self._opened else _Open(0, "")
        self.items.append(Lines(tuple(self._lines), top.at, top.tag))
        self._lines = []

    def _flush(self) -> None:
        self._break()
        if self._lines:
            self._end_paragraph()

    # -- elements -------------------------------------------------------------------------

    def _open(self, at: int, tag: str) -> None:
        self._flush()
        attributes = self.tree.nodes[at].attributes
        if tag == "li" and self._opened and self._opened[-1].tag == "ol":
            self._number = _item_number(self._opened[-1], attributes)
        entry = _Open(at, tag)
        if tag == "ol":
            _number_items(entry, attributes)
        self._opened.append(entry)

    def _close(self) -> None:
        before = len(self.items)
        self._flush()
        closed = self._opened.pop()
        is_empty = len(self.items) == before and self.tree.letters[closed.at] == 0
        if is_empty and closed.tag in _KEPT_EMPTY:
            self.items.append(Lines((), closed.at, closed.tag))


def _number_items(opened: _Open, attributes: dict[str, str | None]) -> None:
    """How an ordered list numbers its items.

    **Source:** https://html.spec.whatwg.org/multipage/grouping-content.html#the-ol-element
    """
    style = attributes.get("style") or ""
    opened.number = _integer(attributes.get("start"), 1)
    opened.step = -1 if "reversed" in attributes else 1
    opened.style = _TYPES.get(attributes.get("type") or "", "decimal")
    if _CHINESE.search(style):
        opened.style = "chineseCounting"
    elif _UNNUMBERED.search(style):
        opened.style = "none"


def _item_number(listed: _Open, attributes: dict[str, str | None]) -> str:
    value = _integer(attributes.get("value"), listed.number)
    listed.number = value + listed.step
    if listed.style == "none":
        return ""
    return numeral(value, listed.style) + ("、" if listed.style == "chineseCounting" else ".")


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text.strip()) else otherwise


# -- tables -------------------------------------------------------------------------------


def _entries(tree: Tree, table: int) -> tuple[Entry, ...]:
    """The cells of a table of data; none where a table only arranges the page."""
    inner = range(table + 1, tree.ends[table])
    if any(tree.nodes[n].tag == "table" for n in inner):
        return ()
    rows = [n for n in inner if tree.nodes[n].tag == "tr"]
    entries = tuple(_placed(tree, rows))
    return entries if is_data(entries) else ()


def _placed(tree: Tree, rows: Sequence[int]) -> Iterator[Entry]:
    """The cells with their places, spans taken into account.

    **Source:** https://html.spec.whatwg.org/multipage/tables.html#algorithm-for-processing-rows
    """
    taken: dict[int, int] = {}  # the first row that is free again, by column
    for row, at in enumerate(rows):
        column = 0
        for cell in _cells(tree, at):
            while taken.get(column, 0) > row:
                column += 1
            attributes = tree.nodes[cell].attributes
            width = min(max(_integer(attributes.get("colspan"), 1), 1), _MOST_SPANNED)
            height = _integer(attributes.get("rowspan"), 1) or len(rows)
            height = max(1, min(height, len(rows) - row))
            for covered in range(column, column + width):
                taken[covered] = row + height
            yield Entry(_cell_lines(tree, cell), row, column, height, width)
            column += width


def _cells(tree: Tree, row: int) -> Iterator[int]:
    at = row + 1
    while at < tree.ends[row]:
        if tree.nodes[at].tag in {"td", "th"}:
            yield at
            at = tree.ends[at]
        else:
            at += 1


def _cell_lines(tree: Tree, cell: int) -> tuple[str, ...]:
    walk = _Walk(tree)
    walk.read(cell + 1, tree.ends[cell])
    return tuple(line for item in walk.items if isinstance(item, Lines) for line in item.lines)
