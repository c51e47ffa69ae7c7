"""The table in which people decide on links: read as spreadsheets write it, each fault named."""

import csv
import io
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.errors import UnreadableSource
from kg_build.links import Correction, Review
from kg_build.readers.review import COLUMNS, FILE, corrections_for, reviewed, rows_of

_GOOD = {
    "plan": "甲",
    "indicator": "森林覆盖率",
    "code": "FYP14/18",
    "decision": "相同",
    "reviewer": "张三",
}


def _text(*rows: dict[str, str], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([f"{name} {zh}" for name, zh in COLUMNS.items()])
    writer.writerows([row.get(name, "") for name in COLUMNS] for row in rows)
    return out.getvalue()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / FILE


def _write(table: Path, content: bytes) -> None:
    """Writes a table of another time than any before, as a person would."""
    table.write_bytes(content)
    status = table.stat()
    os.utime(table, ns=(status.st_atime_ns, status.st_mtime_ns + hash(content) % 10**9))


def test_without_a_table_nobody_decided_anything(table: Path) -> None:
    assert reviewed(table).corrections == ()
    assert reviewed(table).faults == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_as_spreadsheets_write_it(
    table: Path, encoding: str, delimiter: str
) -> None:
    _write(table, _text(_GOOD | {"date": "2026/3/1"}, delimiter=delimiter).encode(encoding))
    found = reviewed(table)
    assert found.faults == ()
    review = Review("张三", date(2026, 3, 1))
    assert found.corrections == (
        Correction(2, "甲", "森林覆盖率", "FYP14/18", "exactMatch", review),
    )


@pytest.mark.parametrize(
    ("said", "strength"),
    [
        ("exactMatch", "exactMatch"),
        ("EXACTMATCH", "exactMatch"),
        ("相近", "closeMatch"),
        ("更窄", "narrowMatch"),
        ("上位", "broadMatch"),
        ("related", "relatedMatch"),
        ("不对应", "noMatch"),
        ("not", "noMatch"),
    ],
)
def test_a_decision_may_be_said_in_several_ways(table: Path, said: str, strength: str) -> None:
    _write(table, _text(_GOOD | {"decision": said}).encode())
    assert [c.strength for c in reviewed(table).corrections] == [strength]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"decision": "也许"}, ("不认识的决定", "也许", "noMatch")),
        ({"reviewer": ""}, ("没有核对人", "reviewer")),
        ({"code": ""}, ("没有代码", "code")),
        ({"indicator": ""}, ("没有指标", "indicator")),
        ({"date": "昨天"}, ("日期", "昨天", "2026-11-22")),
        ({"date": "2026-13-40"}, ("日期", "2026-13-40")),
        ({"decision": "not"}, ("第 2 行", "row 2")),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_others_count(
    table: Path, row: dict[str, str], words: tuple[str, ...]
) -> None:
    other = _GOOD | {"indicator": "城镇化率", "code": "FYP14/03"}
    _write(table, _text(_GOOD, {}, _GOOD | row, other).encode())
    found = reviewed(table)
    assert [c.row for c in found.corrections] == [2, 5]
    assert len(found.faults) == 1
    for word in (str(table), "第 4 行", *words):
        assert word in found.faults[0]


def test_a_row_without_a_decision_says_nothing(table: Path) -> None:
    _write(table, _text(_GOOD | {"decision": "", "note": "待查"}).encode())
    assert reviewed(table) == reviewed(table.with_name("none.csv"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("计划,指标\n甲,乙\n".encode(), "表头缺少"),
        (b"", "表头缺少"),
        (b"PK\x03\x04" + bytes(range(256)) * 8, FILE),
    ],
    ids=["other columns", "empty", "a workbook"],
)
def test_what_is_no_such_table_is_said_once(table: Path, content: bytes, words: str) -> None:
    _write(table, content)
    found = reviewed(table)
    assert found.corrections == ()
    assert len(found.faults) == 1
    assert words in found.faults[0]


def test_a_cell_that_was_guarded_from_running_is_read_without_its_guard(table: Path) -> None:
    _write(table, _text(_GOOD | {"indicator": "'+5"}).encode())
    assert reviewed(table).corrections[0].indicator == "+5"


def test_decisions_are_for_the_plans_of_one_document(table: Path) -> None:
    plans = ("甲", "甲/plan_2", "甲乙", "乙")
    _write(table, _text(*(_GOOD | {"plan": plan} for plan in plans)).encode())
    found = corrections_for(table.with_name("甲.txt"))
    assert [c.plan for c in found] == ["甲", "甲/plan_2"]


@given(st.text(alphabet=",;\t\n\r\"'相同exactplan indicator code decision0甲", max_size=80))
def test_any_text_is_a_table_or_is_refused(tmp_path_factory: pytest.TempPathFactory, text: str):
    table = tmp_path_factory.mktemp("any") / FILE
    table.write_bytes(text.encode())
    try:
        rows = list(rows_of(table))
    except UnreadableSource:
        return
    assert all(set(row) == set(COLUMNS) for _, row in rows)
