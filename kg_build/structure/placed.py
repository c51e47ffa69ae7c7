"""A cell and the place where it begins."""

from dataclasses import dataclass

from kg_build.lex.view import View

__all__ = ["NO_VIEW", "Placed"]

NO_VIEW = View("", ())


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the row and column where it begins, both from 0."""

    view: View
    row: int
    column: int

    @property
    def text(self) -> str:
        """Its folded text without white space."""
        return self.view.text
