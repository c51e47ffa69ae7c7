"""What conditions can be: the values that the graph has for each kind, and their short names."""

from collections.abc import Iterable
from functools import cached_property

from ontology import BASE
from queries.answers.choices import Choice, Choices
from queries.answers.values import Label
from queries.asking.words import Wordings
from queries.catalog import Parameter, named
from queries.stores.port import Store

__all__ = ["Known", "distinct", "short"]

# Of these the end of the IRI is a short name that tells one from the other.
_SCHEMES = ("place", "topic", "role", "status", "national", "function", "unit")
# A condition that takes its values from the parameter of another.
_SAME = {"year": "year_to"}


class Known:
    """The values of one graph by kind of condition."""

    def __init__(self, store: Store, wordings: Wordings) -> None:
        self._choices = Choices(store)
        self._wordings = wordings

    @cached_property
    def _parameters(self) -> dict[str, Parameter]:
        queries = dict.fromkeys(route.query for route in self._wordings.routes)
        return {p.name: p for query in queries for p in named(query).parameters}

    def kind(self, kind: str) -> Parameter | None:
        """The parameter that a kind of condition is about; None for no such kind."""
        return self._parameters.get(_SAME.get(kind, kind))

    def of(self, kind: str) -> tuple[Choice, ...]:
        """The values that a kind can have; none where it takes any."""
        if kind == "asked":
            said = self._wordings.said["asked"]
            return tuple(Choice(name, Label(*pair)) for name, pair in said.items())
        parameter = self.kind(kind)
        return self._choices.of(parameter) if parameter else ()

    def matching(self, kind: str, value: str) -> tuple[Choice, ...]:
        """The things of a kind that an address means: by IRI, by its end, or all of a name."""
        known = self.of(kind)
        exact = tuple(c for c in known if c.value == value or c.value.endswith(f"/{value}"))
        return exact or tuple(c for c in known if value in c.names)


def short(choice: Choice) -> str:
    """How an address says a value: the end of an IRI where that is telling, else the name."""
    for scheme in _SCHEMES:
        if choice.value.startswith(start := f"{BASE}id/{scheme}/"):
            return choice.value.removeprefix(start)
    return choice.label.zh if choice.value.startswith(BASE) else choice.value


def distinct(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Choices of which each name an address can say stands once."""
    return tuple({short(choice): choice for choice in choices}.values())
