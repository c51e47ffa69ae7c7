"""From an Accept header to a media type; the one table of media types.

Each table maps what is offered to the name by which stores know it. Its order decides between
types that the client likes equally.
"""

from collections.abc import Iterable

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

__all__ = ["GRAPHS", "RESULTS", "choose", "content_type"]

RESULTS = {
    "application/sparql-results+json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
GRAPHS = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "application/rdf+xml": "application/rdf+xml",
    "application/ld+json": "application/ld+json",
    "application/x-turtle": "text/turtle",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "application/json": "application/ld+json",
}


def choose(accept: str | None, offers: Iterable[str]) -> str | None:
    """The offer that an Accept header likes best; `None` where it accepts none of them.

    No header accepts anything. A range's parameters other than its weight are not looked at:
    everything here is UTF-8.

    Source: RFC 9110 §12.5.1
    """
    offers = list(offers)
    if accept is None or not accept.strip():
        return offers[0]
    ranges = parse_accept_header(accept, MIMEAccept)
    bare = MIMEAccept([(value.partition(";")[0].strip(), weight) for value, weight in ranges])
    return bare.best_match(offers)


def content_type(media_type: str) -> str:
    """The Content-Type header of a document in UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
