"""Data: the same answers as the pages, as JSON, Turtle and CSV."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from ontology import BASE, ZT
from queries import answers
from queries.answers import Listing
from queries.answers.choices import Choices
from queries.binding import bind
from queries.catalog import named
from queries.mappings import ADDRESS, mapping_set
from queries.stores.port import Store
from web import catalogue, openapi
from web.addresses import iri_of, page_of
from web.asked import Asked, Asking, answer_asked
from web.competency import Examination
from web.pages import LISTS, chosen_span
from web.presentation import language, name, text
from web.spreadsheets import as_csv, sheet

__all__ = ["RDF_SUFFIXES", "blueprint"]

RDF_SUFFIXES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
_RDF_SUFFIX = f"<any({','.join(RDF_SUFFIXES)}):suffix>"


def blueprint(
    store: Store, bounded: Store, asking: Asking, choices: Choices, examination: Examination
) -> Blueprint:
    """All data addresses over a store; `bounded` answers the named queries."""
    api = Blueprint("api", __name__)
    _add_questions(api, store, asking)
    _add_things(api, store)
    _add_tables(api, store)
    catalogue.add_data(api, bounded, choices)
    openapi.add_data(api, choices)
    examination.add_data(api)
    return api


def _add_questions(api: Blueprint, store: Store, asking: Asking) -> None:
    def answered() -> Asked:
        # Without `lang` the question's own language, whatever the reader's.
        chosen = language() if "lang" in request.args else None
        return answer_asked(asking, chosen) or abort(400)

    @api.get("/api/ask")
    def ask() -> Response:
        return jsonify(answered().as_json())

    @api.get("/api/ask.csv")
    def ask_csv() -> Response:
        answer = answered().as_json()
        if not answer["understood"]:
            return Response(answer["message"] + "\n", 422, content_type="text/plain; charset=utf-8")
        titles = [text(f"ask.{name}") for name in ("evidence", "document", "start", "end")]
        return sheet([*answer["columns"], *titles], _with_sentences(answer), "answer")

    @api.get("/api/ask/choices")
    def ask_choices() -> Response:
        return jsonify(answered().choices())

    @api.get("/api/home")
    def home() -> Response:
        return jsonify(answers.home(store))

    @api.get("/api/neighbourhood")
    def neighbourhood() -> Response:
        iri = request.args.get("iri", "")
        answer = answers.neighbourhood(store, iri)
        return jsonify({
            "iri": iri,
            "label": name(answer.ref),
            "kind": answer.kind,
            "page": page_of(iri),
            "total": answer.total,
            "neighbours": [
                {
                    "iri": neighbour.ref.iri,
                    "label": name(neighbour.ref),
                    "kind": neighbour.kind,
                    "page": page_of(neighbour.ref.iri),
                    "relation": name(neighbour.relation),
                    "direction": neighbour.direction,
                }
                for neighbour in answer.neighbours
            ],
        })


def _add_things(api: Blueprint, store: Store) -> None:
    @api.get("/doc/<path:path>.json")
    def thing(path: str) -> Response:
        return _json(answers.about(store, iri_of(path), request.args.get("at", "")))

    @api.get(f"/doc/<path:path>.{_RDF_SUFFIX}")
    def thing_rdf(path: str, suffix: str) -> Response:
        return _rdf(store, iri_of(path), suffix)

    @api.get("/doc/plan/<slug>/text.json")
    def text(slug: str) -> Response:
        return _json(answers.text(store, slug, chosen_span()))

    @api.get("/ontology/<name>.json")
    def term(name: str) -> Response:
        return _json(answers.about(store, ZT + name))

    @api.get(f"/ontology/<name>.{_RDF_SUFFIX}")
    def term_rdf(name: str, suffix: str) -> Response:
        return _rdf(store, ZT + name, suffix)

    @api.get("/ontology.ttl")
    def ontology() -> Response:
        query = bind(named("pages/graph"), {"graph": BASE + "id/graph/ontology"})
        turtle = RDF_SUFFIXES["ttl"]
        return Response(store.answer(query, turtle), content_type=f"{turtle}; charset=utf-8")

    @api.get("/thing.json")
    def other() -> Response:
        return _json(answers.about(store, request.args.get("iri", ""), request.args.get("at", "")))

    @api.get(f"/thing.{_RDF_SUFFIX}")
    def rdf_other(suffix: str) -> Response:
        return _rdf(store, request.args.get("iri", ""), suffix)


def _add_tables(api: Blueprint, store: Store) -> None:
    def listed(address: str) -> Listing:
        if address not in LISTS:
            abort(404)
        query, facets = LISTS[address]
        return answers.listing(store, query, {}, facets=facets, chosen=request.args.to_dict())

    @api.get("/<address>.json")
    def table(address: str) -> Response:
        return jsonify(listed(address))

    @api.get("/<address>.csv")
    def table_csv(address: str) -> Response:
        return as_csv(listed(address), address)

    @api.get(f"/{ADDRESS}")
    def mappings() -> Response:
        return Response(mapping_set(store), content_type="text/tab-separated-values; charset=utf-8")


def _json(answer: object) -> Response:
    if answer is None:
        abort(404)
    return jsonify(answer)


def _rdf(store: Store, iri: str, suffix: str) -> Response:
    media_type = RDF_SUFFIXES[suffix]
    query = bind(named("pages/description"), {"thing": iri})
    if not store.select(bind(named("pages/statements"), {"thing": iri})).rows:
        abort(404)
    return Response(store.answer(query, media_type), content_type=f"{media_type}; charset=utf-8")


def _with_sentences(answer: dict[str, Any]) -> Iterator[list[str]]:
    """The rows of an answer, each with its sentence, the document and where it stands in it."""
    for row, proof in zip(answer["rows"], answer["evidence"], strict=True):
        said = [str(proof[k]) for k in ("quote", "document", "start", "end")] if proof else []
        yield [*row, *said]
