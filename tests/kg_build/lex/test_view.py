"""Folded text without white space that leads back to exact offsets."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.lex.view import fold, tidy, tight, view_of
from kg_build.model import Span

TEXT = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("（）１２．—　 \t\n：、儿童\u200b\xad\ufeff")
    )
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("（１３．５％）", "(13.5%)"),
        ("１—２项", "1-2项"),
        ("牵头单位：", "牵头单位:"),
        ("1﹒建设", "1.建设"),
        ("2021～2023", "2021~2023"),
        ("ＡＢＣ", "ABC"),
        ("＊县教育局", "*县教育局"),
    ],
)
def test_forms_that_mean_the_same_fold_to_one(written, folded):
    assert fold(written) == folded


@given(TEXT)
def test_folding_keeps_the_length_and_is_done_once(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_a_view_leads_back_to_the_characters_it_shows(text):
    view = view_of(text, [Span(0, len(text))])
    assert list(view.at) == sorted(set(view.at))
    assert all(fold(text[at]) == c for at, c in zip(view.at, view.text, strict=True))
    assert not any(c.isspace() for c in view.text)
    assert view.text == fold(tight(text))


@given(TEXT, st.data())
def test_a_span_begins_and_ends_with_characters_of_the_view(text, data):
    view = view_of(text, [Span(0, len(text))])
    if not len(view):
        return
    start = data.draw(st.integers(0, len(view) - 1))
    stop = data.draw(st.integers(start + 1, len(view)))
    span = view.span(start, stop)
    assert view_of(text, [span]).text == view.text[start:stop]


@pytest.mark.parametrize(("start", "stop"), [(0, 0), (2, 1), (0, 4), (-1, 2)])
def test_an_empty_or_foreign_range_has_no_span(start, stop):
    with pytest.raises(ValueError, match="view range"):
        view_of("儿童们", [Span(0, 3)]).span(start, stop)


def test_letters_outside_the_basic_plane_count_once():
    view = view_of("𠮷林 省", [Span(0, 4)])
    assert (view.text, view.at) == ("𠮷林省", (0, 1, 3))


def test_pieces_between_separators():
    pieces = view_of("甲、乙、、丙", [Span(0, 6)]).cut(re.compile("、"))
    assert [p.text for p in pieces] == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("到 2023 年底， 10 个", "到2023年底，10个"),
        ("AI for  Good", "AI for Good"),
        (" 甲\n乙 ", "甲乙"),
        ("图\u200b书\xad角", "图书角"),
        ("AI \u2060for \ufeffGood", "AI for Good"),
    ],
)
def test_wording_loses_the_layout_only(written, shown):
    assert tidy(written) == shown
