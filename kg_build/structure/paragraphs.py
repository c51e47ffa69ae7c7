"""What each paragraph of a document is apart from its numbering."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import groupby, islice, pairwise

from kg_build.families import Marker, marker, patterns, table
from kg_build.lex.dates import DATE
from kg_build.lex.view import View, view_of
from kg_build.model import Block, BlockKind, Document
from kg_build.structure.text_tables import with_text_tables

__all__ = [
    "DOCUMENT_NUMBER",
    "IMPRINT",
    "OF_PLACE",
    "Kind",
    "Paragraph",
    "is_title",
    "paragraphs",
    "words",
]


class Kind(StrEnum):
    """The kinds of paragraph that a plan's outline is made of."""

    TEXT = "text"
    TITLE_LINE = "title line"
    LETTERHEAD = "letterhead"
    DOCUMENT_NUMBER = "document number"
    SIGNATURE = "signature"
    DATE = "date"
    IMPRINT = "imprint"
    NOTE = "note"
    ANNEX = "annex"
    CELL = "cell"
    METADATA = "metadata"


#: what the reader has decided already
_READ = {BlockKind.CELL: Kind.CELL, BlockKind.METADATA: Kind.METADATA}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block with its view, its kind and its numbering; `after_gap` after an empty line."""

    block: Block
    view: View
    kind: Kind
    marker: Marker | None
    after_gap: bool


DOCUMENT_NUMBER = re.compile(
    r"[一-鿿]{1,14}[〔\[（(【][0-9]{4}[〕\]）)】]第?[0-9]{1,5}号|[一-鿿]{1,14}[0-9]{4}年第[0-9]{1,4}号"
    r"|[一-鿿]{2,20}令\(?第?[0-9]{1,4}号\)?"
)
IMPRINT = re.compile(rf"(?P<who>[^0-9,。]*?)(?P<date>{DATE.pattern})(?:印发|印)$")
_NOTE = re.compile(
    r"\(?此件.{0,12}\)?|扫一扫.*|\(?(?:公开属性|信息公开选项).{0,12}\)?|抄送:.*|主题词:.*|分享到.*|打印.*|关闭.*"
)
#: 附件2, 附录一:, (附表3)
_ANNEX = re.compile(
    r"[(【]?附(?:件|录|表)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})?(?:-[0-9]{1,2})?[)】]?:?"
)
#: 某某市人民政府文件, over the title
_LETTERHEAD = re.compile(r"[一-鿿、]{2,60}(?:局|厅|委员会|委|部|办公室|政府|院|会|署)文件")
#: a note on the seal, or the marks of what could not be shown
_SEAL = r"(?:\([^()]{1,8}\)|[?\ufffd□■*]{1,20})?"
#: what a whole line of a certain form is, the first that fits
_FORMS = (
    (DOCUMENT_NUMBER, Kind.DOCUMENT_NUMBER),
    (re.compile(rf"\((?:{DOCUMENT_NUMBER.pattern})\)"), Kind.DOCUMENT_NUMBER),
    (_LETTERHEAD, Kind.LETTERHEAD),
    (re.compile(rf"\(?{DATE.pattern}\)?{_SEAL}"), Kind.DATE),
    (_ANNEX, Kind.ANNEX),
    (_NOTE, Kind.NOTE),
    (IMPRINT, Kind.IMPRINT),
)
_BODY = re.compile(
    r"(?:(?:中国|中共|共青团|国务院|国家)[一-鿿、]{0,24}|[一-鿿]{2,30}?)"
    r"(?:局|厅|委员会|管委会|委|部|办公室|办事处|政府|院|会|署|[总支大]队|中心|银行|集团|公司|社|省委|市委|区委|县委|国务院|联合会|指挥部|领导小组|检察院|法院)"
)
_PUNCTUATED = re.compile(r"[。;:,!?]$|。")
_TITLE_LINE_LENGTH = 60
_LONGEST_SIGNATURE = 300
_FEWEST_CONTENTS = 4
_SPACED = re.compile(r"(?P<n>[0-9]{1,2})(?=[一-鿿])")
_CHAPTER_LEVEL = 40
_LOOK_BACK = 12  # paragraphs that may stand between two items of a list


def paragraphs(document: Document) -> tuple[Paragraph, ...]:
    """The document's blocks that say something, in reading order; layout is left out."""
    found: list[Paragraph] = []
    last_end = 0
    for block in with_text_tables(document.text, document.blocks):
        if block.kind is BlockKind.LAYOUT:
            continue
        gap = document.text[last_end : block.spans[0].start].count("\n") > 1
        view = _unmarked(view_of(document.text, block.spans))
        if block.kind is BlockKind.PARAGRAPH and not len(view):
            continue
        for piece in _apart(view) if block.kind is BlockKind.PARAGRAPH else (view,):
            kind = _READ.get(block.kind) or _kind(piece)
            number = _marker(document, piece, found) if kind in _NUMBERED else None
            if number and kind is Kind.TITLE_LINE:
                kind = Kind.TEXT
            found.append(Paragraph(block, piece, kind, number, gap))
            gap = False
        last_end = block.spans[-1].end
    found = list(_with_annexes_named(_with_fields(found)))
    return tuple(_numbered_by_space(_without_contents(found)))


_HASHES = re.compile("#{1,6}(?=[^#0-9])")


def _unmarked(view: View) -> View:
    """A line without the marks that Markdown puts before headings and around bold words."""
    hashes = _HASHES.match(view.text)
    view = view[hashes.end() :] if hashes else view
    is_bold = len(view) > 4 and view.text.startswith("**") and view.text.endswith("**")
    return view[2:-2] if is_bold and view.text.count("**") == 2 else view


_LISTED = {Kind.TEXT, Kind.TITLE_LINE}
_NUMBERED = {*_LISTED, Kind.CELL}
_DOTTED = re.compile(r"(?P<n>[0-9]{1,3})\.(?=[0-9])")


def _marker(document: Document, view: View, before: Sequence[Paragraph]) -> Marker | None:
    """The numbering; `2.30个村` is item 2 where its dot is full-width or item 1 came before."""
    found, dotted = marker(view.text) or _spaced(view), _DOTTED.match(view.text)
    if found or dotted is None:
        return found
    last = next((p.marker for p in reversed(before[-_LOOK_BACK:]) if p.marker), None)
    follows = last and last.style == "arabic" and int(dotted["n"]) == last.value + 1
    if follows or document.text[view.at[dotted.end() - 1]] in "．﹒":
        return marker(f"{dotted['n']}、")
    return None


def _spaced(view: View) -> Marker | None:
    """A number that only white space parts from its heading: 任务一 做强石化."""
    for rule in patterns("official_document", "spaced"):
        match = rule.regex.match(view.text)
        number = marker(f"{match[0]}、") if match else None
        if match and number and match.end() < len(view) and view.gap(match.end()):
            return replace(number, length=match.end())
    return None


# -- what all paragraphs together say ------------------------------------------------------


def _with_fields(found: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs; before the text a line may be a field of the page: 发布时间:2021-05-06."""
    is_head = True
    for paragraph in found:
        is_field = is_head and paragraph.kind in _LISTED and _is_field(paragraph.view.text)
        is_head = is_head and (is_field or paragraph.kind is not Kind.TEXT)
        yield replace(paragraph, kind=Kind.METADATA, marker=None) if is_field else paragraph


def _is_field(text: str) -> bool:
    label, colon, value = text.partition(":")
    rules = patterns("official_document", "metadata") if colon and "。" not in value else ()
    return any(rule.regex.fullmatch(label) for rule in rules)


def _with_annexes_named(found: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs; what a list of annexes names (附件:1.某某表) is no item of the text."""
    expected = 0
    for paragraph in found:
        number = paragraph.marker
        is_line = len(paragraph.view) <= _TITLE_LINE_LENGTH and "。" not in paragraph.view.text
        if expected and number and number.value == expected and is_line:
            expected += 1
            yield replace(paragraph, kind=Kind.ANNEX, marker=None)
        else:
            expected = 1 if paragraph.kind is Kind.ANNEX else 0
            yield paragraph


def _without_contents(found: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs without a table of contents: a run of lines that stand again further on."""
    last = {p.view.text: n for n, p in enumerate(found)}
    again = [_is_heading(p) and last[p.view.text] > n for n, p in enumerate(found)]
    for is_again, run in groupby(zip(again, found, strict=True), key=lambda pair: pair[0]):
        lines = [p for _, p in run]
        if not (is_again and len(lines) >= _FEWEST_CONTENTS):
            yield from lines


def _is_heading(paragraph: Paragraph) -> bool:
    is_short = len(paragraph.view) <= _TITLE_LINE_LENGTH and "。" not in paragraph.view.text
    return is_short and paragraph.kind in _LISTED


def _numbered_by_space(found: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, chapters `1 总则` numbered where the sections below are 1.1, 1.2."""
    lines = list(found)
    has_sections = any(p.marker and p.marker.style == "decimal" for p in lines)
    for line in lines:
        match = _SPACED.match(line.view.text) if has_sections and not line.marker else None
        if match and line.kind is Kind.TITLE_LINE and line.view.gap(match.end()):
            number = Marker("spaced", _CHAPTER_LEVEL, int(match["n"]), match.end())
            yield replace(line, kind=Kind.TEXT, marker=number)
        else:
            yield line


# -- what stands in one line and is not one ------------------------------------------------

_NUMBER_AT_END = re.compile(r"[〔\[(【][0-9]{4}[〕\])】]第?[0-9]{1,5}号\)?$")
_LONGEST_AUTHORITY = 8  # characters before the year of a document number: 国办发
_SIGNED_TAIL = re.compile(
    rf"(?<=[。;])(?P<who>[一-鿿]{{3,30}})(?P<day>{DATE.pattern})(?P<note>\(此件[^()]{{0,12}}\))?$"
)
#: 某县人民政府 2023年3月8日, with nothing else in its line but brackets
_SIGNED_LINE = re.compile(rf"\(?(?P<who>[一-鿿、]{{3,120}})(?P<day>{DATE.pattern})(?P<end>\))?")
_STAMP = re.compile(r"\((?:盖章|公章|印章|签章|代章|章)\)$")
#: what is left of a line that was cut apart and says nothing
_REST = re.compile(rf"[()]|{_STAMP.pattern}")


def _apart(view: View) -> Iterator[View]:
    """The paragraph, cut where an annex's mark, a title, its number or a signature run together."""
    cuts = sorted({0, *_cuts(view), len(view)})
    pieces = [view[a:b] for a, b in pairwise(cuts)] or [view]
    yield from (p for p in pieces if len(pieces) == 1 or not _REST.fullmatch(p.text))


def _cuts(view: View) -> Iterator[int]:
    text = view.text
    annex = _ANNEX.match(text)
    if annex and annex.end() < len(text) and is_title(text[annex.end() :]):
        yield annex.end()
    if number := _NUMBER_AT_END.search(text, max(0, len(text) - _LONGEST_TITLE)):
        begins = range(number.start() - 2, number.start() - _LONGEST_AUTHORITY, -1)
        opening = text.rfind("(", 0, number.start()) if number[0].endswith(")") else -1
        begins = range(opening, opening - 1, -1) if opening > 0 else begins
        yield from islice((n for n in begins if n > 0 and is_title(text[:n])), 1)
    signed = _SIGNED_TAIL.search(text, max(0, len(text) - _LONGEST_TITLE))
    if signed and _BODY.fullmatch(signed["who"]):
        yield from (signed.start(g) for g in ("who", "day", "note") if signed[g])
    stamp = _STAMP.search(text) if len(text) <= _LONGEST_TITLE else None
    if stamp and _BODY.fullmatch(text[: stamp.start()]):
        yield stamp.start()
    line = _SIGNED_LINE.fullmatch(text)
    if line and all(_BODY.fullmatch(w.text) for w in words(view[slice(*line.span("who"))])):
        yield from (line.start(g) for g in ("who", "day", "end") if line[g])
    yield from _before_signers(view)


def _before_signers(view: View) -> Iterator[int]:
    """Where the names begin in `某某实施意见甲局 乙局 丙局`."""
    first, *rest = (words(view) if len(view) <= 2 * _LONGEST_TITLE else ()) or [view]
    if rest and all(_BODY.fullmatch(w.text) for w in rest):
        for n in range(_SHORTEST_TITLE, len(first) - 2):
            if is_title(first.text[:n], anywhere=True) and _BODY.fullmatch(first.text[n:]):
                yield n
                return


def words(view: View) -> list[View]:
    """The pieces of a view between white space; single characters in a row are one word.

    Bodies of one place written together (某县教育局某县财政局) are several words.
    """
    cuts = [n for n in range(1, len(view)) if view.gap(n)]
    pieces = pairwise([0, *cuts, len(view)])
    found: list[View] = []
    for is_spaced, run in groupby(pieces, key=lambda cut: cut[1] - cut[0] == 1):
        ends = list(run)
        words = [(ends[0][0], ends[-1][1])] if is_spaced else ends  # 商 务 部
        found += [view[a:b] for a, b in words]
    return [body for word in found for body in _bodies(word)]


OF_PLACE = re.compile(r"(?:中共)?(?P<place>[一-鿿]{2,5}?[省市县区州旗盟])")
_END_OF_BODY = "局厅委部办会室署院府社团"
_MINISTRY = re.compile("[一-鿿]{2,10}?部(?!门|分|队|署)")
_MINISTRIES = re.compile(f"(?:{_MINISTRY.pattern}){{2,12}}")


def _bodies(word: View) -> Iterator[View]:
    """The names of a word, cut between ministries and where its place comes behind a body."""
    if len(word) <= _LONGEST_SIGNATURE and _MINISTRIES.fullmatch(word.text):
        yield from (word[slice(*m.span())] for m in _MINISTRY.finditer(word.text))
        return
    named = OF_PLACE.match(word.text) if len(word) <= _LONGEST_SIGNATURE else None
    again = re.finditer(named["place"], word.text) if named else ()
    cuts = [m.start() for m in again if m.start() and word.text[m.start() - 1] in _END_OF_BODY]
    yield from (word[a:b] for a, b in pairwise([0, *cuts, len(word)])) if cuts else (word,)


def _kind(view: View) -> Kind:
    text = view.text
    for pattern, kind in _FORMS:
        if pattern.fullmatch(text):
            return kind
    if len(text) <= _LONGEST_SIGNATURE and all(_BODY.fullmatch(w.text) for w in words(view)):
        return Kind.SIGNATURE
    if len(text) <= _TITLE_LINE_LENGTH and not _PUNCTUATED.search(text):
        return Kind.TITLE_LINE
    return Kind.TEXT


_CAPTION = re.compile(r"[(\[【]?(?:专栏|附?表|图)[0-9一二三四五六七八九十]")
_SHORTEST_TITLE = 7
_LONGEST_TITLE = 90


def is_title(text: str, *, anywhere: bool = False) -> bool:
    """Whether a folded text ends as the title of a plan or notice does.

    With `anywhere` it ends as only titles do, not as any line may: 方案 does, 标准 does not.
    """
    fits = _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE and not _CAPTION.match(text)
    return fits and bool(_title("anywhere" if anywhere else "pattern").search(text))


@cache
def _title(noun: str) -> re.Pattern[str]:
    rule = table("official_document")["title"]
    return re.compile(f"{rule[noun]}{rule['tail']}$")
