"""What tools answer: JSON whose every row cites its sentence and the page that shows it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from queries.answers.explanation import Explanation
from queries.answers.lists import Cell
from queries.answers.tables import Citation, CitedTable
from queries.answers.values import Fact, Label, Ref
from queries.catalog import NamedQuery, without_header
from queries.search import Found, Hit

__all__ = ["Speech", "answered", "explained", "found", "selected", "tabled"]

Json = dict[str, Any]


class Speech:
    """The language of a result, and the address of the site whose pages it points at."""

    def __init__(self, language: str, site: str) -> None:
        self.language = language
        self._site = site.rstrip("/")

    def pick(self, label: Label) -> str:
        """The name in the language of the result."""
        return label.en if self.language == "en" else label.zh

    def cite(self, words: str, document: str, start: int, end: int) -> Json:
        """Words of a document, in code points of its text, with the page that marks them."""
        page = f"{self._site}/doc/plan/{quote(document, safe='')}/text?start={start}&end={end}"
        return {"quote": words, "document": document, "start": start, "end": end, "page": page}

    def cell(self, cell: Cell) -> Any:
        """A value, or a thing with its name and IRI."""
        return {"name": self.pick(cell.label), "iri": cell.iri} if isinstance(cell, Ref) else cell


def tabled(query: NamedQuery, table: CitedTable, speech: Speech) -> Json:
    """Rows of a named query, each with its citation where the query gives one."""
    return {
        "query": query.name,
        "title": speech.pick(Label(query.title_zh, query.title_en)),
        "total": table.total,
        "first": table.first,
        "columns": {c.name: speech.pick(Label(c.title_zh, c.title_en)) for c in table.columns},
        "rows": [
            {
                **{
                    column.name: speech.cell(cell)
                    for column, cell in zip(table.columns, row.cells, strict=True)
                    if cell is not None
                },
                **_cited(row.citation, speech),
            }
            for row in table.rows
        ],
    }


def _cited(said: Citation | None, speech: Speech) -> Json:
    if said is None:
        return {}
    found = speech.cite(said.quote, said.document, said.start, said.end)
    return {"citation": {**found, "fact": said.fact}}


_READING = ("question", "understood", "reading", "message", "suggestions", "query")


def answered(answer: Mapping[str, Any], speech: Speech, limit: int) -> Json:
    """A plain question's reading and its first `limit` rows."""
    rows = list(zip(answer["rows"], answer["links"], answer["evidence"], strict=True))
    return {
        **{key: answer[key] for key in _READING},
        "sparql": without_header(answer["sparql"]),
        "total": len(rows),
        "columns": dict(zip(answer["fields"], answer["columns"], strict=True)),
        "rows": [_row(answer["fields"], *row, speech) for row in rows[:limit]],
    }


def _row(
    fields: Sequence[str],
    cells: Sequence[str],
    links: Sequence[str | None],
    said: Mapping[str, Any] | None,
    speech: Speech,
) -> Json:
    row: Json = {
        field: {"name": cell, "iri": link} if link else cell
        for field, cell, link in zip(fields, cells, links, strict=True)
    }
    if said:
        document = str(said["document"]).rsplit("/", 1)[-1]
        found = speech.cite(said["quote"], document, said["start"], said["end"])
        row["citation"] = {**found, "fact": said["iri"]}
    return row


def found(answer: Found, speech: Speech) -> Json:
    """The hits of a search, each with its sentence, and what they can be narrowed by."""
    return {
        "words": list(answer.words),
        "total": answer.total,
        "first": answer.first,
        "hits": [_hit(hit, speech) for hit in answer.hits],
        "facets": {
            facet.name: [
                {"value": c.value, "name": speech.pick(c.label), "count": c.count}
                for c in facet.choices
            ]
            for facet in answer.facets
        },
    }


def _hit(hit: Hit, speech: Speech) -> Json:
    shown: Json = {"kind": hit.kind, **speech.cell(hit.ref)}
    shown |= {"place": speech.pick(hit.place.label)} if hit.place else {}
    shown |= {"plan": speech.pick(hit.plan.label)} if hit.plan else {}
    if said := hit.sentence:
        shown["citation"] = speech.cite(said.quote, said.document, said.start, said.end)
    return shown


def explained(it: Explanation, speech: Speech) -> Json:
    """A thing: what is stated of it, and the words, place, rule and confidence behind it."""
    return {
        "iri": it.ref.iri,
        "name": speech.pick(it.ref.label),
        "kinds": [speech.pick(kind.label) for kind in it.kinds],
        "path": [speech.cell(step.ref) for step in it.path],
        "statements": [_statement(fact, speech) for fact in it.statements],
        "evidence": [
            {
                **speech.cite(proof.quote, proof.file.rpartition(".")[0], proof.start, proof.end),
                "file": proof.file,
                "before": proof.before,
                "after": proof.after,
                "rule": proof.rule,
                "about": speech.pick(Label(proof.about_zh, proof.about_en)),
                "confidence": float(proof.confidence),
                "supports": speech.pick(proof.supports.label) if proof.supports else None,
            }
            for proof in it.proofs
        ],
    }


def _statement(fact: Fact, speech: Speech) -> Json:
    return {"property": speech.pick(fact.property.label), "value": speech.cell(fact.value)}


def selected(body: bytes, media_type: str, *, truncated: bool) -> Json:
    """A SPARQL answer: the standard JSON of tables and truths, or a graph as text."""
    text = body.decode("utf-8")
    answer = json.loads(text) if media_type.endswith("json") else text
    return {"truncated": truncated, "answer": answer}
