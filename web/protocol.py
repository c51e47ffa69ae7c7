"""The SPARQL 1.1 Protocol at `/sparql`, read-only.

What is not an answer is a problem document (RFC 9457) that names the limit, or the place in the
query.

Source: https://www.w3.org/TR/sparql11-protocol/
"""

import math
from collections import defaultdict
from dataclasses import asdict
from importlib.resources import files
from urllib.parse import parse_qsl

from flask import Blueprint, Response, redirect, request
from rdflib import Graph
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    MethodNotAllowed,
    NotAcceptable,
    UnsupportedMediaType,
)
from werkzeug.wrappers import Response as AnyResponse

from queries.errors import (
    QueryError,
    QueryRejected,
    QueryTooLarge,
    TooManyQueries,
    Unrepresentable,
)
from queries.lexing import query_form
from queries.limits import MAX_QUERY_BYTES, Limits, Workers
from queries.stores.port import Dataset
from web.negotiation import GRAPHS, RESULTS, choose, content_type
from web.problems import ANYONE, problem

__all__ = ["blueprint"]

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_OTHERS = ("PUT", "DELETE", "PATCH")
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
# A form may write each byte as three.
_MAX_BODY = 4 * MAX_QUERY_BYTES
_MAX_FIELDS = 1000


def blueprint(workers: Workers) -> Blueprint:
    """The endpoint, answered by `workers`."""
    protocol = Blueprint("protocol", __name__)

    @protocol.route(
        "/sparql",
        methods=[*_METHODS, *_OTHERS],
        strict_slashes=False,
        provide_automatic_options=False,
    )
    def sparql() -> AnyResponse:
        if request.method == "OPTIONS":
            return Response(status=204, headers={"Allow": ", ".join(_METHODS)})
        if request.method in _OTHERS:
            raise MethodNotAllowed(_METHODS, "只能用 GET 或 POST use GET or POST")
        fields = _fields()
        query = _only(fields, "query")
        return _description() if query is None else _answer(workers, query, fields)

    @protocol.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        return problem(error.code or 500, error.description or "", dict(error.get_headers()))

    @protocol.errorhandler(QueryError)
    def unanswered(error: QueryError) -> Response:
        return _failed(error, workers.limits)

    @protocol.after_request
    def shared(response: Response) -> Response:
        response.headers.update(ANYONE)
        response.vary.add("Accept")
        return response

    return protocol


def _answer(workers: Workers, query: str, fields: dict[str, list[str]]) -> Response:
    form = query_form(query)
    offers = GRAPHS if form in {"CONSTRUCT", "DESCRIBE"} else RESULTS
    accept = request.headers.get("Accept")
    # A text that is no query is told so whatever type its sender likes.
    chosen = choose(accept, offers) if form else next(iter(offers))
    if chosen is None:
        raise NotAcceptable(f"可用的格式 available: {', '.join(offers)}")
    answer = workers.run(
        query,
        offers[chosen],
        dataset=Dataset(
            tuple(fields["default-graph-uri"]),
            tuple(fields["named-graph-uri"]),
            base=request.base_url,
        ),
        client=request.remote_addr or "",
        seconds=_seconds(_only(fields, "timeout")),
    )
    response = Response(answer.body, content_type=content_type(chosen))
    response.headers["Cache-Control"] = "no-cache"
    if answer.truncated:
        response.headers["Zhengtu-Truncated"] = f"rows={workers.limits.max_rows}"
    return response


def _description() -> AnyResponse:
    """The service description; for a browser, the page where people write queries."""
    if request.method == "POST":
        raise BadRequest("缺少 query the parameter query is missing")
    chosen = choose(request.headers.get("Accept"), [*GRAPHS, "text/html"])
    if chosen is None:
        raise NotAcceptable(f"可用的格式 available: {', '.join(GRAPHS)}")
    if chosen == "text/html":
        return redirect(f"{request.script_root}/query", 303)
    text = files("web").joinpath("service.ttl").read_text(encoding="utf-8")
    graph = Graph().parse(data=text, format="turtle", publicID=request.base_url)
    body = graph.serialize(format=GRAPHS[chosen], encoding="utf-8")
    return Response(body, content_type=content_type(chosen))


def _fields() -> dict[str, list[str]]:
    """The request's parameters from URL and body, each with all its values."""
    fields: dict[str, list[str]] = defaultdict(list)
    for name, value in _pairs(request.query_string):
        fields[name].append(value)
    if request.method == "POST":
        for name, value in _sent():
            fields[name].append(value)
    if fields["update"]:
        if request.method != "POST":
            raise BadRequest("更新不能用 GET updates do not come by GET")
        raise Forbidden("本接口只读 this endpoint is read-only")
    return fields


def _sent() -> list[tuple[str, str]]:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise UnsupportedMediaType(f"只接受 UTF-8 only UTF-8 is read, not {charset[:40]}")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("不接受压缩的请求 compressed requests are not read")
    request.max_content_length = _MAX_BODY
    body = request.get_data(cache=False)
    if request.mimetype == _FORM:
        return _pairs(body)
    if request.mimetype == _QUERY:
        return [("query", _decoded(body))]
    if request.mimetype == _UPDATE:
        return [("update", "")]
    raise UnsupportedMediaType(f"请求体应为 the body should be {_FORM} or {_QUERY}")


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError as error:
        raise BadRequest("参数不是 UTF-8 或太多 parameters are not UTF-8, or too many") from error


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("查询不是 UTF-8 文本 the query is not UTF-8 text") from error


def _only(fields: dict[str, list[str]], name: str) -> str | None:
    values = fields.get(name, [])
    if len(values) > 1:
        raise BadRequest(f"参数 {name} 只能有一个 more than one parameter {name}")
    return values[0] if values else None


def _seconds(value: str | None) -> float | None:
    try:
        seconds = None if value is None else float(value)
    except ValueError:
        seconds = math.nan
    if seconds is not None and not 0 < seconds < math.inf:
        raise BadRequest("timeout 应为正的秒数 timeout should be a positive number of seconds")
    return seconds


def _failed(error: QueryError, limits: Limits) -> Response:
    if isinstance(error, QueryRejected):
        return problem(400, str(error), {}, line=error.line, column=error.column)
    if isinstance(error, Unrepresentable):
        return problem(406, str(error), {})
    named = asdict(limits) | {"query_bytes": MAX_QUERY_BYTES}
    if isinstance(error, QueryTooLarge):
        return problem(413, str(error), {}, limits=named)
    wait = error.retry_after if isinstance(error, TooManyQueries) else 10
    status = 429 if isinstance(error, TooManyQueries) and error.own else 503
    return problem(status, str(error), {"Retry-After": str(wait)}, limits=named)
