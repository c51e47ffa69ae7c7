"""The ontology and the vocabularies as named graphs of their own."""

from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from kg_build.rdf import graphs
from ontology import ontology_files, vocabulary_files

__all__ = ["ontology_quads", "vocabulary_graphs"]


def vocabulary_graphs() -> Iterator[tuple[str, bytes]]:
    """Name and sorted N-Quads of the ontology and of each vocabulary, the same bytes every time."""
    yield graphs.ONTOLOGY, ontology_quads()
    for path in vocabulary_files():
        name = graphs.vocabulary(path.name.removesuffix(".ttl"))
        yield name, _nquads([path.read_bytes()], name)


@cache
def ontology_quads() -> bytes:
    """The N-Quads of the ontology.

    Its axioms need blank nodes; they get canonical names (RDFC-1.0).
    **Source:** https://www.w3.org/TR/rdf-canon/
    """
    return _nquads([f.read_bytes() for f in ontology_files()], graphs.ONTOLOGY)


def _nquads(contents: Iterable[bytes], graph: str) -> bytes:
    name = ox.NamedNode(graph)
    dataset = ox.Dataset(
        ox.Quad(q.subject, q.predicate, q.object, name)
        for content in contents
        for q in ox.parse(content, format=ox.RdfFormat.TURTLE)
    )
    if any(isinstance(t, ox.BlankNode) for q in dataset for t in (q.subject, q.object)):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))
