"""Full-text search as a page, as JSON and as a table."""

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for

from queries.answers.values import Ref
from queries.search import Found, Hit, Sentence, search
from queries.search.facets import FACETS
from queries.search.index import Index
from queries.search.kinds import KINDS
from web.addresses import page_of
from web.asked import LONGEST_QUESTION
from web.presentation import pick, text
from web.spreadsheets import sheet

__all__ = ["blueprint"]

_PAGE = 10  # hits
_MOST = 1000  # hits of one answer as data
_COLUMNS = ("kind", "name", "place", "plan", "sentence", "document", "start", "end", "page")


def blueprint(index: Index) -> Blueprint:
    """The addresses of search over an index."""
    searching = Blueprint("searching", __name__)

    @searching.context_processor
    def functions() -> dict[str, object]:
        return {"toggled": _toggled, "said_at": _said_at, "kinds": KINDS}

    @searching.get("/search")
    def page() -> str:
        first = (_number("page", 1, 50_000) - 1) * _PAGE
        found = _found(index, range(first, first + _PAGE))
        pages = max(1, -(-found.total // _PAGE))
        if first // _PAGE >= pages:
            abort(404)
        return render_template("search.html", found=found, page=first // _PAGE + 1, pages=pages)

    @searching.get("/api/search")
    def data() -> Response:
        return jsonify(_found(index, _window(_PAGE)))

    @searching.get("/api/search.csv")
    def as_table() -> Response:
        found = _found(index, _window(_MOST))
        titles = [text(f"search.{column}") for column in _COLUMNS]
        return sheet(titles, map(_row, found.hits), "search")

    return searching


def _found(index: Index, window: range) -> Found:
    question = request.args.get("q", "").strip()
    if len(question) > LONGEST_QUESTION:
        abort(413)
    given = {facet: [v for v in request.args.getlist(facet) if v] for facet in FACETS}
    return search(index, question, chosen=given, window=window)


def _window(size: int) -> range:
    first = _number("first", 0, 1_000_000)
    return range(first, first + _number("size", size, _MOST))


def _number(key: str, default: int, most: int) -> int:
    """A number of the address; 400 where it is none, or none that makes sense."""
    given = request.args.get(key, str(default))
    if not (given.isascii() and given.isdecimal()) or len(given) > 9 or int(given) > most:
        abort(400)
    return max(int(given), min(default, 1))


def _row(hit: Hit) -> list[Ref | str | None]:
    said = hit.sentence
    cited = (said.quote, said.document, str(said.start), str(said.end)) if said else [None] * 4
    return [pick(KINDS[hit.kind]), hit.ref, hit.place, hit.plan, *cited, page_of(hit.ref.iri)]


def _toggled(facet: str, value: str) -> str:
    """The query part of this page's address with a value chosen, or not where it was."""
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in {"page", "lang"}]
    pair = (facet, value)
    return "?" + urlencode([p for p in pairs if p != pair] if pair in pairs else [*pairs, pair])


def _said_at(sentence: Sentence) -> str:
    """The address of a sentence in its text, which marks it and scrolls to it."""
    return url_for("pages.text", slug=sentence.document, start=sentence.start, end=sentence.end)
