import re

import pyoxigraph as ox
import pytest

from queries.catalog import (
    Case,
    Column,
    NamedQuery,
    Parameter,
    for_people,
    named,
    names,
    read,
)
from queries.errors import QueryRejected, UnknownQuery

HEADER = """#+ title_zh: 单位
#+ title_en: Units
#+ description_zh: 第一行，
#+ description_zh: 第二行。
#+ description_en: One line
#+ description_en: and another.
"""


def test_a_header_says_all_there_is_to_know() -> None:
    text = (
        HEADER
        + '#+ param: plan iri "计划" "The plan\'s IRI" many optional\n'
        + '#+ param: until year "截至" "Until" default=2025 choices=deadlines\n'
        + '#+ param: sign string "比较" "Comparison" "one_of=<,>="\n'
        + '#+ column: name "名称" "Name" link=unit\n'
        + '#+ column: unit "单位" "Unit"\n'
        + "#+ case: plan=http://a until=2024 rows=3\n"
        + "#+ row: name=甲 unit=http://u\n"
        + '#+ row: "name=a b"\n'
        + "SELECT ?unit { VALUES ?plan { UNDEF } VALUES ?until { UNDEF } ?plan ?p ?unit }"
    )
    query = read("pages/units", text)
    assert query.name == "pages/units"
    assert (query.title_zh, query.title_en) == ("单位", "Units")
    assert query.description_zh == "第一行，第二行。"
    assert query.description_en == "One line and another."
    assert query.parameters == (
        Parameter("plan", "iri", "计划", "The plan's IRI", None, many=True, optional=True),
        Parameter("until", "year", "截至", "Until", "2025", choices="deadlines"),
        Parameter("sign", "string", "比较", "Comparison", one_of=("<", ">=")),
    )
    assert [p.is_required for p in query.parameters] == [False, False, True]
    assert query.columns == (Column("name", "名称", "Name", "unit"), Column("unit", "单位", "Unit"))
    held = ((("name", "甲"), ("unit", "http://u")), (("name", "a b"),))
    assert query.cases == (Case((("plan", "http://a"), ("until", "2024")), 3, held),)
    assert query.text == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * {}", "title_zh"),
        (HEADER.replace("title_en", "title_fr"), "x/y.rq:2"),
        (HEADER + "#+ param: plan iri", "plan iri"),
        (HEADER + '#+ param: plan text "计划" "Plan"', "iri, string"),
        (HEADER + "#+ column: unit", "column"),
        (HEADER + '#+ column: unit "单位" "Unit" shown=no', "column"),
        (HEADER + "#+ row: unit=a", "row"),
    ],
)
def test_a_faulty_header_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(QueryRejected, match=re.escape(said)):
        read("x/y", text)


def test_an_unknown_name_is_told_with_the_names_there_are() -> None:
    with pytest.raises(UnknownQuery, match="stores/graph_sizes"):
        named("stores/graph_size")


@pytest.mark.parametrize("name", names())
def test_every_named_query_is_sparql_and_has_a_place_for_each_parameter(name: str) -> None:
    query = named(name)
    results = ox.Store().query(query.text)
    if isinstance(results, ox.QuerySolutions):
        columns = [column.name for column in query.columns]
        assert sorted(columns) == sorted(variable.value for variable in results.variables)
    for parameter in query.parameters:
        place = rf"VALUES\s+\?{parameter.name}\s*\{{\s*UNDEF\s*\}}"
        assert re.search(place, query.text), parameter.name
    for case in query.cases:
        assert {key for key, _ in case.values} <= {p.name for p in query.parameters}
        assert {key for row in case.holds for key, _ in row} <= {c.name for c in query.columns}
    for column in query.columns:
        assert not column.link or column.link in {c.name for c in query.columns}


@pytest.mark.parametrize("query", for_people(), ids=lambda query: query.name)
def test_what_people_may_choose_is_listed_by_a_query(query: NamedQuery) -> None:
    for parameter in query.parameters:
        assert parameter.choices or parameter.kind != "iri" or parameter.name == "subject"
        if parameter.choices:
            columns = [column.name for column in named(f"choices/{parameter.choices}").columns]
            assert columns == ["choice", "label", "within"][: len(columns)]
