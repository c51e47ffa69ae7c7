"""Asking: a question in plain Chinese or English answered from the graph."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from queries.answering import run
from queries.asking.answer import Answer
from queries.asking.changing import Change, merged, read_changes, written
from queries.asking.chart import Names, Piece, pieces
from queries.asking.choosing import Chooser
from queries.asking.folding import fold, is_chinese
from queries.asking.following import following, rests
from queries.asking.known import Known
from queries.asking.lexicon import read_lexicon
from queries.asking.loosening import loosened, looser_readings, over
from queries.asking.partial import PartialNames
from queries.asking.presenting import Presented, present
from queries.asking.question import Question
from queries.asking.reading import Misreading, Reading, Unreadable
from queries.asking.repairing import missed, repairs
from queries.asking.revising import revised, with_places
from queries.asking.routing import route_of, values_of
from queries.asking.segmentation import Segmenter, part_of_speech
from queries.asking.sifting import due_in, stating, undated
from queries.asking.similarity import Likeness
from queries.asking.spelling import Spelling, is_odd, put_right
from queries.asking.suggesting import common_names, suggestions
from queries.asking.titles import EnglishTitles
from queries.asking.tolerating import understand_most
from queries.asking.translations import untranslated
from queries.asking.wording import chips, differences, refusal, sentence
from queries.asking.words import Route, load_wordings, load_words
from queries.binding import bind
from queries.catalog import named
from queries.stores.port import Store

__all__ = ["Asker"]

_LONGEST = 300  # letters; longer than any question, short enough to read in no time
_EMPTY = (
    "图中没有符合这些条件的内容。",
    "Nothing in the graph meets these conditions.",
)
_PASSING = (
    "另有 {} 项任务只在文字里提到，不以此为主题，没有列出。",
    "Tasks that only mention this in their text, not listed: {}.",
)
_TOTAL = ("合计 {}。", "{} in all.")
_COUNTED = ("共 {} 项。", "{} in all.")
_CONTINUED = ("接着“{}”问：", "Following “{}”: ")
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
        self._known = Known(store, self._wordings)
        self._chooser = Chooser(store, self._known, self._lexicon, self._wordings)
        self._names = Names(
            self._lexicon,
            PartialNames.of(self._lexicon, self._words),
            EnglishTitles.of(self._lexicon, self._words),
            Segmenter(s for s in self._lexicon.senses if s.isalnum()),
            self._said,
        )
        endings = self._words.endings.measure
        self._likenesses = {
            kind: Likeness.of((s.label for s in self._lexicon.of_kind(kind)), endings)
            for kind in ("indicator", "national")
        }

    def ask(
        self,
        question: str,
        language: str | None = None,
        *,
        sets: Sequence[str] = (),
        drops: Sequence[str] = (),
        after: str = "",
    ) -> Answer:
        """The answer to a question, in the question's language unless `language` is given.

        `sets` (kind:value) and `drops` (kind) change the question, or the one that it comes
        `after`; a question that is no follow-up of that is answered by itself.
        """
        language = language or ("zh" if is_chinese(question) else "en")
        if max(len(question), len(after)) > _LONGEST:
            return Answer(question, language, False, message=_TOO_LONG[language == "en"])
        try:
            changes = read_changes(sets, drops)
        except Unreadable as why:
            return self._refused(question, self.read(question), why.misreading, language)
        if not after:
            return self._changed(question, changes, language)
        try:
            more = self._continued(after, changes, question)
        except Unreadable as why:
            answer = self._refused(question, self.read(question), why.misreading, language)
            return _following(replace(answer, changes=written(changes)), after)
        if not more:
            return self._changed(question, (), language)
        answer = self._changed(after, merged(changes, more), language)
        return _following(replace(answer, question=question, missed=(), repairs=()), after)

    def _changed(self, text: str, changes: tuple[Change, ...], language: str) -> Answer:
        """The answer to a question with changes."""
        read = self.read(text)
        try:
            read, reading = self._revised(read, changes)
            answer = self._answered(text, read, reading, language)
        except Unreadable as why:
            refused = self._refused(text, read, why.misreading, language)
            return replace(refused, changes=written(changes))
        return replace(
            answer,
            changes=written(changes),
            offered=lambda: self._chooser.slots(
                reading,
                chips(reading, self._lexicon, self._wordings, language),
                changes,
                language,
                lambda change: self._reads(text, merged(changes, (change,))),
            ),
        )

    def _reads(self, text: str, changes: tuple[Change, ...]) -> bool:
        try:
            return bool(self._revised(self.read(text), changes))
        except Unreadable:
            return False

    def _revised(self, read: Question, changes: tuple[Change, ...]) -> tuple[Question, Reading]:
        """The question with its places changed, and its reading with all changes.

        Raises: `Unreadable` where either is not understood.
        """
        placed = with_places(read, changes, self._known)
        before = understand_most(placed, part_of_speech)
        if isinstance(before, Misreading):
            raise Unreadable(before.reason, *before.words, nearest=before.nearest)
        if not changes:
            return placed, before
        after = revised(before, changes, placed, self._known)
        said = understand_most(read, part_of_speech)
        own = Reading(after.asked) if isinstance(said, Misreading) else said
        changed = differences(own, after, self._lexicon, self._wordings)
        return placed, replace(after, changed=changed)

    def _continued(self, text: str, changes: tuple[Change, ...], more: str) -> tuple[Change, ...]:
        """What a follow-up changes beside the changes before; none where it is no follow-up.

        Raises: `Unreadable` for a name in a follow-up that the graph does not have.
        """
        try:
            before, reading = self._revised(self.read(text), changes)
        except Unreadable:
            return ()
        why: Unreadable | None = None
        for rest, framed in rests(more):
            try:
                if found := following(self.read(rest), before, reading, self._known, framed=framed):
                    return found
            except Unreadable as error:
                why = error if framed else why
        if why:
            raise why
        return ()

    def read(self, question: str) -> Question:
        """The question in pieces, before it is understood."""
        text = fold(question)
        found = self._pieces(text)
        if (bare := untranslated(text, found, self._said)) != text:
            text = bare
            found = self._pieces(text)
        odd = any(map(is_odd, found))
        corrections = tuple(self._spelling.corrections(text, found)) if odd else ()
        if corrections:
            text = put_right(text, corrections)
            found = self._pieces(text)
        return Question(
            pieces=found,
            corrections=corrections,
            lexicon=self._lexicon,
            words=self._words,
            likenesses=self._likenesses,
            occurs=self._occurs,
            common=lambda: self._common,
            reread=lambda kind: self._pieces(text, kind),
        )

    def _pieces(self, text: str, unknown: str = "") -> tuple[Piece, ...]:
        return pieces(text, self._names, self._words, unknown=unknown)

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling.of(self._lexicon)

    @cached_property
    def _common(self) -> dict[str, str]:
        return common_names(self._store, self._lexicon)

    def _occurs(self, word: str) -> bool:
        return word in self._texts

    def _said(self, word: str) -> bool:
        kinds = ("indicator", "plan")
        return self._occurs(word) or any(
            word in s.label for kind in kinds for s in self._lexicon.of_kind(kind)
        )

    @cached_property
    def _texts(self) -> str:
        """What all actions say, read once: a store takes long to tell that none has a word."""
        return "\n".join(t.value for (t,) in run(self._store, "asking/texts").rows if t)

    def _refused(self, question: str, read: Question, why: Misreading, language: str) -> Answer:
        return Answer(
            question,
            language,
            understood=False,
            message=refusal(why, language),
            suggestions=suggestions(read, self._wordings, language),
            missed=missed(question, why),
            repairs=repairs(question, why, self._lexicon),
        )

    def _answered(self, text: str, read: Question, reading: Reading, language: str) -> Answer:
        answer = self._run(text, reading, language)
        if reading.shows and answer.rows and not reading.has("unsaid"):
            answer = stating(answer, reading.shows)
        if answer.rows and (note := over(reading, self._store)):
            answer = due_in(answer, *reading.values("year_to"))
            return _noted(answer, reading.notes if answer.rows else (note, *reading.notes))
        if answer.rows:
            return _noted(answer, (*reading.notes, *self._passing(answer, reading)))
        for way in looser_readings(reading, self._store):
            looser = self._looser(text, way.reading, language)
            looser = undated(looser) if looser and way.undated else looser
            if looser and looser.rows:
                return _noted(looser, (way.note, *reading.notes))
        offered = suggestions(read, self._wordings, language)
        return _noted(replace(answer, suggestions=offered), (_EMPTY, *reading.notes))

    def _passing(self, answer: Answer, reading: Reading) -> Iterator[tuple[str, str]]:
        """Tells of tasks left out because they only mention the topic asked about."""
        listed = reading.aggregate == "list" and reading.asked != "places_without"
        if not listed or not reading.has("topic"):
            return
        narrow = any(c.loose for c in reading.conditions)
        wider = loosened(reading, "any" if narrow else "mention")
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
            bars=shown.bars,
            message=_counted(reading, route, shown, language),
        )


def _counted(reading: Reading, route: Route, shown: Presented, language: str) -> str:
    """How many there are: rows that no query counts, or the sum of counts that share nothing."""
    if reading.aggregate != "count" or reading.by:
        return ""
    if route.aggregate == "list":
        return _COUNTED[language == "en"].format(len(shown.rows))
    total = sum(int(row[route.show.index("count")]) for row in shown.rows)
    return _TOTAL[language == "en"].format(total) if len(shown.rows) > 1 else ""


def _following(answer: Answer, after: str) -> Answer:
    """The answer, saying which question it was taken as following."""
    said = _CONTINUED[answer.language == "en"].format(after)
    if answer.understood:
        return replace(answer, after=after, reading=said + answer.reading)
    return replace(answer, after=after, message=said + answer.message)


def _actions(answer: Answer) -> set[str | None]:
    """The actions that the rows of an answer show."""
    at = [n for n, column in enumerate(answer.columns) if column.name == "action_title"]
    return {row[n] for row in answer.links for n in at}


def _noted(answer: Answer, notes: tuple[tuple[str, str], ...]) -> Answer:
    english = answer.language == "en"
    said = (answer.message, *(note[english] for note in notes))
    return replace(answer, message=(" " if english else "").join(part for part in said if part))
