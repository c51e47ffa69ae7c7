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
    statements = (ox.Triple(*triple) for triple in triples)
    lines = set((ox.serialize(statements, format=ox.RdfFormat.N_TRIPLES) or b"").splitlines())
    own = tuple(f"<{begin[:-1]}{end}".encode() for begin in iris.own(slug) for end in "/>")
    graph, shared = (f" <{name}> .\n".encode() for name in (graphs.plan(slug), graphs.SHARED))
    quads = [s.removesuffix(b" .") + (graph if s.startswith(own) else shared) for s in lines]
    return b"".join(sorted(quads))
