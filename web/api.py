"""Data: the same answers as the pages, as JSON, Turtle and CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from ontology import BASE, ZT
from queries import answers
from queries.answers import Listing
from queries.answers.values import Ref
from queries.binding import bind
from queries.catalog import named
from queries.stores.port import Store
from web.addresses import iri_of, page_of
from web.asked import Asked, Asking, answer_asked
from web.pages import LISTS, chosen_span, named_values
from web.presentation import language, name, pick, text

__all__ = ["RDF_SUFFIXES", "blueprint"]

RDF_SUFFIXES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
_RDF_SUFFIX = f"<any({','.join(RDF_SUFFIXES)}):suffix>"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


def blueprint(store: Store, asking: Asking) -> Blueprint:
    """All data addresses over a store."""
    api = Blueprint("api", __name__)
    _add_questions(api, store, asking)
    _add_things(api, store)
    _add_tables(api, store)
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
        return _sheet([*answer["columns"], *titles], _with_sentences(answer), "answer")

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
        return _json(answers.about(store, iri_of(path)))

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
        return _json(answers.about(store, request.args.get("iri", "")))

    @api.get(f"/thing.{_RDF_SUFFIX}")
    def rdf_other(suffix: str) -> Response:
        return _rdf(store, request.args.get("iri", ""), suffix)


def _add_tables(api: Blueprint, store: Store) -> None:
    def listed(address: str) -> Listing:
        if address not in LISTS:
            abort(404)
        query, facets = LISTS[address]
        return answers.listing(store, query, {}, facets=facets, chosen=request.args.to_dict())

    def asked(name: str) -> Listing:
        values = named_values(named(name))
        return answers.listing(store, name, values)

    @api.get("/<address>.json")
    def table(address: str) -> Response:
        return jsonify(listed(address))

    @api.get("/<address>.csv")
    def table_csv(address: str) -> Response:
        return _csv(listed(address), address)

    @api.get("/query/<path:name>.json")
    def named_query(name: str) -> Response:
        return jsonify(asked(name))

    @api.get("/query/<path:name>.csv")
    def named_query_csv(name: str) -> Response:
        return _csv(asked(name), name.rsplit("/", 1)[-1])


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


def _csv(answer: Listing, file_name: str) -> Response:
    return _sheet([pick(title) for _, title in answer.columns], answer.rows, file_name)


def _with_sentences(answer: dict[str, Any]) -> Iterator[list[str]]:
    """The rows of an answer, each with its sentence, the document and where it stands in it."""
    for row, proof in zip(answer["rows"], answer["evidence"], strict=True):
        said = [str(proof[k]) for k in ("quote", "document", "start", "end")] if proof else []
        yield [*row, *said]


def _sheet(
    titles: Sequence[str], rows: Iterable[Sequence[Ref | str | None]], file_name: str
) -> Response:
    """A table for spreadsheets: names instead of IRIs, a byte order mark, no cell that runs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(titles)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    response = Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{file_name}.csv")
    return response


def _cell(cell: Ref | str | None) -> str:
    shown = name(cell) if isinstance(cell, Ref) else cell or ""
    is_number = shown.lstrip("-").replace(".", "", 1).isdecimal()
    return "'" + shown if shown.startswith(_FORMULA) and not is_number else shown
