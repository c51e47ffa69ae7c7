"""What a question was understood to ask: the typed reading, or why there is none."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace

from queries.asking.lexicon import Sense

__all__ = ["Chip", "Condition", "Misreading", "Reading", "Unreadable", "condition_on"]


@dataclass(frozen=True, slots=True)
class Condition:
    """Values that a parameter of the named query takes, with the labels people see.

    A `loose` condition may be dropped, and the answer then says so, where nothing meets it; of
    another, the values that are `light`.
    """

    parameter: str
    values: tuple[str, ...]
    labels: tuple[str, ...]
    loose: bool = False
    light: tuple[str, ...] = ()

    def heavy(self) -> "Condition":
        """This condition without its light values."""
        pairs = zip(self.values, self.labels, strict=False) if self.light else ()
        kept = [(value, label) for value, label in pairs if value not in self.light]
        if not kept:
            return self
        return replace(
            self, values=tuple(v for v, _ in kept), labels=tuple(n for _, n in kept), light=()
        )


def condition_on(parameter: str, senses: Iterable[Sense]) -> Condition:
    """The condition that a parameter is one of some names."""
    found = tuple(senses)
    return Condition(
        parameter,
        tuple(dict.fromkeys(s.value for s in found)),
        tuple(dict.fromkeys(s.label for s in found)),
    )


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a reading, for a page that lets people change it."""

    kind: str
    label: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Which class is asked for, how it is summed up, and under which conditions.

    `aggregate` is list, count, rank (by number of `counts`) or extreme (by target value);
    `direction` is most or least; `by` is the class that groups a count. `notes` name
    assumptions that the answer must show, `changed` what was put otherwise than the question says.
    """

    asked: str
    aggregate: str = "list"
    conditions: tuple[Condition, ...] = ()
    direction: str = "most"
    counts: str | None = None
    by: str | None = None
    notes: tuple[tuple[str, str], ...] = field(default=())
    shows: tuple[str, ...] = field(default=())
    changed: tuple[tuple[str, str], ...] = field(default=())

    def has(self, parameter: str) -> bool:
        """Whether there is a condition on a parameter."""
        return any(c.parameter == parameter for c in self.conditions)

    def values(self, parameter: str) -> tuple[str, ...]:
        """The values of a parameter; none where it has no condition."""
        return next((c.values for c in self.conditions if c.parameter == parameter), ())

    def without(self, parameters: Container[str]) -> "Reading":
        """This reading without the conditions on some parameters, and what hangs on them."""
        kept = tuple(c for c in self.conditions if c.parameter not in parameters)
        about = any(c.parameter in {"topic", "mention"} for c in kept)
        # A loose word only says more exactly which topic.
        return replace(self, conditions=tuple(c for c in kept if about or not c.loose))

    def with_condition(self, condition: Condition) -> "Reading":
        """This reading with one more condition; of the same parameter, the values are joined."""
        old = next((c for c in self.conditions if c.parameter == condition.parameter), None)
        if old is None:
            return replace(self, conditions=(*self.conditions, condition))
        joined = Condition(
            old.parameter,
            tuple(dict.fromkeys(old.values + condition.values)),
            tuple(dict.fromkeys(old.labels + condition.labels)),
            old.loose and condition.loose,
            old.light + condition.light,
        )
        return replace(self, conditions=tuple(joined if c is old else c for c in self.conditions))


@dataclass(frozen=True, slots=True)
class Misreading:
    """Why a question is not answered: a reason, the words it concerns and near names."""

    reason: str
    words: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


class Unreadable(Exception):
    """Raised inside reading where a question cannot be read; carries the `Misreading`."""

    def __init__(self, reason: str, *words: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.misreading = Misreading(reason, words, nearest)
