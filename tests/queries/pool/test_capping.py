import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.pool.capping import cut, limited

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"

VALUE = st.text(alphabet=st.sampled_from('ab,"\n\r\t<result>{}[]&儿'), max_size=8)


def document(values: list[str], media_type: str) -> bytes:
    """What the store writes for rows with these values, in this order."""
    rows = " ".join(f"({n} {ox.Literal(value)})" for n, value in enumerate(values))
    solutions = ox.Store().query(f"SELECT ?n ?v {{ VALUES (?n ?v) {{ {rows} }} }} ORDER BY ?n")
    assert isinstance(solutions, ox.QuerySolutions)
    body = solutions.serialize(format=ox.QueryResultsFormat.from_media_type(media_type))
    assert body is not None
    return body


def rows_of(body: bytes, media_type: str) -> list[str]:
    """The second column, read back by readers that are not ours."""
    if media_type == JSON:
        return [row["v"]["value"] for row in json.loads(body)["results"]["bindings"]]
    if media_type == XML:
        names = {"r": "http://www.w3.org/2005/sparql-results#"}
        found = ElementTree.fromstring(body.replace(b"\r", b"&#13;"))
        return [
            node.text or "" for node in found.findall(".//r:binding[@name='v']/r:literal", names)
        ]
    if media_type == CSV:
        return [row[1] for row in csv.reader(io.StringIO(body.decode(), newline=""))][1:]
    parsed = ox.parse_query_results(body, format=ox.QueryResultsFormat.TSV)
    assert isinstance(parsed, ox.QuerySolutions)
    return [row["v"].value for row in parsed]


@pytest.mark.parametrize("media_type", [JSON, XML, CSV, TSV])
@given(values=st.lists(VALUE, max_size=8), rows=st.integers(0, 9))
def test_the_first_rows_stay_and_more_is_told(
    values: list[str], rows: int, media_type: str
) -> None:
    body, truncated = cut(document(values, media_type), media_type, rows)
    assert truncated == (len(values) > rows)
    assert rows_of(body, media_type) == values[:rows]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT * { VALUES ?x {1 2 3 4} }", 3),
        ("SELECT * { VALUES ?x {1 2 3 4} } LIMIT 2", 2),
        ("SELECT * { VALUES ?x {1 2 3 4} } LIMIT 99999999999999999999999", 3),
        ("SELECT * { VALUES ?x {1 2 3 4} } LIMIT # 1\n 4 OFFSET 1", 3),
        ("SELECT * { VALUES ?x {1 2 3 4} } OFFSET 3", 1),
        ("SELECT * { {SELECT * { VALUES ?x {1 2 3 4} } LIMIT 1} } # end", 1),
        ("SELECT * { VALUES ?x {1 2 3 4} } VALUES ?y {1 2}", 3),
        ("SELECT (COUNT(*) AS ?limit) { VALUES ?x {1 2 3 4} } GROUP BY ?x HAVING(true)", 3),
        ("PREFIX limit: <http://l/> SELECT ?x { VALUES ?x {1 2} } ORDER BY ?x", 2),
    ],
)
def test_a_query_gives_one_row_more_than_the_limit_at_most(query: str, rows: int) -> None:
    solutions = ox.Store().query(limited(query, 2))
    assert isinstance(solutions, ox.QuerySolutions)
    assert len(list(solutions)) == rows


@pytest.mark.parametrize("query", ["ASK {}", "CONSTRUCT WHERE {?s ?p ?o}", "DESCRIBE <http://a>"])
def test_other_forms_stay_as_they_are(query: str) -> None:
    assert limited(query, 2) == query
