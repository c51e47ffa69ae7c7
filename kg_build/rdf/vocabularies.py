"""The ontology and the vocabularies as named graphs of their own."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg_build.rdf import iris
from ontology import ontology_files, vocabulary_files

__all__ = ["vocabulary_quads"]


def vocabulary_quads() -> Iterator[bytes]:
    """N-Quads of the ontology and of each vocabulary, sorted, the same bytes every time.

    The ontology's own axioms need blank nodes; they get canonical names (RDFC-1.0).
    **Source:** https://www.w3.org/TR/rdf-canon/
    """
    own = [f.read_bytes() for f in ontology_files()]
    yield _nquads(own, iris.local("graph", "ontology"))
    for path in vocabulary_files():
        name = path.name.removesuffix(".ttl")
        yield _nquads([path.read_bytes()], iris.local("graph", "vocabulary", name))


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
