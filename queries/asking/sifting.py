"""Answers with only those of their rows that say what was asked for."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from queries.asking.answer import Answer

__all__ = ["due_in", "stating", "undated"]

_UNSTATED = (
    "有 {} 个计划没有写明{}。",
    "Plans that do not state it: {} ({}).",
)


def stating(answer: Answer, columns: tuple[str, ...]) -> Answer:
    """The rows that state any of the columns, with a note on how many do not."""
    asked = [n for n, column in enumerate(answer.columns) if column.name in columns]
    stated = [n for n, row in enumerate(answer.rows) if any(row[at] for at in asked)]
    if len(stated) == len(answer.rows):
        return answer
    english = answer.language == "en"
    titles = [answer.columns[at].en if english else answer.columns[at].zh for at in asked]
    said = (", " if english else "、").join(titles)
    note = _UNSTATED[english].format(len(answer.rows) - len(stated), said)
    return replace(_only(answer, stated), message=note)


def undated(answer: Answer) -> Answer:
    """The rows that state no deadline."""
    return _by_deadline(answer, lambda deadline: not deadline)


def due_in(answer: Answer, year: str) -> Answer:
    """The rows whose deadline is a year."""
    return _by_deadline(answer, lambda deadline: deadline.startswith(year))


def _by_deadline(answer: Answer, keeps: Callable[[str], bool]) -> Answer:
    at = next((n for n, column in enumerate(answer.columns) if column.name == "deadline"), None)
    if at is None:
        return answer
    return _only(answer, [n for n, row in enumerate(answer.rows) if keeps(row[at])])


def _only(answer: Answer, rows: Sequence[int]) -> Answer:
    return replace(
        answer,
        rows=tuple(answer.rows[n] for n in rows),
        links=tuple(answer.links[n] for n in rows),
        evidence=tuple(answer.evidence[n] for n in rows),
    )
