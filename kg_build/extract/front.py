"""What the text says about the plan as a document: title, issuers, number, dates, period, place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain, dropwhile, islice, takewhile, zip_longest

from kg_build.extract.brackets import split
from kg_build.extract.chapters import goal_paragraphs
from kg_build.extract.clauses import sentences
from kg_build.extract.kinds import document_kind
from kg_build.extract.unit_names import is_unit_name, unit_names
from kg_build.families import patterns, table
from kg_build.lex.dates import (
    DATE,
    day,
    day_of,
    five_year_period,
    single_year,
    stated_period,
    year_range,
)
from kg_build.lex.places import find_place
from kg_build.lex.view import View, fold, tidy, view_of
from kg_build.model import (
    Citation,
    Document,
    DocumentKind,
    Evidence,
    FrontMatter,
    Issue,
    Override,
    Severity,
    Span,
    Status,
)
from kg_build.structure.outline import Outline, Segment
from kg_build.structure.paragraphs import IMPRINT, Kind, is_title, words

__all__ = ["front_matter", "overridden"]

_CITED = re.compile(r"《(?P<title>[^《》]+)》(?:\((?P<number>[^()]*?[0-9]{4}[^()]*?号)\))?")
_NOTE = re.compile(r"\([^()]{1,20}\)")
_QUOTED = re.compile(r"《(?P<title>[^《》]{6,90})》(?:\((?P<number>.{4,30}号)\)?)?$")
#: a covering notice and its plan in one title
_PROCLAIMED = re.compile(
    r".{0,60}(?:印发|转发|公布)《?(?P<title>[^《》]{6,80}?)》?的(?:通知|公告|通告)"
)
_BODY_IN_TITLE = re.compile(r"(?P<who>[一-鿿、]{3,80}?)(?:关于|转发|批转|印发)")
#: under the title, within so many lines: who approved the plan and when
_HEADING_LINES = 8
_APPROVED = re.compile(
    rf"(?:^|(?<=[\n(经])){DATE.pattern}[一-鿿0-9\n]{{4,50}}?(?:会议?|大会)\n?(?:审议)?(?:批准|通过)"
)
_PLACES = "省市县区州盟旗镇乡村"
_MOST_PARAGRAPHS = 60  # before which a plan says how long it runs
_CONCLUDED, _GUESSED = Decimal("0.9"), Decimal("0.7")
_OUTLOOK = re.compile(r"展望|远景|远期")
_LABEL = re.compile(r"[\[【(]?(?P<name>[A-Za-z一-鿿]{2,10})[\]】)]?:")


def front_matter(document: Document, outline: Outline) -> FrontMatter:
    """The front matter as far as the text states it, with evidence for each field."""
    reader = _Reader(document, outline)
    title, title_evidence = reader.title(outline.plan)
    issuers, signed, signature = reader.signature()
    number = reader.number()
    printed = reader.imprint()
    status = reader.status(is_issued=bool(number or signed or printed))
    period = reader.period(title)
    front = FrontMatter(
        kind=document_kind(title, outline.plan),
        title=title,
        container_title=reader.container_title(),
        issuers=tuple(tidy(document.text[s.start : s.end]) for s in issuers),
        document_number=reader.words(number) if number else None,
        date_signed=signed,
        date_issued=printed[0] if printed else None,
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        status=status,
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
        "period_start": period[2] if period else None,
        "period_end": period[2] if period else None,
        "place": title_evidence or _around(issuers),
        "status": reader.draft_mark() or number or signature or title_evidence,
    }
    evidence = tuple(
        (k, Evidence(s, f"front.{k}", _certainty(k, document, s))) for k, s in spans.items() if s
    )
    return replace(front, evidence=evidence)


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
        self.metadata = self._metadata()

    def words(self, span: Span) -> str:
        return tidy(self.document.text[span.start : span.end])

    def _metadata(self) -> dict[str, View]:
        """The fields of a page's own table about the document, the surest label first."""
        found: dict[str, View] = {}
        for rule, value in self._labelled():
            found.setdefault(rule, value)
        fields: dict[str, View] = {}
        for known in patterns("official_document", "metadata"):
            if known.id in found:
                fields.setdefault(known.values["field"], found[known.id])
        return fields

    def _labelled(self) -> Iterator[tuple[str, View]]:
        """The rule of each label and its value, beside or below it."""
        views = [p.view for p in self.outline.paragraphs]
        for view, below in zip_longest(views, views[1:]):
            match = _LABEL.match(view.text)
            rule = _metadata_rule(match["name"]) if match else None
            if match is None or rule is None:
                continue
            if len(view) > match.end():
                yield rule, view[match.end() :]
            elif below is not None and not below.text.endswith(":"):
                yield rule, below

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
            view = self.metadata.get("title")
            return (self.words(view.span()), view.span()) if view else (None, None)
        proclaimed = _PROCLAIMED.fullmatch(whole.text)
        view = whole[slice(*proclaimed.span("title"))] if proclaimed else whole
        draft = self.rules["status"]["draft"]
        marks = rf"[（(](?:{draft}|节选|摘要|摘编|摘录)[）)]"
        return re.sub(marks, "", self.words(view.span())), view.span()

    def _title_view(self, segment: Segment) -> View | None:
        """The title as it stands, without notes in brackets over it, quotes around it."""
        whole = self._lines_of_title(segment)
        quoted = _QUOTED.match(whole.text)
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
        for segment in self.outline.segments:
            for paragraph in segment.title:
                match = re.search(self.rules["status"]["draft"], paragraph.view.text)
                if match:
                    return paragraph.view.span(*match.span())
        return None

    def status(self, *, is_issued: bool) -> Status:
        if self.draft_mark():
            return Status.DRAFT
        return Status.ISSUED if is_issued else Status.UNKNOWN

    # -- number, signature, imprint -------------------------------------------------------

    def number(self) -> Span | None:
        for paragraph in self.outline.paragraphs:
            if paragraph.kind is Kind.DOCUMENT_NUMBER:
                return paragraph.view.span()
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
            if match is None:
                continue
            above = takewhile(lambda p: p.kind is Kind.SIGNATURE, reversed(paragraphs[:n]))
            names = [w.span() for p in reversed(list(above)) for w in words(p.view)]
            if names:
                return tuple(names), day(match), paragraph.view.span()
        return self._labelled_signature()

    def _labelled_signature(self) -> tuple[tuple[Span, ...], date | None, Span | None]:
        issuer, dated = self.metadata.get("issuer"), self._dated("date_signed")
        names = (issuer.span(),) if issuer else self._letterhead() or self._titled_bodies()
        return names, *(dated or self._lone_date() or self._approval() or (None, None))

    def _letterhead(self) -> tuple[Span, ...]:
        """The body in the line over the title: 某某局文件."""
        paragraphs = self.outline.paragraphs
        view = next((p.view for p in paragraphs if p.kind is Kind.LETTERHEAD), None)
        return (view[: -len("文件")].span(),) if view else ()

    def _titled_bodies(self) -> tuple[Span, ...]:
        """The bodies before 关于 in the first title, as in `某省财政厅关于加强预算管理的意见`."""
        first = next((s for s in self.outline.segments if s.title), None)
        view = self._title_view(first) if first else None
        match = _BODY_IN_TITLE.match(view.text) if view else None
        names = list(unit_names(view[: match.end("who")])) if view and match else []
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

    # -- period and citations -------------------------------------------------------------

    def period(self, title: str | None) -> tuple[int | None, int, Span] | None:
        """First and last year: from the title, else a sentence that says so, else the goals."""
        _, span = self.title(self.outline.plan)
        folded = fold(title or "")
        named = year_range(folded) or five_year_period(folded) or single_year(folded)
        if named and span:
            return *named, span
        if stated := next(self._stated_periods(), None):
            return stated
        years = [*self._goal_years(), *self._column_years()]
        return (None, *max(years, key=lambda y: y[0])) if years else None

    def _stated_periods(self) -> Iterator[tuple[int, int, Span]]:
        plan = self.outline.plan
        views = chain(plan.preface, goal_paragraphs(plan), *(s.everything() for s in plan.sections))
        for view in islice(views, _MOST_PARAGRAPHS):
            for sentence in split(view, "。;"):
                if found := stated_period(sentence.text):
                    yield *found, sentence.span()

    def _goal_years(self) -> Iterator[tuple[int, Span]]:
        for view in goal_paragraphs(self.outline.plan):
            for sentence in sentences(view):
                if not _OUTLOOK.search(sentence.view.text):
                    yield from ((year, sentence.view.span()) for _, year in sentence.years)

    def _column_years(self) -> Iterator[tuple[int, Span]]:
        for found in self.outline.plan.tables:
            for column in found.headings:
                if column.year and column.id != "baseline" and column.heading:
                    yield column.year, column.heading.span()

    def citations(self, title: str) -> Iterator[Citation]:
        """The documents named as the basis, before the plan's first part."""
        seen = set()
        for view in self.outline.plan.preface:
            for match in _CITED.finditer(view.text):
                name = self.words(view.span(*match.span("title")))
                number = self.words(view.span(*match.span("number"))) if match["number"] else None
                if name != title and (key := number or name) not in seen:
                    seen.add(key)
                    yield Citation(name, number, Evidence(view.span(*match.span()), "citation"))


def _metadata_rule(name: str) -> str | None:
    rules = patterns("official_document", "metadata")
    return next((r.id for r in rules if r.regex.fullmatch(name)), None)


# -- what a person knows better -----------------------------------------------------------

_TEXT_FIELDS = {"title", "container_title", "document_number", "place_code", "place"}
_YEAR_FIELDS = {"period_start", "period_end"}
_DATE_FIELDS = {"date_signed", "date_issued"}
_ENUM_FIELDS: dict[str, type[StrEnum]] = {"status": Status, "kind": DocumentKind}


def overridden(
    front: FrontMatter, overrides: Sequence[Override]
) -> tuple[FrontMatter, tuple[Issue, ...]]:
    """The front matter with what the metadata file sets, each noted as an issue of level info."""
    issues = []
    for override in overrides:
        value = _value(override)
        unknown = value is None
        front = front if unknown else _with(front, override.name, value)
        issues.append(_note(override, unknown=unknown))
    return front, tuple(issues)


def _value(override: Override) -> object:
    name, value = override.name, override.value
    if name in _TEXT_FIELDS:
        return value
    try:
        if name in _YEAR_FIELDS:
            return int(value)
        if name in _DATE_FIELDS:
            return date.fromisoformat(value)
        if name in _ENUM_FIELDS:
            return _ENUM_FIELDS[name](value)
    except ValueError:
        return None
    return (value,) if name == "issuer" else None


def _with(front: FrontMatter, name: str, value: object) -> FrontMatter:
    field = "issuers" if name == "issuer" else name
    kept = tuple(e for e in front.evidence if e[0] != name)
    return replace(front, evidence=kept, **{field: value})  # type: ignore[arg-type]


def _note(override: Override, *, unknown: bool) -> Issue:
    code = "override-not-understood" if unknown else "override"
    zh = "元数据文件中的设置无法理解" if unknown else "由元数据文件设定"
    en = "not understood in the metadata file" if unknown else "set by the metadata file"
    severity = Severity.WARNING if unknown else Severity.INFO
    text = f"{override.name} = {override.value}"
    return Issue(code, severity, Span(0, 0), f"{zh}：{text}", f"{text} ({en})")
