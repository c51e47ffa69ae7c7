import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.lexing import query_form, words


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("  # ASK\nPREFIX select: <http://ask/>\nask{}", "ASK"),
        ('BASE <http://a/CONSTRUCT#x> DESCRIBE <x> # "', "DESCRIBE"),
        ("CONSTRUCT WHERE {?select ?p 'ASK'}", "CONSTRUCT"),
        ("PREFIX a: <http://a/> INSERT DATA {a:b a:c 1}", "INSERT"),
        ("with <http://g> delete {?s ?p ?o} where {?s ?p ?o}", "WITH"),
        ("hello", None),
        ("", None),
    ],
)
def test_the_form_is_the_first_keyword_outside_names_and_comments(
    query: str, form: str | None
) -> None:
    assert query_form(query) == form


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {?service <http://service/SERVICE> 'SERVICE', \"SERVICE\"@SERVICE}",
        "SELECT * {?s service:x ex:service, ex:a.service, _:service} # SERVICE",
        'SELECT * {?s ?p """SERVICE " "" SERVICE""", \'\'\'SERVICE\'\'\'}',
        'SELECT * {?s ?p "a\\" SERVICE"}',
    ],
)
def test_names_and_strings_hold_no_keyword(query: str) -> None:
    assert not any("SERVICE" in word.text for word in words(query))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {SERVICE <http://x/> {}}",
        "SELECT * {sErViCe ?g {}}",
        "SELECT * {?s ?p trueSERVICE <http://x/>{}}",
        "SELECT * {?s ?p 1.0e1SERVICE <http://x/>{}}",
        "SELECT * {BIND(1 AS ?x)SERVICE<http://x/>{}}",
        "SELECT * {FILTER(?a <1)SERVICE<http://x/>{}}",
        "SELECT * {?s ?p '' SERVICE <http://x/>{} }",
        "SELECT * {?s ?p <http://x/>SERVICE <http://x/>{}}",
        "# '\nSELECT * {SERVICE <http://x/> {}}",
    ],
)
def test_a_call_to_another_server_is_seen_however_it_is_written(query: str) -> None:
    assert any("SERVICE" in word.text for word in words(query))


def test_a_long_string_left_open_is_told() -> None:
    found = [word.text for word in words('VALUES ?x {"""a"} SERVICE')]
    assert found[-1] == '"""'


@given(st.text(alphabet="\"'\\\n<>#:.{}aS@?1e ", max_size=300))
def test_depth_never_depends_on_what_stands_before(text: str) -> None:
    found = list(words(text))
    opened = sum(word.text == "{" for word in found) - sum(word.text == "}" for word in found)
    assert [word.start for word in found] == sorted(word.start for word in found)
    if found:
        assert found[-1].depth + (found[-1].text == "{") == opened


@pytest.mark.parametrize(
    "piece",
    ["a.", '"', "'", '\\"""\n', "<a", "a:", "{", "'''\\", "@a-", "_:", "1e", ".1", "#", "\\", '""'],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    text = piece * (65_536 // len(piece))
    start = time.perf_counter()
    for _ in words(text):
        pass
    for _ in words('"""' + text):
        pass
    assert time.perf_counter() - start < 1
