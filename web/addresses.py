"""From IRIs to the addresses of their pages and back.

The path after `/doc/`, decoded once as HTTP does, is the rest of the IRI after `/id/`: a `%2F`
that belongs to the IRI is `%252F` in the address. Addresses under `/id/` are IRIs themselves.
"""

from urllib.parse import urlsplit

from flask import url_for
from werkzeug.urls import uri_to_iri

from ontology import BASE, ZT
from queries.answers.values import Quote

__all__ = ["iri_of", "iri_of_identifier", "page_of", "source_of", "web_link"]

_ID = BASE + "id/"
_WEB = {"http", "https"}


def page_of(iri: str) -> str | None:
    """The address of the page about a thing; None for named graphs and what must not be a link."""
    if iri.startswith(_ID + "text/"):
        return url_for("pages.text", slug=iri.removeprefix(_ID + "text/"))
    if iri.startswith(_ID + "graph/"):
        return None
    if iri.startswith(_ID):
        return url_for("pages.thing", path=iri.removeprefix(_ID))
    if iri.startswith(ZT):
        return url_for("pages.term", name=iri.removeprefix(ZT))
    if web_link(iri):
        return url_for("pages.other", iri=iri)
    return None


def iri_of(path: str) -> str:
    """The thing whose page has this decoded path after `/doc/`; no IRI has a bare space."""
    return _ID + path.replace(" ", "%20")


def iri_of_identifier(raw_path: str) -> str:
    """The IRI that was asked for by its own address, from the path as it came over the wire."""
    return _ID + uri_to_iri(raw_path).partition("/id/")[2]


def source_of(quote: Quote) -> str:
    """The address of a quote in its text, which marks it and scrolls to it."""
    return url_for(
        "pages.text",
        slug=quote.document,
        start=quote.start,
        end=quote.end,
        _anchor="e-" + quote.iri.rsplit("/", 1)[-1],
    )


def web_link(iri: str) -> str | None:
    """The IRI itself if a browser may safely follow it."""
    try:
        parts = urlsplit(iri)
    except ValueError:
        return None
    return iri if parts.scheme in _WEB and parts.netloc else None
