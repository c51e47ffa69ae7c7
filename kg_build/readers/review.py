"""The table beside the documents in which people decide on links: `links.review.csv`.

A row that cannot be used is told with its number and what to do, and the others count.
"""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg_build.errors import UnreadableSource
from kg_build.links import Correction, Review
from kg_build.readers.decoding import decode

__all__ = ["COLUMNS", "FILE", "Reviewed", "corrections_for", "reviewed", "rows_of"]

FILE = "links.review.csv"
#: what a spreadsheet would run as a formula is written with this before it
_GUARD = "'"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What people decided, and what of their table could not be used, in the reader's words."""

    corrections: tuple[Correction, ...] = ()
    faults: tuple[str, ...] = ()


class _Fault(Exception):
    """A row that cannot be used, and the remedy."""


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "review.toml").read_text(encoding="utf-8"))


COLUMNS: Mapping[str, str] = _words()["columns"]


def corrections_for(path: Path) -> tuple[Correction, ...]:
    """What people decided on the plans of one document, by the table in its folder."""
    slug = path.stem
    every = reviewed(path.parent / FILE).corrections
    return tuple(c for c in every if c.plan == slug or c.plan.startswith(f"{slug}/"))


def reviewed(table: Path) -> Reviewed:
    """The decisions of a table; none where there is no such file."""
    try:
        status = table.stat()
    except OSError:
        return Reviewed()
    return _reviewed(table, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4)
def _reviewed(table: Path, _time: int, _size: int) -> Reviewed:
    try:
        rows = list(rows_of(table))
    except UnreadableSource as error:
        return Reviewed(faults=(str(error),))
    found: dict[tuple[str, str, str], Correction] = {}
    faults = []
    for number, row in rows:
        try:
            if row["decision"]:
                _add(found, _correction(number, row))
        except _Fault as fault:
            faults.append(f"{table}，第 {number} 行 row {number}：{fault}")
    return Reviewed(tuple(found.values()), tuple(faults))


def rows_of(table: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table by the names of its columns, each with its number from 1.

    Raises: UnreadableSource where it is no such table.
    """
    try:
        text, _, _ = decode(table.read_bytes(), table)
    except OSError as error:
        raise UnreadableSource(
            f"{table}: 无法打开（{error.strerror}） / cannot be opened"
        ) from error
    try:
        first, *rows = [*csv.reader(io.StringIO(text), dialect=_dialect(text))] or [[]]
    except csv.Error as error:
        raise UnreadableSource(f"{table}: 不是 CSV 表格 / no CSV table: {error}") from error
    heading = [cell.split()[0] if cell.split() else "" for cell in first]
    missing = [name for name in ("plan", "indicator", "code", "decision") if name not in heading]
    if missing:
        raise UnreadableSource(
            f"{table}: 表头缺少 {'、'.join(missing)}；请用 zhengtu link --review 重新生成 / "
            f"columns missing: {', '.join(missing)}; write it again with zhengtu link --review"
        )
    for number, cells in enumerate(rows, start=2):
        if any(cells):
            named = dict(zip(heading, (_plain(cell) for cell in cells), strict=False))
            yield number, {name: named.get(name, "") for name in COLUMNS}


def _dialect(text: str) -> type[csv.Dialect]:
    """Spreadsheets write commas, semicolons or tabs, as their language has it."""
    heading = text.partition("\n")[0]
    dialect = csv.excel_tab if heading.count("\t") > heading.count(",") else csv.excel
    if heading.count(";") > heading.count(","):
        return type("_Semicolons", (csv.excel,), {"delimiter": ";"})
    return dialect


def _plain(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text.startswith(_GUARD) else text


def _add(found: dict[tuple[str, str, str], Correction], new: Correction) -> None:
    key = (new.plan, new.indicator, new.code)
    if key in found and found[key].strength != new.strength:
        raise _Fault(
            f"与第 {found[key].row} 行的决定不同，未采用；请留下一行 / "
            f"differs from row {found[key].row} and is left out; keep one of the two"
        )
    found.setdefault(key, new)


def _correction(number: int, row: Mapping[str, str]) -> Correction:
    for name in ("plan", "indicator", "code", "reviewer"):
        if not row[name]:
            raise _Fault(
                f"有决定而没有{COLUMNS[name]}，未采用；请填写 {name} 列 / "
                f"a decision without {name} is left out; fill in that column"
            )
    review = Review(row["reviewer"], _day(row["date"]))
    strength = _strength(row["decision"])
    return Correction(
        number, row["plan"], row["indicator"], row["code"], strength, review, row["note"]
    )


def _strength(said: str) -> str:
    for strength, words in _words()["decisions"].items():
        if said.casefold() in {strength.casefold(), *words}:
            return str(strength)
    valid = "、".join(f"{words[0]} {name}" for name, words in _words()["decisions"].items())
    raise _Fault(
        f"不认识的决定 “{said}”，未采用；可填 {valid} / "
        f"no such decision: {said!r}, left out; use one of {valid}"
    )


def _day(said: str) -> date | None:
    if not said:
        return None
    year, *rest = (part.strip() for part in said.replace("/", "-").replace(".", "-").split("-"))
    try:
        month, day = rest
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise _Fault(
            f"日期 “{said}” 无法理解，未采用；请写成 2026-11-22 / "
            f"no such date: {said!r}, left out; write it as 2026-11-22"
        ) from error
