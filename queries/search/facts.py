"""What the graphs of some documents say, by thing, as far as a search needs it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from queries.answering import run
from queries.answers.values import Label
from queries.search.kinds import BY_CLASS, UNIT
from queries.stores.port import Store

__all__ = ["Facts", "facts", "labels", "lineage", "units"]


class Facts:
    """A document's things: their kinds, their values by property, where they are told of.

    `spans` are where the first evidence for the thing as a whole stands, else the first for any
    property of it.
    """

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.spans: dict[str, tuple[int, int]] = {}
        self._values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def add(self, thing: str, name: str, value: str) -> None:
        """Takes in that `thing` has `value` for the property of that local name."""
        self._values[name][thing].append(value)

    def values(self, thing: str, *names: str) -> list[str]:
        """The values of a thing for some properties, in their order, each once."""
        found = (value for name in names for value in sorted(self.having(name).get(thing, ())))
        return list(dict.fromkeys(found))

    def first(self, thing: str, name: str) -> str:
        """One value, "" where there is none."""
        return next(iter(self.values(thing, name)), "")

    def having(self, name: str) -> dict[str, list[str]]:
        """The things that have a property, with its values."""
        return self._values.get(name, {})


def facts(store: Store, graphs: Sequence[str]) -> dict[str, Facts]:
    """The facts of each of the graphs."""
    found: dict[str, Facts] = {graph: Facts() for graph in graphs}
    for row in run(store, "search/things", graph=graphs).dicts():
        found[row["graph"]].kinds[row["thing"]] = BY_CLASS[row["class"]]
    for row in run(store, "search/statements", graph=graphs).dicts():
        found[row["graph"]].add(row["thing"], _local(row["property"]), row["value"])
    _place(found, run(store, "search/evidence", graph=graphs).dicts())
    return found


def units(store: Store) -> Facts:
    """The names of all units and groups of units, and the places they belong to."""
    found = Facts()
    for row in run(store, "search/agents").dicts():
        found.kinds[row["unit"]] = UNIT
        found.add(row["unit"], _local(row["property"]), row["value"])
    return found


def lineage(store: Store, places: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each place with all above it, from the top down."""
    found: dict[str, list[str]] = {place: [] for place in places}
    if found:
        for row in run(store, "search/lineage", place=list(found)).dicts():
            found[row["place"]].append(row["above"])
    return {place: tuple(above) for place, above in found.items()}


def labels(store: Store, things: Iterable[str]) -> dict[str, Label]:
    """The names of things; one without a name is not there."""
    wanted = sorted(things)
    named: dict[str, dict[str, str]] = {}
    for thing, label in run(store, "pages/labels", thing=wanted).rows if wanted else ():
        if thing and label:
            named.setdefault(thing.value, {}).setdefault(label.language or "", label.value)
    return {iri: _label(found) for iri, found in named.items()}


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def _label(found: Mapping[str, str]) -> Label:
    zh = found.get("zh") or next(iter(found.values()))
    return Label(zh, found.get("en") or zh)


def _place(found: dict[str, Facts], rows: Iterable[dict[str, str]]) -> None:
    """Notes where each thing is told of."""
    ordered = sorted(rows, key=lambda row: ("supports" in row, int(row["start"]), int(row["end"])))
    for row in ordered:
        found[row["graph"]].spans.setdefault(row["thing"], (int(row["start"]), int(row["end"])))
