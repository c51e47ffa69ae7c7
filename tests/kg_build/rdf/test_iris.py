"""Names of things: readable, valid, never shared."""

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg_build.rdf import iris
from ontology import BASE

SEGMENTS = st.lists(st.text(max_size=8), min_size=1, max_size=4)


def test_chinese_letters_stay_readable():
    assert iris.local("unit", "320506", "教育局") == BASE + "id/unit/320506/教育局"


@pytest.mark.parametrize(
    ("written", "escaped"),
    [
        ("甲 乙", "甲%20乙"),
        ("a/b", "a%2Fb"),
        ("100%", "100%25"),
        ("a?b#c", "a%3Fb%23c"),
        ("〈甲〉", "〈甲〉"),
    ],
)
def test_what_an_iri_forbids_is_escaped(written, escaped):
    assert iris.local("unit", written) == BASE + "id/unit/" + escaped


@given(path=SEGMENTS)
@example(path=["\ufff0"])
@example(path=["\ue000"])
@example(path=["\u202e"])
@example(path=["\x7f\x85"])
def test_any_name_makes_an_iri_that_is_valid(path):
    minted = ox.NamedNode(iris.local(*path))
    line = ox.serialize([ox.Triple(minted, minted, minted)], format=ox.RdfFormat.N_TRIPLES)
    assert [t.subject for t in ox.parse(line, format=ox.RdfFormat.N_TRIPLES)] == [minted]


@given(one=SEGMENTS, other=SEGMENTS)
@example(one=["a/b"], other=["a", "b"])
@example(one=["a%2Fb"], other=["a/b"])
def test_different_names_make_different_iris(one, other):
    assert (iris.local(*one) == iris.local(*other)) == (one == other)


@given(one=SEGMENTS, other=SEGMENTS)
@example(one=["a", "b"], other=["ab"])
@example(one=["1", "12"], other=["11", "2"])
def test_neighbouring_values_do_not_run_together_in_a_digest(one, other):
    assert (iris.digest(*one) == iris.digest(*other)) == (one == other)


def test_ten_thousand_digests_do_not_collide():
    assert len({iris.digest("建设图书角", n) for n in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("iri", "own"),
    [
        (iris.local("plan", "甲"), True),
        (iris.local("plan", "甲", "dom_1"), True),
        (iris.local("evidence", "甲", "0123456789"), True),
        (iris.local("plan", "甲乙"), False),
        (iris.local("unit", "甲", "教育局"), False),
        (iris.local("document", "甲"), False),
    ],
)
def test_what_belongs_to_a_document_is_told_by_its_name(iri, own):
    assert f"{iri}/".startswith(iris.own("甲")) is own
