"""A SELECT query's answer, held to a number of rows, and whether it was."""

import json
import re
from collections.abc import Iterator
from itertools import islice

from queries.lexing import query_form, words

__all__ = ["cut", "limited"]

_NUMBER = re.compile(r"(?:\s|#[^\n\r]*+[\n\r])*+(?P<number>[0-9]+)")


def limited(query: str, rows: int) -> str:
    """`query` with a LIMIT of one row more than `rows`, unless its own is smaller.

    The row more is how `cut` knows that there was more. Queries of other forms stay as they are.
    """
    if query_form(query) != "SELECT":
        return query
    outer = {word.text: word.start for word in words(query) if word.depth == 0}
    if "LIMIT" in outer:
        own = _NUMBER.match(query, outer["LIMIT"] + len("LIMIT"))
        if own is None or (len(own["number"]) < 10 and int(own["number"]) <= rows):
            return query
        return f"{query[: own.start('number')]}{rows + 1}{query[own.end() :]}"
    # A VALUES clause at the end comes after LIMIT.
    end = outer.get("VALUES", len(query))
    return f"{query[:end]}\nLIMIT {rows + 1}\n{query[end:]}"


def cut(body: bytes, media_type: str, rows: int) -> tuple[bytes, bool]:
    """A result document with at most `rows` rows, and whether it had more."""
    if "json" in media_type:
        return _cut_json(body, rows)
    if "xml" in media_type:
        return _cut_xml(body, rows)
    records = list(islice(_records(body, quoted="csv" in media_type), rows + 2))
    return b"".join(records[: rows + 1]), len(records) > rows + 1


def _cut_json(body: bytes, rows: int) -> tuple[bytes, bool]:
    if body.count(b"{") <= rows:  # more braces than rows always
        return body, False
    document = json.loads(body)
    bindings = document["results"]["bindings"]
    if len(bindings) <= rows:
        return body, False
    del bindings[rows:]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(), True


def _cut_xml(body: bytes, rows: int) -> tuple[bytes, bool]:
    # Text in the document is escaped, so this tag is a tag.
    start = -1
    for _ in range(rows + 1):
        start = body.find(b"<result>", start + 1)
        if start < 0:
            return body, False
    return body[:start] + b"</results></sparql>", True


def _records(body: bytes, *, quoted: bool) -> Iterator[bytes]:
    """The records of a CSV or TSV document; in CSV, a line break in quotes ends none."""
    begun: list[bytes] = []
    inside = False
    for line in body.split(b"\n")[:-1]:
        begun.append(line)
        inside ^= quoted and line.count(b'"') % 2 == 1
        if not inside:
            yield b"\n".join(begun) + b"\n"
            begun.clear()
