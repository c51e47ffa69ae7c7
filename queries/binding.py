"""Values into SPARQL text: the only place where that happens.

A parameter `?plan` enters where the text says `VALUES ?plan { UNDEF }`. Terms are checked and
written by the RDF library, so no value can end its term and become query text.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pyoxigraph as ox

from queries.catalog import Kind, NamedQuery, Parameter
from queries.errors import BadParameter

__all__ = ["bind"]

_XSD = "http://www.w3.org/2001/XMLSchema#"

_FORMS: dict[Kind, tuple[re.Pattern[str], str]] = {
    "string": (re.compile(r".*", re.DOTALL), "string"),
    "integer": (re.compile(r"[+-]?[0-9]+"), "integer"),
    "decimal": (re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"), "decimal"),
    "year": (re.compile(r"[0-9]{4}"), "gYear"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "date"),
}


def bind(query: NamedQuery, values: Mapping[str, str | Sequence[str]]) -> str:
    """The text of `query` with `values` in their places.

    A parameter without a value takes its default; an optional one without either restricts
    nothing.

    Raises: `BadParameter` for an unknown, missing, repeated or unfitting value.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            raise BadParameter(
                f"{query.name}：没有参数 no parameter {name!r}；"
                f"可用 valid: {'、'.join(known) or '（无 none）'}"
            )
    text = query.text
    for parameter in query.parameters:
        given = _given(query, parameter, values.get(parameter.name))
        if given is not None:
            text = _replaced(text, parameter, [_term(query, parameter, v) for v in given])
    return text


def _given(
    query: NamedQuery, parameter: Parameter, value: str | Sequence[str] | None
) -> Sequence[str] | None:
    if value is None and parameter.default is not None:
        value = parameter.default
    if value is None:
        if parameter.optional:
            return None
        raise BadParameter(f"{_place(query, parameter)}：缺少这个参数 this parameter is missing")
    given = [value] if isinstance(value, str) else value
    if len(given) != 1 and not parameter.many:
        raise BadParameter(f"{_place(query, parameter)}：只能有一个值 takes one value")
    return given


def _term(query: NamedQuery, parameter: Parameter, value: str) -> str:
    try:
        value.encode("utf-8")
        if parameter.kind == "iri":
            return str(ox.NamedNode(value))
        pattern, datatype = _FORMS[parameter.kind]
        if not pattern.fullmatch(value):
            raise ValueError(pattern.pattern)
        if parameter.kind == "date":
            date.fromisoformat(value)
        return str(ox.Literal(value, datatype=ox.NamedNode(_XSD + datatype)))
    except ValueError as error:
        raise BadParameter(
            f"{_place(query, parameter)}：不是 {parameter.kind} 类型的值 "
            f"not a value of kind {parameter.kind}: {value[:200]!r}"
        ) from error


def _replaced(text: str, parameter: Parameter, terms: Sequence[str]) -> str:
    place = re.compile(rf"VALUES\s+\?{re.escape(parameter.name)}\s*\{{\s*UNDEF\s*\}}")
    return place.sub(lambda _: f"VALUES ?{parameter.name} {{ {' '.join(terms)} }}", text)


def _place(query: NamedQuery, parameter: Parameter) -> str:
    return f"{query.name}，{parameter.title_zh} {parameter.title_en} ({parameter.name})"
