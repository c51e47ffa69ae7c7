"""Pages and JSON for what goes wrong, in both languages, without a traceback."""

import logging

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from queries.errors import (
    BadParameter,
    QueryError,
    QueryRejected,
    QueryTooLarge,
    UnknownQuery,
)
from web.translations import texts

__all__ = ["install"]

_log = logging.getLogger(__name__)
_EXPLAINED = {400, 404, 405, 406, 413, 414, 431, 500, 503}
_STATUS: dict[type[QueryError], int] = {
    BadParameter: 400,
    QueryRejected: 400,
    UnknownQuery: 404,
    QueryTooLarge: 413,
}


def install(app: Flask) -> None:
    """Answer every failure with a page, or with JSON where data was asked for."""

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        if error.code is None or error.code < 400:
            return make_response(error.get_response())
        return _failure(error.code, "", error)

    @app.errorhandler(QueryError)
    def unanswered(error: QueryError) -> Response:
        return _failure(_STATUS.get(type(error), 503), str(error))

    @app.errorhandler(UnicodeError)
    def undecodable(error: UnicodeError) -> Response:
        return _failure(400, "")

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        _log.error("failed: %s %s", request.method, request.path, exc_info=error)
        return _failure(500, "", InternalServerError())


def _failure(status: int, detail: str, error: HTTPException | None = None) -> Response:
    shown = status if status in _EXPLAINED else 400 if status < 500 else 500
    if request.path.startswith("/api/") or request.path.endswith((".json", ".ttl", ".csv")):
        both = {code: texts(code)[f"failure.{shown}"] for code in ("zh", "en")}
        response = jsonify({"status": status, "message": both, "detail": detail})
    else:
        response = make_response(
            render_template("failure.html", status=status, shown=shown, detail=detail)
        )
    response.status_code = status
    if error is not None and status == 405:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or ("GET",))
    return response
