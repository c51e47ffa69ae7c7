"""Identifiers: `/id/…` and `/ontology` lead to a page or to RDF, by the Accept header (303)."""

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from ontology import BASE
from web.addresses import iri_of_identifier
from web.api import RDF_SUFFIXES
from web.negotiation import choose

__all__ = ["blueprint"]

_HTML, _JSON = "text/html", "application/json"
_OFFERED = (_HTML, *RDF_SUFFIXES.values(), _JSON)
_SUFFIX = {_HTML: "", _JSON: ".json", **{v: f".{k}" for k, v in RDF_SUFFIXES.items()}}


def blueprint() -> Blueprint:
    """The identifiers of things and of the ontology."""
    resource = Blueprint("resource", __name__)

    @resource.get("/id/<path:path>")
    def identifier(path: str) -> Response:
        iri = iri_of_identifier(_raw_path() or request.path)
        page = url_for("pages.thing", path=iri.removeprefix(BASE + "id/"))
        return _see(page + _SUFFIX[_wanted()])

    @resource.get("/ontology")
    def ontology() -> Response:
        if _wanted() == _HTML:
            return _see(url_for("pages.named_query", name="browse/terms"))
        return _see(url_for("api.ontology"))

    return resource


def _wanted() -> str:
    wanted = choose(request.headers.get("Accept", ""), _OFFERED)
    return wanted or abort(406)


def _raw_path() -> str:
    """The path as it came over the wire, where the server tells: a `%2F` in it is no slash."""
    raw = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or ""
    path = str(raw).partition("?")[0]
    return path if "/id/" in path else ""


def _see(address: str) -> Response:
    response = redirect(address, 303)
    response.vary.add("Accept")
    return response
