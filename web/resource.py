"""Identifiers: `/id/…` leads to the page or to RDF, by the Accept header (303)."""

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from ontology import BASE, ZT
from queries.stores.port import Store
from web.addresses import iri_of_identifier, page_of
from web.negotiation import choose

__all__ = ["blueprint"]

_SUFFIX = {"text/html": "", "text/turtle": ".ttl", "application/json": ".json"}


def blueprint(store: Store) -> Blueprint:
    """The identifiers of things."""
    resource = Blueprint("resource", __name__)

    @resource.get("/id/<path:path>")
    def identifier(path: str) -> Response:
        raw = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or ""
        raw = raw.partition("?")[0]
        return _see(iri_of_identifier(raw if "/id/" in raw else request.path))

    @resource.get("/ontology")
    def ontology() -> Response:
        return _see(ZT.rstrip("#"))

    return resource
