"""Pages drawn glyph by glyph become the paragraphs and tables that a person sees."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kg_build.errors import UnreadableSource
from kg_build.model import BlockKind, Parsed
from kg_build.readers.pdf import parse

Draw = Callable[[Canvas], None]
LONG = "建设社区图书角为群众阅读提供方便组织志愿者开展领读活动" * 2
LEFT, RIGHT, PITCH = 100, 500, 28  # 25 characters of 16 points fill a line
FULL = 25


def at(y: float, *lines: str, x: float = LEFT, size: float = 16) -> Draw:
    """Lines from a height down."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", size)
        for n, line in enumerate(lines):
            canvas.drawString(x, y - n * PITCH, line)

    return draw


def together(*parts: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def paragraphs(parsed: Parsed) -> list[str]:
    return texts(parsed, BlockKind.PARAGRAPH)


def layout(parsed: Parsed) -> list[str]:
    return texts(parsed, BlockKind.LAYOUT)


def texts(parsed: Parsed, kind: BlockKind) -> list[str]:
    return [
        "|".join(parsed.text[s.start : s.end] for s in b.spans)
        for b in parsed.blocks
        if b.kind is kind
    ]


# -- paragraphs -----------------------------------------------------------------------------


def test_lines_that_reach_the_margin_are_one_paragraph(parsed_pdf):
    parsed = parsed_pdf(
        together(
            at(700, "一、重点任务", x=LEFT + 32),
            at(672, LONG[: FULL - 2], x=LEFT + 32),
            at(644, LONG[FULL - 2 : 2 * FULL - 2], "所需。"),
            at(588, LONG[:10] + "。", x=LEFT + 32),
        )
    )
    assert paragraphs(parsed) == [
        "一、重点任务",
        LONG[: 2 * FULL - 2] + "所需。",
        LONG[:10] + "。",
    ]
    assert (parsed.media_type, parsed.encoding, parsed.issues) == ("application/pdf", "", ())


def test_a_paragraph_goes_on_over_the_foot_of_a_page(parsed_pdf):
    first = together(
        at(700, LONG[:FULL], LONG[:FULL]), at(60, "— 1 —", x=280), at(780, "青河县文件", x=260)
    )
    second = together(
        at(700, LONG[:5] + "。", "二、保障措施"),
        at(60, "— 2 —", x=280),
        at(780, "青河县文件", x=260),
    )
    third = together(at(700, "完。"), at(60, "— 3 —", x=280), at(780, "青河县文件", x=260))
    parsed = parsed_pdf(first, second, third)
    assert paragraphs(parsed) == [LONG[:FULL] * 2 + LONG[:5] + "。", "二、保障措施", "完。"]
    assert sorted(layout(parsed)) == ["— 1 —", "— 2 —", "— 3 —", *["青河县文件"] * 3]
    assert [b.page for b in parsed.blocks if b.kind is BlockKind.PARAGRAPH] == [1, 2, 3]


@pytest.mark.parametrize("number", ["3", "- 3 -", "—3—", "第3页", "第3页 共9页", "3/9", "·3·"])
def test_page_numbers_are_layout(parsed_pdf, number):
    parsed = parsed_pdf(together(at(700, LONG[:20]), at(50, number, x=290, size=9)))
    assert (paragraphs(parsed), layout(parsed)) == ([LONG[:20]], [number])


def test_a_number_in_the_text_is_no_page_number(parsed_pdf):
    parsed = parsed_pdf(at(400, "工作目标", "3", "以上"))
    assert layout(parsed) == []


def test_lines_of_a_table_of_contents_are_layout(parsed_pdf):
    line = "一、重点任务" + "." * 20 + "3"
    assert layout(parsed_pdf(at(400, "目录", line))) == [line]


def test_a_title_of_two_lines_in_the_middle_is_one(parsed_pdf):
    title = LONG[:18], "实施方案"
    lines = together(
        at(740, title[0], x=102, size=22),
        at(690, title[1], x=256, size=22),
        at(630, LONG[: FULL - 2], x=LEFT + 32),
        at(602, *[LONG[:FULL]] * 5),
    )
    assert paragraphs(parsed_pdf(lines))[0] == "".join(title)


def test_paragraphs_of_one_full_line_stay_apart(parsed_pdf):
    first = at(728, *[LONG[:FULL]] * 4, LONG[:9] + "。")
    units = "牵头单位：" + LONG[: FULL - 7], "完成时间：" + LONG[: FULL - 7]
    parsed = parsed_pdf(together(first, at(588, *units, x=LEFT + 32), at(532, LONG[:9])))
    assert paragraphs(parsed)[1:] == [units[0], units[1] + LONG[:9]]


def test_paragraphs_that_stand_in_the_middle_by_chance_stay_apart(parsed_pdf):
    said = ("参与单位：" + LONG)[: FULL - 4], ("2031年" + LONG)[: FULL - 2]
    parsed = parsed_pdf(together(at(728, *[LONG[:FULL]] * 4), at(588, *said, x=LEFT + 32)))
    assert paragraphs(parsed)[1:] == list(said)


def test_fonts_taller_than_their_ideographs_are_read_by_the_width_of_these(parsed_pdf):
    said = ("参与单位：" + LONG)[: FULL - 3], ("十二、" + LONG)[: FULL - 2]

    def tall(canvas: Canvas) -> None:
        canvas.scale(1, 1.8)
        together(at(420, *[LONG[:FULL]] * 4), at(280, *said, x=LEFT + 32))(canvas)

    assert paragraphs(parsed_pdf(tall))[1:] == list(said)


def test_two_columns_are_read_one_after_the_other(parsed_pdf):
    left, right = LONG[:12], LONG[12:24]
    parsed = parsed_pdf(
        together(
            at(740, "青河县人民政府公报发布的各项行动方案汇编", x=140, size=16),
            *(
                together(at(700 - 28 * n, left, x=50, size=16), at(700 - 28 * n, right, x=320))
                for n in range(8)
            ),
        )
    )
    assert paragraphs(parsed)[1:] == [left * 8 + right * 8]


def test_signatures_side_by_side_are_no_columns(parsed_pdf):
    parsed = parsed_pdf(
        together(
            *(
                together(at(700 - 28 * n, "县教育局", x=100), at(700 - 28 * n, "县财政局", x=350))
                for n in range(3)
            )
        )
    )
    assert paragraphs(parsed) == ["县教育局  县财政局"] * 3


def test_raised_figures_stay_in_their_place(parsed_pdf):
    parsed = parsed_pdf(
        together(at(700, "新增500m", x=100), at(706, "2", x=172, size=8), at(700, "绿地", x=180))
    )
    assert [p.replace(" ", "") for p in paragraphs(parsed)] == ["新增500m2绿地"]


def test_bold_that_is_drawn_twice_is_read_once(parsed_pdf):
    parsed = parsed_pdf(together(at(700, "重点任务"), at(700, "重点任务", x=LEFT + 0.5)))
    assert paragraphs(parsed) == ["重点任务"]


def test_a_page_on_its_side_reads_like_any_other(parsed_pdf):
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.translate(0, -600)
        canvas.setFont("STSong-Light", 16)
        together(at(500, "一、重点任务", "（一）建好图书角"))(canvas)
        canvas.grid([100, 200, 300], [300, 280, 260])
        together(at(286, "任务", size=10), at(286, "单位", x=205, size=10))(canvas)
        together(at(266, "图书角", size=10), at(266, "县文旅局", x=205, size=10))(canvas)

    parsed = parsed_pdf(draw)
    assert paragraphs(parsed) == ["一、重点任务", "（一）建好图书角"]
    assert texts(parsed, BlockKind.CELL) == ["任务", "单位", "图书角", "县文旅局"]


def test_a_watermark_is_layout(parsed_pdf):
    def mark(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.drawString(300, -300, "内部资料")

    parsed = parsed_pdf(together(at(700, "一、重点任务"), mark))
    assert (paragraphs(parsed), layout(parsed)) == (["一、重点任务"], ["内部资料"])


def test_a_mark_that_hangs_over_the_margin_moves_no_margin(parsed_pdf):
    parsed = parsed_pdf(at(700, LONG[:FULL] + "，", LONG[: FULL - 1], "所需。"))
    assert paragraphs(parsed) == [LONG[:FULL] + "，" + LONG[: FULL - 1] + "所需。"]


@pytest.mark.parametrize(
    "frame",
    [
        lambda c: c.rect(80, 600, 440, 120),
        lambda c: c.line(80, 690, 520, 690),
        lambda c: [c.line(80, 690, 520, 690), c.line(80, 650, 520, 650)],
        lambda c: c.grid([80, 520], [720, 680, 640]),
    ],
    ids=["frame", "underline", "two lines", "one column"],
)
def test_frames_and_underlines_are_no_tables(parsed_pdf, frame):
    parsed = parsed_pdf(together(at(700, "一、重点任务", "（一）建好图书角"), frame))
    assert paragraphs(parsed) == ["一、重点任务", "（一）建好图书角"]


# -- what cannot be read --------------------------------------------------------------------


def picture(canvas: Canvas) -> None:
    from PIL import Image  # noqa: PLC0415 (comes with reportlab)

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 600, 800)


def test_a_scan_is_refused_with_a_remedy(parsed_pdf):
    with pytest.raises(UnreadableSource, match=r"扫描件.*OCR"):
        parsed_pdf(picture, together(picture, at(50, "2")))


def test_scanned_pages_among_others_are_an_issue(parsed_pdf):
    parsed = parsed_pdf(at(700, LONG[:20], LONG[:20]), picture, at(700, LONG[:10], LONG[:20]))
    (issue,) = parsed.issues
    assert (issue.code, "第2页" in issue.message_zh) == ("scanned-pages", True)
    assert parsed.text[issue.span.start : issue.span.end] == LONG[:10]


def test_pages_without_text_are_refused(parsed_pdf):
    with pytest.raises(UnreadableSource, match="没有文字"):
        parsed_pdf(lambda canvas: canvas.rect(10, 10, 100, 100))


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"hello", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"])
def test_a_damaged_file_is_refused_with_a_remedy(content):
    with pytest.raises(UnreadableSource, match="不是有效的 PDF") as refused:
        parse(content, Path("坏.pdf"))
    assert "坏.pdf" in str(refused.value)


def test_a_locked_file_is_refused_with_a_remedy(tmp_path):
    path = tmp_path / "锁.pdf"
    canvas = Canvas(str(path), encrypt="secret")
    canvas.drawString(100, 100, "locked")
    canvas.save()
    with pytest.raises(UnreadableSource, match="密码"):
        parse(path.read_bytes(), path)
