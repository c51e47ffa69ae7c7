"""A plan's text cut where evidence begins and ends, so that a page can mark it.

Offsets are code points; text is cut here and never in a browser, which counts otherwise.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ontology import ZT
from queries.answers.inquiry import Inquiry, Row
from queries.answers.values import Ref, Used

__all__ = ["Mark", "Passage", "Segment", "Text", "cut", "marks", "text"]

# Which kind of mark a piece of evidence is, by the class of what it is evidence for; where it is
# evidence for things of several classes, the first of these counts.
_KINDS = {
    ZT + "Responsibility": "unit",
    ZT + "Membership": "unit",
    ZT + "Target": "target",
    ZT + "Indicator": "target",
    ZT + "UnparsedTarget": "target",
    ZT + "WorkGroup": "unit",
    ZT + "Citation": "citation",
    ZT + "DocumentIssue": "issue",
    ZT + "Domain": "part",
    ZT + "Programme": "part",
    ZT + "Action": "part",
    ZT + "Safeguard": "part",
    ZT + "Plan": "front",
    ZT + "OtherDocument": "front",
}
# Evidence for one of these properties is of this kind, whatever has the property.
_STATED = {
    ZT + "topic": "topic",
    ZT + "mentionsTopic": "topic",
    ZT + "beneficiary": "beneficiary",
    ZT + "deadlineAsWritten": "deadline",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of evidence in a text, its kind, and the thing it leads to.

    A name inside the evidence is a mark of its own, without the `anchor` by which a page reaches
    the evidence.
    """

    iri: str
    start: int
    end: int
    kind: str
    about: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with the same marks, the shortest first; `chosen` where a reader is led."""

    start: int
    text: str
    marks: tuple[Mark, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of a text as lines of segments. `document` is the file's slug."""

    document: str
    start: int
    end: int
    lines: tuple[tuple[Segment, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The whole text of a file with all its evidence; `beside` are its further plans."""

    ref: Ref
    plan: Ref
    beside: tuple[Ref, ...]
    file: str
    sha256: str
    source: str
    passage: Passage
    kinds: tuple[tuple[str, int], ...]
    queries: tuple[Used, ...]


def text(inquiry: Inquiry, plan: str, chosen: range) -> Text | None:
    """The text of a plan, the code points `chosen` marked out; None where it has no text."""
    for row in inquiry.rows("pages/text", plan=plan):
        content = row["content"]
        found = marks(inquiry, row["text"], content)
        kinds = [mark.kind for mark in found if mark.anchor]
        carried = [other["carried"] for other in inquiry.rows("pages/file", plan=plan)]
        return Text(
            ref=inquiry.ref(row["text"]),
            plan=inquiry.ref(plan),
            beside=tuple(inquiry.ref(iri) for iri in carried if iri != plan),
            file=row.get("file", ""),
            sha256=row.get("sha256", ""),
            source=row.get("source", ""),
            passage=Passage(
                document=row["text"].rsplit("/", 1)[-1],
                start=0,
                end=len(content),
                lines=cut(content, found, range(len(content)), chosen),
            ),
            kinds=tuple((kind, kinds.count(kind)) for kind in dict.fromkeys(sorted(kinds))),
            queries=inquiry.used,
        )
    return None


def marks(inquiry: Inquiry, text_iri: str, content: str) -> tuple[Mark, ...]:
    """All evidence of a text in its order, and the names of units inside it."""
    by_evidence: dict[str, list[Row]] = {}
    for row in inquiry.rows("pages/marks", text=text_iri):
        by_evidence.setdefault(row["evidence"], []).append(row)
    return tuple(mark for rows in by_evidence.values() for mark in _marks(rows, content))


def cut(
    content: str, found: Iterable[Mark], span: range, chosen: range = range(0)
) -> tuple[tuple[Segment, ...], ...]:
    """The lines of `content` in `span`, each cut wherever a mark begins or ends."""
    inside = sorted(
        (m for m in found if m.start < span.stop and m.end > span.start), key=lambda m: m.start
    )
    edges = {span.start, span.stop, *_breaks(content, span)}
    edges |= {edge for m in inside for edge in (m.start, m.end)}
    edges |= {chosen.start, chosen.stop} if chosen else set()
    within = sorted(edge for edge in edges if span.start <= edge <= span.stop)
    return tuple(_lines(_segments(content, inside, within, chosen)))


def _breaks(content: str, span: range) -> Iterator[int]:
    for line_end in (i for i in span if content[i] == "\n"):
        yield line_end
        yield line_end + 1


def _segments(
    content: str, inside: Sequence[Mark], edges: Sequence[int], chosen: range
) -> Iterator[Segment]:
    waiting, active = list(reversed(inside)), list[Mark]()
    for start, end in pairwise(edges):
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        active = [m for m in active if m.end > start]
        yield Segment(start, content[start:end], tuple(sorted(active, key=_size)), start in chosen)


def _size(mark: Mark) -> tuple[int, int, str, str]:
    """Shorter marks come first; of equally long ones the name before the evidence it is in."""
    return mark.end - mark.start, mark.start, mark.anchor, mark.about


def _lines(runs: Iterable[Segment]) -> Iterator[tuple[Segment, ...]]:
    line: list[Segment] = []
    for run in runs:
        if run.text == "\n":
            yield tuple(line)
            line = []
        else:
            line.append(run)
    yield tuple(line)


def _marks(rows: Sequence[Row], content: str) -> Iterator[Mark]:
    whole = _mark(rows)
    yield whole
    for row in rows:
        at = content.find(row["name"], whole.start, whole.end) if "name" in row else -1
        if at >= 0:
            yield Mark(whole.iri, at, at + len(row["name"]), whole.kind, row["about"], anchor="")


def _mark(rows: Sequence[Row]) -> Mark:
    order = list(_KINDS)
    known = [row for row in rows if row["type"] in _KINDS] or list(rows)
    best = min(known, key=lambda r: order.index(r["type"]) if r["type"] in order else len(order))
    kind = _STATED.get(best.get("supports", "")) or _KINDS.get(best["type"], "other")
    start, end = int(best["start"]), int(best["end"])
    about = best.get("part") or best.get("about", best["thing"])
    anchor = "e-" + best["evidence"].rsplit("/", 1)[-1]
    return Mark(best["evidence"], start, end, kind, about, anchor)
