"""What a terminal is given and shows."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg_build.errors import BuildError

if TYPE_CHECKING:
    from queries.search import Found, Hit
    from queries.stores.port import Table

__all__ = ["deliver", "has_no_structure", "pairs", "print_answer", "print_found", "print_table"]

_CHOICES = 12  # values of a facet


def print_answer(answer: dict[str, Any]) -> None:
    """The reading, what else could be asked, the rows and the sentence of each."""
    click.echo(answer["reading"])
    if answer["message"]:
        click.echo(answer["message"])
    for suggestion in (*(r["question"] for r in answer["repairs"]), *answer["suggestions"]):
        click.echo(f"  · {suggestion}")
    if not answer["rows"]:
        return
    _print_rows(answer["columns"], answer["rows"])
    for found in answer["evidence"]:
        if found:
            place = f"{found['document']} {found['start']}–{found['end']}"
            click.echo(f"  「{found['quote']}」 {place}")


def print_table(table: "Table") -> None:
    """A query's answer, tabs between its cells; what is not bound is empty."""
    _print_rows(list(table.columns), ([cell and cell.value for cell in row] for row in table.rows))


def print_found(found: "Found") -> None:
    """What a search found, each with its sentence, and what it can be narrowed by."""
    click.echo(f"{found.total} 条 hits")
    for hit in found.hits:
        _print_hit(hit)
    for facet in found.facets if found.hits else ():
        choices = (f"{choice.label.zh} {choice.count}" for choice in facet.choices[:_CHOICES])
        click.echo(f"{facet.name}: {'、'.join(choices)}")


def _print_hit(hit: "Hit") -> None:
    place = hit.place.label.zh if hit.place else ""
    click.echo("\t".join((hit.kind, hit.ref.label.zh, place, hit.ref.iri)))
    if said := hit.sentence:
        quote = " ".join(said.quote.split())
        click.echo(f"  「{quote}」 {said.document} {said.start}–{said.end}")


def _print_rows(columns: list[str], rows: Iterable[Iterable[object]]) -> None:
    click.echo("\t".join(columns))
    for row in rows:
        click.echo("\t".join("" if c is None else " ".join(str(c).split()) for c in row))


def deliver(content: Iterable[bytes], path: Path | None) -> None:
    """Writes to a file, or to standard output where none is given. Raises: BuildError."""
    if path is None:
        sys.stdout.buffer.writelines(content)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(content)
    except OSError as error:
        raise BuildError(f"{path}: 无法写入（{error.strerror}） / cannot be written") from error


def has_no_structure(path: Path, issues: Iterable[Any]) -> bool:
    """Whether nothing was recognised in a file, which is then said."""
    for issue in issues:
        if issue.code == "no-structure":
            click.echo(f"{path}: {issue.message_zh} / {issue.message_en}", err=True)
            return True
    return False


def pairs(given: Iterable[str]) -> dict[str, list[str]]:
    """What is given as NAME=VALUE, by name. Raises: click.BadParameter for what is not."""
    values: dict[str, list[str]] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.BadParameter(f"应为 名称=值 / expected NAME=VALUE: {pair!r}")
        values.setdefault(name, []).append(value)
    return values
