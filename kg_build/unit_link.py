"""Which body a unit's name stands for: the types of the link, its leadership and its locality."""

from dataclasses import dataclass

__all__ = ["Leadership", "Locality", "UnitLink"]


@dataclass(frozen=True, slots=True)
class Leadership:
    """That a department above leads a body: in which way, and of which place it is.

    `place_code` is None where that is the nation, or not known.
    """

    kind: str
    place_code: str | None


@dataclass(frozen=True, slots=True)
class Locality:
    """A town, subdistrict or functional area that a body is of, below the places of the code table.

    `kind` is town, township, subdistrict or functional-area; `name` is without the place above.
    """

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class UnitLink:
    """Which body a unit's name stands for, and what is known of it.

    `key` names the body in its place, the same in every document; `label` is this spelling, and
    `name` the commonest of the document (empty: this one). `former` is the code of a kind of body
    that a reform ended, `part_of` the body of which this one is a division, `locality` what below
    the place it is of.
    """

    key: str
    label: str
    place_code: str | None
    is_group: bool
    functions: tuple[str, ...] = ()
    name: str = ""
    level: str | None = None
    former: str | None = None
    leadership: Leadership | None = None
    part_of: "UnitLink | None" = None
    locality: Locality | None = None
