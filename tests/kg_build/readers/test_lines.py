"""Broken lines become the paragraphs they were."""

import pytest

from kg_build.model import BlockKind, Document


def written(document: Document) -> list[str]:
    return [
        "".join(document.text[s.start : s.end] for s in block.spans)
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH
    ]


@pytest.mark.cases("lines", "lines", at_least=24)
def test_lines_become_the_paragraphs_they_were(case, document_of):
    assert written(document_of(case["text"])) == case["paragraphs"]
