"""Evidence says where in its file it stands, as far as the format tells."""

from pathlib import Path

import pytest

from kg_build.model import Block, BlockKind, Document, Source, Span
from kg_build.rdf.location import Locator
from kg_build.readers.html import parse

PAGE = """<ul><li>发布机构：青河县文旅局</li><li>索引号：A1</li></ul>
<p>青河县方案</p><p>为推动阅读，制定本方案。</p>
<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>建图书角</td></tr></table>
<p>一、开展活动。</p>
<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"""


def document(text: str, blocks: tuple[Block, ...]) -> Document:
    return Document("页", text, blocks, Source("页.html", "text/html", "utf-8", "0" * 64))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("青河县文旅局", {}),
        ("青河县方案", {"paragraph": 1}),
        ("制定", {"paragraph": 2}),
        ("建图书角", {"table": 1, "row": 2, "column": 2}),
        ("开展", {"paragraph": 3}),
        ("丙", {"table": 2, "row": 2, "column": 1}),
        ("丙\t丁", {"table": 2, "row": 2, "column": 2}),
        ("乙\t\n丙", {"table": 2, "row": 1, "column": 2}),
        ("开展活动。\n甲", {"paragraph": 3}),
    ],
)
def test_a_piece_of_text_is_found_in_its_paragraph_or_cell(words, expected):
    parsed = parse(PAGE.encode(), Path("页.html"))
    locator = Locator(document(parsed.text, parsed.blocks))
    start = parsed.text.index(words)
    assert locator.of(Span(start, start + len(words))) == expected


def test_pages_are_said_and_cells_without_a_place_are_not():
    blocks = (
        Block(BlockKind.PARAGRAPH, (Span(1, 3),), page=4),
        Block(BlockKind.CELL, (Span(3, 5),)),
    )
    locator = Locator(document("一二三四五", blocks))
    assert [locator.of(Span(n, n + 1)) for n in (0, 1, 4)] == [{}, {"page": 4, "paragraph": 1}, {}]
