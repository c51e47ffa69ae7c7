"""What the site expects of whoever answers questions, and the question that an address asks."""

from collections.abc import Sequence
from typing import Any, Protocol

from flask import abort, request

__all__ = ["LONGEST_QUESTION", "Asked", "Asking", "answer_asked", "has_empty_changes"]

LONGEST_QUESTION = 500  # characters


class Asked(Protocol):
    """An answer that can be written as JSON: rows with one piece of evidence each."""

    def as_json(self) -> dict[str, Any]:
        """The answer as a JSON object.

        Keys: question, understood, message, suggestions, reading, chips, sparql, columns (titles in
        the answer's language), rows, links (an IRI or null per cell), evidence (an object or null
        per row), after, set, drop, bars, missed, repairs.
        """
        ...

    def choices(self) -> list[dict[str, Any]]:
        """What can be chosen instead of, or beside, each condition of the reading."""
        ...


class Asking(Protocol):
    """Answers questions with changes, or as follow-ups."""

    def __call__(
        self,
        question: str,
        language: str | None = None,
        *,
        sets: Sequence[str] = (),
        drops: Sequence[str] = (),
        after: str = "",
    ) -> Asked:
        """The answer to a question."""
        ...


def answer_asked(asking: Asking, language: str | None) -> Asked | None:
    """The answer to the question of this address, `None` without one; 413 where it is too long.

    Parameters: `q`, any number of `set` (kind:value) and `drop` (kind), and `after`.
    """
    question, after = (request.args.get(name, "").strip() for name in ("q", "after"))
    if max(len(question), len(after)) > LONGEST_QUESTION:
        abort(413)
    if not question:
        return None
    sets, drops = (request.args.getlist(name) for name in ("set", "drop"))
    return asking(question, language, sets=sets, drops=drops, after=after)


def has_empty_changes() -> bool:
    """Whether a form was sent with nothing chosen in some of its fields."""
    return "" in request.args.getlist("set")
