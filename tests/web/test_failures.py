"""Odd requests: each gets an answer that says what is wrong, none breaks the site."""

from html import unescape
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from web.translations import texts

BAD = [
    ("/nothing", 404),
    ("/doc/nothing", 404),
    ("/doc/plan/nothing/text", 404),
    ("/doc/plan/jixiang/nothing", 404),
    ("/doc/plan/../../etc/passwd", 404),
    ("/doc/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404),
    ("/doc/plan/jixiang/text?start=x&end=3", 400),
    ("/doc/plan/jixiang/text?start=1", 400),
    ("/doc/plan/jixiang/text?start=²&end=³", 400),
    ("/doc/plan/a b", 400),
    ("/doc/%00", 400),
    ("/thing", 400),
    ("/thing?iri=a b", 400),
    ("/thing?iri=javascript:alert(1)", 404),
    ("/ontology/Nothing", 404),
    ("/query/nothing", 404),
    ("/query/pages/nothing", 404),
    ("/plans?page=0", 404),
    ("/plans?page=99999999999999999999", 404),
    ("/plans?page=x", 404),
    ("/query/pages/targets?of=a b", 400),
    (f"/ask?q={'问' * 501}", 413),
    ("/doc/%FF%FE", 400),
    ("/static/nothing.js", 404),
    ("/static/../pages.py", 404),
]


@pytest.mark.parametrize(("path", "status"), BAD)
def test_odd_requests_get_a_page_in_both_languages(client, path, status):
    response = client.get(path)
    shown = response.get_data(as_text=True)
    assert response.status_code in {status, 404}
    assert response.status_code < 500
    for language in ("zh", "en"):
        assert texts(language)[f"failure.{response.status_code}"] in unescape(shown)
    assert "Traceback" not in shown
    assert response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_are_only_read(client, method):
    response = client.open("/doc/plan/jixiang", method=method)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "/%2F/evil.example"])
def test_no_address_redirects_to_another_host(client, path):
    response = client.get(path)
    location = response.headers.get("Location", "/")
    assert urlsplit(location).netloc in {"", "localhost"}
    assert not location.startswith(("//", "/\\"))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(max_size=40),
    st.sampled_from([
        "/doc/",
        "/ask?q=",
        "/thing?iri=",
        "/units?q=",
        "/id/",
        "/query/",
        "/ontology/",
    ]),
)
def test_no_address_breaks_the_site(client, tail, stem):
    response = client.get(stem + quote(tail.encode("utf-8", "surrogatepass"), safe=""))
    assert response.status_code < 500
