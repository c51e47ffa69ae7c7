"""A text cut into marked runs: nothing is lost, nothing is marked that is not evidence."""

from hypothesis import given
from hypothesis import strategies as st

from ontology import ZT
from queries.answers.passages import Mark, cut


@st.composite
def marked(draw):
    text = draw(st.text(alphabet="儿童友好𠮷。，\n", min_size=1, max_size=60))
    spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
    marks = [
        Mark(f"{ZT}e{n}", min(a, b), max(a, b), "unit", "", f"e-{n}")
        for n, (a, b) in enumerate(spans)
        if min(a, b) < len(text)
    ]
    return text, [m for m in marks if m.end <= len(text) and m.start < m.end]


@given(marked())
def test_cutting_loses_nothing_and_marks_exactly_the_evidence(case):
    text, marks = case
    lines = cut(text, marks, range(len(text)))
    assert "\n".join("".join(run.text for run in line) for line in lines) == text
    for mark in marks:
        covered = [run for line in lines for run in line if mark in run.marks]
        assert "".join(r.text for r in covered) == text[mark.start : mark.end].replace("\n", "")
    for line in lines:
        for run in line:
            assert text[run.start : run.start + len(run.text)] == run.text
