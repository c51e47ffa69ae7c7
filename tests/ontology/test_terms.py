"""The ontology's terms are explained in two languages, exist where they are used, and are used."""

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from ontology import ZT, ontology_files

ROOT = Path(__file__).parents[2]
ROOMS = ("ontology", "kg_build", "shapes", "queries", "web")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
# How a term is written: zt:Name in Turtle and SPARQL, ZT + "Name" or _zt("Name") in Python.
WRITTEN = re.compile(r"""\bzt:([A-Za-z]\w*)|\bZT\s*\+\s*"(\w+)"|\b_?zt\(\s*"(\w+)"\s*\)""")
# What the reasoner fills, and no file of ours needs to name.
INFERRED = {"LedAction"}


@cache
def ontology() -> Graph:
    graph = Graph()
    for file in ontology_files():
        graph.parse(data=file.read_bytes(), format="turtle")
    return graph


def terms() -> set[str]:
    named = {s for kind in KINDS for s in ontology().subjects(RDF.type, kind)}
    return {str(s).removeprefix(ZT) for s in named if isinstance(s, URIRef) and s.startswith(ZT)}


@cache
def sources() -> dict[Path, str]:
    defining = {ROOT / "ontology" / "plan.ttl", ROOT / "ontology" / "evidence.ttl"}
    paths = [
        p
        for room in ROOMS
        for s in ("py", "rq", "ttl", "toml", "html", "js")
        for p in (ROOT / room).rglob(f"*.{s}")
    ]
    return {p: p.read_text(encoding="utf-8") for p in sorted(paths) if p not in defining}


def written(text: str) -> set[str]:
    return {next(filter(None, match)) for match in WRITTEN.findall(text)}


def inverses(used: set[str]) -> set[str]:
    """Names of the properties that say the same as a used one in the other direction."""
    pairs = ontology().subject_objects(OWL.inverseOf)
    names = [(str(a).removeprefix(ZT), str(b).removeprefix(ZT)) for a, b in pairs]
    return {other for pair in names for name, other in (pair, pair[::-1]) if name in used}


@pytest.mark.parametrize("term", sorted(terms()))
def test_a_term_has_label_and_definition_in_chinese_and_english(term: str) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        texts = list(ontology().objects(URIRef(ZT + term), predicate))
        assert sorted(t.language for t in texts) == ["en", "zh"], predicate
        assert all(str(t).strip() for t in texts)


def test_a_class_begins_with_a_capital_and_a_property_does_not() -> None:
    classes = {str(s).removeprefix(ZT) for s in ontology().subjects(RDF.type, OWL.Class)}
    assert {t for t in terms() if t[0].isupper()} == terms() & classes


def test_every_term_that_is_used_exists() -> None:
    unknown = {str(p.relative_to(ROOT)): written(t) - terms() for p, t in sources().items()}
    assert {path: names for path, names in unknown.items() if names} == {}


def test_every_term_is_used_by_some_file() -> None:
    everything = "\n".join(sources().values())
    used = written(everything) | set(re.findall(r'"(\w+)"', everything)) | INFERRED
    assert terms() - used - inverses(used) == set()


def test_the_ontology_has_the_terms_it_is_about() -> None:
    assert len(terms()) >= 100
    assert {"Plan", "Action", "Responsibility", "Target", "Evidence", "evidence"} <= terms()


def test_usage_is_recognised_in_each_way_of_writing() -> None:
    text = '?a zt:leads ?b . ZT + "Plan" ; _zt("hasPart") zt("domain") xzt:no'
    assert written(text) == {"leads", "Plan", "hasPart", "domain"}
