"""A plan in several formats: what stands in a text file, set by other programs.

The text of each paragraph and cell comes from the project's own text reader. Paragraphs are
indented, titles stand in the middle, tables are ruled, pages are numbered.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import pytest
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from kg_build.model import Block, BlockKind, Document
from kg_build.readers import read
from kg_build.structure.outline import outline
from kg_build.structure.paragraphs import paragraphs

FONT = "STSong-Light"  # every PDF reader has it, so it need not be in the file
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Said:
    """A paragraph; a title stands in the middle; `gap` is an empty line before it."""

    text: str
    is_title: bool
    gap: bool


Content = list[Said | Rows]


def content(document: Document) -> Content:
    """What a document says, without how it is laid out."""
    plan = outline(paragraphs(document))
    titles = {p.block for s in plan.segments for p in s.title}
    widths = [len(t.headings) for s in plan.segments for t in s.tables]
    found: Content = []
    cells: list[str] = []
    end = 0
    for block in document.blocks:
        if block.kind is BlockKind.CELL:
            cells.append(written(document, block))
            continue
        found += rows(cells, widths)
        cells = []
        gap = document.text[end : block.spans[0].start].count("\n") > 1
        if block.kind is BlockKind.PARAGRAPH:
            end = block.spans[-1].end
            found.append(Said(written(document, block), block in titles, gap))
    return [*found, *rows(cells, widths)]


def written(document: Document, block: Block) -> str:
    return "".join(document.text[s.start : s.end] for s in block.spans).strip()


def rows(cells: list[str], widths: list[int]) -> Iterator[Rows]:
    if cells:
        width = widths[0]
        yield tuple(tuple(cells[n : n + width]) for n in range(0, len(cells), width))


# -- PDF ------------------------------------------------------------------------------------


def as_pdf(whole: Content, path: Path) -> None:
    """Sixteen-point text on lines of 28 points, as official documents are set."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    flow = [said(p) if isinstance(p, Said) else table(p) for p in whole]
    SimpleDocTemplate(str(path), pagesize=A4).build(flow, onFirstPage=foot, onLaterPages=foot)


def said(piece: Said) -> Paragraph:
    before = 28 if piece.gap else 0
    title = style(22, 34, alignment=TA_CENTER, spaceBefore=before)
    text = style(16, 28, firstLineIndent=32, spaceBefore=before)
    return Paragraph(escape(piece.text), title if piece.is_title else text)


def style(size: float, leading: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        "set", fontName=FONT, fontSize=size, leading=leading, wordWrap="CJK", **more
    )


def table(cells: Rows) -> Table:
    small = style(8, 10)
    width = 430 / len(cells[0])
    made = Table(
        [[Paragraph(escape(c), small) for c in row] for row in cells],
        colWidths=[width] * len(cells[0]),
        repeatRows=1,
    )
    made.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return made


def foot(canvas: Canvas, template: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 14)
    canvas.drawCentredString(A4[0] / 2, 40, f"— {canvas.getPageNumber()} —")


# -- Word -----------------------------------------------------------------------------------


def as_docx(whole: Content, path: Path) -> None:
    """Each paragraph as it is said; its number stands in its text."""
    word = docx.Document()
    for piece in whole:
        if isinstance(piece, Said):
            if piece.gap:
                word.add_paragraph()
            word.add_paragraph(piece.text)
            continue
        made = word.add_table(rows=0, cols=len(piece[0]))
        for row in piece:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text
    word.save(str(path))


# -- web page -------------------------------------------------------------------------------

FRAME = """<html><head><meta charset="gb18030"><title>某县人民政府</title></head><body>
<div class="top"><a href="/">首页</a><a href="/zw">政务公开</a></div><div class="wrap">
<div class="crumbs"><a>首页</a> &gt; <a>规划计划</a></div><div class="box">{}</div>
<div class="share">分享到微信，微博</div></div><ul><li><a>关于召开会议，部署工作的通知</a></li></ul>
<div class="foot">主办单位：某县人民政府办公室</div><script>var n = "正文，不是。";</script>
</body></html>"""


def as_html(whole: Content, path: Path) -> None:
    """The document between what sites put around it."""
    pieces = []
    for piece in whole:
        if isinstance(piece, Said):
            pieces.append("<p>&nbsp;</p>" if piece.gap else "")
            pieces.append(f"<p>{escape(piece.text)}</p>")
            continue
        lines = ("".join(f"<td>{escape(c)}</td>" for c in row) for row in piece)
        pieces.append(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
    path.write_bytes(FRAME.format("\n".join(pieces)).encode("gb18030"))


WRITERS: dict[str, Callable[[Content, Path], None]] = {
    ".docx": as_docx,
    ".html": as_html,
    ".pdf": as_pdf,
}


@pytest.fixture(scope="session")
def saved_as() -> Callable[[Path, str, Path], Path]:
    """A text file saved in another format in a folder; gives its path."""

    def save(path: Path, ending: str, folder: Path) -> Path:
        made = folder / (path.stem + ending)
        WRITERS[ending](content(read(path)), made)
        return made

    return save
