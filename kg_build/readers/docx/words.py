"""What a paragraph of a Word file says: its lines, and the text boxes that hang on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

__all__ = ["Element", "Words", "named"]

Element = Any  # lxml has no types

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def named(*names: str) -> frozenset[str]:
    """Full tag names of WordprocessingML elements."""
    return frozenset(qn(f"w:{name}") for name in names)


_TEXT = named("t") | {_MATH + "t"}
_BREAKS = named("br", "cr")
_WRITTEN = {qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_REMOVED = named("del", "moveFrom")
#: properties, codes of fields, readings above characters: no part of what is read
_SILENT = named(
    "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "rt", "footnoteReference"
)
_PICTURES = named("drawing", "pict", "object")


@dataclass(slots=True)
class Words:
    """The lines of a paragraph, its text boxes, and what was met in it and not read."""

    lines: list[str] = field(default_factory=lambda: [""])
    boxes: list[Element] = field(default_factory=list)
    removed: int = 0
    pictures: int = 0

    def read(self, paragraph: Element) -> "Words":
        """Reads the runs of a paragraph in order, whatever links or fields stand around them."""
        waiting = [iter(paragraph)]
        while waiting:
            element = next(waiting[-1], None)
            if element is None:
                waiting.pop()
            else:
                waiting.append(iter(self._take(element)))
        return self

    def _take(self, element: Element) -> Iterable[Element]:
        """Reads one element; gives what stands in it where that is to be read too."""
        tag = element.tag
        if tag in _TEXT:
            self.lines[-1] += element.text or ""
        elif tag in _BREAKS:
            self.lines.append("")
        elif tag in _WRITTEN:
            self.lines[-1] += _WRITTEN[tag]
        elif tag in _REMOVED:
            self.removed += any(True for _ in element.iter(qn("w:t"), qn("w:delText")))
        elif tag in _PICTURES:
            self._picture(element)
        elif tag == _ALTERNATIVES:
            return tuple(element[:1])  # the others say the same for older programs
        elif tag not in _SILENT and not (tag == qn("w:r") and _is_hidden(element)):
            return tuple(element)
        return ()

    def _picture(self, element: Element) -> None:
        boxes = list(element.iter(qn("w:txbxContent")))
        outer = [b for b in boxes if not any(a in boxes for a in b.iterancestors())]
        self.boxes += outer
        self.pictures += not outer


def _is_hidden(run: Element) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in {"0", "false"}
