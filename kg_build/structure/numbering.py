"""The numbers of a text's headings, which tell what stands outside a table: 四、 behind 三、."""

from kg_build.families import Marker, marker

__all__ = ["ITEM_LEVEL", "Numbering", "heading_number"]

#: 1. numbers items; 第一章, 一、 and (一), which stand above it, number what is set out
ITEM_LEVEL = 60


def heading_number(words: str) -> Marker | None:
    """The number of a line that begins as a heading does: 三、保障措施, but not 3.保障措施 or 三、.

    Example:
        >>> heading_number("三、保障措施").value, heading_number("三、"), heading_number("3.甲")
        (3, None, None)
    """
    found = marker(words)
    is_heading = found is not None and found.level < ITEM_LEVEL and found.length < len(words)
    return found if is_heading else None


class Numbering:
    """The last number of each style among some headings."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def note(self, number: Marker) -> None:
        """Takes in the number of a further heading."""
        self._last[number.style] = number.value

    def goes_on(self, number: Marker) -> bool:
        """Whether a number is the next one of its style."""
        return self._last.get(number.style) == number.value - 1
