"""Asking: a question in plain Chinese or English answered from the graph."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from queries.answering import run
from queries.asking.answer import Answer
from queries.asking.chart import Piece, pieces
from queries.asking.folding import is_chinese
from queries.asking.lexicon import read_lexicon
from queries.asking.presenting import present
from queries.asking.question import Question
from queries.asking.reading import Condition, Misreading, Reading, Unreadable
from queries.asking.routing import route_of, values_of
from queries.asking.segmentation import Segmenter
from queries.asking.similarity import Likeness
from queries.asking.suggesting import common_names, suggestions
from queries.asking.understanding import understand
from queries.asking.wording import chips, refusal, sentence
from queries.asking.words import load_wordings, load_words
from queries.binding import bind
from queries.catalog import named
from queries.stores.port import Store

__all__ = ["Asker"]

_LONGEST = 300  # letters; longer than any question, short enough to read in no time
_EMPTY = (
    "图中没有符合这些条件的内容。",
    "Nothing in the graph meets these conditions.",
)
# Where no task has a topic as its own and says the question's word: those of the topic, those that
# mention it, those whose text has the word.
_LOOSER = {
    "topic": (
        "没有任务写明这个词；以下是同一主题的任务。",
        "No task says this word; the tasks below have the same topic.",
    ),
    "mention": (
        "没有以此为主题的任务；以下任务的正文提到了这一主题。",
        "No task has this as its topic; the tasks below mention the topic in their text.",
    ),
    "any": (
        "没有以此为主题的任务；以下任务的文字里有这个词。",
        "No task has this as its topic; the text of the tasks below has the word.",
    ),
}
_PASSING = (
    "另有 {} 项任务只在文字里提到，不以此为主题，没有列出。",
    "Tasks that only mention this in their text, not listed: {}.",
)
_COUNTED = ("共 {} 项。", "{} in all.")
_TOO_LONG = (
    f"问题太长，请不要超过 {_LONGEST} 个字。",
    f"The question is too long; at most {_LONGEST} characters, please.",
)


class Asker:
    """Answers questions from one graph, whose names it reads once.

    No model and no network: words and routes are data, names come from the graph, and values
    enter the named queries as bound terms.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._words = load_words()
        self._wordings = load_wordings()
        self._lexicon = read_lexicon(store, self._words)
        self._segmenter = Segmenter(s for s in self._lexicon.senses if s.isalnum())
        endings = self._words.endings.measure
        self._likenesses = {
            kind: Likeness.of((s.label for s in self._lexicon.of_kind(kind)), endings)
            for kind in ("indicator", "national")
        }

    def ask(self, question: str, language: str | None = None) -> Answer:
        """The answer to a question, in the question's language unless `language` is given."""
        language = language or ("zh" if is_chinese(question) else "en")
        if len(question) > _LONGEST:
            return Answer(question, language, False, message=_TOO_LONG[language == "en"])
        read = self.read(question)
        reading = understand(read)
        if isinstance(reading, Misreading):
            return self._refused(question, read, reading, language)
        try:
            return self._answered(question, read, reading, language)
        except Unreadable as why:
            return self._refused(question, read, why.misreading, language)

    def read(self, question: str) -> Question:
        """The question in pieces, before it is understood."""
        return Question(
            pieces=self._pieces(question),
            lexicon=self._lexicon,
            words=self._words,
            likenesses=self._likenesses,
            occurs=self._occurs,
            common=lambda: self._common,
            reread=lambda kind: self._pieces(question, kind),
        )

    def _pieces(self, question: str, unknown: str = "") -> tuple[Piece, ...]:
        return pieces(question, self._lexicon, self._words, self._segmenter, unknown=unknown)

    @cached_property
    def _common(self) -> dict[str, str]:
        return common_names(self._store, self._lexicon)

    def _occurs(self, word: str) -> bool:
        return bool(run(self._store, "asking/occurrences", any=word).rows)

    def _refused(self, question: str, read: Question, why: Misreading, language: str) -> Answer:
        return Answer(
            question,
            language,
            understood=False,
            message=refusal(why, language),
            suggestions=suggestions(read, self._wordings, language),
        )

    def _answered(self, text: str, read: Question, reading: Reading, language: str) -> Answer:
        answer = self._run(text, reading, language)
        if answer.rows:
            return _noted(answer, (*reading.notes, *self._passing(answer, reading)))
        for parameter in _looser_ways(reading):
            looser = self._looser(text, _loosened(reading, parameter), language)
            if looser and looser.rows:
                return _noted(looser, (_LOOSER[parameter], *reading.notes))
        offered = suggestions(read, self._wordings, language)
        return _noted(replace(answer, suggestions=offered), (_EMPTY, *reading.notes))

    def _passing(self, answer: Answer, reading: Reading) -> Iterator[tuple[str, str]]:
        """Tells of tasks left out because they only mention the topic asked about."""
        listed = reading.aggregate == "list" and reading.asked != "places_without"
        if not listed or not reading.has("topic"):
            return
        narrow = any(c.loose for c in reading.conditions)
        wider = _loosened(reading, "any" if narrow else "mention")
        found = self._looser(answer.question, wider, answer.language)
        if count := len(_actions(found) - _actions(answer)) if found else 0:
            yield _PASSING[0].format(count), _PASSING[1].format(count)

    def _looser(self, text: str, reading: Reading, language: str) -> Answer | None:
        try:
            return self._run(text, reading, language)
        except Unreadable:
            return None  # no query takes this condition

    def _run(self, text: str, reading: Reading, language: str) -> Answer:
        route = route_of(reading, self._wordings, language)
        sparql = bind(named(route.query), values_of(reading))
        table = self._store.select(sparql)
        listed = reading.aggregate == "count" and route.aggregate == "list"
        shown = present(table, reading, route, speech=(self._lexicon, self._wordings, language))
        return Answer(
            text,
            language,
            understood=True,
            reading=sentence(reading, self._lexicon, self._wordings, language),
            chips=chips(reading, self._lexicon, self._wordings, language),
            query=route.query,
            sparql=sparql,
            columns=shown.columns,
            rows=shown.rows,
            links=shown.links,
            evidence=shown.evidence,
            message=_COUNTED[language == "en"].format(len(shown.rows)) if listed else "",
        )


def _looser_ways(reading: Reading) -> tuple[str, ...]:
    """How to ask for more: the question's own word first, where it is narrower than its topic."""
    about = reading.has("topic") or reading.has("mention")
    if not about or reading.asked == "places_without":  # what is lacking would be lacked the more
        return ()
    narrow = any(c.loose for c in reading.conditions)
    return ("any", "topic", "mention") if narrow else ("topic", "mention", "any")


def _actions(answer: Answer) -> set[str | None]:
    """The actions that the rows of an answer show."""
    at = [n for n, column in enumerate(answer.columns) if column.name == "action_title"]
    return {row[n] for row in answer.links for n in at}


def _noted(answer: Answer, notes: tuple[tuple[str, str], ...]) -> Answer:
    english = answer.language == "en"
    said = (answer.message, *(note[english] for note in notes))
    return replace(answer, message=(" " if english else "").join(part for part in said if part))


def _loosened(reading: Reading, parameter: str) -> Reading:
    """The same reading without loose words, its topics as they are, mentioned or as words."""
    return replace(
        reading,
        conditions=tuple(
            Condition(parameter, c.labels if parameter == "any" else c.values, c.labels)
            if c.parameter == "topic" or (c.parameter == "mention" and parameter == "any")
            else c
            for c in reading.conditions
            if not c.loose
        ),
    )
