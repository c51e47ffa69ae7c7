"""Checks: the shapes a graph must have, and what to tell readers about the documents.

Holds: SHACL shapes by concern (`*.ttl`), the report, validation by pySHACL (`shapes.validation`).
May import: ontology, rdflib, pyshacl.
Never: documents, HTTP, a store.
"""

from shapes.report import Report, Result, Severity, merge, render

__all__ = [
    "Report",
    "Result",
    "Severity",
    "merge",
    "render",
]
