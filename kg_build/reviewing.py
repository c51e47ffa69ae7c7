"""Links that people look through: the table written for them, and what of it is not used."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg_build.errors import BuildError
from kg_build.exporting import BOM, safe
from kg_build.link.national import concept_of
from kg_build.links import Correction
from kg_build.rdf import iris
from kg_build.readers.review import COLUMNS, reviewed, rows_of
from kg_build.shards import Shard
from queries.answering import run
from queries.stores.port import Store

__all__ = ["tally", "unused", "write_table"]

_ANSWERS = ("decision", "reviewer", "date", "note")
_STRENGTHS = ("exactMatch", "closeMatch", "narrowMatch", "broadMatch", "relatedMatch", "noMatch")

Key = tuple[str, str, str]
Row = dict[str, str]


def tally(store: Store) -> dict[str, int]:
    """How many links there are of each strength, the strongest first."""
    found = [_local(row["strength"]) for row in run(store, "export/links").dicts()]
    return {strength: found.count(strength) for strength in _STRENGTHS}


def write_table(store: Store, table: Path) -> int:
    """Writes the table in which people decide, a row a link; gives the number of rows.

    What people wrote into an earlier one stays, and rows of theirs that fit nothing stand last.
    Raises: BuildError where it cannot be written; UnreadableSource where the earlier one is none.
    """
    said = _said(table)
    rows = [_row(found) for found in run(store, "export/links").dicts()]
    rows = [row | {k: v for k, v in said.pop(_key(row), {}).items() if v} for row in rows]
    rows.sort(key=lambda row: (row["plan"], row["indicator"], _STRENGTHS.index(row["strength"])))
    rows += [row for row in said.values() if row["decision"]]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([f"{name} {zh}" for name, zh in COLUMNS.items()])
    writer.writerows([safe(row[name]) for name in COLUMNS] for row in rows)
    _replace(table, BOM + out.getvalue())
    return len(rows)


def unused(table: Path, shards: Iterable[Shard]) -> Iterator[str]:
    """What of a table the build did not use: the row, why, and what to do."""
    found = reviewed(table)
    yield from found.faults
    by_slug = {shard.slug: shard for shard in shards}
    for correction in found.corrections:
        if why := _why_unused(correction, by_slug):
            yield f"{table}，第 {correction.row} 行 row {correction.row}：{why}"


def _why_unused(correction: Correction, shards: Mapping[str, Shard]) -> str | None:
    concept = concept_of(correction.code)
    if concept is None:
        return (
            f"没有代码为 {correction.code} 的条目，未采用；请照 code 列原样填写，如 FYP14/12 / "
            f"no entry has the code {correction.code}; write it as in the column code: FYP14/12"
        )
    path = correction.plan.split("/")
    shard = shards.get(path[0])
    if shard is None:
        return (
            f"没有读到计划 {correction.plan}，未采用；请删去这一行或改正 plan 列 / "
            f"no plan {correction.plan} was read; delete the row or mend the column plan"
        )
    link = iris.link(path, correction.indicator, concept)
    if f"<{link}>".encode() in shard.nquads.read_bytes():
        return None
    return (
        f"计划 {correction.plan} 中没有指标“{correction.indicator}”，未采用；请删去这一行，或用 "
        f"zhengtu link --review 重新生成后照抄 / the plan has no indicator of this name: delete "
        "the row, or write the table again and copy the name"
    )


def _said(table: Path) -> dict[Key, Row]:
    if not table.exists():
        return {}
    rows = ((_key(row), row) for _, row in rows_of(table))
    return {key: row for key, row in rows if any(row[name] for name in _ANSWERS)}


def _key(row: Row) -> Key:
    return row["plan"], row["indicator"], row["code"]


def _row(found: Row) -> Row:
    """A link as a row; one that a person decided on has the decision filled in."""
    reviewer = found.get("reviewer", "")
    strength = _local(found["strength"])
    return dict.fromkeys(COLUMNS, "") | {
        "plan": found["plan"],
        "indicator": found["indicator_name"],
        "quote": " ".join(found["quote"].split()),
        "national": found["object_name"],
        "code": found["code"],
        "source": found.get("source", ""),
        "verified": found.get("verified", ""),
        "strength": strength,
        "reason": found["reason"],
        "method": _local(found["method"]),
        "confidence": found["confidence"],
        "decision": strength if reviewer else "",
        "reviewer": reviewer,
        "date": found.get("reviewed_on", ""),
    }


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _replace(table: Path, text: str) -> None:
    """In one step, so that nobody's decisions are lost half-way."""
    part = table.with_name(f".{table.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(table)
    except OSError as error:
        raise BuildError(f"{table}: 无法写入（{error.strerror}） / cannot be written") from error
