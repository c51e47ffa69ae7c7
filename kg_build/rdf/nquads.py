"""Triples to sorted N-Quads bytes without blank nodes."""

from collections.abc import Iterable

import pyoxigraph as ox

__all__ = ["Triple", "nquads"]

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def nquads(triples: Iterable[Triple], graph: str) -> bytes:
    """The triples in one named graph as N-Quads.

    **Guarantees:** 1. every statement once; 2. lines sorted; 3. the same input gives the same
    bytes; 4. no blank nodes.
    **Source:** https://www.w3.org/TR/n-quads/
    """
    name = ox.NamedNode(graph)
    quads = {ox.Quad(s, p, o, name) for s, p, o in triples}
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))
