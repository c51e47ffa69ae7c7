"""Long lists, a page at a time; pages count from 1."""

from flask import abort, request

__all__ = ["SIZE", "page_number", "paged"]

SIZE = 100  # rows


def page_number() -> int:
    """The page that the address asks for; 404 where it is no number of one."""
    wanted = request.args.get("page", "1")
    if not wanted.isdecimal() or len(wanted) > 6 or int(wanted) < 1:
        abort(404)
    return int(wanted)


def paged(rows: int) -> dict[str, int]:
    """Which of so many rows the page shows; 404 beyond the last page."""
    pages = max(1, -(-rows // SIZE))
    if page_number() > pages:
        abort(404)
    return {
        "page": page_number(),
        "pages": pages,
        "first": (page_number() - 1) * SIZE,
        "size": SIZE,
    }
