"""Word files: the numbers that Word shows, text, tables, tracked changes."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_build.errors import UnreadableSource
from kg_build.model import Block, BlockKind, Parsed
from kg_build.readers.docx import parse

FILE = Path("计划.docx")


def saved(word: Word) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def body(*xml: str) -> Word:
    """A Word file whose body is given as markup."""
    word = docx.Document()
    for piece in xml:
        whole = f"<w:body {nsdecls('w', 'r', 'wp', 'a', 'm')}>{piece}</w:body>"
        for element in parse_xml(whole):
            word.element.body.insert_element_before(element, "w:sectPr")
    return word


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def with_lists(word: Word, *xml: str) -> Word:
    """The file with lists of its own in place of those of the template."""
    part = word.part.numbering_part.element
    for child in list(part):
        part.remove(child)
    for element in parse_xml(f"<w:numbering {nsdecls('w')}>{''.join(xml)}</w:numbering>"):
        part.append(element)
    return word


def lvl(at: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, number: int = 1) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def style(own: str, name: str, more: str = "") -> str:
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{own}"><w:name w:val="{name}"/>'
        f"{more}</w:style>"
    )


def num(number: int = 1, abstract: int = 1, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def read(word: Word) -> Parsed:
    return parse(saved(word), FILE)


def written(parsed: Parsed, block: Block) -> str:
    said = "|".join(parsed.text[s.start : s.end] for s in block.spans)
    if block.kind is not BlockKind.CELL:
        return said
    spans = f"+{block.row_span}x{block.column_span}"
    return f"{block.row}.{block.column}{'' if spans == '+1x1' else spans} {said}"


def said(parsed: Parsed, *kinds: BlockKind) -> list[str]:
    wanted = kinds or (BlockKind.PARAGRAPH, BlockKind.CELL)
    return [written(parsed, b) for b in parsed.blocks if b.kind in wanted]


# -- numbering -----------------------------------------------------------------------------

PLAN = lists(
    lvl(0, "chineseCounting", "%1、"),
    lvl(1, "chineseCountingThousand", "（%2）"),
    lvl(2, "decimal", "%3．"),
    lvl(3, "decimalEnclosedCircle", "%4"),
)


def test_lists_are_numbered_as_word_does():
    items = [
        item("要求"), item("甲", 1), item("子", 2), item("丑", 2), item("细", 3),
        item("乙", 1), item("寅", 2), item("任务"), item("丙", 1),
    ]  # fmt: skip
    parsed = read(with_lists(body(*items), PLAN, num()))
    assert said(parsed) == [
        "一、要求", "（一）甲", "1．子", "2．丑", "①细", "（二）乙", "1．寅", "二、任务",
        "（一）丙",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (lvl(0, "ideographDigital", "%1、"), "一二、"),
        (lvl(0, "chineseCounting", "第%1章"), "第十二章 "),
        (lvl(0, "decimalZero", "%1)"), "12)"),
        (lvl(0, "upperLetter", "%1."), "L."),
        (lvl(0, "lowerRoman", "%1."), "xii."),
        (lvl(0, "chineseLegalSimplified", "%1、"), "壹拾贰、"),
        (lvl(0, "bullet", "\uf0b7"), ""),
        (lvl(0, "none", ""), ""),
        (lvl(0, "somethingNew", "%1."), "12."),
    ],
)
def test_a_number_is_written_in_the_style_of_its_list(level, expected):
    parsed = read(with_lists(body(*[item("甲乙")] * 12), lists(level), num()))
    assert said(parsed)[-1] == f"{expected}甲乙"


def test_levels_are_joined_and_may_be_in_digits_only():
    levels = lists(lvl(0, "chineseCounting", "%1、"), lvl(1, "decimal", "%1.%2", "<w:isLgl/>"))
    parsed = read(with_lists(body(item("甲"), item("乙"), item("丙", 1)), levels, num()))
    assert said(parsed) == ["一、甲", "二、乙", "2.1 丙"]


def test_a_level_may_count_on_over_those_above():
    levels = lists(
        lvl(0, "chineseCounting", "%1、"), lvl(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    )
    items = [item("甲"), item("子", 1), item("乙"), item("丑", 1)]
    assert said(read(with_lists(body(*items), levels, num()))) == [
        "一、甲",
        "1.子",
        "二、乙",
        "2.丑",
    ]


def test_a_list_may_begin_anew_or_elsewhere_or_go_on():
    begin = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="%d"/></w:lvlOverride>'
    numbers = (num(1), num(2, more=begin % 1), num(3, more=begin % 7), num(4))
    items = [
        item("甲"),
        item("乙"),
        item("丙", number=2),
        item("丁", number=3),
        item("戊", number=4),
    ]
    parsed = read(with_lists(body(*items), lists(lvl(0, "decimal", "%1.")), *numbers))
    assert said(parsed) == ["1.甲", "2.乙", "1.丙", "7.丁", "8.戊"]


def test_numbering_comes_from_a_style_and_the_styles_it_rests_on():
    word = body(p("甲", '<w:pStyle w:val="Below"/>'), p("乙", '<w:pStyle w:val="Heading2"/>'))
    word.styles["Heading 2"].element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>')
    )
    below = style("Below", "below", '<w:basedOn w:val="Heading2"/>')
    word.styles.element.append(parse_xml(below))
    levels = lists(
        lvl(0, "chineseCounting", "%1、"),
        lvl(1, "chineseCounting", "（%2）", '<w:pStyle w:val="Heading2"/>'),
    )
    assert said(read(with_lists(word, levels, num()))) == ["（一）甲", "（二）乙"]


def test_numbering_taken_off_a_paragraph_and_empty_items():
    off = p("丙", '<w:pStyle w:val="Heading2"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    parsed = read(with_lists(body(item("甲"), item(""), item("乙"), off), PLAN, num()))
    assert said(parsed) == ["一、甲", "三、乙", "丙"]


def test_styles_that_rest_on_each_other_end():
    word = body(p("甲", '<w:pStyle w:val="A"/>'))
    for own, other in (("A", "B"), ("B", "A")):
        word.styles.element.append(parse_xml(style(own, own, f'<w:basedOn w:val="{other}"/>')))
    assert said(read(word)) == ["甲"]


# -- text ----------------------------------------------------------------------------------


def test_what_stands_around_text_does_not_hide_it():
    link = '<w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
    control = "<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
    code = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>域</w:t><w:fldChar w:fldCharType="end"/></w:r>'
    )
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
    math = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    outer = f"<w:sdt><w:sdtContent>{p('外层')}</w:sdtContent></w:sdt>"
    parsed = read(body(f"<w:p>{link}{control}{code}{hidden}{math}</w:p>", outer))
    assert said(parsed) == ["链接控件域x", "外层"]


def test_soft_line_breaks_part_lines_and_empty_paragraphs_leave_a_gap():
    broken = (
        "<w:p><w:r><w:t>青河县人民政府关于印发</w:t><w:br/><w:t>行动方案的通知</w:t></w:r></w:p>"
    )
    parsed = read(body(broken, "<w:p/>", p("各乡镇：")))
    assert parsed.text == "青河县人民政府关于印发\n行动方案的通知\n\n各乡镇：\n"
    assert said(parsed) == ["青河县人民政府关于印发", "行动方案的通知", "各乡镇："]


def test_tracked_changes_are_read_as_accepted_and_named():
    changed = (
        "<w:p><w:r><w:t>建成</w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>10</w:t></w:r></w:ins><w:r><w:t>个</w:t></w:r></w:p>"
    )
    gone = (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
        "<w:del><w:r><w:delText>去</w:delText></w:r></w:del></w:p>"
    )
    parsed = read(body(changed, gone, p("完")))
    assert parsed.text == "建成10个\n完\n"
    assert [i.code for i in parsed.issues] == ["tracked-changes"]
    assert "2" in parsed.issues[0].message_zh


def test_a_text_box_is_read_once_behind_its_paragraph():
    box = "<w:txbxContent><w:p><w:r><w:t>专栏1</w:t></w:r></w:p></w:txbxContent>"
    markup = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = (
        f"<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent {markup}>"
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    parsed = read(body(both, p("其后")))
    assert said(parsed) == ["正文", "专栏1", "其后"]
    assert parsed.issues == ()


def test_headers_and_footers_are_left_out_and_contents_are_layout():
    word = body(p("目录一……1", '<w:pStyle w:val="TOC1"/>'), p("正文"))
    word.styles.element.append(parse_xml(style("TOC1", "toc 1")))
    word.sections[0].header.paragraphs[0].text = "页眉"
    word.sections[0].footer.paragraphs[0].text = "第1页"
    parsed = read(word)
    assert said(parsed) == ["正文"]
    assert said(parsed, BlockKind.LAYOUT) == ["目录一……1"]


def test_pictures_and_embedded_files_are_named():
    parsed = read(body("<w:p><w:r><w:drawing/></w:r></w:p>", p("正文"), '<w:altChunk r:id="z"/>'))
    assert [i.code for i in parsed.issues] == ["embedded-not-read", "picture-not-read"]


# -- tables --------------------------------------------------------------------------------


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, text.split('|')))}</w:tc>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{r}</w:tr>' for r in rows)}</w:tbl>"


def test_merged_cells_have_their_size_and_units_their_lines():
    table = tbl(
        cell("序号") + cell("任务") + cell("单位", '<w:gridSpan w:val="2"/>'),
        cell("1") + cell("建图书角", '<w:vMerge w:val="restart"/>') + cell("甲局|乙局") + cell(""),
        cell("2") + cell("", "<w:vMerge/>") + cell("丙局") + cell("丁局"),
    )
    parsed = read(body(p("清单"), table, p("完")))
    assert said(parsed) == [
        "清单", "0.0 序号", "0.1 任务", "0.2+1x2 单位", "1.0 1", "1.1+2x1 建图书角",
        "1.2 甲局|乙局", "1.3 ", "2.0 2", "2.2 丙局", "2.3 丁局", "完",
    ]  # fmt: skip
    assert {b.table for b in parsed.blocks if b.kind is BlockKind.CELL} == {0}


def test_tables_are_counted_and_items_in_cells_numbered():
    table = tbl(cell("甲") + cell("乙"), cell("丙") + f"<w:tc>{item('丁')}</w:tc>")
    parsed = read(with_lists(body(table, p("间"), table), PLAN, num()))
    assert said(parsed)[3::5] == ["1.1 一、丁", "1.1 二、丁"]
    assert [b.table for b in parsed.blocks if b.kind is BlockKind.CELL] == [0] * 4 + [1] * 4


def test_a_box_of_one_cell_is_text_and_a_table_in_it_a_table():
    inner = tbl(cell("甲") + cell("乙"), cell("丙") + cell("丁"))
    parsed = read(body(f"<w:tbl><w:tr><w:tc>{p('专栏')}{inner}{p('')}</w:tc></w:tr></w:tbl>"))
    assert said(parsed) == ["专栏", "0.0 甲", "0.1 乙", "1.0 丙", "1.1 丁"]


def test_rows_that_are_deleted_or_begin_further_right():
    first, last = cell("甲") + cell("乙"), f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("丁")}'
    parsed = read(body(tbl(first, f"<w:trPr><w:del/></w:trPr>{cell('去')}", last)))
    assert said(parsed) == ["0.0 甲", "0.1 乙", "1.1 丁"]
    assert [i.code for i in parsed.issues] == ["tracked-changes"]


# -- anything --------------------------------------------------------------------------------

TAGS = (
    "p", "r", "t", "tbl", "tr", "tc", "tcPr", "pPr", "numPr", "ilvl", "numId", "vMerge", "gridSpan",
    "del", "ins", "sdt", "sdtContent", "br", "tab", "drawing", "txbxContent", "pict", "altChunk",
    "hyperlink", "trPr", "gridBefore", "vanish", "rPr",
)  # fmt: skip
VALUES = ("", "1", "99999999", "-3", "restart", "甲乙")
NODES = st.recursive(
    st.tuples(st.sampled_from(TAGS), st.sampled_from(VALUES)),
    lambda children: st.tuples(st.sampled_from(TAGS), st.lists(children, max_size=4)),
    max_leaves=25,
)


def markup(node: tuple[str, str | list]) -> str:
    tag, inside = node
    if isinstance(inside, str):
        return f'<w:{tag} w:val="{inside}">{inside if tag == "t" else ""}</w:{tag}>'
    return f"<w:{tag}>{''.join(map(markup, inside))}</w:{tag}>"


@settings(max_examples=50)
@given(st.lists(NODES, max_size=5))
def test_any_markup_is_read_or_refused(nodes):
    with suppress(UnreadableSource):
        checked(read(body(p("甲"), *map(markup, nodes))))


def checked(parsed: Parsed) -> None:
    last = 0
    for block in parsed.blocks:
        for span in block.spans:
            assert last <= span.start <= span.end <= len(parsed.text)
            last = span.end
