"""A question about a place is not answered with plans that are for none."""

import pyoxigraph as ox
import pytest

from queries.binding import bind
from queries.catalog import named

PLANS = """
@prefix zt: <https://zhengtu.example/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@base <https://zhengtu.example/id/> .
<place/310101> skos:broader <place/310000> .
<plan/city> a zt:Plan ; rdfs:label "某市规划"@zh ; zt:forPlace <place/310101> ; zt:evidence <e/1> .
<plan/nation> a zt:Plan ; rdfs:label "某行业规划"@zh ; zt:evidence <e/2> .
<e/1> zt:supports dcterms:title ; oa:hasSource <text/1> ; oa:hasSelector <e/1/p> , <e/1/q> .
<e/2> zt:supports dcterms:title ; oa:hasSource <text/2> ; oa:hasSelector <e/2/p> , <e/2/q> .
<e/1/p> oa:start 0 ; oa:end 4 . <e/1/q> oa:exact "某市规划" .
<e/2/p> oa:start 0 ; oa:end 5 . <e/2/q> oa:exact "某行业规划" .
"""


@pytest.mark.parametrize(
    ("place", "expected"),
    [(["https://zhengtu.example/id/place/310000"], ["某市规划"]), ([], ["某市规划", "某行业规划"])],
)
def test_plans_of_a_place(place, expected):
    store = ox.Store()
    store.load(PLANS.encode(), ox.RdfFormat.TURTLE)
    rows = store.query(bind(named("competency/plans"), {"place": place} if place else {}))
    assert sorted(row["plan_title"].value for row in rows) == expected
