"""The data addresses as OpenAPI 3.1: named queries from their headers, the rest from a table.

Source: https://spec.openapis.org/oas/v3.1.1
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from queries.answers.choices import Choices
from queries.answers.values import Label
from queries.catalog import NamedQuery, Parameter, for_people
from web.presentation import pick

__all__ = ["add_data", "add_pages", "description", "schema_of"]

_EXAMPLES = 3
_TYPES = {"integer": "integer", "decimal": "number"}
_FORMATS = {"iri": "iri-reference", "date": "date"}


def add_pages(pages: Blueprint, choices: Choices) -> None:
    """The page `/openapi`, for people."""

    @pages.get("/openapi")
    def openapi() -> str:
        return render_template("openapi.html", document=description(choices))


def add_data(api: Blueprint, choices: Choices) -> None:
    """The document `/openapi.json`, which any page may read."""

    @api.get("/openapi.json")
    def openapi() -> Response:
        response = jsonify(description(choices))
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


def description(choices: Choices) -> dict[str, Any]:
    """The document in the reader's language."""
    document: dict[str, Any] = _spoken(_fixed())
    document["info"]["version"] = version("zhengtu")
    for query in for_people():
        for form in ("json", "csv"):
            operation = _operation(query, choices, form)
            document["paths"][f"/query/{query.name}.{form}"] = {"get": operation}
    return document


def schema_of(parameter: Parameter) -> dict[str, Any]:
    """The JSON Schema of what one parameter takes; several values are an array."""
    one: dict[str, Any] = {"type": _TYPES.get(parameter.kind, "string")}
    if parameter.kind in _FORMATS and not parameter.choices:
        one["format"] = _FORMATS[parameter.kind]
    if parameter.kind == "year":
        one["pattern"] = "^[0-9]{4}$"
    if parameter.one_of:
        one["enum"] = list(parameter.one_of)
    if parameter.default is not None:
        one["default"] = parameter.default
    return {"type": "array", "items": one} if parameter.many else one


@cache
def _fixed() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("openapi.toml").read_text("utf-8"))


def _spoken(value: Any) -> Any:
    """The same with every pair of texts in the reader's language."""
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"} and all(isinstance(text, str) for text in value.values()):
            return pick(Label(**value))
        return {key: _spoken(inner) for key, inner in value.items()}
    return [_spoken(inner) for inner in value] if isinstance(value, list) else value


def _operation(query: NamedQuery, choices: Choices, form: str) -> dict[str, Any]:
    return {
        "operationId": query.name.replace("/", "_") + ("_csv" if form == "csv" else ""),
        "tags": [query.name.partition("/")[0]],
        "summary": pick(Label(query.title_zh, query.title_en)),
        "description": pick(Label(query.description_zh, query.description_en)),
        "parameters": [_parameter(parameter, choices) for parameter in query.parameters],
        "responses": {
            "200": _table(query) if form == "json" else {"description": "CSV", "content": _CSV},
            "400": {"$ref": "#/components/responses/Failure"},
        },
    }


_CSV: dict[str, Any] = {"text/csv": {"schema": {"type": "string"}}}


def _parameter(parameter: Parameter, choices: Choices) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.is_required,
        "description": pick(Label(parameter.title_zh, parameter.title_en)),
        "schema": schema_of(parameter),
    }
    examples = dict(_examples(parameter, choices))
    return described | ({"examples": examples} if examples else {})


def _examples(parameter: Parameter, choices: Choices) -> Iterator[tuple[str, dict[str, Any]]]:
    for n, choice in enumerate(choices.of(parameter)[:_EXAMPLES], start=1):
        typed = int(choice.value) if parameter.kind == "integer" else choice.value
        value = [typed] if parameter.many else typed
        yield f"{parameter.name}_{n}", {"summary": pick(choice.label), "value": value}


def _table(query: NamedQuery) -> dict[str, Any]:
    """The response: the table that all queries give, with the columns of this one."""
    cells = [
        {"title": pick(Label(c.title_zh, c.title_en)), "$ref": "#/components/schemas/Cell"}
        for c in query.columns
    ]
    row = {"type": "array", "prefixItems": cells, "items": False}
    rows = {"type": "object", "properties": {"rows": {"type": "array", "items": row}}}
    schema = {"allOf": [{"$ref": "#/components/schemas/Table"}, rows]}
    titles = pick(Label("、", ", ")).join(cell["title"] for cell in cells)
    return {"description": titles, "content": {"application/json": {"schema": schema}}}
