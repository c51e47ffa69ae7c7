"""The links between indicators as a mapping set: SSSOM, the table format with its header.

**Source:** SSSOM 1.0, https://mapping-commons.github.io/sssom/ (slots, order of columns, the header
in comment lines); justifications of https://w3id.org/semapv/vocab/.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from ontology import BASE, PREFIXES, ZT
from queries.answering import run
from queries.stores.port import Store

__all__ = ["ADDRESS", "mapping_set"]

#: where a site gives the mapping set
ADDRESS = "links.sssom.tsv"

_LICENSE = "https://www.apache.org/licenses/LICENSE-2.0"
_PREFIXES = {
    "sdg": "http://metadata.un.org/sdg/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": PREFIXES["skos"],
    "xsd": PREFIXES["xsd"],
    "zhengtu": f"{BASE}id/",
    "zt": ZT,
}
_ASCII = "".join(map(chr, range(128)))  # what is ASCII is a URI's already, escapes included
_NO_MATCH = ZT + "noMatch"
_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "reviewer_label",
    "mapping_date",
    "confidence",
    "match_string",
    "comment",
    "object_verified",
    "subject_quote",
)


def mapping_set(store: Store) -> str:
    """The whole mapping set; what looked alike and is not is an exact match that is negated."""
    out = io.StringIO()
    out.writelines(f"#{line}\n" for line in _header())
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in run(store, "export/links").dicts():
        cells = _mapping(row)
        writer.writerow([" ".join(cells.get(name, "").split()) for name in _COLUMNS])
    return out.getvalue()


def _header() -> Iterator[str]:
    yield "curie_map:"
    for prefix, iri in _PREFIXES.items():
        yield f'  {prefix}: "{iri}"'
    yield f'mapping_set_id: "{BASE}{ADDRESS}"'
    yield 'mapping_set_title: "计划指标与国家、国际指标的对应"'
    yield f'license: "{_LICENSE}"'
    yield 'mapping_tool: "zhengtu"'
    yield "extension_definitions:"
    for slot, term in (("object_verified", "zt:verified"), ("subject_quote", "zt:valueAsWritten")):
        yield f"  - slot_name: {slot}"
        yield f"    property: {term}"
        yield "    type_hint: xsd:string"


def _mapping(row: Mapping[str, str]) -> dict[str, str]:
    is_match = row["strength"] != _NO_MATCH
    return {
        "subject_id": _curie(row["indicator"]),
        "subject_label": row["indicator_name"],
        "predicate_id": _curie(row["strength"]) if is_match else "skos:exactMatch",
        "predicate_modifier": "" if is_match else "Not",
        "object_id": _curie(row["object"]),
        "object_label": row["object_name"],
        "mapping_justification": _curie(row["method"]),
        "reviewer_label": row.get("reviewer", ""),
        "mapping_date": row.get("reviewed_on", ""),
        "confidence": row["confidence"],
        "match_string": row.get("matched", ""),
        "comment": row["reason"],
        "object_verified": row.get("verified", ""),
        "subject_quote": row["quote"],
    }


def _curie(iri: str) -> str:
    """The IRI as a URI (RFC 3987 §3.1), with the prefix that begins it."""
    uri = quote(iri, safe=_ASCII)
    for prefix, begin in _PREFIXES.items():
        if uri.startswith(begin):
            return f"{prefix}:{uri.removeprefix(begin)}"
    return uri
