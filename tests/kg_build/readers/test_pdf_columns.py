"""Pages in columns read column by column; what only stands side by side stays on its line."""

from collections.abc import Callable, Iterable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from kg_build.model import BlockKind, Parsed

Draw = Callable[[Canvas], None]
SIZE, PITCH, TOP = 12, 20, 700
WIDE = 18  # characters of a column
SAID = "社区图书角方便居民借书读书孩子们放学以后在这里写作业老人带来家中旧书交换"


def at(x: float, y: float, *lines: str, size: float = SIZE) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", size)
        for n, line in enumerate(lines):
            canvas.drawString(x, y - n * PITCH, line)

    return draw


def drawn(*parts: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def passage(name: str, lines: int) -> str:
    """A paragraph that fills so many lines of a column but the end of the last, each its own."""
    count = (lines - 1) * WIDE + 9
    return (name + SAID * (count // len(SAID) + 1))[:count] + "。"


def column(x: float, y: float, paragraphs: Iterable[str]) -> Draw:
    """Paragraphs as they are set, the first line indented."""
    parts: list[Draw] = []
    for text in paragraphs:
        broken = [text[: WIDE - 2], *(text[n : n + WIDE] for n in range(WIDE - 2, len(text), WIDE))]
        parts += [at(x + 2 * SIZE, y, broken[0]), at(x, y - PITCH, *broken[1:])]
        y -= PITCH * len(broken)
    return drawn(*parts)


def paragraphs(parsed: Parsed) -> list[str]:
    return [
        parsed.text[b.spans[0].start : b.spans[0].end]
        for b in parsed.blocks
        if b.kind is BlockKind.PARAGRAPH
    ]


def lefts(count: int, gutter: float) -> list[float]:
    """Where columns begin, so many characters apart."""
    return [40 + n * (WIDE + gutter) * SIZE for n in range(count)]


NAMES = ("甲", "乙", "丙")
TEXTS = [[passage(name + n, 4) for n in "一二三"] for name in NAMES]


@pytest.mark.parametrize("shift", [0, 6, 10, 14], ids="lines {} points lower".format)
@pytest.mark.parametrize("gutter", [1.25, 1.5, 2, 3], ids="gutter of {}".format)
def test_two_columns_are_read_one_after_the_other(parsed_pdf, gutter, shift):
    first, second = lefts(2, gutter)
    page = drawn(column(first, TOP, TEXTS[0]), column(second, TOP - shift, TEXTS[1]))
    assert paragraphs(parsed_pdf(page)) == [*TEXTS[0], *TEXTS[1]]


def test_a_paragraph_goes_on_in_the_next_column(parsed_pdf):
    lines = passage("甲", 16)
    broken = [lines[n : n + WIDE] for n in range(0, len(lines), WIDE)]
    first, second = lefts(2, 1.5)
    page = drawn(at(first, TOP, *broken[:8]), at(second, TOP, *broken[8:]))
    assert paragraphs(parsed_pdf(page)) == [lines]


def test_three_columns(parsed_pdf):
    def narrow(canvas: Canvas) -> None:
        canvas.scale(0.75, 1)
        drawn(*(column(x, TOP, t) for x, t in zip(lefts(3, 2), TEXTS, strict=True)))(canvas)

    assert paragraphs(parsed_pdf(narrow)) == [text for column in TEXTS for text in column]


def test_a_heading_over_the_columns_parts_what_is_above_and_below(parsed_pdf):
    first, second = lefts(2, 1.5)
    heads = (
        at(150, TOP, "青河县政府公报各项方案", size=20),
        at(200, 380, "二、县政府文件各项方案"),
    )
    above = column(first, 650, TEXTS[0]), column(second, 650, TEXTS[1])
    below = column(first, 350, TEXTS[1]), column(second, 350, TEXTS[2])
    assert paragraphs(parsed_pdf(drawn(*heads, *above, *below))) == [
        "青河县政府公报各项方案",
        *(*TEXTS[0], *TEXTS[1]),
        "二、县政府文件各项方案",
        *(*TEXTS[1], *TEXTS[2]),
    ]


def test_a_large_heading_beside_two_lines_of_the_other_column(parsed_pdf):
    first, second = lefts(2, 1.25)
    heading = at(first + 8, TOP, "读书节实施方案", size=28)
    page = drawn(heading, column(first, 660, TEXTS[0]), column(second, TOP + 6, TEXTS[1]))
    assert paragraphs(parsed_pdf(page)) == ["读书节实施方案", *TEXTS[0], *TEXTS[1]]


def test_few_lines_of_a_last_page_stand_in_the_columns_before(parsed_pdf):
    first, second = lefts(2, 1.5)
    full = drawn(column(first, TOP, TEXTS[0]), column(second, TOP, TEXTS[1]))
    texts = passage("丁", 3), passage("戊", 3)
    last = drawn(column(first, TOP, texts[:1]), column(second, TOP, texts[1:]))
    assert paragraphs(parsed_pdf(full, last)) == [*TEXTS[0], *TEXTS[1], *texts]


def test_a_table_stays_in_its_column(parsed_pdf):
    first, second = lefts(2, 1.5)
    rows = (("任务", "单位"), ("种树", "县林业局"))
    cells = (
        at(second + 5 + 100 * c, 606 - 30 * r, text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    ruled = lambda c: c.grid([second, second + 100, second + 200], [620, 590, 560])  # noqa: E731
    parsed = parsed_pdf(
        drawn(
            column(first, TOP, TEXTS[0]),
            column(second, TOP, TEXTS[1][:1]),
            drawn(ruled, *cells),
            column(second, 530, TEXTS[1][1:]),
        )
    )
    assert paragraphs(parsed) == [*TEXTS[0], *TEXTS[1]]
    kinds = [b.kind is BlockKind.CELL for b in parsed.blocks]
    assert kinds == [*[False] * 4, *[True] * 4, *[False] * 2]


def beside(left: Sequence[str], right: Sequence[str], x: float = 300) -> Draw:
    return drawn(at(60, TOP, *left), at(x, TOP, *right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["县文化广电旅游局"] * 8, ["负责人签名"] * 8),
        (["目"], ["录"]),
        ([f"（{n}）" for n in "一二三四五六七八"], ["建设社区图书角方便居民借书读书"] * 8),
        (
            ["建设社区图书角方便居民", "办读书节", "种树", "铺路", "架桥", "修渠", "通电"],
            ["无"] * 7,
        ),
    ],
    ids=["signatures", "a heading", "numbers", "a table"],
)
def test_what_only_stands_side_by_side_is_no_columns(parsed_pdf, left, right):
    found = paragraphs(parsed_pdf(beside(left, right)))
    assert "".join(" ".join(found).split()) == "".join(
        a + b for a, b in zip(left, right, strict=True)
    )


def test_a_heading_with_space_between_its_words_stays_whole_above_columns(parsed_pdf):
    first, second = lefts(2, 1.5)
    page = drawn(column(first, 660, TEXTS[0]), column(second, 660, TEXTS[1]))
    head = drawn(at(218, TOP, "公"), at(300, TOP, "报"))
    assert paragraphs(parsed_pdf(drawn(head, page))) == ["公  报", *TEXTS[0], *TEXTS[1]]


def test_a_page_of_one_column_between_pages_of_two_stays_whole(parsed_pdf):
    first, second = lefts(2, 1.5)
    full = drawn(column(first, TOP, TEXTS[0]), column(second, TOP, TEXTS[1]))
    name, day = "特此通知", "2031年5月4日"
    wide = (SAID * 4)[:38]
    one = drawn(at(first, TOP, wide, wide, "完。"), at(first, 600, name), at(380, 580, day))
    assert paragraphs(parsed_pdf(full, one))[6:] == [wide * 2 + "完。", name, day]
