"""Asking the store for one answer: named queries, names and quotes, each in one round."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from ontology import ZT
from queries.answering import run
from queries.answers.values import (
    Due,
    Duty,
    Label,
    Location,
    Quote,
    Ref,
    Target,
    TargetUnit,
    Unparsed,
    Used,
)
from queries.stores.port import Store, Table

__all__ = ["Inquiry", "Row"]

Row = dict[str, str]

_CONTEXT = 24  # characters that a quote selector keeps on either side; fewer at a text's ends
_DUE = ZT + "deadlineAsWritten"
_WHERE = ("page", "paragraph", "table", "row", "column")
_SENTENCE_ENDS = re.compile(r"[。！？；\n\t]")


class Inquiry:
    """The named queries run for one answer.

    Names are looked up in one query for all IRIs seen so far, the first time one is wanted.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._used: dict[Used, None] = {}
        self._labels: dict[str, Label] = {}
        self._seen: set[str] = set()

    @property
    def used(self) -> tuple[Used, ...]:
        """The queries run, each once, in the order of first use."""
        return tuple(self._used)

    def table(self, name: str, **values: str | Sequence[str]) -> Table:
        """The answer of a named query."""
        single = tuple((k, v) for k, v in values.items() if isinstance(v, str))
        self._used[Used(name, single)] = None
        table = run(self._store, name, **values)
        self._seen.update(t.value for row in table.rows for t in row if t and t.kind == "iri")
        return table

    def rows(self, name: str, **values: str | Sequence[str]) -> list[Row]:
        """The same as plain values by column; missing cells are left out."""
        return self.table(name, **values).dicts()

    def ref(self, iri: str) -> Ref:
        """The thing with its name; the end of its IRI where the graph has none."""
        if iri not in self._labels:
            self._look_up({iri, *self._seen} - self._labels.keys())
        return Ref(iri, self._labels[iri])

    def expect(self, iris: Iterable[str]) -> None:
        """Names that will be wanted, so that one query looks them all up."""
        self._seen.update(iris)

    def optional_ref(self, iri: str | None) -> Ref | None:
        """The thing with its name, if there is one."""
        return self.ref(iri) if iri else None

    def quotes(self, iris: Iterable[str]) -> dict[str, tuple[Quote, ...]]:
        """The evidence of each thing in the order of the text; every thing has an entry."""
        wanted = list(dict.fromkeys(iris))
        found: dict[str, list[Quote]] = {iri: [] for iri in wanted}
        for row in self.rows("pages/evidence", thing=wanted) if wanted else ():
            found[row["thing"]].append(_quote(row))
        return {iri: tuple(quotes) for iri, quotes in found.items()}

    def quote(self, evidence: str) -> Quote | None:
        """A piece of evidence by its own IRI."""
        return next(map(_quote, self.rows("pages/quote", evidence=evidence)), None)

    def duties(self, of: Sequence[str]) -> tuple[Duty, ...]:
        """The responsibilities of parts or units, lead units first."""
        rows = self.rows("pages/responsibilities", of=of)
        quotes = self.quotes(row["responsibility"] for row in rows)
        return tuple(self._duty(row, quotes[row["responsibility"]]) for row in rows)

    def targets(self, of: Sequence[str]) -> tuple[Target, ...]:
        """The targets of plans, parts, indicators or units in the order of the text."""
        rows = self.rows("pages/targets", of=of)
        quotes = self.quotes(row["target"] for row in rows)
        units = self._target_units([row["target"] for row in rows])
        rows.sort(key=lambda row: _place(quotes[row["target"]]))
        return tuple(
            self._target(row, quotes[row["target"]], units.get(row["target"], ())) for row in rows
        )

    def unparsed(self, of: str) -> tuple[Unparsed, ...]:
        """The numbers of a plan or part that promise something and were not understood."""
        rows = self.rows("pages/unparsed", of=of)
        quotes = self.quotes(row["target"] for row in rows)
        return tuple(
            Unparsed(
                ref=self.ref(row["target"]),
                holder=self.ref(row["holder"]),
                written=row["written"],
                quotes=quotes[row["target"]],
            )
            for row in sorted(rows, key=lambda row: _place(quotes[row["target"]]))
        )

    def due(self, iri: str) -> Due | None:
        """By when an action as a whole shall be done, if its text says so."""
        for row in self.rows("pages/due", action=iri):
            quotes = (q for q in self.quotes([iri])[iri] if q.supports == _DUE)
            return Due(row["written"], row.get("year"), row.get("month"), tuple(quotes))
        return None

    def _duty(self, row: Row, quotes: tuple[Quote, ...]) -> Duty:
        return Duty(
            part=self.ref(row["part"]),
            plan=self.ref(row["plan"]),
            unit=self.ref(row["unit"]),
            role=self.ref(row["role"]),
            name=row["name"],
            inherited=self.optional_ref(row.get("inherited")),
            scope=row.get("scope"),
            quotes=quotes,
        )

    def _target_units(self, targets: Sequence[str]) -> dict[str, tuple[TargetUnit, ...]]:
        """The units of each target that has any, in the order of the text."""
        rows = self.rows("pages/target_units", target=targets) if targets else []
        quotes = self.quotes(row["responsibility"] for row in rows)
        found: dict[str, list[TargetUnit]] = {}
        for row in rows:
            unit, role = self.ref(row["unit"]), self.ref(row["role"])
            said = TargetUnit(unit, role, row["name"], quotes[row["responsibility"]])
            found.setdefault(row["target"], []).append(said)
        return {target: tuple(sorted(units, key=_named_at)) for target, units in found.items()}

    def _target(self, row: Row, quotes: tuple[Quote, ...], units: tuple[TargetUnit, ...]) -> Target:
        return Target(
            ref=self.ref(row["target"]),
            holder=self.ref(row["holder"]),
            indicator=self.ref(row["indicator"]),
            written=row["written"],
            comparator=self.optional_ref(row.get("comparator")),
            value=row.get("value"),
            maximum=row.get("maximum"),
            unit=row.get("unit"),
            deadline=row.get("deadline"),
            per=row.get("per"),
            hedge=row.get("hedge"),
            baseline=row.get("baseline"),
            baseline_year=row.get("baseline_year"),
            change=row.get("change"),
            attribute=self.optional_ref(row.get("attribute")),
            cumulative=row.get("cumulative") == "true",
            units=units,
            quotes=quotes,
        )

    def _look_up(self, iris: set[str]) -> None:
        names: dict[str, dict[str, str]] = {iri: {} for iri in iris}
        for thing, label in run(self._store, "pages/labels", thing=sorted(iris)).rows:
            if thing and label:
                names[thing.value].setdefault((label.language or "")[:2], label.value)
        self._labels |= {iri: _label(iri, found) for iri, found in names.items()}


def _label(iri: str, names: dict[str, str]) -> Label:
    """Names by language, "" where a label has none."""
    local = unquote(iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1])
    neutral = names.get("")
    zh = names.get("zh") or neutral or names.get("en") or local
    return Label(zh, names.get("en") or neutral or zh)


def _quote(row: Row) -> Quote:
    return Quote(
        iri=row["evidence"],
        document=row["text"].rsplit("/", 1)[-1],
        start=int(row["start"]),
        end=int(row["end"]),
        exact=row["exact"],
        before=_from_sentence_start(row.get("prefix", "")),
        after=_to_sentence_end(row["exact"], row.get("suffix", "")),
        rule=unquote(row.get("rule", "").rsplit("/", 1)[-1]),
        confidence=float(row.get("confidence", 1)),
        supports=row.get("supports", ""),
        value=row.get("value", ""),
        at=Location(*(int(row[where]) if where in row else None for where in _WHERE)),
    )


def _from_sentence_start(prefix: str) -> str:
    *earlier, last = _SENTENCE_ENDS.split(prefix)
    return last.lstrip() if earlier or len(prefix) < _CONTEXT else "…" + last.lstrip()


def _to_sentence_end(exact: str, suffix: str) -> str:
    if _SENTENCE_ENDS.match(exact[-1:]):
        return ""
    end = _SENTENCE_ENDS.search(suffix)
    if end:
        return suffix[: end.end()].rstrip()
    return suffix if len(suffix) < _CONTEXT else suffix + "…"


def _named_at(said: TargetUnit) -> tuple[str, int, int]:
    at = said.quotes[0].exact.find(said.name) if said.quotes else 0
    return (*_place(said.quotes), at)


def _place(quotes: tuple[Quote, ...]) -> tuple[str, int]:
    return (quotes[0].document, quotes[0].start) if quotes else ("", 0)
