"""Every IRI is minted here, from values: never from counters of a run or the clock."""

import hashlib
import json
from urllib.parse import quote

from ontology import BASE

__all__ = ["SHARED", "concept", "digest", "graph", "is_own", "local"]

# RFC 3987: Chinese letters stay readable in an IRI; only what an IRI forbids is escaped.
_FORBIDDEN = set(' <>"{}|\\^`%#?[]/')


def _segment(text: str) -> str:
    return "".join(quote(c, safe="") if c in _FORBIDDEN or ord(c) < 33 else c for c in text)


def local(*path: str) -> str:
    """The IRI of a thing of ours: `local("unit", "320506", "教育局")`."""
    return BASE + "id/" + "/".join(_segment(p) for p in path)


def concept(scheme: str, code: str) -> str:
    """The IRI of a vocabulary entry, e.g. `concept("role", "lead")`."""
    return local(scheme, code)


def graph(slug: str) -> str:
    """The named graph of a document."""
    return local("graph", slug)


#: the graph of what several documents describe: units, cited documents, rules
SHARED = local("graph", "shared")
_OWN = ("plan", "text", "evidence", "indicator", "link")


def is_own(iri: str, slug: str) -> bool:
    """Whether a thing belongs to one document, by its IRI."""
    return any(iri == local(kind, slug) or iri.startswith(local(kind, slug) + "/") for kind in _OWN)


def digest(*values: object) -> str:
    """Ten hex digits over a JSON array, so that neighbouring values never run together."""
    text = json.dumps([str(v) for v in values], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:10]
