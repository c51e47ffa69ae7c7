"""The catalogue of named queries: an index, a page with a form for each, and its data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from queries import answers
from queries.answers.choices import Choice, Choices
from queries.answers.tables import CitedTable, cited_table
from queries.answers.values import Label
from queries.binding import bind
from queries.catalog import NamedQuery, Parameter, for_people, named, names, without_header
from queries.errors import BadParameter
from queries.stores.port import Store
from web.paging import SIZE, page_number, paged
from web.presentation import language, pick, text
from web.spreadsheets import as_csv
from web.translations import texts

__all__ = ["Field", "add_data", "add_pages"]

_LONGEST_SELECT = 60  # options; more are typed and completed
_LONGEST_LIST = 1000  # options that a page carries along


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter in a form: what was given for it and what may be, as value and name.

    `is_cut` says that there are more options than the page lists; they can be typed.
    """

    parameter: Parameter
    given: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    is_cut: bool

    @property
    def kind(self) -> str:
        """How it is entered: select, list (typed, with completion) or text."""
        if not self.options:
            return "text"
        return "list" if len(self.options) > _LONGEST_SELECT else "select"


def add_pages(pages: Blueprint, store: Store, choices: Choices) -> None:
    """The index `/queries` and the pages `/query/NAME`."""

    @pages.get("/queries")
    def queries() -> str:
        others = [q for q in map(named, names()) if q not in for_people()]
        return render_template("queries.html", groups=_folders(for_people()), others=others)

    @pages.get("/query/<path:name>")
    def named_query(name: str) -> tuple[str, int]:
        query = named(name)
        fields = tuple(_fields(query, choices))
        try:
            values = choices.resolved(query, given_values(query))
            shown = {"problem": "", **_shown(store, query, values)}
        except BadParameter as error:
            shown = {"answer": None, "text": without_header(query.text), "problem": str(error)}
        lists = {f.parameter.choices: f.options for f in fields if f.kind == "list"}
        page = render_template(
            "named.html",
            query=query,
            fields=fields,
            lists=lists,
            addresses=_addresses(name),
            **shown,
        )
        return page, 400 if shown["problem"] else 200


def add_data(api: Blueprint, store: Store, choices: Choices) -> None:
    """The addresses `/query/NAME.json` and `.csv`."""

    def asked(name: str) -> answers.Listing:
        query = named(name)
        return answers.listing(store, name, choices.resolved(query, given_values(query)))

    @api.get("/query/<path:name>.json")
    def named_query(name: str) -> Response:
        return jsonify(asked(name))

    @api.get("/query/<path:name>.csv")
    def named_query_csv(name: str) -> Response:
        return as_csv(asked(name), name.rsplit("/", 1)[-1])


def given_values(query: NamedQuery) -> dict[str, list[str]]:
    """The values that the address gives for a named query's parameters."""
    return {p.name: request.args.getlist(p.name) for p in query.parameters}


def _shown(store: Store, query: NamedQuery, values: dict[str, list[str]]) -> dict[str, object]:
    """The answer, where nothing is missing and the query has one, and the text that gave it."""
    is_open = any(p.is_required and p.name not in values for p in query.parameters)
    if is_open or not query.columns:
        text = query.text if is_open else bind(query, values)
        return {"answer": None, "text": without_header(text)}
    answer: CitedTable = cited_table(
        store, query, values, first=(page_number() - 1) * SIZE, limit=SIZE
    )
    text = without_header(bind(query, values))
    return {"answer": answer, "text": text, **paged(answer.total)}


def _fields(query: NamedQuery, choices: Choices) -> Iterator[Field]:
    for parameter in query.parameters:
        options = [(c.value, _said(parameter, c)) for c in choices.of(parameter)]
        called = dict(options)
        given = [one for one in request.args.getlist(parameter.name) if one.strip()]
        if len(options) > _LONGEST_SELECT:
            given = [called.get(one, one) for one in given]
        elif parameter.choices:
            given = [_value(one, parameter, query, choices) for one in given]
        yield Field(
            parameter,
            tuple(given or [parameter.default or ""]),
            tuple(options[:_LONGEST_LIST]),
            len(options) > _LONGEST_LIST,
        )


def _value(said: str, parameter: Parameter, query: NamedQuery, choices: Choices) -> str:
    """What a select has chosen, where the address says it by name."""
    try:
        return choices.resolved(query, {parameter.name: said})[parameter.name][0]
    except BadParameter:
        return said


def _said(parameter: Parameter, choice: Choice) -> str:
    """The name of a choice; that of a word which the query itself knows is a text of the site."""
    key = f"{parameter.name}.{choice.value}"
    known = parameter.one_of and key in texts(language())
    return text(key) if known else _name(choice)


def _name(choice: Choice) -> str:
    """The choice with what it is of, which tells it from others that are called the same."""
    if choice.within is None:
        return pick(choice.label)
    brackets = Label("{}（{}）", "{} ({})")
    return pick(brackets).format(pick(choice.label), pick(choice.within))


def _addresses(name: str) -> tuple[tuple[str, str], ...]:
    """Where this answer stands as data, with the values of this page's address."""
    said = [(k, v) for k, v in request.args.items(multi=True) if v and k not in {"page", "lang"}]
    values: dict[str, list[str]] = {}
    for key, value in said:
        values.setdefault(key, []).append(value)
    return tuple(
        (form, url_for(endpoint, name=name, _external=True, **values))  # type: ignore[arg-type]
        for form, endpoint in (("JSON", "api.named_query"), ("CSV", "api.named_query_csv"))
    )


def _folders(queries: Sequence[NamedQuery]) -> dict[str, list[NamedQuery]]:
    found: dict[str, list[NamedQuery]] = {}
    for query in queries:
        found.setdefault(query.name.partition("/")[0], []).append(query)
    return found
