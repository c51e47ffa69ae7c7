from collections.abc import Sequence

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.binding import bind
from queries.catalog import NamedQuery, Parameter, read
from queries.errors import BadParameter

XSD = "http://www.w3.org/2001/XMLSchema#"


def query(parameter: str) -> NamedQuery:
    return read(
        "test/query",
        "#+ title_zh: 甲\n#+ title_en: a\n#+ description_zh: 甲\n#+ description_en: a\n"
        f'#+ param: x {parameter.partition(" ")[0]} "甲" "a" {parameter.partition(" ")[2]}\n'
        "SELECT ?x { { VALUES ?x { UNDEF } } UNION { VALUES  ?x  {UNDEF} } }",
    )


def bound(text: str) -> list[object]:
    """The values that the text binds, as its parser sees them."""
    solutions = ox.Store().query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    found = [row["x"] for row in solutions]
    half = len(found) // 2
    assert found[:half] == found[half:]
    return found[:half]


HOSTILE = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="\"'\\<>{}|^`\n\r\t u0041?$@#;.:/%儿\x00\x7f\u202e", max_size=30),
    st.sampled_from([
        '"} SELECT * {?s ?p ?o} #',
        "x> } ; DROP ALL #",
        "http://a/b> <http://c",
        "\\u003E",
        "'''",
        '"""',
        "a\\",
        "http://a/{b}",
        "http://a/b c",
        "\ud800",
        "javascript:alert(1)",
        "?s",
        "_:b",
        "http://[",
        "http://a/%zz",
        "http://a/\u202ex",
    ]),
)


@given(value=HOSTILE)
def test_a_string_arrives_as_it_is_or_is_refused(value: str) -> None:
    try:
        text = bind(query("string"), {"x": value})
    except BadParameter:
        assert any("\ud800" <= letter <= "\udfff" for letter in value)
        return
    assert bound(text) == [ox.Literal(value)]


@given(value=st.one_of(HOSTILE, HOSTILE.map("http://example.org/".__add__)))
def test_an_iri_arrives_as_it_is_or_is_refused(value: str) -> None:
    try:
        text = bind(query("iri"), {"x": value})
    except BadParameter:
        return
    assert bound(text) == [ox.NamedNode(value)]
    assert not set(value) & set(' <>"{}|^`\\\n\r\t')


@pytest.mark.parametrize("kind", ["integer", "decimal", "year", "date"])
@given(value=HOSTILE)
def test_numbers_and_dates_take_nothing_else(kind: str, value: str) -> None:
    with pytest.raises(BadParameter, match=kind):
        bind(query(kind), {"x": value + "x"})


@pytest.mark.parametrize(
    ("kind", "value", "datatype"),
    [
        ("integer", "-12", "integer"),
        ("decimal", "2.50", "decimal"),
        ("decimal", ".5", "decimal"),
        ("year", "2025", "gYear"),
        ("date", "2024-02-29", "date"),
    ],
)
def test_values_carry_their_datatype(kind: str, value: str, datatype: str) -> None:
    text = bind(query(kind), {"x": value})
    assert str(ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))) in text
    assert len(bound(text)) == 1


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1.5"),
        ("integer", "１２"),
        ("integer", ""),
        ("decimal", "1e3"),
        ("decimal", "NaN"),
        ("decimal", "."),
        ("year", "21"),
        ("date", "2023-02-29"),
        ("date", "2023-13-01"),
        ("iri", "吴中"),
        ("iri", ""),
    ],
)
def test_values_that_look_nearly_right_are_refused(kind: str, value: str) -> None:
    with pytest.raises(BadParameter, match=r"test/query，甲 a \(x\)"):
        bind(query(kind), {"x": value})


@pytest.mark.parametrize(
    ("parameter", "values", "expected"),
    [
        ("string many", {"x": ["a", "b"]}, ["a", "b"]),
        ("string many", {"x": "a"}, ["a"]),
        ("string many", {"x": []}, []),
        ("string default=c", {}, ["c"]),
        ("string default=c optional", {}, ["c"]),
        ("string default=c", {"x": "d"}, ["d"]),
        ("string optional", {}, [None]),
    ],
)
def test_parameters_take_as_many_values_as_they_say(
    parameter: str, values: dict[str, str | Sequence[str]], expected: list[str | None]
) -> None:
    found = bound(bind(query(parameter), values))
    assert found == [value and ox.Literal(value) for value in expected]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "missing"),
        ({"x": ["a", "b"]}, "one value"),
        ({"x": []}, "one value"),
        ({"y": "a"}, "'y'"),
    ],
)
def test_what_does_not_fit_the_parameters_is_refused(
    values: dict[str, str | Sequence[str]], said: str
) -> None:
    with pytest.raises(BadParameter, match=said):
        bind(query("string"), values)


def test_parameters_without_a_place_leave_the_text_alone() -> None:
    plain = query("string")
    other = Parameter("xy", "string", "乙", "b")
    changed = NamedQuery(
        plain.name, "乙", "b", "乙", "b", (other,), (), (), "SELECT ?x { VALUES ?x { UNDEF } }"
    )
    assert bind(changed, {"xy": "v"}) == changed.text
