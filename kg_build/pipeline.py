"""The path of one document: the only file that knows the order of the stages."""

from pathlib import Path

from kg_build.extract.facts import extract
from kg_build.link import link
from kg_build.model import Built, Document, Facts
from kg_build.plan_json import plan_json
from kg_build.rdf.describe import describe
from kg_build.rdf.nquads import nquads
from kg_build.readers import read
from kg_build.readers.confined import DEFAULT, Limits
from kg_build.report import Report, report
from kg_build.structure.outline import Outline, outline
from kg_build.structure.paragraphs import paragraphs

__all__ = ["build", "facts_of", "reported"]


def facts_of(document: Document) -> Facts:
    """The linked facts of a document."""
    return _facts(document, outline(paragraphs(document)))


def _facts(document: Document, found: Outline) -> Facts:
    return link(document, extract(document, found))


def reported(path: Path, limits: Limits = DEFAULT) -> Report:
    """What was read of one document and what was not.

    Raises: UnreadableSource.
    """
    document = read(path, limits)
    found = outline(paragraphs(document))
    return report(document, found, _facts(document, found))


def build(path: Path, limits: Limits = DEFAULT) -> Built:
    """One document's quads, plan JSON and issues. Pure but for reading the file.

    Takes and gives values that can be pickled, so that any pool or cluster may call it.
    Raises: UnreadableSource.
    """
    document = read(path, limits)
    facts = facts_of(document)
    return Built(
        slug=document.slug,
        nquads=nquads(describe(document, facts), slug=document.slug),
        plan_json=plan_json(document, facts),
        issues=(*document.issues, *(i for plan in facts.plans for i in plan.issues)),
    )
