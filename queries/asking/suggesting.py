"""Questions that can be answered, near one that was not."""

from queries.answering import run
from queries.asking.lexicon import Lexicon
from queries.asking.question import Question
from queries.asking.similarity import nearest
from queries.asking.words import Wordings
from queries.stores.port import Store

__all__ = ["common_names", "suggestions"]

_COUNT = 3
_COMMON = {
    "topic": ("competency/count_actions_by_topic", "about"),
    "unit": ("competency/count_actions_by_unit", "unit"),
    "indicator": ("competency/targets", "indicator"),
}


def common_names(store: Store, lexicon: Lexicon) -> dict[str, str]:
    """A topic, a unit and an indicator that the graph has much of, to complete suggestions with.

    What the titles of plans say is no topic to ask about: everything there is about it.
    """
    titles = "".join(s.label for s in lexicon.of_kind("plan"))
    found = {}
    for kind, (query, column) in _COMMON.items():
        rows = run(store, query).dicts()
        telling = (r[column] for r in rows if lexicon.label(r[column], "zh") not in titles)
        if first := next(telling, None):
            found[kind] = first
    return found


def suggestions(question: Question, wordings: Wordings, language: str) -> tuple[str, ...]:
    """Three questions built from what was recognised, completed from the graph."""
    text = "".join(p.text for p in question.pieces)
    filled = [_fill(line, question, language) for line in wordings.suggestions[language]]
    offered = [line for line in filled if line]
    near = nearest(text, offered, _COUNT)
    return (*near, *(line for line in offered if line not in near))[:_COUNT]


def _fill(line: str, question: Question, language: str) -> str | None:
    names = {
        kind: _name(question, kind, language)
        for kind in ("place", "topic", "unit", "indicator")
        if "{" + kind + "}" in line
    }
    if None in names.values():
        return None
    return line.format(**names, year=_year(question))


def _name(question: Question, kind: str, language: str) -> str | None:
    lexicon = question.lexicon
    for _, piece in question.find(kind):
        sense = piece.sense(kind)
        if sense and (kind != "place" or sense.value in lexicon.planned):
            return lexicon.label(sense.value, language)
    if kind == "place":
        return next((lexicon.label(iri, language) for iri in sorted(lexicon.planned)), None)
    iri = question.common().get(kind)
    return lexicon.label(iri, language) if iri else None


def _year(question: Question) -> str:
    found = [p.text for _, p in question.find("year")]
    digits = "".join(c for c in found[0] if c.isdigit()) if found else ""
    return digits or "2025"
