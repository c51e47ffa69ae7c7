"""The numbers that Word writes before paragraphs; the file only says which list they are in.

**Source:** ECMA-376 part 1, 17.9 (numbering)
"""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from kg_build.readers.numbering import numeral

__all__ = ["Numbering"]

_OPEN_END = re.compile(r"[0-9A-Za-z一-鿿]$")  # a number that would run into the text
_PLACE = re.compile("%([1-9])")
_LEVELS = 9
_MOST_BASES = 20  # styles that a style may rest on, one on the other

Element = Any  # lxml has no types


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None  # the level, from 1, after which this one begins anew; 0 for never
    is_legal: bool = False  # all numbers in digits
    paragraph_style: str = ""


@dataclass(slots=True)
class _List:
    """The levels of a list and the number each of them has reached."""

    levels: dict[int, _Level]
    reached: dict[int, int] = field(default_factory=dict)

    def next(self, at: int) -> str:
        """Counts one paragraph at a level and gives its number as written."""
        level = self.levels.get(at, _Level())
        self.reached[at] = self.reached.get(at, level.start - 1) + 1
        for deeper in [d for d in self.reached if d > at]:
            restart = self.levels.get(deeper, _Level()).restart
            if restart is None or at < restart:
                del self.reached[deeper]
        return self._written(level)

    def _written(self, level: _Level) -> str:
        if level.style == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = self.levels.get(at, _Level())
            value = self.reached.get(at, other.start)
            return numeral(value, "decimal" if level.is_legal else other.style)

        written = _PLACE.sub(number, level.text)
        return f"{written} " if _OPEN_END.search(written) else written


class Numbering:
    """The lists of one document, counted along as its paragraphs are read."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = _by_id(styles, "w:style", "w:styleId")
        self._abstract = _by_id(numbering, "w:abstractNum", "w:abstractNumId")
        self._numbers = _by_id(numbering, "w:num", "w:numId")
        self._lists: dict[str, _List] = {}  # by abstract list, which several lists share
        self._begun: set[str] = set()

    def number(self, properties: Element | None) -> str:
        """The number of the next paragraph with these properties; empty where it has none."""
        list_id, level = self._of(properties)
        number = self._numbers.get(list_id)
        if number is None or not 0 <= level < _LEVELS:
            return ""
        return self._list(list_id, number).next(level)

    def style_name(self, properties: Element | None) -> str:
        """The name of a paragraph's style, in small letters."""
        style = self._styles.get(_value(properties, "w:pStyle"))
        return _value(style, "w:name").lower()

    def _of(self, properties: Element | None) -> tuple[str, int]:
        """The list and level of a paragraph: its own, or those of its style."""
        own = properties.find(qn("w:numPr")) if properties is not None else None
        list_id, level = _value(own, "w:numId"), _value(own, "w:ilvl")
        style_id = _value(properties, "w:pStyle")
        for _ in range(_MOST_BASES):
            style = self._styles.get(style_id)
            if list_id or style is None:
                break
            given = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            list_id = _value(given, "w:numId")
            level = level or _value(given, "w:ilvl")
            if list_id and not level:
                level = str(self._level_of_style(list_id, style_id))
            style_id = _value(style, "w:basedOn")
        return list_id, _integer(level, 0)

    def _level_of_style(self, list_id: str, style_id: str) -> int:
        levels = self._levels(list_id)
        return next((n for n, level in levels.items() if level.paragraph_style == style_id), 0)

    def _list(self, list_id: str, number: Element) -> _List:
        """The list that a number belongs to, begun anew where the number says so."""
        key = _value(number, "w:abstractNumId")
        found = self._lists.setdefault(key, _List({}))
        if list_id not in self._begun:
            self._begun.add(list_id)
            for override in number.findall(qn("w:lvlOverride")):
                start = _value(override, "w:startOverride")
                if start:
                    found.reached[_integer(override.get(qn("w:ilvl")), 0)] = _integer(start, 1) - 1
        found.levels = self._levels(list_id)
        return found

    def _levels(self, list_id: str) -> dict[int, _Level]:
        number = self._numbers.get(list_id)
        abstract = self._abstract.get(_value(number, "w:abstractNumId"))
        linked = self._styles.get(_value(abstract, "w:numStyleLink"))
        if linked is not None:
            given = linked.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            number = self._numbers.get(_value(given, "w:numId"), number)
            abstract = self._abstract.get(_value(number, "w:abstractNumId"), abstract)
        found = abstract.findall(qn("w:lvl")) if abstract is not None else []
        own = number.findall(f"{qn('w:lvlOverride')}/{qn('w:lvl')}") if number is not None else []
        return {_integer(lvl.get(qn("w:ilvl")), 0): _level(lvl) for lvl in (*found, *own)}


def _level(element: Element) -> _Level:
    restart = _value(element, "w:lvlRestart")
    return _Level(
        start=_integer(_value(element, "w:start"), 1),
        style=_value(element, "w:numFmt") or "decimal",
        text=_value(element, "w:lvlText"),
        restart=_integer(restart, 0) if restart else None,
        is_legal=element.find(qn("w:isLgl")) is not None,
        paragraph_style=_value(element, "w:pStyle"),
    )


def _by_id(parent: Element | None, tag: str, key: str) -> dict[str, Element]:
    found = parent.findall(qn(tag)) if parent is not None else []
    return {e.get(qn(key), ""): e for e in found}


def _value(parent: Element | None, tag: str) -> str:
    child = parent.find(qn(tag)) if parent is not None else None
    return (child.get(qn("w:val")) or "") if child is not None else ""


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text) else otherwise
