"""Tables for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from queries.answers import Listing
from queries.answers.values import Ref
from web.presentation import name, pick

__all__ = ["as_csv", "sheet"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


def as_csv(answer: Listing, file_name: str) -> Response:
    """A list as a table."""
    return sheet([pick(title) for _, title in answer.columns], answer.rows, file_name)


def sheet(
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
