"""What the text says about the plan as a document: title, issuers, number, dates, period, place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import dropwhile, takewhile

from kg_build.extract.kinds import document_kind
from kg_build.extract.page_fields import known_fields, labelled
from kg_build.extract.period import period
from kg_build.extract.unit_names import is_unit_name, unit_names
from kg_build.families import table
from kg_build.lex.dates import DATE, day, day_of
from kg_build.lex.places import find_place
from kg_build.lex.titles import bare_title, short_titles
from kg_build.lex.view import View, fold, tidy, view_of
from kg_build.model import Citation, Document, Evidence, FrontMatter, Span, Status
from kg_build.structure.outline import Outline, Segment
from kg_build.structure.paragraphs import IMPRINT, Kind, Paragraph, is_title, words

__all__ = ["front_matter"]

_CITED = re.compile(
    r"《(?P<title>[^《》]+)》"
    r"(?:\((?P<number>(?:[^()]*?[0-9]{4}|(?:国务院|主席)令第)[^()]*?号)(?:[,;][^()]*)?\))?"
)
_NOTE = re.compile(r"\([^()]{1,20}\)")
_QUOTED = re.compile(r"《(?P<title>[^《》]{6,90})》(?:\((?P<number>.{4,30}号)\)?)?$")
#: a report on a plan that prints it in full
_REPORTED = re.compile(
    r"[一-鿿、]{3,80}?(?:联合)?(?:印发|发布|出台|公布|下发)《(?P<title>[^《》]{6,90})》"
)
#: a covering notice and its plan in one title
_PROCLAIMED = re.compile(
    r".{0,60}(?:印发|转发|公布)《?(?P<title>[^《》]{6,80}?)》?的(?:通知|公告|通告)"
)
_BODY_IN_TITLE = re.compile(r"(?P<who>[一-鿿、]{3,80}?)(?:关于|转发|批转|印发)")
_NUMBER_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
#: under the title, within so many lines: who approved the plan and when
_HEADING_LINES = 8
_APPROVED = re.compile(
    rf"(?:^|(?<=[\n(经])){DATE.pattern}[一-鿿0-9\n]{{4,50}}?"
    r"(?:(?:会议?|大会)\n?(?:审议)?(?:批准|通过)|(?:印发|发布|公布)(?=\)))"
)
_MONTH = re.compile(r"\(?(?:20[0-9]{2}|二[〇○零一二三四五六七八九]{3})年[0-9一二三十]{1,2}月\)?")
_PLACES = "省市县区州盟旗镇乡村"
_CONCLUDED, _GUESSED = Decimal("0.9"), Decimal("0.7")
#: what a covering notice says: 现将《某某方案》印发给你们, 《某某方案》已经同意,现印发给你们
_SENT = re.compile(
    r"(?:^|(?<=[,。;:]))现(?:予|就|将)?[^。]{0,90}?(?:印发|转发|下发|下达|发布|公布)(?=给|至|实施|施行|你|,|。|$)|印发给你们"
)
_NAMED = re.compile(
    r"现将《(?P<title>[^《》]{6,90})》[^。]{0,20}(?:印发|转发|下发)"
    r"|^《(?P<agreed>[^《》]{6,90})》(?:已)?经[^。]{0,60},现[^。]{0,12}(?:印发|转发|下发|公布|发布)"
)
_ANNOUNCED = r"(?:印发|出台|发布|公布|下发)(?:了|实施)?《"


def front_matter(document: Document, outline: Outline) -> FrontMatter:
    """The front matter as far as the text states it, with evidence for each field."""
    reader = _Reader(document, outline)
    title, title_evidence = reader.title(outline.plan)
    issuers, signed, signature = reader.signature()
    number = reader.number()
    printed = reader.imprint()
    sent = reader.sending_out(title)
    first, last = period(outline.plan, reader.titles(), signed, _year(number, reader))
    front = FrontMatter(
        kind=document_kind(title, outline.plan),
        title=title,
        container_title=reader.container_title(),
        issuers=tuple(tidy(document.text[s.start : s.end]) for s in issuers),
        document_number=reader.words(number) if number else None,
        date_signed=signed,
        date_issued=printed[0] if printed else None,
        period_start=first[0] if first else None,
        period_end=last[0] if last else None,
        status=reader.status(is_issued=bool(number or signed or sent or reader.is_printed)),
        citations=tuple(reader.citations(title or "")),
    )
    place = find_place(title or "", front.issuers, _own_text(document, outline))
    if place:
        front = replace(front, place_code=place[0], place=place[1])
    spans = {
        "title": title_evidence,
        "issuer": _around(issuers),
        "document_number": number,
        "date_signed": signature,
        "date_issued": printed[1] if printed else None,
        "period_start": first[1] if first else None,
        "period_end": last[1] if last else None,
        "place": title_evidence or _around(issuers),
        "status": reader.draft_mark() or number or signature or sent or title_evidence,
    }
    evidence = tuple(
        (k, Evidence(s, f"front.{k}", _certainty(k, document, s))) for k, s in spans.items() if s
    )
    return replace(front, evidence=evidence)


def _year(number: Span | None, reader: "_Reader") -> int | None:
    """The year in a document number."""
    match = _NUMBER_YEAR.search(reader.words(number)) if number else None
    return int(match[0]) if match else None


def _own_text(document: Document, outline: Outline) -> str:
    """The text of one plan, where its file has others."""
    spans = (p.view.span() for p in outline.paragraphs if len(p.view))
    return "\n".join(document.text[s.start : s.end] for s in spans)


def _certainty(field: str, document: Document, span: Span) -> Decimal:
    """How sure a field is: what is concluded from other words is less so than what is stated."""
    if field == "title" and not is_title(view_of(document.text, [span]).text):
        return _GUESSED
    return _CONCLUDED if field in {"place", "status"} else Decimal(1)


def _around(spans: Sequence[Span]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


class _Reader:
    """One document's paragraphs, asked for one field after the other."""

    def __init__(self, document: Document, outline: Outline) -> None:
        self.document = document
        self.outline = outline
        self.rules = table("official_document")["title"]
        self.labels = labelled([p.view for p in outline.paragraphs])
        self.metadata = known_fields(self.labels)

    def words(self, span: Span) -> str:
        return tidy(self.document.text[span.start : span.end])

    def _dated(self, field: str) -> tuple[date, Span] | None:
        """The day that a field of the page says."""
        view = self.metadata.get(field)
        found = day_of(view.text) if view else None
        return (found, view.span()) if view and found else None

    # -- title and status -----------------------------------------------------------------

    def title(self, segment: Segment) -> tuple[str | None, Span | None]:
        """The title over the plan, without a mark such as （征求意见稿）."""
        whole = self._title_view(segment)
        if whole is None:
            view = next(self._named_titles(), None) or self.metadata.get("title")
            return (self.words(view.span()), view.span()) if view else (None, None)
        proclaimed = _PROCLAIMED.fullmatch(whole.text)
        view = whole[slice(*proclaimed.span("title"))] if proclaimed else whole
        draft = self.rules["status"]["draft"]
        marks = rf"[（(](?:[^（）()]{{0,8}}(?:{draft})|节选|摘要|摘编|摘录)[）)]"
        return re.sub(marks, "", self.words(view.span())), view.span()

    def titles(self) -> Iterator[View]:
        """The plan's title, those of what leads to it, and what a notice names."""
        segments = self.outline.segments
        first = (s for s in segments[: segments.index(self.outline.plan)] if s.title)
        for segment in (self.outline.plan, *first):
            if view := self._title_view(segment):
                yield view
        yield from self._named_titles()

    def _named_titles(self) -> Iterator[View]:
        """The titles that a notice names of what it sends out."""
        for view in self._lead():
            if match := _NAMED.search(view.text):
                yield view[slice(*match.span(match.lastgroup or 0))]

    def _lead(self) -> Iterator[View]:
        """The paragraphs before the plan's title and between it and its first part."""
        before = takewhile(lambda s: s is not self.outline.plan, self.outline.segments)
        yield from (p.view for segment in before for p in segment.paragraphs)
        yield from self.outline.plan.preface

    def _title_view(self, segment: Segment) -> View | None:
        """The title as it stands, without notes in brackets over it, quotes around it."""
        whole = self._lines_of_title(segment)
        quoted = _QUOTED.match(whole.text) or _REPORTED.fullmatch(whole.text)
        return (whole[slice(*quoted.span("title"))] if quoted else whole) if len(whole) else None

    def _lines_of_title(self, segment: Segment) -> View:
        """The lines of a title as one, without notes in brackets over it."""
        draft = re.compile(self.rules["status"]["draft"])
        lines = [p.view for p in segment.title]
        kept = [v for v in lines if not draft.search(v.text) or not v.text.startswith("(")]
        kept = [*dropwhile(lambda v: _NOTE.fullmatch(v.text) is not None, kept)]
        return View("".join(v.text for v in kept), tuple(at for v in kept for at in v.at))

    def container_title(self) -> str | None:
        """The title of the whole document, where the plan is a part of it and it is no notice."""
        first = next((s for s in self.outline.segments if s.title), None)
        whole = self._title_view(first) if first else None
        if whole and first is self.outline.plan and _PROCLAIMED.fullmatch(whole.text):
            return self.words(whole.span())
        if first is None or first is self.outline.plan or not first.sections:
            return None
        return None if first.is_notice else self.title(first)[0]

    def draft_mark(self) -> Span | None:
        """Where the title is marked as a draft."""
        draft = self.rules["status"]["draft"]
        mark = re.compile(
            rf"\([^()]{{0,12}}(?:{draft})[^()]{{0,6}}\)|(?:{draft})$|征求.{{0,80}}意见"
        )
        for view in (p.view for segment in self.outline.segments for p in segment.title):
            if match := mark.search(view.text):
                return view.span(*match.span())
        return None

    def sending_out(self, title: str | None) -> Span | None:
        """Where the text says that the plan is sent out, in a notice or in a report on it."""
        notices = (s for s in self.outline.segments if s.is_notice)
        if notice := next(notices, None):
            return notice.title[0].view.span()
        own = _ANNOUNCED + re.escape(fold(title)) if title else None
        for view in self._lead():
            match = _SENT.search(view.text) or (re.search(own, view.text) if own else None)
            if match:
                return view.span(*match.span())
        return None

    @property
    def is_printed(self) -> bool:
        """Whether a day of printing is given; that of a page's publication is none."""
        has_imprint = any(p.kind is Kind.IMPRINT for p in self.outline.paragraphs)
        return has_imprint or "date_printed" in self.labels

    def status(self, *, is_issued: bool) -> Status:
        if self.draft_mark():
            return Status.DRAFT
        return Status.ISSUED if is_issued else Status.UNKNOWN

    # -- number, signature, imprint -------------------------------------------------------

    def number(self) -> Span | None:
        for paragraph in self.outline.paragraphs:
            if paragraph.kind is Kind.DOCUMENT_NUMBER:
                number = paragraph.view
                return (number[1:-1] if number.text.startswith("(") else number).span()
        view = self.metadata.get("document_number")
        return view.span() if view else next(self._quoted_numbers(), None)

    def _quoted_numbers(self) -> Iterator[Span]:
        """The number behind a title in quotes: 《某某关于某事的通知》（某政〔2021〕3号）."""
        for segment in self.outline.segments:
            whole = self._lines_of_title(segment)
            quoted = _QUOTED.match(whole.text)
            if quoted and quoted["number"]:
                yield whole.span(*quoted.span("number"))

    def signature(self) -> tuple[tuple[Span, ...], date | None, Span | None]:
        """The bodies that signed, the date below them, and where it stands."""
        paragraphs = self.outline.paragraphs
        for n, paragraph in enumerate(paragraphs):
            match = DATE.search(paragraph.view.text) if paragraph.kind is Kind.DATE else None
            names = _signers(paragraphs[:n]) if match else ()
            if match and names:
                return names, day(match), paragraph.view.span()
        return self._labelled_signature()

    def _labelled_signature(self) -> tuple[tuple[Span, ...], date | None, Span | None]:
        issuer, dated = self.metadata.get("issuer"), self._dated("date_signed")
        stated = (issuer.span(),) if issuer else self._letterhead() or self._titled_bodies()
        names = stated or self._bodies_over_title() or self._undated_signature()
        return names, *(dated or self._lone_date() or self._approval() or (None, None))

    def _bodies_over_title(self) -> tuple[Span, ...]:
        """The bodies in the lines right over the first title."""
        title = next((s.title[0] for s in self.outline.segments if s.title), None)
        above = takewhile(lambda p: p is not title, self.outline.paragraphs)
        return _signers([p for p in above if p.kind is not Kind.DOCUMENT_NUMBER]) if title else ()

    def _undated_signature(self) -> tuple[Span, ...]:
        """The bodies over the only month without a day or day of printing, outside the text."""
        paragraphs = self.outline.paragraphs
        text = [n for n, p in enumerate(paragraphs) if p.kind is Kind.TEXT] or [0]
        undated = (n for n, p in enumerate(paragraphs) if _is_undated(p))
        found = [(n, names) for n in undated if (names := _signers(paragraphs[:n]))]
        is_sure = len(found) == 1 and not text[0] < found[0][0] < text[-1]
        return found[0][1] if is_sure else ()

    def _letterhead(self) -> tuple[Span, ...]:
        """The body in the line over the title: 某某局文件."""
        paragraphs = self.outline.paragraphs
        view = next((p.view for p in paragraphs if p.kind is Kind.LETTERHEAD), None)
        return (view[: -len("文件")].span(),) if view else ()

    def _titled_bodies(self) -> tuple[Span, ...]:
        """The bodies before 关于 in the first title, as in `某省财政厅关于加强预算管理的意见`."""
        first = next((s for s in self.outline.segments if s.title), None)
        views = (self._title_view(first), self._lines_of_title(first)) if first else ()
        view = next((v for v in views if v and _BODY_IN_TITLE.match(v.text)), None)
        match = _BODY_IN_TITLE.match(view.text) if view else None
        bodies = words(view[: match.end("who")]) if view and match else []
        names = [name for body in bodies for name in unit_names(body)]
        is_sure = all(is_unit_name(n.text) and n.text[-1] not in _PLACES for n in names)
        return tuple(n.span() for n in names) if is_sure else ()

    def _lone_date(self) -> tuple[date, Span] | None:
        """The one date that stands alone in a line, where there is no other."""
        dates = [p.view for p in self.outline.paragraphs if p.kind is Kind.DATE]
        match = DATE.search(dates[0].text) if len(dates) == 1 else None
        found = day(match) if match else None
        return (found, dates[0].span()) if found else None

    def _approval(self) -> tuple[date, Span] | None:
        """The day on which a meeting approved the plan, as a line of the heading says."""
        heading = self.outline.paragraphs[:_HEADING_LINES]
        lines = [p.view for p in takewhile(lambda p: p.kind is Kind.TITLE_LINE, heading)]
        match = _APPROVED.search("\n".join(v.text for v in lines))
        found = day(match) if match else None
        if match is None or found is None:
            return None
        at = [at for v in lines for at in (*v.at, v.at[-1])]
        return found, Span(at[match.start()], at[match.end() - 1] + 1)

    def imprint(self) -> tuple[date, Span] | None:
        for paragraph in self.outline.paragraphs:
            match = IMPRINT.fullmatch(paragraph.view.text)
            found = day(match) if paragraph.kind is Kind.IMPRINT and match else None
            if found:
                return found, paragraph.view.span()
        return self._dated("date_issued")

    # -- citations --------------------------------------------------------------------------

    def citations(self, title: str) -> Iterator[Citation]:
        """The documents named as the basis, before the plan's first part, each once.

        Its number may stand elsewhere in the text, where it is named with it.
        """
        shorts = short_titles("".join(p.view.text for p in self.outline.paragraphs))
        numbered, own = self._numbered(), bare_title(fold(title))
        seen: set[str | None] = set()
        for view in self.outline.plan.preface:
            for match in _CITED.finditer(view.text):
                cited = self._cited(view, match)
                key = bare_title(fold(cited.title))
                found = cited if cited.number else numbered.get(key, cited)
                is_own = cited.title == title or (key == own and not found.number)
                if not (is_own or cited.title in shorts or {key, found.number} & seen):
                    seen |= {key, found.number or key}
                    yield replace(found, title=cited.title)

    def _numbered(self) -> dict[str, Citation]:
        """The first mention of each document with its number, by the bare title."""
        found: dict[str, Citation] = {}
        for view in (p.view for p in self.outline.paragraphs):
            for match in _CITED.finditer(view.text) if "《" in view.text else ():
                if match["number"]:
                    cited = self._cited(view, match)
                    found.setdefault(bare_title(fold(cited.title)), cited)
        return found

    def _cited(self, view: View, match: re.Match[str]) -> Citation:
        name = self.words(view.span(*match.span("title")))
        number = self.words(view.span(*match.span("number"))) if match["number"] else None
        return Citation(name, number, Evidence(view.span(*match.span()), "citation"))


def _is_undated(paragraph: Paragraph) -> bool:
    """Whether a line is a month without a day, or a day of printing without a body."""
    printed = IMPRINT.fullmatch(paragraph.view.text)
    is_bare = printed is not None and not printed["who"]
    return is_bare or _MONTH.fullmatch(paragraph.view.text) is not None


def _signers(paragraphs: Sequence[Paragraph]) -> tuple[Span, ...]:
    """The bodies that sign in the last lines of some paragraphs."""
    above = [*takewhile(lambda p: p.kind is Kind.SIGNATURE, reversed(paragraphs))]
    return tuple(w.span() for p in reversed(above) for w in words(p.view))
