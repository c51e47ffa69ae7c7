"""Tables as programs draw them: solid, dashed and dotted lines, merged cells, rows over pages."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas

from kg_build.model import BlockKind, Parsed

Draw = Callable[[Canvas], None]
XS, YS = (100, 200, 300, 400), (700, 670, 640, 610)


def at(y: float, *lines: str, x: float = 100, size: float = 10) -> Draw:
    """Lines from a height down, as close as those of a cell."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", size)
        for n, line in enumerate(lines):
            canvas.drawString(x, y - n * 12, line)

    return draw


def together(*parts: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def ruled(xs: Sequence[float], ys: Sequence[float]) -> Draw:
    """All lines of a grid, `ys` from the top down."""
    return lambda canvas: canvas.grid(list(xs), list(ys))


def cells(xs: Sequence[float], ys: Sequence[float], *rows: Sequence[str]) -> Draw:
    """Texts in the cells of a grid."""
    return together(
        *(
            at(ys[r] - 14, text, x=xs[c] + 5, size=10)
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        )
    )


def table(parsed: Parsed) -> dict[tuple[int, ...], str]:
    """(table, row, column, row span, column span) to text."""
    return {
        (b.table, b.row, b.column, b.row_span, b.column_span): "|".join(
            parsed.text[s.start : s.end] for s in b.spans
        )
        for b in parsed.blocks
        if b.kind is BlockKind.CELL
    }


def test_a_ruled_table_has_rows_and_columns(parsed_pdf):
    rows = (["序号", "任务", "单位"], ["1", "图书角", "县文旅局"], ["2", "读书节", ""])
    parsed = parsed_pdf(
        together(at(740, "任务清单"), ruled(XS, YS), cells(XS, YS, *rows), at(560, "说明"))
    )
    assert table(parsed) == {
        (0, r, c, 1, 1): text for r, row in enumerate(rows) for c, text in enumerate(row)
    }
    assert [b.kind.value for b in parsed.blocks] == ["paragraph", *["cell"] * 9, "paragraph"]


def test_missing_lines_make_merged_cells(parsed_pdf):
    def lines(canvas: Canvas) -> None:
        for y in (700, 670, 610):
            canvas.line(100, y, 400, y)
        canvas.line(200, 640, 400, 640)
        for x in (100, 200, 400):
            canvas.line(x, 700, x, 610)
        canvas.line(300, 670, 300, 610)

    parsed = parsed_pdf(
        together(
            lines,
            cells(
                XS,
                YS,
                ["领域", "任务和单位"],
                ["阅读", "图书角", "文旅局"],
                ["", "读书节", "教育局"],
            ),
        )
    )
    assert table(parsed) == {
        (0, 0, 0, 1, 1): "领域",
        (0, 0, 1, 1, 2): "任务和单位",
        (0, 1, 0, 2, 1): "阅读",
        (0, 1, 1, 1, 1): "图书角",
        (0, 1, 2, 1, 1): "文旅局",
        (0, 2, 1, 1, 1): "读书节",
        (0, 2, 2, 1, 1): "教育局",
    }


def boxes(xs: Sequence[float], ys: Sequence[float], pieces: Callable[..., None]) -> Draw:
    """The lines of a grid without its sides, each in pieces: filled boxes along its way."""

    def draw(canvas: Canvas) -> None:
        for y in ys:
            pieces(canvas, xs[0], y, xs[-1] - xs[0], True)
        for x in xs[1:-1]:
            pieces(canvas, x, ys[-1], ys[0] - ys[-1], False)

    return draw


def chain(length: float, gap: float, thick: float) -> Callable[..., None]:
    """A line of boxes so long, so far apart and so thick."""

    def draw(canvas: Canvas, x: float, y: float, whole: float, is_level: bool) -> None:
        at = 0.0
        while at < whole:
            long = min(length, whole - at)
            where = (x + at, y, long, thick) if is_level else (x, y + at, thick, long)
            canvas.rect(*where, stroke=0, fill=1)
            at += length + gap

    return draw


def double(canvas: Canvas, x: float, y: float, whole: float, is_level: bool) -> None:
    for shift in (0, 1.5):
        where = (x, y + shift, whole, 0.5) if is_level else (x + shift, y, 0.5, whole)
        canvas.rect(*where, stroke=0, fill=1)


@pytest.mark.parametrize(
    "pieces",
    [
        chain(1000, 0, 0.5),
        chain(1000, 0, 4),
        chain(50, 0, 0.7),
        chain(2.25, 1.5, 0.75),
        chain(6, 4, 1.5),
        chain(0.75, 0.75, 0.75),
        double,
    ],
    ids=["thin", "thick", "segments", "dashed", "long dashes", "dotted", "double"],
)
def test_lines_drawn_as_boxes_and_open_sides_make_a_table(parsed_pdf, pieces):
    rows = (["序号", "任务", "单位"], ["1", "图书角", "文旅局"], ["2", "读书节", "教育局"])
    parsed = parsed_pdf(together(boxes(XS, YS, pieces), cells(XS, YS, *rows)))
    assert list(table(parsed).values()) == [text for row in rows for text in row]


def test_cells_with_a_gap_between_make_a_table(parsed_pdf):
    def lines(canvas: Canvas) -> None:
        canvas.rect(96, 606, 308, 98)
        for left, right in pairwise(XS):
            for top, bottom in pairwise(YS):
                canvas.rect(left + 2, bottom + 2, right - left - 4, top - bottom - 4)

    rows = (["序号", "任务", "单位"], ["1", "图书角", "文旅局"], ["2", "读书节", "教育局"])
    parsed = parsed_pdf(together(lines, cells(XS, YS, *rows)))
    assert [t for t in table(parsed).values() if t] == [text for row in rows for text in row]


def test_a_table_goes_on_over_pages_and_its_heading_stands_once(parsed_pdf):
    head = ["序号", "任务", "单位"]
    pages = [
        together(
            ruled(XS, YS),
            cells(
                XS,
                YS,
                head,
                [str(2 * n + 1), "图书角", "文旅局"],
                [str(2 * n + 2), "读书节", "团委"],
            ),
            at(50, str(n + 1), x=290, size=9),
        )
        for n in range(2)
    ]
    parsed = parsed_pdf(*pages)
    found = table(parsed)
    assert {key[0] for key in found} == {0}
    assert [text for key, text in found.items() if key[2] == 0] == ["序号", "1", "2", "3", "4"]
    assert [key[1] for key in found if key[2] == 0] == [0, 1, 2, 3, 4]
    said = [b for b in parsed.blocks if b.kind is BlockKind.LAYOUT]
    assert [parsed.text[b.spans[0].start : b.spans[0].end] for b in said] == ["1", *head, "2"]


def test_a_row_that_the_foot_of_the_page_cut_is_one(parsed_pdf):
    one = together(
        ruled(XS, YS[:3]), cells(XS, YS, ["序号", "任务", "单位"], ["1", "建好社区", "文旅局"])
    )
    two = together(ruled(XS, YS[:3]), cells(XS, YS, ["", "图书角。"], ["2", "办读书节。", "团委"]))
    parsed = parsed_pdf(one, two)
    assert table(parsed)[0, 1, 1, 1, 1] == "建好社区|图书角。"
    assert table(parsed)[0, 2, 0, 1, 1] == "2"


def test_a_row_without_a_line_at_the_foot_of_the_page_goes_on(parsed_pdf):
    def lines(canvas: Canvas) -> None:
        for y in (100, 70):
            canvas.line(100, y, 400, y)
        for x in XS:
            canvas.line(x, 100, x, 30)

    one = together(
        lines, cells(XS, (100, 70), ["序号", "任务", "单位"], ["1", "建好图书角。", "文旅局"])
    )
    two = together(ruled(XS, YS[:3]), cells(XS, YS, ["", "办好读书节。"], ["2", "种树。", "团委"]))
    assert list(table(parsed_pdf(one, two)).items())[3:] == [
        ((0, 1, 0, 1, 1), "1"),
        ((0, 1, 1, 1, 1), "建好图书角。|办好读书节。"),
        ((0, 1, 2, 1, 1), "文旅局"),
        ((0, 2, 0, 1, 1), "2"),
        ((0, 2, 1, 1, 1), "种树。"),
        ((0, 2, 2, 1, 1), "团委"),
    ]


def test_a_frame_that_runs_on_alone_makes_no_row(parsed_pdf):
    def frame(canvas: Canvas) -> None:
        for x in (97, 403):
            canvas.line(x, 700, x, 20)

    rows = (["序号", "任务", "单位"], ["1", "图书角", "文旅局"])
    parsed = parsed_pdf(together(frame, ruled(XS, YS[:3]), cells(XS, YS, *rows)))
    assert list(table(parsed).values()) == [text for row in rows for text in row]


@pytest.mark.parametrize("number", ["— 3 —", "第3页", "3/9"])
def test_a_page_number_between_lines_that_reach_the_foot_is_in_no_cell(parsed_pdf, number):
    def lines(canvas: Canvas) -> None:
        for y in (140, 110):
            canvas.line(100, y, 400, y)
        for x in XS:
            canvas.line(x, 140, x, 20)

    rows = cells(XS, (140, 110), ["序号", "任务", "单位"], ["1", "建好图书角。", "文旅局"])
    parsed = parsed_pdf(together(lines, rows, at(40, number, x=240)))
    assert list(table(parsed).values())[3:] == ["1", "建好图书角。", "文旅局"]
    layout = [b for b in parsed.blocks if b.kind is BlockKind.LAYOUT]
    assert [parsed.text[b.spans[0].start : b.spans[0].end] for b in layout] == [number]


def test_a_merged_cell_goes_on_over_the_foot_of_the_page(parsed_pdf):
    xs = (100, 200, 300, 400, 500)

    def merged(*ys: int) -> Draw:
        """Rows below a heading; their first cell is one."""
        return lambda canvas: (
            canvas.grid([*xs[1:]], [*ys]),
            canvas.grid([*xs[:2]], [*ys[:2], ys[-1]] if len(ys) > 2 else [*ys]),
        )

    one = together(
        merged(700, 670, 640, 610),
        cells(
            xs,
            (700, 670, 640),
            ["领域", "序号", "任务", "单位"],
            ["阅读", "1", "图书角", "文旅局"],
            ["", "2", "读书节", "教育局"],
        ),
    )
    two = together(merged(700, 670), cells(xs, (700,), ["", "3", "书香校园", "教育局"]))
    found = table(parsed_pdf(one, two))
    assert found[0, 1, 0, 3, 1] == "阅读"
    assert found[0, 3, 1, 1, 1] == "3"


@pytest.mark.parametrize(
    ("width", "said", "read"),
    [(12, ("乡", "村", "振"), ["乡村振|兴"]), (100, ("乡村振",), ["乡村振", "兴"])],
    ids=["filled", "with room"],
)
def test_a_cell_is_the_rest_of_one_that_has_filled_its_line(parsed_pdf, width, said, read):
    xs = (100, 110 + width, 300, 400)

    def page(ys: Sequence[int], lines: Sequence[str], *rows: Sequence[str]) -> Draw:
        grids = ruled(xs[1:], ys), ruled(xs[:2], (*ys[:2], ys[-1]))
        name = at(ys[1] - 14, *lines, x=xs[0] + 5)
        return together(*grids, cells(xs, ys, *(("", *row) for row in rows)), name)

    head = ("任务", "单位")
    one = page((700, 670, 640, 610), said, head, ("种树", "文旅局"), ("修路", "教育局"))
    two = page((700, 670, 640, 610), "兴", head, ("铺路", "团委"), ("架桥", "县水利局"))
    found = table(parsed_pdf(one, two))
    assert [text for key, text in found.items() if key[2] == 0 and key[1]] == read


def test_paragraphs_of_a_cell_that_a_gap_parts_stay_apart(parsed_pdf):
    xs, ys = (100, 200, 300), (700, 650, 560)
    names = together(
        *(
            at(y, t, x=205, size=10)
            for y, t in ((630, "县委宣传部和县级"), (618, "机关"), (594, "县文化广电旅游局"))
        )
    )
    parsed = parsed_pdf(together(ruled(xs, ys), cells(xs, ys, ["任务", "单位"], ["种树"]), names))
    assert table(parsed)[0, 1, 1, 1, 1] == "县委宣传部和县级机关|县文化广电旅游局"


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (("县文旅局", "县教育局"), "县文旅局|县教育局"),
        (("县文化广", "电旅游局", "团县委"), "县文化广电旅游局|团县委"),
        (("县政府办", "公室"), "县政府办公室"),
        (("建设全域", "县级书屋"), "建设全域县级书屋"),
        (("县教育局", "市场主体", "活力"), "县教育局市场主体活力"),
        (("市公安局", "县分局"), "市公安局县分局"),
        (("县委组织", "部", "县教育局", "团县委"), "县委组织部|县教育局|团县委"),
    ],
)
def test_names_of_units_that_fill_their_lines_stay_apart(parsed_pdf, lines, read):
    xs, ys = (100, 200, 248), (700, 650, 560)
    names = together(*(at(630 - 12 * n, t, x=204, size=10) for n, t in enumerate(lines)))
    parsed = parsed_pdf(together(ruled(xs, ys), cells(xs, ys, ["任务", "单位"], ["种树"]), names))
    assert table(parsed)[0, 1, 1, 1, 1] == read


@pytest.mark.parametrize("width", range(3, 12))
def test_names_with_marks_between_are_joined_wherever_a_line_ends(parsed_pdf, width):
    names = "市生态环境局青河县分局、国家税务总局青河县税务局、县城市管理局、市场监管局、区划办"
    lines = re.findall(rf".{{1,{width}}}、?", names)
    xs, ys = (100, 200, 214 + 10 * width), (700, 670, 100)
    said = at(650, *lines, x=204)
    parsed = parsed_pdf(together(ruled(xs, ys), cells(xs, ys, ["任务", "单位"], ["种树"]), said))
    assert table(parsed)[0, 1, 1, 1, 1] == names


def test_broken_lines_of_a_cell_are_joined_and_names_below_one_another_are_not(parsed_pdf):
    xs, ys = (100, 200, 300), (700, 650, 600)
    parsed = parsed_pdf(
        together(
            ruled(xs, ys),
            cells(xs, ys, ["任务", "单位"]),
            at(636, "建好社区的图书角便", x=105, size=10),
            at(608, "利群众", x=105, size=10),
            at(636, "县文旅局", x=205, size=10),
            at(608, "县教育局", x=205, size=10),
        )
    )
    assert table(parsed)[0, 1, 0, 1, 1] == "建好社区的图书角便利群众"
    assert table(parsed)[0, 1, 1, 1, 1] == "县文旅局|县教育局"
