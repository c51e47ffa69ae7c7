"""Every IRI is minted here, from values: never from counters of a run or the clock."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from urllib.parse import quote

from ontology import BASE

__all__ = ["concept", "digest", "link", "local", "own"]

# RFC 3987, ucschar: letters of all scripts stay readable in an IRI.
_LETTERS = (
    (0xA0, 0xD7FF),
    (0xF900, 0xFDCF),
    (0xFDF0, 0xFFEF),
    (0x10000, 0x1FFFD),
    (0x20000, 0x2FFFD),
    (0x30000, 0x3FFFD),
)
_JSON = json.JSONEncoder(ensure_ascii=False)
_PLAIN = frozenset(map(ord, "-._~!$&'()*+,;=:@"))


class _Escapes(dict[int, str]):
    """What stands for a character in a segment of an IRI: itself, or its escape."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        is_kept = (
            code in _PLAIN
            or (code < 128 and letter.isalnum())
            or any(low <= code <= high for low, high in _LETTERS)
        )
        self[code] = letter if is_kept else quote(letter, safe="", errors="replace")
        return self[code]


_ESCAPES = _Escapes()


def local(*path: str) -> str:
    """The IRI of a thing of ours: `local("unit", "320506", "教育局")`."""
    return BASE + "id/" + "/".join([p.translate(_ESCAPES) for p in path])


def concept(scheme: str, code: str) -> str:
    """The IRI of a vocabulary entry, e.g. `concept("role", "lead")`."""
    return local(scheme, code)


def link(plan: Sequence[str], indicator: str, concept: str) -> str:
    """The IRI of the link from an indicator of a plan, by its label, to a vocabulary entry."""
    return local("link", *plan, digest(indicator, concept))


_OWN = ("plan", "text", "evidence", "indicator", "link")


@cache
def own(slug: str) -> tuple[str, ...]:
    """How the IRIs of what belongs to one document begin, with a slash at the end."""
    return tuple(local(kind, slug) + "/" for kind in _OWN)


def digest(*values: object) -> str:
    """Ten hex digits over a JSON array, so that neighbouring values never run together."""
    text = _JSON.encode([str(v) for v in values])
    return hashlib.sha256(text.encode()).hexdigest()[:10]
