"""Pages of a PDF as glyphs and ruled lines: the one door to PDFium.

Coordinates are in points, x to the right and y down, turned so that the page's text runs from left
to right: a page that lies on its side reads like any other.
"""

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import pi
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from kg_build.errors import UnreadableSource
from kg_build.readers.pdf.drawing import Rule, drawn

__all__ = ["Glyph", "Page", "pages"]

_MOST_PAGES = 3000
_MOST_GLYPHS = 3_000_000  # of one file
_QUARTER = pi / 2
_LEAN = 0.1  # quarter turns that text may lean
_SLANTED = -1

Point = tuple[float, float]


class Glyph(NamedTuple):
    """A character and the box that its font gives it."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds. `askew` are the texts that run another way: watermarks, stamps.

    `unmapped` counts glyphs whose font does not say which characters they are; `pictured` is
    the largest share of the page that one picture covers, 1 for a damaged page.
    """

    number: int
    left: float
    top: float
    right: float
    bottom: float
    glyphs: tuple[Glyph, ...]
    askew: tuple[str, ...]
    rules: tuple[Rule, ...]
    unmapped: int
    pictured: float


def pages(content: bytes, path: Path) -> Iterator[Page]:
    """The pages of a file in order.

    Raises: UnreadableSource for what is no PDF, needs a password or is too large.
    """
    file = _opened(content, path)
    if len(file) > _MOST_PAGES:
        raise _too_large(path)
    glyphs = 0
    for number in range(len(file)):
        try:
            page = file[number]
        except pypdfium2.PdfiumError:  # damaged; the other pages may read
            yield Page(number + 1, 0, 0, 0, 0, (), (), (), 0, 1)
            continue
        found = _page(page, number + 1)
        page.close()
        glyphs += len(found.glyphs)
        if glyphs > _MOST_GLYPHS:
            raise _too_large(path)
        yield found


def _opened(content: bytes, path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        reasons = {
            pdfium.FPDF_ERR_PASSWORD: (
                "有密码保护，请另存为没有密码的文件 / needs a password; save it without one"
            ),
            pdfium.FPDF_ERR_SECURITY: (
                "加密方式不支持，请另存为没有加密的文件 / locked in a way that cannot be read; "
                "save it without encryption"
            ),
        }
        damaged = (
            "不是有效的 PDF（可能没有下载完整），请重新获取 / no valid PDF, maybe cut short; "
            "get it again"
        )
        raise UnreadableSource(f"{path}: {reasons.get(error.err_code, damaged)}") from error


def _too_large(path: Path) -> UnreadableSource:
    return UnreadableSource(
        f"{path}: 超过 {_MOST_PAGES} 页或 {_MOST_GLYPHS} 字，请拆分 / "
        f"more than {_MOST_PAGES} pages or {_MOST_GLYPHS} characters; split it"
    )


def _page(page: Any, number: int) -> Page:
    runs, unmapped = _runs(page)
    turns = Counter[int]()
    for turn, glyphs in runs:
        if turn != _SLANTED:
            turns[turn] += len(glyphs)
    turn = turns.most_common(1)[0][0] if turns else 0
    left, bottom, right, top = page.get_bbox()
    sheet = _box(turn, Rule(left, bottom, right, top))
    rules, pictured = drawn(page, abs((right - left) * (top - bottom)))
    return Page(
        number=number,
        left=sheet.left,
        top=sheet.top,
        right=sheet.right,
        bottom=sheet.bottom,
        glyphs=tuple(_glyph(turn, g) for t, run in runs if t == turn for g in run),
        askew=tuple("".join(g.char for g in run) for t, run in runs if t != turn),
        rules=tuple(_box(turn, r) for r in rules),
        unmapped=unmapped,
        pictured=pictured,
    )


def _turned(turn: int, x: float, y: float) -> Point:
    """A point of the file's space, quarter turns taken back, with y down."""
    return ((x, -y), (y, x), (-x, y), (-y, -x))[turn]


def _box(turn: int, box: Rule) -> Rule:
    (a, b), (c, d) = _turned(turn, box.left, box.top), _turned(turn, box.right, box.bottom)
    return Rule(min(a, c), min(b, d), max(a, c), max(b, d))


def _glyph(turn: int, glyph: Glyph) -> Glyph:
    return Glyph(glyph.char, *_box(turn, Rule(*glyph[1:])))


# -- text -----------------------------------------------------------------------------------


def _runs(page: Any) -> tuple[list[tuple[int, list[Glyph]]], int]:
    """The glyphs in the order of the file, in runs of one direction (in quarter turns)."""
    text = page.get_textpage()
    handle, box = text.raw, pdfium.FS_RECTF()
    at = ctypes.byref(box)
    runs: list[tuple[int, list[Glyph]]] = []
    unmapped, is_new = 0, True
    for index in range(min(text.count_chars(), _MOST_GLYPHS + 1)):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        pdfium.FPDFText_GetLooseCharBox(handle, index, at)
        if box.right == box.left or box.top == box.bottom:  # made up by PDFium: a new run begins
            is_new = True
            continue
        if is_new:
            runs.append((_turn(pdfium.FPDFText_GetCharAngle(handle, index)), []))
            is_new = False
        char = _char(code)
        unmapped += char == "\ufffd"
        runs[-1][1].append(Glyph(char, box.left, box.bottom, box.right, box.top))
    text.close()
    return runs, unmapped


def _turn(clockwise: float) -> int:
    """Quarter turns counter-clockwise."""
    quarters = round(clockwise / _QUARTER)
    return -quarters % 4 if abs(clockwise / _QUARTER - quarters) < _LEAN else _SLANTED


def _char(code: int) -> str:
    """The character meant: fonts give radicals and compatibility forms for plain ideographs."""
    char = chr(code)
    if "⺀" <= char <= "⿟" or "豈" <= char <= "﫿":
        return unicodedata.normalize("NFKC", char)[:1]
    category = unicodedata.category(char)
    if category in {"Cs", "Co", "Cn"} or (category == "Cc" and char not in "\t\n\r"):
        return "\ufffd"
    return " " if category == "Cc" else char
