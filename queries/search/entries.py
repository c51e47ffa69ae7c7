"""What a search index holds: entries, each of one kind and within a scope by which it is chosen."""

from dataclasses import dataclass

__all__ = ["Entry", "Scope"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What entries are filtered by.

    `places` are the places themselves, without those above; `domains` the plan's own. `since` and
    `until` are the years of a deadline where there is one, else of the plan's period; None where
    the text names none.
    """

    kind: str
    places: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    nationals: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing as one document (`graph`) tells of it, or one sentence.

    `about` is what has a page: the thing, or what a sentence belongs to. `title` has its names,
    one a line, `wording` what is said of it. `quote` is its own evidence, from `start` to `end` of
    the text `document`, in code points; "" where there is none.
    """

    graph: str
    iri: str
    about: str
    plan: str
    scope: Scope
    title: str
    wording: str
    document: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
