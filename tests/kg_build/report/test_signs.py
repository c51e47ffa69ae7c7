"""Whether the report sees tags that became no facts. The facts are given, so that it can fail."""

from dataclasses import replace

import pytest

from kg_build.model import (
    Block,
    BlockKind,
    Evidence,
    Facts,
    FrontMatter,
    Part,
    PartKind,
    Responsibility,
    Role,
    Span,
)
from kg_build.report.signs import signs


@pytest.fixture
def seen(document_of):
    """The signs of a text of which an action with some units was read."""

    def read(text, names, *, cells=False):
        document = document_of(text)
        whole = Span(0, len(document.text))
        evidence = Evidence(whole, "test")
        duties = tuple(Responsibility(n, Role.LEAD, evidence) for n in names)
        part = Part("act_1", PartKind.ACTION, "1", "", "", evidence, whole, responsibilities=duties)
        if cells:
            document = replace(document, blocks=_cells(text))
        return list(signs(document, Facts(FrontMatter(), (part,) if names else ())))

    return read


def _cells(text):
    """A table of two columns, one cell a line."""
    begin, found = 0, []
    for n, line in enumerate(text.split("\n")):
        span = Span(begin, begin + len(line))
        found.append(Block(BlockKind.CELL, (span,), table=0, row=n // 2, column=n % 2))
        begin = span.end + 1
    return tuple(found)


@pytest.mark.cases("signs", "sign", at_least=10)
def test_a_tag_is_seen_and_compared_with_the_facts(seen, case):
    (sign,) = seen(case["text"], case["names"])
    assert sign.understood == case["understood"]
    assert list(sign.left) == case.get("left", [])


@pytest.mark.cases("signs", "none", at_least=4)
def test_what_is_no_tag_is_not_seen(seen, case):
    assert seen(case["text"], []) == []


@pytest.mark.parametrize(("names", "understood"), [(["县教育局"], "understood"), ([], "not")])
def test_a_column_of_units_is_seen(seen, names, understood):
    (sign,) = seen("任务\n责任单位\n办读书节\n县教育局", names, cells=True)
    assert sign.understood == understood
    assert sign.passage.quote == "县教育局"
