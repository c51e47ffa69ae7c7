"""What the site expects of an answered question, whoever answers it."""

from typing import Any, Protocol

__all__ = ["LONGEST_QUESTION", "Asked"]

LONGEST_QUESTION = 500  # characters


class Asked(Protocol):
    """An answer that can be written as JSON: rows with one piece of evidence each."""

    def as_json(self) -> dict[str, Any]:
        """The answer as a JSON object.

        Keys: question, understood, message, suggestions, reading, chips, sparql, columns (titles in
        the answer's language), rows, links (an IRI or null per cell), evidence (an object or null
        per row).
        """
        ...
