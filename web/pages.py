"""HTML: each view reads its arguments, gets one answer and renders one template."""

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ontology import ZT
from queries import answers
from queries.answers import Answer
from queries.answers.choices import Choices
from queries.binding import bind
from queries.catalog import NamedQuery, named, names, without_header
from queries.stores.port import Store
from web import catalogue, openapi
from web.addresses import iri_of, page_of, source_of
from web.asked import Asking, answer_asked, has_empty_changes
from web.competency import Examination
from web.paging import paged
from web.presentation import language, without_empty

__all__ = ["LISTS", "blueprint", "chosen_span"]

_EVIDENCE = "evidence/"
_FIRST_EXAMPLE = "browse/functions"

# Lists by address: the named query, and the columns by which it can be narrowed.
LISTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "plans": ("browse/plans", ("place", "status")),
    "documents": ("browse/documents", ("kind", "place")),
    "units": ("browse/units", ("place",)),
    "indicators": ("browse/indicators", ("plan", "comparator")),
    "topics": ("browse/topics", ("broader",)),
    "beneficiaries": ("browse/beneficiaries", ("broader",)),
    "places": ("browse/places", ("broader",)),
    "functions": ("browse/functions", ()),
    "domains": ("browse/domains", ("plan", "national")),
    "national": ("browse/national", ()),
}


def blueprint(
    store: Store, bounded: Store, asking: Asking, choices: Choices, examination: Examination
) -> Blueprint:
    """All pages over a store; `bounded` answers the named queries."""
    pages = Blueprint("pages", __name__)
    _add_entrances(pages, store, asking)
    _add_things(pages, store)
    _add_lists(pages, store)
    _add_queries(pages)
    catalogue.add_pages(pages, bounded, choices)
    openapi.add_pages(pages, choices)
    examination.add_pages(pages)
    return pages


def chosen_span() -> range:
    """The code points that the address asks to mark out; 400 where they are no span."""
    start, end = request.args.get("start"), request.args.get("end")
    if start is None and end is None:
        return range(0)
    if not (start and end and start.isdecimal() and end.isdecimal() and len(start + end) < 20):
        abort(400)
    return range(int(start), int(end))


def _add_entrances(pages: Blueprint, store: Store, asking: Asking) -> None:
    @pages.get("/")
    def home() -> str:
        return render_template("home.html", answer=answers.home(store))

    @pages.get("/ask")
    def ask() -> Response | str:
        if has_empty_changes():
            return redirect(url_for("pages.ask") + without_empty(), 303)
        asked = answer_asked(asking, language())
        answer = asked.as_json() if asked else None
        proofs = [proof for proof in answer["evidence"] if proof] if answer else []
        return render_template(
            "ask.html",
            question=request.args.get("q", "").strip(),
            answer=answer,
            slots=asked.choices() if asked else [],
            quotes=answers.quotes(store, (proof["iri"] for proof in proofs)),
        )

    @pages.get("/about")
    def about() -> str:
        return render_template("about.html", answer=answers.home(store))


def _add_things(pages: Blueprint, store: Store) -> None:
    @pages.get("/doc/<path:path>")
    def thing(path: str) -> Response | str:
        if path.startswith(_EVIDENCE):
            quote = answers.quote(store, iri_of(path))
            return redirect(source_of(quote), 303) if quote else abort(404)
        return _page(answers.about(store, iri_of(path), request.args.get("at", "")))

    @pages.get("/doc/plan/<slug>/text")
    def text(slug: str) -> str:
        answer = answers.text(store, slug.replace(" ", "%20"), chosen_span())
        return render_template("text.html", answer=answer) if answer else abort(404)

    @pages.get("/thing")
    def other() -> Response | str:
        iri = request.args.get("iri", "")
        if (local := page_of(iri)) and local.startswith(("/doc/", "/ontology/")):
            return redirect(local, 303)
        return _page(answers.about(store, iri, request.args.get("at", "")))

    @pages.get("/ontology/<name>")
    def term(name: str) -> str:
        return _page(answers.about(store, ZT + name))


def _add_lists(pages: Blueprint, store: Store) -> None:
    def view(address: str) -> Callable[[], str]:
        query, facets = LISTS[address]

        def show() -> str:
            chosen = request.args.to_dict()
            answer = answers.listing(store, query, {}, facets=facets, chosen=chosen)
            others = _other_documents(store) if address == "plans" else None
            return render_template(
                "list.html",
                answer=answer,
                address=address,
                others=others,
                **paged(len(answer.rows)),
            )

        return show

    for address in LISTS:
        pages.add_url_rule(f"/{address}", address, view(address))


def _other_documents(store: Store) -> answers.Listing | None:
    """What was read and is no plan, if there is any."""
    found = answers.listing(store, "browse/documents", {})
    return found if found.rows else None


def _add_queries(pages: Blueprint) -> None:
    @pages.get("/query")
    def query() -> str:
        text = request.args.get("query") or without_header(named(_FIRST_EXAMPLE).text)
        return render_template("query.html", text=text, folders=_examples(), prefixes=_prefixes())


def _page(answer: Answer | None) -> str:
    if answer is None:
        abort(404)
    return render_template(f"{type(answer).__name__.lower()}.html", answer=answer)


def _examples() -> list[tuple[str, list[tuple[NamedQuery, str, dict[str, str]]]]]:
    """All named queries by folder, those for questions first, each with its first case."""
    folders: dict[str, list[tuple[NamedQuery, str, dict[str, str]]]] = {}
    for query in map(named, names()):
        values = dict(query.cases[0].values) if query.cases else {}
        ready = {p.name for p in query.parameters if not p.optional} <= values.keys()
        text = without_header(bind(query, values) if ready else query.text)
        folders.setdefault(query.name.partition("/")[0], []).append((query, text, values))
    return sorted(folders.items(), key=lambda entry: (entry[0] != "competency", entry[0]))


def _prefixes() -> str:
    """The prefixes of the named queries, each once."""
    lines = {line for n in names() for line in named(n).text.splitlines()}
    return "".join(f"{line}\n" for line in sorted(lines) if line.startswith("PREFIX "))
