"""Triples to sorted N-Quads bytes without blank nodes."""

from collections.abc import Iterable

import pyoxigraph as ox

from kg_build.rdf import graphs, iris

__all__ = ["Triple", "nquads"]

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def nquads(triples: Iterable[Triple], *, slug: str) -> bytes:
    """One document's triples as N-Quads: its own in its graph, the rest in the shared graph.

    Units, cited documents and rules are described by many documents; in one graph of their own
    each statement stands once. Oxigraph's union of graphs counts a repeated statement twice.

    **Guarantees:** 1. every statement once; 2. lines sorted; 3. the same input gives the same
    bytes; 4. no blank nodes.
    **Source:** https://www.w3.org/TR/n-quads/
    """
    graph, shared = ox.NamedNode(graphs.plan(slug)), ox.NamedNode(graphs.SHARED)
    own = iris.own(slug)
    quads = {
        ox.Quad(s, p, o, graph if f"{s.value}/".startswith(own) else shared) for s, p, o in triples
    }
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))
