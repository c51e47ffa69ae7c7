import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.negotiation import GRAPHS, RESULTS, choose, content_type

TURTLE, TRIPLES, XML, LD = list(GRAPHS)[:4]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, TURTLE),
        ("", TURTLE),
        ("*/*", TURTLE),
        ("text/*", TURTLE),
        ("application/*", TRIPLES),
        ("text/turtle", TURTLE),
        ("TEXT/Turtle", TURTLE),
        ("text/turtle;charset=utf-8", TURTLE),
        ("text/turtle; charset=UTF-8; q=0.5, application/n-triples;q=0.4", TURTLE),
        ("application/ld+json;q=0.5,text/turtle;q=0.4", LD),
        ("application/n-triples, text/turtle;q=0.9", TRIPLES),
        ("application/n-triples;q=0.1,*/*;q=0.2", TURTLE),
        ("text/turtle;q=0, */*", TRIPLES),
        ("text/turtle;q=0, text/*", "text/xml"),
        ("application/rdf+xml, */*;q=0.1", XML),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', LD),
        ("text/html", None),
        ("text/turtle;q=0", None),
        ("*/*;q=0", None),
        ("garbage", None),
    ],
)
def test_the_best_liked_offer_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, GRAPHS) == chosen


@given(st.text(alphabet="abtexurl/*;q=0.159, \"'\\+-\x00\n儿", max_size=80))
def test_no_header_breaks_it(accept: str) -> None:
    assert choose(accept, RESULTS) in {None, *RESULTS}


def test_text_says_its_encoding() -> None:
    assert content_type("text/csv") == "text/csv; charset=utf-8"
    assert content_type("application/ld+json") == "application/ld+json"
