"""The W3C reconciliation API 0.2 at `/reconcile`: lists of names matched with things of the graph.

Every address may be read by any web page (CORS). What is refused is a problem document (RFC 9457)
that names the query and what is wrong with it.

Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from werkzeug.exceptions import BadRequest, HTTPException

from ontology import BASE, ZT
from queries.matching import Candidate, Entity, Matcher, Wanted
from web.batches import LARGEST_BODY, MOST, read_extension, read_queries
from web.presentation import name, text
from web.problems import ANYONE, problem
from web.translations import texts

__all__ = ["blueprint"]

_DEFAULT_TYPES = (
    "Unit",
    "Indicator",
    "NationalIndicator",
    "Topic",
    "Place",
    "Function",
    "Plan",
    "Action",
)
_SUGGESTED = 20
_PREVIEW = (430, 300)  # pixels


def blueprint(matcher: Matcher) -> Blueprint:
    """All addresses of the service; names are read with the first request."""
    reconciliation = Blueprint("reconciliation", __name__)
    _add_service(reconciliation, matcher)
    _add_suggestions(reconciliation, matcher)

    @reconciliation.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        return problem(error.code or 500, error.description or "", dict(error.get_headers()))

    @reconciliation.after_request
    def shared(response: Response) -> Response:
        response.headers.update(ANYONE)
        return response

    return reconciliation


def _add_service(reconciliation: Blueprint, matcher: Matcher) -> None:
    @reconciliation.route("/reconcile", methods=["GET", "POST"], strict_slashes=False)
    def service() -> Response:
        request.max_content_length = request.max_form_memory_size = LARGEST_BODY
        given = request.form if request.method == "POST" else request.args
        if "queries" in given:
            return jsonify(_matched(matcher, given["queries"]))
        if "extend" in given:
            return jsonify(_extended(matcher, given["extend"]))
        if request.method == "POST":
            raise BadRequest("缺少 queries 或 extend the form has neither queries nor extend")
        return jsonify(_manifest(matcher))

    @reconciliation.get("/reconcile/extend")
    def proposals() -> Response:
        """The properties that things of a type can be extended with."""
        wanted = request.args.get("type", "")
        kind = wanted.removeprefix(ZT)
        proposed = [_property(p) for p in matcher.names.properties_of(kind)]
        limit = request.args.get("limit", type=int)
        return jsonify({"type": wanted, "properties": proposed[:limit]})

    @reconciliation.get("/reconcile/preview")
    def preview() -> Response:
        entity = matcher.names.entities.get(request.args.get("id", "")) or abort(404)
        page = render_template(
            "preview.html",
            entity=entity,
            kinds=[_type(matcher, kind)["name"] for kind in entity.kinds],
            facts=[(_property(p)["name"], _values(matcher, entity, p)) for p in entity.properties],
        )
        framed = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors *"
        return Response(page, headers={"Content-Security-Policy": framed})


def _add_suggestions(reconciliation: Blueprint, matcher: Matcher) -> None:
    @reconciliation.get("/reconcile/suggest/entity")
    def entities() -> Response:
        prefix = request.args.get("prefix", "").strip()
        found = matcher.names.having(prefix) if prefix else []
        return _suggested([
            {
                "id": it.entity.iri,
                "name": name(it.entity.ref),
                "description": _description(matcher, it.entity),
                "notable": [_type(matcher, kind) for kind in it.entity.kinds],
            }
            for it in _page(found)
        ])

    @reconciliation.get("/reconcile/suggest/type")
    def types() -> Response:
        return _suggested(_page(_containing([_type(matcher, k) for k in matcher.names.kinds])))

    @reconciliation.get("/reconcile/suggest/property")
    def properties() -> Response:
        known = matcher.names.properties_of("")
        return _suggested(_page(_containing([_property(p) for p in known])))


def _manifest(matcher: Matcher) -> dict[str, Any]:
    def at(what: str) -> dict[str, str]:
        path = url_for(f"reconciliation.{what}")
        return {"service_url": request.host_url.rstrip("/"), "service_path": path}

    width, height = _PREVIEW
    return {
        "versions": ["0.1", "0.2"],
        "name": f"{texts('zh')['site.name']} {texts('en')['site.name']}",
        "identifierSpace": BASE + "id/",
        "schemaSpace": ZT,
        "documentation": url_for("pages.about", _external=True),
        "logo": url_for("static", filename="icon.svg", _external=True),
        "defaultTypes": [_type(matcher, k) for k in _DEFAULT_TYPES if k in matcher.names.kinds],
        "view": {"url": url_for("pages.other", _external=True) + "?iri={{id}}"},
        "preview": {
            "url": url_for("reconciliation.preview", _external=True) + "?id={{id}}",
            "width": width,
            "height": height,
        },
        "suggest": {"entity": at("entities"), "type": at("types"), "property": at("properties")},
        "extend": {"propose_properties": at("proposals"), "property_settings": []},
        "batchSize": MOST,
    }


def _matched(matcher: Matcher, sent: str) -> dict[str, Any]:
    names = matcher.names
    queries = read_queries(sent, types=names.kinds, properties=names.properties_of(""))
    return {key: {"result": _result(matcher, wanted)} for key, wanted in queries.items()}


def _result(matcher: Matcher, wanted: Wanted) -> list[dict[str, Any]]:
    return [_candidate(matcher, candidate) for candidate in matcher.match(wanted)]


def _candidate(matcher: Matcher, candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.entity.iri,
        "name": name(candidate.entity.ref),
        "description": _description(matcher, candidate.entity),
        "type": [_type(matcher, kind) for kind in candidate.entity.kinds],
        "score": candidate.score,
        "match": candidate.match,
        "features": [{"id": key, "value": value} for key, value in candidate.features.items()],
    }


def _extended(matcher: Matcher, sent: str) -> dict[str, Any]:
    iris, wanted = read_extension(sent, properties=matcher.names.properties_of(""))
    entities = matcher.names.entities
    return {
        "meta": [_property(p) for p in wanted],
        "rows": {
            iri: {p: _values(matcher, entities[iri], p) if iri in entities else [] for p in wanted}
            for iri in iris
        },
    }


def _values(matcher: Matcher, entity: Entity, wanted: str) -> list[dict[str, str]]:
    """The values of a property, things with their names."""
    found = []
    for value in entity.properties.get(wanted, ()):
        other = matcher.names.entities.get(value)
        found.append({"id": value, "name": name(other.ref)} if other else {"str": value})
    return found


def _description(matcher: Matcher, entity: Entity) -> str:
    """What tells a thing from its namesakes: its class, place, vocabulary and code."""
    said = [_type(matcher, kind)["name"] for kind in entity.kinds]
    for wanted in ("place", "plan", "source", "broader", "code"):
        said += [value.get("name") or value["str"] for value in _values(matcher, entity, wanted)]
    return " · ".join(dict.fromkeys(said))


def _type(matcher: Matcher, kind: str) -> dict[str, str]:
    return {"id": kind, "name": name(matcher.names.kinds[kind])}


def _property(wanted: str) -> dict[str, str]:
    return {"id": wanted, "name": text(f"property.{wanted}")}


def _containing(known: list[dict[str, str]]) -> list[dict[str, str]]:
    """Those whose id or name has the text sought, those that begin with it first."""
    sought = request.args.get("prefix", "").strip().casefold()
    found = [it for it in known if any(sought in value.casefold() for value in it.values())]
    return sorted(found, key=lambda it: not _begins(it, sought))


def _begins(it: dict[str, str], sought: str) -> bool:
    return any(value.casefold().startswith(sought) for value in it.values())


def _page(found: list[Any]) -> list[Any]:
    skipped = request.args.get("cursor", "0")
    if not skipped.isdecimal() or len(skipped) > 9:
        raise BadRequest("cursor 应为自然数 cursor should be a natural number")
    return found[int(skipped) : int(skipped) + _SUGGESTED]


def _suggested(found: list[Any]) -> Response:
    return jsonify({"result": found})
