"""Problem documents (RFC 9457) and the headers by which any web page may read an answer."""

from flask import Response, json

__all__ = ["ANYONE", "problem"]

ANYONE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Zhengtu-Truncated, Retry-After",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def problem(status: int, detail: str, headers: dict[str, str], **more: object) -> Response:
    """What went wrong, as a document; of `headers` those that say what to do next."""
    said = {"type": "about:blank", "status": status, "detail": detail} | more
    kept = {name: value for name, value in headers.items() if name in {"Allow", "Retry-After"}}
    return Response(json.dumps(said), status, kept, content_type="application/problem+json")
