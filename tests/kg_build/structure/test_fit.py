"""Pieces of flattened tables in their rows and columns."""

import pytest

from kg_build.families import table
from kg_build.structure.columns import UNITS
from kg_build.structure.fit import fit
from kg_build.structure.looks import look


def _pieces(text: str) -> list[str]:
    return text.split()


LOOKS = {"number", "nothing", "attribute", "deadline", "measure", "units", "figure", "name"}
LOOKS |= {"sentence", "phrase"}
COLUMNS = ("number", "domain", "indicator", "unit", "value", "year", "attribute", "result")
ROWS = _pieces("""
1 绿化建设 新建绿地 万平方米 75 90.8 约束性 超额完成
2 绿化覆盖率 % 30.5 31.4 约束性 超额完成
3 人均绿地面积 平方米 5.8 6.1 约束性 超额完成
4 绿道建设 公里 30 34.6 预期性 超额完成
""")
BEHIND = _pieces("""
一、发展目标
(一)总体目标到2030年,公园体系更加完善。
(二)具体目标
1、生态空间品质提升
城乡公园体系更加完善,绿地布局更加均衡。
2、市容景观特色鲜明
街区品质更好,夜景灯光成为名片。
""")


def test_the_text_behind_a_table_is_no_row_of_it():
    _, places = fit([*ROWS, *BEHIND], COLUMNS)
    assert len(places) == len(ROWS)


def test_a_row_lacks_what_is_merged_with_the_row_above():
    _, places = fit(ROWS, COLUMNS)
    assert [p.row for p in places if p.column == 1] == [0]
    assert [p.row for p in places if p.column == 0] == [0, 1, 2, 3]


@pytest.mark.parametrize("column", [rule["id"] for rule in table("table")["column"]])
def test_every_column_has_its_points(column):
    points = table("table")["fit"]
    kind = "units" if column in UNITS else points["kinds"].get(column, column)
    assert kind in points["missing"]
    assert column == "number" or set(points["likeness"][kind]) == LOOKS


TASKS = _pieces("新建公厕 改造农贸市场 建设文化广场 疏浚河道,方便航运。 创建文明单位")
BODIES = _pieces("县住建局 县商务局 县文旅局、县教育局 县水利局 各乡镇")
FIGURES = [_pieces(row) for row in ("2 3 2 3 6", "3 2 2 1 5", "300 20 30 5 6", "1 1 1 2 3")]


@pytest.mark.parametrize("figures", FIGURES, ids="".join)
@pytest.mark.parametrize("numbers", ["12345", "一二三四五"])
@pytest.mark.parametrize("column", ["", "value", "points"])
@pytest.mark.parametrize("is_last", [False, True])
def test_a_small_figure_is_no_number_of_a_row(figures, numbers, column, is_last):
    beside = [BODIES, figures] if is_last else [figures, BODIES]
    names = ["responsible", column] if is_last else [column, "responsible"]
    words = [cell for row in zip(numbers, TASKS, *beside, strict=True) for cell in row]
    _, places = fit(words, ["number", "task", *names])
    assert [tuple(p) for p in places] == [(n // 4, n % 4) for n in range(len(words))]


def test_a_heading_across_stands_below_one_of_a_higher_level():
    words = _pieces("一、产业发展 (一)工业 1 新建园区 县工信局 (二)农业 2 发展渔业 县农业局")
    words += _pieces("二、民生保障 (一)养老 3 修缮公寓 县民政局")
    _, places = fit(words, ["number", "task", "responsible"])
    assert [p.column for p in places] == [-1, -1, 0, 1, 2, -1, 0, 1, 2, -1, -1, 0, 1, 2]


def test_a_row_begins_where_a_line_does():
    words = _pieces("新建园区 县工信局 修建码头 县交通局")
    columns = ["task", "responsible"]
    assert {p.row for p in fit(words, columns)[1]} == {0, 1}
    assert {p.row for p in fit(words, columns, [True, False, False, False])[1]} == {0}


LOOKING = {
    "deadline": "长期坚持 持续推进 每年 2025年底前 持续推进至2025年",
    "phrase": "持续推进改革 每年开展培训 全年无休服务 改造农贸市场",
    "name": "建设公园 美丽乡村",
    "figure": "3所小学 12个",
    "units": "县住建局 县农贸市场服务中心 各镇",
}


@pytest.mark.parametrize(
    ("word", "name"), [(word, name) for name, own in LOOKING.items() for word in own.split()]
)
def test_a_piece_looks_like_what_it_says(word, name):
    assert look(word) == name


def test_what_is_counted_may_be_who_is_responsible():
    words = _pieces("1 修路 街道 2 修桥 镇 3 绿化 社区")
    _, places = fit(words, ["number", "task", "responsible"])
    assert [p.column for p in places] == [0, 1, 2] * 3
