"""What was read of a document and what was not, so that nobody has to trust in silence.

Counts are made against the text, not against the rules: sentences, what looks like a
responsibility tag, and numbers are found by means of their own, so that they can come out short.
"""

from kg_build.model import Document, Facts
from kg_build.report.coverage import sentences
from kg_build.report.figures import IssueKind, Report
from kg_build.report.numbers import numbers
from kg_build.report.parts import known_parts
from kg_build.report.signs import signs
from kg_build.report.tallies import by_confidence, by_rule, issues_by_code, kinds_of_fact, unsure
from kg_build.report.text import as_json, as_text
from kg_build.structure.outline import Outline

__all__ = ["IssueKind", "Report", "as_json", "as_text", "report"]


def report(document: Document, outline: Outline, facts: Facts) -> Report:
    """The report of one document."""
    known = tuple(known_parts(outline, facts))
    return Report(
        file=document.source.name,
        title=facts.front.title,
        kind=str(facts.front.kind),
        further=tuple((f.front.title, str(f.front.kind)) for f in facts.further),
        media_type=document.source.media_type,
        encoding=document.source.encoding,
        pages=max((b.page for b in document.blocks), default=0),
        paragraphs=sum(1 for p in outline.paragraphs if p.kind != "cell"),
        cells=sum(1 for p in outline.paragraphs if p.kind == "cell"),
        tables=sum(len(s.tables) for s in outline.segments),
        facts=kinds_of_fact(facts),
        sentences=tuple(sentences(document, known, facts)),
        signs=tuple(signs(document, facts)),
        numbers=tuple(numbers(document, facts)),
        rules=by_rule(facts),
        confidence=by_confidence(facts),
        unsure=unsure(facts),
        issues=issues_by_code(document, facts),
    )
