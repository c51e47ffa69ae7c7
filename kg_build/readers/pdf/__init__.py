"""PDF with a text layer: glyphs to lines, lines to paragraphs, ruled lines to tables.

Coordinates decide, because a PDF holds nothing else: no paragraph, no table, often no space. A
scanned file is recognised and refused, since reading it takes character recognition.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg_build.errors import UnreadableSource
from kg_build.model import Block, Issue, Parsed, Severity, Span
from kg_build.readers.pdf.layout import flow
from kg_build.readers.pdf.pages import Page, pages
from kg_build.readers.pdf.writing import written

__all__ = ["parse"]

_FEW = 15  # glyphs: a stamp or a page number on a scanned page
_PICTURED = 0.5  # of a page
_GARBLED = 0.2  # of all glyphs
_REMEDY_ZH = "请先做文字识别（OCR），或找到该文件的文字版"
_REMEDY_EN = "run character recognition (OCR) on it, or find the text version"
_UNREAD = {
    "scanned-pages": (
        f"第{{}}页是图像或已损坏，没有读；{_REMEDY_ZH}",
        f"pages that are pictures or damaged were not read: {{}}; {_REMEDY_EN}",
    ),
    "unmapped-characters": (
        "第{}页有字体没有说明的字符，以 � 代替",
        "pages with characters that their font does not name, read as �: {}",
    ),
}


def parse(content: bytes, path: Path) -> Parsed:
    """Text and blocks of a PDF.

    Raises: UnreadableSource for what is no PDF, is locked, or holds pictures of text only.
    """
    found = list(pages(content, path))
    scanned = [p.number for p in found if len(p.glyphs) < _FEW and p.pictured > _PICTURED]
    _check(found, scanned, path)
    text, blocks = written(flow(found))
    unmapped = [p.number for p in found if p.unmapped]
    issues = (
        *_unread("scanned-pages", scanned, blocks),
        *_unread("unmapped-characters", unmapped, blocks),
    )
    return Parsed(text, blocks, "application/pdf", "", issues)


def _check(found: Sequence[Page], scanned: Sequence[int], path: Path) -> None:
    glyphs = sum(len(p.glyphs) for p in found)
    if scanned and glyphs < _FEW * len(found):
        reason = "是扫描件，只有图像，没有文字层", "a scan: pictures of text, no text layer"
    elif not glyphs:
        reason = "里没有文字", "no text in it"
    elif sum(p.unmapped for p in found) > _GARBLED * glyphs:
        reason = "的文字层无法解码（字体没有说明字符）", "its fonts do not say which characters"
    else:
        return
    raise UnreadableSource(f"{path}: {reason[0]}；{_REMEDY_ZH} / {reason[1]}; {_REMEDY_EN}")


def _unread(code: str, numbers: Sequence[int], blocks: Sequence[Block]) -> Iterator[Issue]:
    """An issue of pages of which something was not read, at the text from the first of them on."""
    if numbers:
        said = "、".join(map(str, numbers))
        zh, en = (message.format(said) for message in _UNREAD[code])
        yield Issue(code, Severity.WARNING, _from_page(numbers[0], blocks), zh, en)


def _from_page(number: int, blocks: Sequence[Block]) -> Span:
    at = next((b for b in blocks if b.page >= number), blocks[-1])
    return at.spans[0]
