"""Responsibilities of a part: its own tags, and rules stated once that still hold."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg_build.extract.responsibilities import Claim, Standing, Tag, label_tag, tags
from kg_build.lex.view import View, tidy
from kg_build.model import Evidence, Issue, Part, PartKind, Responsibility, Role, Severity, Span

__all__ = ["Reading", "claims", "untagged", "with_duties"]


@dataclass(slots=True)
class Reading:
    """A text being read from front to back.

    `standing` are the rules stated so far, each with the eid of the part that states it;
    they hold for all later items.
    """

    text: str
    issues: list[Issue] = field(default_factory=list)
    standing: list[tuple[Standing, str]] = field(default_factory=list)

    @property
    def order_gives_lead(self) -> bool:
        """Whether the text has said that the first of each list leads."""
        return any(rule.order_gives_lead for rule, _ in self.standing)

    def words(self, view: View) -> str:
        """The wording of a view, as the document has it."""
        span = view.span()
        return tidy(self.text[span.start : span.end])


def claims(views: Sequence[View], eid: str, reading: Reading) -> list[tuple[Claim, Tag]]:
    """The claims of some paragraphs; rules stated in them are kept for later items."""
    found: list[tuple[Claim, Tag]] = []
    for view in views:
        for tag in tags(view):
            if not tag.claims and not tag.standing:
                reading.issues.append(_not_understood(tag, reading))
            reading.standing += [(rule, eid) for rule in tag.standing]
            found += [(claim, tag) for claim in tag.claims]
    return found


def with_duties(part: Part, own: Sequence[tuple[Claim, Tag]], reading: Reading) -> Part:
    """The part with its own responsibilities and, for an action, those of standing rules."""
    duties: dict[tuple[str, Role], Responsibility] = {}
    for claim, tag in _led(own, reading):
        duty = _responsibility(claim, tag.span, reading)
        duties.setdefault((duty.name, duty.role), duty)
    if part.kind is PartKind.ACTION:
        for rule, origin in reading.standing:
            for claim in rule.claims if origin != part.eid else ():
                duty = _responsibility(claim, rule.span, reading, origin)
                duties.setdefault((duty.name, duty.role), duty)
    return replace(part, responsibilities=tuple(duties.values()))


def untagged(view: View) -> Iterator[View]:
    """The paragraph without its responsibility tags."""
    if label_tag(view):
        return
    begin = 0
    for tag in tags(view):
        stop = bisect_left(view.at, tag.span.start)
        if stop > begin:
            yield view[begin:stop]
        begin = bisect_left(view.at, tag.span.end)
    if begin < len(view):
        yield view[begin:]


def _led(own: Sequence[tuple[Claim, Tag]], reading: Reading) -> Iterator[tuple[Claim, Tag]]:
    """The claims, with the first of each list leading where the text has said so."""
    last: Tag | None = None
    for claim, tag in own:
        is_first, last = tag is not last, tag
        if is_first and reading.order_gives_lead and claim.role is Role.RESPONSIBLE:
            yield replace(claim, role=Role.LEAD, rule="standing.order-gives-lead"), tag
        else:
            yield claim, tag


def _responsibility(
    claim: Claim, span: Span, reading: Reading, inherited: str | None = None
) -> Responsibility:
    evidence = Evidence(span, claim.rule, claim.confidence)
    return Responsibility(reading.words(claim.name), claim.role, evidence, inherited)


def _not_understood(tag: Tag, reading: Reading) -> Issue:
    quote = tidy(reading.text[tag.span.start : tag.span.end])
    return Issue(
        "responsibility-not-understood",
        Severity.WARNING,
        tag.span,
        f"看到责任标注但未能理解：{quote}",
        f"A responsibility tag was seen and not understood: {quote}",
    )
