"""The path of one document: the only file that knows the order of the stages."""

from collections.abc import Sequence
from pathlib import Path

from kg_build.extract.facts import extract
from kg_build.link import link
from kg_build.links import Correction
from kg_build.model import Built, Document, Facts
from kg_build.plan_json import plan_json
from kg_build.rdf.describe import describe
from kg_build.rdf.nquads import nquads
from kg_build.readers import read
from kg_build.readers.confined import DEFAULT, Limits
from kg_build.readers.review import corrections_for
from kg_build.report import Report, report
from kg_build.structure.outline import Outline, outline
from kg_build.structure.paragraphs import paragraphs

__all__ = ["build", "facts_of", "reported"]


def facts_of(document: Document, corrections: Sequence[Correction] = ()) -> Facts:
    """The linked facts of a document, its indicators as people corrected them."""
    return _facts(document, outline(paragraphs(document)), corrections)


def _facts(document: Document, found: Outline, corrections: Sequence[Correction]) -> Facts:
    return link(document, extract(document, found), corrections)


def reported(path: Path, limits: Limits = DEFAULT) -> Report:
    """What was read of one document and what was not.

    Raises: UnreadableSource.
    """
    document = read(path, limits)
    found = outline(paragraphs(document))
    return report(document, found, _facts(document, found, corrections_for(path)))


def build(path: Path, limits: Limits = DEFAULT) -> Built:
    """One document's quads, plan JSON and issues. Pure but for reading the files.

    Takes and gives values that can be pickled, so that any pool or cluster may call it.
    Raises: UnreadableSource.
    """
    document = read(path, limits)
    facts = facts_of(document, corrections_for(path))
    return Built(
        slug=document.slug,
        nquads=nquads(describe(document, facts), slug=document.slug),
        plan_json=plan_json(document, facts),
        issues=(*document.issues, *(i for plan in facts.plans for i in plan.issues)),
    )
