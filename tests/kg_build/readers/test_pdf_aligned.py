"""Tables that no lines between columns rule: what stands below known headings in columns."""

from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from kg_build.model import BlockKind, Parsed

Draw = Callable[[Canvas], None]
XS = (60, 90, 256, 338)
HEAD = ("序号", "工作任务", "牵头单位", "配合单位")
ROWS = (
    ("1", "建设社区图书角二十个", "县文旅局", "县财政局"),
    ("2", "办好全民读书节", "县委宣传部", "团县委"),
    ("3", "种树", "县林业局", "各镇"),
)

Row = Sequence[Sequence[str]]  # the lines of each cell


def row(y: float, cells: Row, *, pitch: float = 15, middle: bool = False) -> Draw:
    """A row whose cells begin at one height, or stand in the middle."""
    height = max(map(len, cells))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for x, lines in zip(XS, cells, strict=False):
            shift = (height - len(lines)) / 2 if middle else 0
            for n, line in enumerate(lines):
                canvas.drawString(x, y - (n + shift) * pitch, line)

    return draw


def drawn(*parts: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def single(*rows: Sequence[str], top: float = 700, step: float = 24) -> Draw:
    """Rows of one line each."""
    return drawn(*(row(top - step * n, [[c] for c in cells]) for n, cells in enumerate(rows)))


def read(parsed: Parsed) -> list[list[str]]:
    """The texts of the cells, row by row."""
    rows: dict[int, list[str]] = {}
    for block in parsed.blocks:
        if block.kind is BlockKind.CELL:
            text = "|".join(parsed.text[s.start : s.end] for s in block.spans)
            rows.setdefault(block.row, []).append(text)
    return list(rows.values())


def paragraphs(parsed: Parsed) -> list[str]:
    kept = (b for b in parsed.blocks if b.kind is BlockKind.PARAGRAPH)
    return [parsed.text[b.spans[0].start : b.spans[0].end] for b in kept]


@pytest.mark.parametrize("step", [15, 24, 34])
def test_columns_below_headings_are_a_table(parsed_pdf, step):
    after = row(700 - 5 * step - 20, [["二、保障措施"]])
    parsed = parsed_pdf(drawn(row(740, [["任务清单"]]), single(HEAD, *ROWS, step=step), after))
    assert read(parsed) == [list(HEAD), *map(list, ROWS)]
    assert paragraphs(parsed) == ["任务清单", "二、保障措施"]


LONG = [
    [["1"], ["建设社区图书角二十个，配备", "书架"], ["县文旅局、县", "财政局"], ["各镇"]],
    [["2"], ["办好全民读书节"], ["县委宣传部"], ["团县委、县妇", "联、县残联、", "县工会"]],
    [["3"], ["种树"], ["县林业局"], ["各镇"]],
]


@pytest.mark.parametrize("middle", [False, True], ids=["top", "middle"])
@pytest.mark.parametrize("gap", [0, 9])
def test_lines_of_a_cell_stay_in_their_row(parsed_pdf, middle, gap):
    if middle and not gap:
        pytest.skip("nothing tells the rows apart")
    parts, y = [single(HEAD, top=724)], 700.0
    for cells in LONG:
        parts.append(row(y, cells, middle=middle))
        y -= 15 * max(map(len, cells)) + gap
    expected = [["".join(lines) for lines in cells] for cells in LONG]
    assert read(parsed_pdf(drawn(*parts)))[1:] == expected


def test_level_lines_part_the_rows(parsed_pdf):
    def lines(canvas: Canvas) -> None:
        for y in (712, 689, 655):
            canvas.line(60, y, 500, y)

    parts = (
        single(HEAD, top=695),
        row(675, [["1"], ["建设社区图书角二十个，配备", "书架"], ["县文旅局"], ["各镇"]]),
        row(640, [["2"], ["办好全民读书节"], ["县委宣传部"], ["团县委、县妇", "联"]]),
    )
    assert read(parsed_pdf(drawn(lines, *parts)))[1:] == [
        ["1", "建设社区图书角二十个，配备书架", "县文旅局", "各镇"],
        ["2", "办好全民读书节", "县委宣传部", "团县委、县妇联"],
    ]


def test_a_table_goes_on_at_the_head_of_the_next_page(parsed_pdf):
    more = (("4", "铺路", "县交通局", "各镇"), ("5", "架桥", "县水利局", "县财政局"))
    parsed = parsed_pdf(single(HEAD, *ROWS), drawn(single(*more, top=760)))
    assert read(parsed) == [list(HEAD), *map(list, ROWS), *map(list, more)]


DOMAINS = ("工作领域", "工作任务", "牵头单位", "配合单位")
DOMAIN_XS = (60, 115, 285, 367)


def domains(parts: Sequence[tuple[Sequence[str], int]], *, middle: bool) -> tuple[Draw, list[str]]:
    """Rows below headings, each domain beside so many of them; the first cells of the rows."""
    drawings, y, expected = [at_each(676, [[h] for h in DOMAINS])], 650.0, list[str]()
    for lines, count in parts:
        heights = [len(LONG[n % 3][1]) * 15 + 9 for n in range(count)]
        room = (sum(heights) - 9 - 15 * len(lines)) / 2 if middle else 0
        drawings.append(at_each(y - room, [lines]))
        for n, height in enumerate(heights):
            drawings.append(at_each(y, [[], *LONG[n % 3][1:2], ["县教育局"], ["各镇"]]))
            y -= height
        expected += ["".join(lines), *[""] * (count - 1)]
    return drawn(*drawings), expected


def at_each(y: float, cells: Row) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for x, lines in zip(DOMAIN_XS, cells, strict=False):
            for n, line in enumerate(lines):
                canvas.drawString(x, y - n * 15, line)

    return draw


@pytest.mark.parametrize("middle", [False, True], ids=["top", "middle"])
@pytest.mark.parametrize(
    "parts",
    [
        [(["阅读"], 3), (["出行"], 2), (["养老"], 4)],
        [(["阅读推", "广"], 3), (["绿色出", "行"], 2), (["便民养", "老服务"], 4)],
        [(["阅读推", "广"], 1), (["绿色出", "行"], 5)],
    ],
    ids=["short", "of two lines", "beside one row"],
)
def test_a_domain_stands_beside_several_rows(parsed_pdf, parts, middle):
    drawing, expected = domains(parts, middle=middle)
    found = read(parsed_pdf(drawing))
    tasks = ["".join(LONG[n % 3][1]) for _, count in parts for n in range(count)]
    assert [row[-3] for row in found[1:]] == tasks
    assert [row[0] if len(row) == 4 else "" for row in found[1:]] == expected


def test_remarks_beside_few_rows_are_theirs_alone(parsed_pdf):
    head = ("序号", "工作任务", "牵头单位", "备注")
    rows = [
        ("1", "种树", "县林业局", ""),
        ("2", "铺路", "团县委", "新增"),
        ("3", "架桥", "各镇", ""),
        ("4", "修渠", "县水利局", "续建"),
    ]
    assert read(parsed_pdf(single(head, *rows))) == [list(head), *map(list, rows)]


@pytest.mark.parametrize(
    "rows",
    [
        [("一", "县教育局", "县财政局", "县水利局")] * 4,
        [("序号", "工作任务"), *([("1", "种树")] * 4)],
        [HEAD, ROWS[0]],
    ],
    ids=["no headings", "two columns", "two rows"],
)
def test_what_only_stands_side_by_side_is_no_table(parsed_pdf, rows):
    assert read(parsed_pdf(single(*rows))) == []
