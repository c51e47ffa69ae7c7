"""The named graphs of a whole: one a plan, one a vocabulary, and three that have no other like."""

from kg_build.rdf.iris import local

__all__ = ["DERIVED", "ONTOLOGY", "SHARED", "of_documents", "plan", "vocabulary"]

#: what several documents describe: units, cited documents, rules
SHARED = local("graph", "shared")
#: what the rules of `queries/derive/` add
DERIVED = local("graph", "derived")
ONTOLOGY = local("graph", "ontology")
_VOCABULARIES = local("graph", "vocabulary", "")


def plan(slug: str) -> str:
    """The graph of a document."""
    return local("graph", slug)


def vocabulary(name: str) -> str:
    """The graph of a vocabulary."""
    return _VOCABULARIES + name


def of_documents(name: str) -> bool:
    """Whether a graph comes from documents, not from a vocabulary or a rule."""
    return name not in {ONTOLOGY, DERIVED} and not name.startswith(_VOCABULARIES)
