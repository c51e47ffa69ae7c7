"""Many plans that differ, made up in earnest places: no two say the same."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from ontology import concepts

_FIELDS = ("阅读推广", "河道治理", "养老服务", "公园建设", "学校食堂", "就业培训", "公交出行")
_BODIES = ("文旅局", "教育局", "民政局", "住建局", "财政局", "卫健局", "水务局", "公安局", "团委")
_PLAN = """{place}便民行动计划（2023—2025年）

一、总体目标

到2025年，建成社区服务点{points}个。

二、重点任务

{fields}三、保障措施

（一）加强领导。各部门分工协作。

{place}人民政府
2023年3月{day}日
"""
_FIELD = """（{number}）{field}

1．办好{field}示范点。到{year}年底，新建{field}示范点{count}个。（牵头单位：县{lead}，配合单位：县{other}）

2．开展{field}志愿活动。每年举办活动{times}场。（县{third}负责）

"""


def _plan(place: str, seed: int) -> str:
    chance = random.Random(seed)
    fields = [
        _field(number, field, chance)
        for number, field in zip("一二", chance.sample(_FIELDS, 2), strict=True)
    ]
    return _PLAN.format(
        place=place, points=20 + seed % 50, day=1 + seed % 28, fields="".join(fields)
    )


def _field(number: str, field: str, chance: random.Random) -> str:
    lead, other, third = chance.sample(_BODIES, 3)
    return _FIELD.format(
        number=number,
        field=field,
        lead=lead,
        other=other,
        third=third,
        year=chance.randint(2023, 2025),
        count=chance.randint(2, 90),
        times=chance.randint(2, 12),
    )


@pytest.fixture(scope="session")
def write_plans() -> Callable[[Path, int], Path]:
    """Fills a folder with so many plans, each of another county."""
    counties = [c.label_zh for c in concepts("place") if c.label_zh.endswith("县")]

    def write(folder: Path, count: int) -> Path:
        folder.mkdir(parents=True)
        for n in range(count):
            text = _plan(counties[n], n)
            (folder / f"plan{n:04}.txt").write_text(text, encoding="utf-8")
        return folder

    return write
