"""Pages of government sites: the document and nothing else, its tables, its fields."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_build.errors import UnreadableSource
from kg_build.extract.facts import extract
from kg_build.model import Block, BlockKind, Document, Parsed, Source
from kg_build.readers.html import parse
from kg_build.structure.outline import outline
from kg_build.structure.paragraphs import paragraphs

PAGE = Path("页.html")


def page(html: str) -> Parsed:
    return parse(html.encode(), PAGE)


def written(parsed: Parsed, block: Block) -> str:
    said = "|".join(parsed.text[s.start : s.end] for s in block.spans)
    if block.kind is not BlockKind.CELL:
        return said
    spans = f"+{block.row_span}x{block.column_span}"
    return f"{block.row}.{block.column}{'' if spans == '+1x1' else spans} {said}"


def of_kinds(parsed: Parsed, *kinds: BlockKind) -> list[str]:
    return [written(parsed, b) for b in parsed.blocks if b.kind in kinds]


@pytest.mark.cases("html", "page", at_least=18)
def test_a_page_is_read_as_its_document(case):
    parsed = page(case["html"])
    assert of_kinds(parsed, BlockKind.PARAGRAPH, BlockKind.CELL) == case["lines"]
    fields = [f.replace("|", "") for f in of_kinds(parsed, BlockKind.METADATA)]
    assert fields == case.get("fields", [])
    assert [i.code for i in parsed.issues] == case.get("issues", [])


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "utf-16"])
def test_the_declared_encoding_is_used(encoding):
    html = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    html += "</head><body><p>为推动阅读，制定本方案。</p></body></html>"
    parsed = parse(html.encode(encoding), PAGE)
    assert parsed.text == "为推动阅读，制定本方案。\n"
    assert parsed.issues == ()


def test_a_wrong_declaration_does_not_spoil_a_page_in_utf8():
    html = '<meta charset="gb2312"><p>为推动阅读，制定本方案。</p>'
    assert parse(html.encode(), PAGE).text == "为推动阅读，制定本方案。\n"


def test_prose_outside_the_article_is_named():
    aside = "另有一段文字，并非正文，却也写成句子，说了许多，读者应当知道。" * 5
    text = "为推动阅读，制定本方案。" * 40
    links = "<a>链接甲乙丙丁</a>" * 20
    parsed = page(f'<div id="zoom"><p>{text}</p></div><div>{links}<p>{aside}</p></div>')
    assert [i.code for i in parsed.issues] == ["text-outside-article"]
    assert aside not in parsed.text


@pytest.mark.parametrize(
    "html",
    ["<html><script>render('正文，在脚本里。')</script></html>", "<p><img src=a.jpg></p>", "<a>"],
)
def test_a_page_without_text_is_refused_with_a_remedy(html):
    with pytest.raises(UnreadableSource, match="没有正文"):
        page(html)


def test_the_fields_of_a_page_are_the_front_matter_where_the_text_is_silent():
    parsed = page(
        "<ul><li>发布机构：青河县文旅局</li><li>发文字号：青文旅发〔2024〕3号</li>"
        "<li>成文日期：2024-03-01</li><li>发布日期：2024/3/5</li></ul>"
        "<h1>青河县阅读推广工作方案</h1><p>为推动阅读，制定本方案。</p>"
        "<p>一、重点任务</p><p>1．建设图书角。</p><p>2．配备图书。</p>"
    )
    source = Source("页.html", parsed.media_type, parsed.encoding, "0" * 64)
    document = Document("页", parsed.text, parsed.blocks, source)
    front = extract(document, outline(paragraphs(document))).front
    assert front.title == "青河县阅读推广工作方案"
    assert front.issuers == ("青河县文旅局",)
    assert front.document_number == "青文旅发〔2024〕3号"
    assert (str(front.date_signed), str(front.date_issued)) == ("2024-03-01", "2024-03-05")
    quotes = {k: parsed.text[e.span.start : e.span.end] for k, e in front.evidence}
    assert quotes["issuer"] == "青河县文旅局"
    assert quotes["date_issued"] == "2024/3/5"


PIECES = (
    "<table> </table> <tr> <td_rowspan=3_colspan=2> </td> <td> <p> </p> <br> <ol_start=-3> <li> "
    "</ol> <div_id=zoom> </div> <a_href=x.pdf> </a> <pre> <!-- <script> </script> <svg> <template> "
    "<select> <frameset> &nbsp;&nbsp; &#xD800; 为推动阅读，制定本方案。 一、 发文机关： 2024-13-4"
)
MARKUP = st.lists(
    st.sampled_from(
        [p.replace("_", " ") for p in PIECES.split()] + ["\0", "\n", "\u3000", "\ufeff"]
    ),
    max_size=40,
)


def checked(parsed: Parsed) -> None:
    last = 0
    for block in parsed.blocks:
        for span in block.spans:
            assert last <= span.start <= span.end <= len(parsed.text)
            last = span.end
    assert "\r" not in parsed.text


@settings(deadline=None)
@given(MARKUP)
def test_any_markup_is_read_or_refused(pieces):
    try:
        parsed = page("".join(pieces))
    except UnreadableSource:
        return
    checked(parsed)
    document = Document("页", parsed.text, parsed.blocks, Source("页.html", "", "", ""))
    extract(document, outline(paragraphs(document)))


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    with suppress(UnreadableSource):
        checked(parse(content, PAGE))
