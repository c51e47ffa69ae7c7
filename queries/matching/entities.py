"""The things of the graph that have names, with all of them, and what else is said of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ontology import PREFIXES, ZT
from queries.answering import run
from queries.answers.values import Label, Ref
from queries.stores.port import Store

__all__ = ["Entity", "Form", "read_entities"]

Form = Literal["name", "other", "short", "alike", "hidden", "code"]

_SKOS = PREFIXES["skos"]
_FORMS: dict[str, Form] = {
    _SKOS + "prefLabel": "name",
    PREFIXES["rdfs"] + "label": "name",
    PREFIXES["dcterms"] + "title": "name",
    _SKOS + "altLabel": "other",
    ZT + "nameAsWritten": "other",
    ZT + "containerTitle": "other",
    _SKOS + "hiddenLabel": "hidden",
    _SKOS + "notation": "code",
    ZT + "documentNumber": "code",
}


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with its names by form, "" where a language has no label.

    `kinds` are the local names of its classes; `properties` what can be compared and added, values
    as IRIs or text.
    """

    iri: str
    kinds: tuple[str, ...]
    label_zh: str
    label_en: str
    names: tuple[tuple[str, Form], ...]
    properties: dict[str, tuple[str, ...]]

    @property
    def ref(self) -> Ref:
        """The thing with its name, the other language's where it has none in one."""
        zh, en = self.label_zh, self.label_en
        return Ref(self.iri, Label(zh or en or self.iri, en or zh or self.iri))

    def first(self, name: str) -> str:
        """The first value of a property, "" where it has none."""
        return next(iter(self.properties.get(name, ())), "")


def read_entities(store: Store) -> dict[str, Entity]:
    """All named things by IRI, in the order of their IRIs."""
    kinds: defaultdict[str, dict[str, None]] = defaultdict(dict)
    names: defaultdict[str, dict[tuple[str, Form], None]] = defaultdict(dict)
    labels: dict[tuple[str, str], str] = {}
    for iri, kind, form, text, language in _rows(store):
        kinds[iri][kind.rpartition("#")[2]] = None
        names[iri][text, _form(kind, form)] = None
        if _FORMS[form] == "name":
            labels.setdefault((iri, language), text)
    properties = _properties(store)
    return {
        iri: Entity(
            iri=iri,
            kinds=tuple(kinds[iri]),
            label_zh=labels.get((iri, "zh"), ""),
            label_en=labels.get((iri, "en"), ""),
            names=tuple(names[iri]),
            properties=properties.get(iri, {}) | _others(names[iri], labels, iri),
        )
        for iri in sorted(names)
    }


def _others(
    names: Iterable[tuple[str, Form]], labels: Mapping[tuple[str, str], str], iri: str
) -> dict[str, tuple[str, ...]]:
    """The names of a thing as properties, for tables that want them."""
    found = {
        "name_zh": tuple(filter(None, [labels.get((iri, "zh"))])),
        "name_en": tuple(filter(None, [labels.get((iri, "en"))])),
        "other_name": tuple(sorted(name for name, form in names if form == "other")),
    }
    return {name: values for name, values in found.items() if values}


def _rows(store: Store) -> Iterator[tuple[str, str, str, str, str]]:
    """Thing, class, form, name and language (zh where none is stated), sorted."""
    found = {
        (iri.value, kind.value, form.value, label.value, (label.language or "zh")[:2])
        for iri, kind, form, label in run(store, "matching/names").rows
        if iri and kind and form and label and label.value
    }
    yield from sorted(found)


def _form(kind: str, form: str) -> Form:
    # 苏州 names 苏州市 and nothing else; 交警 only hints at 公安.
    if kind == ZT + "Place" and _FORMS[form] == "hidden":
        return "short"
    return _FORMS[form]


def _properties(store: Store) -> dict[str, dict[str, tuple[str, ...]]]:
    found: defaultdict[str, defaultdict[str, dict[str, None]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for row in run(store, "matching/properties").dicts():
        found[row["entity"]][row["property"]][row["value"]] = None
    return {
        iri: {name: tuple(sorted(values)) for name, values in properties.items()}
        for iri, properties in found.items()
    }
