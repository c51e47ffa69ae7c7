"""Pieces of flattened tables in their rows and columns."""

import pytest

from kg_build.families import table
from kg_build.structure.columns import UNITS
from kg_build.structure.fit import fit


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
