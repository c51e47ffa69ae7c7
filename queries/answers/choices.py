"""What a named query's parameters can be: the values that the graph has, by name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from queries.answering import run
from queries.answers.inquiry import Inquiry
from queries.answers.values import Label
from queries.catalog import NamedQuery, Parameter
from queries.errors import BadParameter
from queries.stores.port import Store

__all__ = ["Choice", "Choices"]

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose, with its name; `within` names the place or broader entry it is of."""

    value: str
    label: Label
    within: Label | None = None

    @property
    def names(self) -> Iterator[str]:
        """All that it may be called: its label in either language, alone and with `within`."""
        yield from (self.label.zh, self.label.en)
        if self.within:
            yield f"{self.label.zh}（{self.within.zh}）"
            yield f"{self.label.en} ({self.within.en})"


class Choices:
    """The values to choose of one graph, each list read once when first wanted."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lists: dict[str, _List] = {}

    def of(self, parameter: Parameter) -> tuple[Choice, ...]:
        """The values that a parameter can have; none where any value will do."""
        if parameter.one_of:
            return tuple(Choice(value, Label(value, value)) for value in parameter.one_of)
        return self._list(parameter.choices).choices if parameter.choices else ()

    def resolved(
        self, query: NamedQuery, values: Mapping[str, str | Sequence[str]]
    ) -> dict[str, list[str]]:
        """The values with names in place of IRIs understood, empty ones left out.

        A name of several things stands for all of them where the parameter takes many.
        Raises: `BadParameter` for a name that nothing has, with the nearest there are.
        """
        known = {parameter.name: parameter for parameter in query.parameters}
        given = {k: [v] if isinstance(v, str) else list(v) for k, v in values.items()}
        return {
            name: [value for one in said for value in self._values(query, known.get(name), one)]
            for name, filled in given.items()
            if (said := [one for one in filled if one.strip()])
        }

    def _values(self, query: NamedQuery, parameter: Parameter | None, said: str) -> Sequence[str]:
        if parameter is None or parameter.kind != "iri" or not parameter.choices or "://" in said:
            return [said]
        found = self._list(parameter.choices).named(said)
        if not found or (len(found) > 1 and not parameter.many):
            raise BadParameter(self._unknown(query, parameter, said, found))
        return found

    def _unknown(
        self, query: NamedQuery, parameter: Parameter, said: str, found: Sequence[str]
    ) -> str:
        fault = "不止一个叫 several are called" if found else "没有叫这个的 none is called"
        near = found or self._list(parameter.choices).nearest(said) or ["IRI"]
        return (
            f"{query.name}，{parameter.title_zh} {parameter.title_en} ({parameter.name})："
            f"{fault} {said!r}；可用 use {'、'.join(near)}"
        )

    def _list(self, name: str) -> "_List":
        if name not in self._lists:
            self._lists[name] = _List(_read(self._store, name))
        return self._lists[name]


@dataclass
class _List:
    """Choices, found by any of their names."""

    choices: tuple[Choice, ...]

    def named(self, name: str) -> list[str]:
        return self._by_name.get(_folded(name), [])

    def nearest(self, name: str) -> list[str]:
        return get_close_matches(_folded(name), self._by_name, _NEAREST, 0.4)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = {}
        for choice in self.choices:
            for name in choice.names:
                found.setdefault(_folded(name), {})[choice.value] = None
        return {name: list(values) for name, values in found.items()}


def _read(store: Store, name: str) -> tuple[Choice, ...]:
    """The choices of a list in its order."""
    labels: dict[str, dict[str, str]] = {}
    within: dict[str, str] = {}
    table = run(store, f"choices/{name}")
    for row in (dict(zip(table.columns, cells, strict=True)) for cells in table.rows):
        if value := row["choice"]:
            label, place = row.get("label") or value, row.get("within")
            labels.setdefault(value.value, {}).setdefault(label.language or "", label.value)
            within |= {value.value: place.value} if place else {}
    inquiry = Inquiry(store)
    inquiry.expect(within.values())
    return tuple(
        Choice(value, _label(said), inquiry.ref(within[value]).label if value in within else None)
        for value, said in labels.items()
    )


def _label(said: Mapping[str, str]) -> Label:
    """Both names; what is named in one language only has that name in both."""
    some = next(iter(said.values()))
    return Label(said.get("zh", some), said.get("en", some))


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()
