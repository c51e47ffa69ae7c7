"""Checks: the shapes a graph must have, and what to tell readers about the documents.

Holds: SHACL shapes by concern (`*.ttl`), validation by pySHACL, the report.
May import: ontology, rdflib, pyshacl.
Never: documents, HTTP, a store.
"""

from shapes.report import Report, Result, Severity, merge, render
from shapes.validation import validate, validate_nquads, validate_plans, validate_vocabulary

__all__ = [
    "Report",
    "Result",
    "Severity",
    "merge",
    "render",
    "validate",
    "validate_nquads",
    "validate_plans",
    "validate_vocabulary",
]
