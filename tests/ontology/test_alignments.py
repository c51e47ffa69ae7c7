"""Alignments map terms of ours that exist to terms of standards that exist, and do nothing else."""

import tomllib
from pathlib import Path

import pytest
from rdflib import (
    DCAT,
    DCTERMS,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SDO,
    SKOS,
    TIME,
    Graph,
    URIRef,
)

from ontology import BASE, ZT, ontology_files

HERE = Path(__file__).parent
CLOSED = (DCAT, DCTERMS, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SKOS, TIME)
VERIFIED = set(
    tomllib.loads((HERE / "standard_terms.toml").read_text(encoding="utf-8"))["verified"]
)
MAPPINGS = {
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    OWL.equivalentClass,
    OWL.equivalentProperty,
    SKOS.closeMatch,
}
DECLARATIONS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
STRUCTURE = BASE + "id/structure/"


def graph(*, aligned: bool) -> Graph:
    result = Graph()
    for file in ontology_files():
        if (Path(str(file)).parent.name == "alignments") == aligned:
            result.parse(data=file.read_bytes(), format="turtle")
    return result


ALIGNED, OWN = graph(aligned=True), graph(aligned=False)


def is_known(iri: URIRef) -> bool:
    """Whether a standard has this term: by rdflib's closed list, or as looked up."""
    return str(iri) in VERIFIED or any(iri in namespace for namespace in CLOSED)


def of_standards() -> set[URIRef]:
    nodes = {node for triple in ALIGNED for node in triple if isinstance(node, URIRef)}
    return {node for node in nodes if not str(node).startswith((ZT, STRUCTURE))}


def test_every_term_of_ours_that_is_aligned_exists() -> None:
    ours = {s for triple in ALIGNED for s in triple if isinstance(s, URIRef) and s.startswith(ZT)}
    assert len(ours) >= 50
    assert {term for term in ours if (term, RDF.type, None) not in OWN} == set()


def test_every_term_of_a_standard_is_known_to_exist() -> None:
    assert {str(iri) for iri in of_standards() if not is_known(iri)} == set()


def test_an_invented_term_of_a_standard_is_not_known() -> None:
    assert not is_known(URIRef(str(ORG) + "worksFor"))
    assert not is_known(URIRef("http://data.europa.eu/eli/ontology#worksFor"))


def test_no_term_is_listed_as_verified_that_no_alignment_uses() -> None:
    assert set(map(URIRef, VERIFIED)) <= of_standards()


def test_alignments_map_and_define_nothing() -> None:
    for subject, predicate, value in ALIGNED:
        mapping = subject.startswith(ZT) and predicate in MAPPINGS
        declaration = predicate == RDF.type and value in DECLARATIONS and subject in of_standards()
        assert mapping or declaration or subject.startswith(STRUCTURE), (subject, predicate, value)


def test_alignments_import_nothing() -> None:
    assert not list(ALIGNED.objects(None, OWL.imports))


@pytest.mark.parametrize(
    ("predicate", "allowed"),
    [(RDFS.subClassOf, {OWL.Class}), (RDFS.subPropertyOf, DECLARATIONS - {OWL.Class})],
)
def test_both_ends_of_a_mapping_are_declared_as_the_same_kind(
    predicate: URIRef, allowed: set[URIRef]
) -> None:
    everything = OWN + ALIGNED
    for lower, upper in ALIGNED.subject_objects(predicate):
        kinds = set(everything.objects(upper, RDF.type)) & allowed
        assert len(kinds) == 1, upper
        assert kinds <= set(everything.objects(lower, RDF.type)), lower


@pytest.mark.parametrize(
    "namespace",
    [
        ORG, PROV, SKOS, SDO, QB, TIME, DCTERMS,
        "http://www.w3.org/ns/oa#",
        "http://data.europa.eu/eli/ontology#",
        "http://qudt.org/schema/qudt/",
        "http://purl.org/net/p-plan#",
        "http://purl.org/linked-data/sdmx/2009/",
    ],
    ids=str,
)  # fmt: skip
def test_a_standard_that_we_promise_is_aligned(namespace: object) -> None:
    assert any(iri.startswith(str(namespace)) for iri in of_standards())


def test_the_structure_of_targets_uses_terms_of_ours() -> None:
    components = {
        o for p in (QB.dimension, QB.measure, QB.attribute) for o in ALIGNED.objects(None, p)
    }
    assert {str(c).removeprefix(ZT) for c in components} >= {"indicator", "deadline", "value"}
