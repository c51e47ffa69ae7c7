"""Every IRI is minted here, from values: never from counters of a run or the clock."""

import hashlib
import json
from functools import cache
from urllib.parse import quote

from ontology import BASE

__all__ = ["SHARED", "concept", "digest", "graph", "local", "own"]

# RFC 3987: Chinese letters stay readable in an IRI; only what an IRI forbids is escaped.
_ESCAPED = {ord(c): quote(c, safe="") for c in ' <>"{}|\\^`%#?[]/'}
_ESCAPED |= {c: quote(chr(c), safe="") for c in (*range(33), 127)}


def local(*path: str) -> str:
    """The IRI of a thing of ours: `local("unit", "320506", "教育局")`."""
    return BASE + "id/" + "/".join([p.translate(_ESCAPED) for p in path])


def concept(scheme: str, code: str) -> str:
    """The IRI of a vocabulary entry, e.g. `concept("role", "lead")`."""
    return local(scheme, code)


def graph(slug: str) -> str:
    """The named graph of a document."""
    return local("graph", slug)


#: the graph of what several documents describe: units, cited documents, rules
SHARED = local("graph", "shared")
_OWN = ("plan", "text", "evidence", "indicator", "link")


@cache
def own(slug: str) -> tuple[str, ...]:
    """How the IRIs of what belongs to one document begin, with a slash at the end."""
    return tuple(local(kind, slug) + "/" for kind in _OWN)


def digest(*values: object) -> str:
    """Ten hex digits over a JSON array, so that neighbouring values never run together."""
    text = json.dumps([str(v) for v in values], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:10]
