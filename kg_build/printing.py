"""Answers as people read them on a terminal."""

from collections.abc import Iterable
from typing import Any

import click

__all__ = ["print_answer", "print_rows"]


def print_answer(answer: dict[str, Any]) -> None:
    """The reading, what else could be asked, the rows and the sentence of each."""
    click.echo(answer["reading"])
    if answer["message"]:
        click.echo(answer["message"])
    for suggestion in (*(r["question"] for r in answer["repairs"]), *answer["suggestions"]):
        click.echo(f"  · {suggestion}")
    if not answer["rows"]:
        return
    print_rows(answer["columns"], answer["rows"])
    for found in answer["evidence"]:
        if found:
            place = f"{found['document']} {found['start']}–{found['end']}"
            click.echo(f"  「{found['quote']}」 {place}")


def print_rows(columns: list[str], rows: Iterable[Iterable[object]]) -> None:
    """A table, tabs between its cells."""
    click.echo("\t".join(columns))
    for row in rows:
        click.echo("\t".join("" if c is None else " ".join(str(c).split()) for c in row))
