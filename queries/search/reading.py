"""The entries of a search index, read from a store by named queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from queries.answering import run
from queries.search.entries import Entry, Scope
from queries.search.facts import Facts, facts, units
from queries.search.kinds import SENTENCE, UNIT
from queries.search.sentences import owners, sentences
from queries.stores.port import Store

__all__ = ["AGENTS", "agents", "graphs", "of_documents"]

#: what owns the entries of units, of which several documents tell
AGENTS = ""
_ROUND = 50  # documents read at a time
_WHOLE = frozenset({"plan", "document"})
_SPOKEN = frozenset({"domain", "programme", "action", "safeguard"})
_WORDING = ("text", "goal", "progress")


def graphs(store: Store) -> list[str]:
    """The named graphs of all documents."""
    return [row["graph"] for row in run(store, "search/documents").dicts()]


def of_documents(store: Store, names: Sequence[str]) -> Iterator[Entry]:
    """The entries of the documents with these graphs."""
    for first in range(0, len(names), _ROUND):
        found = facts(store, names[first : first + _ROUND])
        for graph, told in found.items():
            yield from _Reading(graph, told).entries()


def agents(store: Store) -> Iterator[Entry]:
    """The entries of units, by the names that the graph has for them."""
    told = units(store)
    for unit in sorted(told.kinds):
        scope = Scope(UNIT, tuple(told.values(unit, "jurisdiction")))
        names = _lines(told.values(unit, "altLabel", "label"))
        yield Entry(AGENTS, unit, unit, "", scope, names, "")


class _Reading:
    """One document on its way to entries."""

    def __init__(self, graph: str, told: Facts) -> None:
        self._graph, self._told = graph, told
        self._text = next(iter(told.having("content")), "")
        self._content = told.first(self._text, "content")
        self._slug = self._text.rsplit("/", 1)[-1]
        self._targets: dict[str, list[str]] = {}
        for target, indicators in told.having("indicator").items():
            for indicator in indicators:
                self._targets.setdefault(indicator, []).append(target)

    def entries(self) -> Iterator[Entry]:
        """All entries of the document."""
        for thing, kind in self._told.kinds.items():
            yield self._entry(thing, kind)
        yield from self._sentences()

    def _entry(self, thing: str, kind: str) -> Entry:
        told = self._told
        start, end = told.spans.get(thing, (0, 0))
        quote = self._content[start:end]
        names = ("label", "containerTitle", "documentNumber") if kind in _WHOLE else ("label",)
        wording = quote if kind == "target" else _lines(told.values(thing, *_WORDING))
        return Entry(
            graph=self._graph,
            iri=thing,
            about=thing,
            plan="" if kind in _WHOLE else self._plan(thing),
            scope=self._scope(thing, kind),
            title=_lines(told.values(thing, *names)),
            wording=wording,
            document=self._slug,
            start=start,
            end=end,
            quote=quote,
        )

    def _sentences(self) -> Iterator[Entry]:
        kinds = self._told.kinds
        wordings = {t: self._condensed(t) for t, kind in kinds.items() if kind in _SPOKEN}
        spans = list(sentences(self._content, "\n".join(wordings.values())))
        plans = [thing for thing, kind in kinds.items() if kind in _WHOLE]
        starts = {self._told.spans.get(t, (0, 0))[0]: t for t in [*plans, *wordings]}
        of = owners(self._content, spans, starts, wordings)
        for span, owner in zip(spans, of, strict=True):
            yield self._sentence(span, owner or next(iter(sorted(plans)), self._text))

    def _sentence(self, span: range, owner: str) -> Entry:
        quote = self._content[span.start : span.stop]
        return Entry(
            graph=self._graph,
            iri=f"{self._text}#char={span.start},{span.stop}",  # RFC 5147
            about=owner,
            plan=self._plan(owner),
            scope=replace(self._scope(owner, self._told.kinds.get(owner, "")), kind=SENTENCE),
            title="",
            wording=quote,
            document=self._slug,
            start=span.start,
            end=span.stop,
            quote=quote,
        )

    def _condensed(self, part: str) -> str:
        """What a part says, line by line without white space."""
        lines = _lines(self._told.values(part, "label", *_WORDING)).split("\n")
        return "\n".join("".join(line.split()) for line in lines)

    def _holders(self, thing: str) -> list[str]:
        """What a thing is told of: of a target its action, of an indicator those of its targets."""
        targets = self._targets.get(thing, [thing])
        return [h for target in targets for h in self._told.values(target, "targetOf")] or [thing]

    def _plan(self, thing: str) -> str:
        holder = self._holders(thing)[0]
        return self._told.first(holder, "plan") or holder

    def _scope(self, thing: str, kind: str) -> Scope:
        told, holders = self._told, self._holders(thing)
        owned = [holder for holder in holders if told.kinds.get(holder) == "domain"]
        domains = [*owned, *(d for holder in holders for d in told.values(holder, "domain"))]
        nationals = [n for x in [*holders, *domains] for n in told.values(x, "nationalDomain")]
        plan = self._plan(thing)
        places = _once(told.values(plan, "forPlace"))
        return Scope(kind, places, _once(domains), _once(nationals), *self._years(thing, plan))

    def _years(self, thing: str, plan: str) -> tuple[int | None, int | None]:
        told = self._told
        due = [y for t in self._targets.get(thing, [thing]) for y in told.values(t, "deadline")]
        years = [int(y[:4]) for y in due or told.values(plan, "periodStart", "periodEnd")]
        return min(years, default=None), max(years, default=None)


def _lines(values: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(values))


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
