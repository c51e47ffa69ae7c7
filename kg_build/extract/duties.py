"""Responsibilities of a part: its own tags, and rules stated once that still hold."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kg_build.extract.cell_values import is_nothing
from kg_build.extract.claims import Claim
from kg_build.extract.deadlines import deadline
from kg_build.extract.labels import is_bare_label
from kg_build.extract.prose import headed_claims, prose_claims
from kg_build.extract.relative_years import Since
from kg_build.extract.responsibilities import Tag, cell_tag, tags
from kg_build.extract.standing import Standing, standing
from kg_build.extract.verbs import is_list
from kg_build.lex.view import View, tidy, tight
from kg_build.model import (
    WHOLE_PLAN,
    Deadline,
    Evidence,
    Issue,
    Part,
    PartKind,
    Responsibility,
    Role,
    Severity,
    Span,
)
from kg_build.structure.notes import is_note
from kg_build.structure.outline import Outline
from kg_build.structure.tables import Cell

__all__ = [
    "Duty",
    "Reading",
    "cell_duties",
    "column_duties",
    "duties",
    "headed_duties",
    "hear",
    "hear_outside",
    "inherited",
    "prose_duties",
    "stated",
    "untagged",
    "with_all_theirs",
    "with_duties",
    "with_duties_above",
    "with_inherited",
    "with_lists",
]

_ORDER = "standing.order-gives-lead"
_SAME = re.compile("同(?:上|前)(?:一?项)?|与上(?:一?项)?(?:相)?同")
#: how sure it is that an item has what the one before has, by what says so
_AS_ABOVE = {"tag.same-as-above": Decimal("0.9"), "column.as-above": Decimal("0.7")}
_ROLES = {str(role): role for role in Role}


@dataclass(frozen=True, slots=True)
class Duty:
    """A claim, the tag that makes it, and the text that this tag is for where there are several."""

    claim: Claim
    tag: Tag
    scope: Span | None = None


@dataclass(slots=True)
class Reading:
    """A text being read from front to back.

    `since` is from when years count that are not written (年内), where the plan says.
    `standing` are the rules stated so far, each with the eid of the part that states it; they
    hold for all later items. `above` is the last action with responsibilities of its own, and
    these, which 同上 or an empty cell may repeat. `for_all` are by the eid of an action those that
    it states for the ones above it, too.
    """

    text: str
    since: Since | None = None
    issues: list[Issue] = field(default_factory=list)
    standing: list[tuple[Standing, str]] = field(default_factory=list)
    above: tuple[str, tuple[Responsibility, ...]] = ("", ())
    for_all: dict[str, tuple[Responsibility, ...]] = field(default_factory=dict)

    @property
    def order(self) -> Standing | None:
        """The rule that the first of each list leads, once the text has stated it."""
        return next((rule for rule, _ in self.standing if rule.order_gives_lead), None)

    def words(self, view: View) -> str:
        """The wording of a view, as the document has it, without what lies between its lines."""
        span = view.span()
        whole = self.text[span.start : span.end]
        is_whole = len(tight(whole)) == len(view)
        return tidy(whole if is_whole else "".join(self.text[at] for at in view.at))

    def number(self, view: View) -> str:
        """A numbering as the document has it, without the mark that parts it from the text."""
        return self.words(view).rstrip("、.．﹒，：:") if len(view) else ""


def hear(views: Sequence[View], reading: Reading) -> None:
    """Takes in the rules of paragraphs that stand outside all parts: they hold for all items."""
    for view in views:
        reading.standing += [(rule, WHOLE_PLAN) for rule in standing(view)[1]]


def hear_outside(outline: Outline, reading: Reading) -> None:
    """Takes in rules of prefaces, covering notices, column headings and notes (注:首位为牵头)."""
    for segment in outline.segments:
        hear((*segment.preface, *segment.notes), reading)
        for table in segment.tables:
            hear([column.heading for column in table.headings], reading)
        for section in segment.sections:
            for view in section.everything():
                if segment is not outline.plan or is_note(view.text):
                    hear((view,), reading)


def with_lists(views: Sequence[View]) -> tuple[View, ...]:
    """The paragraphs, a label that stands alone on its line joined with the list below it."""
    found: list[View] = []
    for view in views:
        if found and is_bare_label(found[-1]) and is_list(view):
            label = found.pop()
            colon = "" if label.text.endswith(":") else ":"
            at = (*label.at, *label.at[-1:] * len(colon), *view.at)
            found.append(View(label.text + colon + view.text, at))
        else:
            found.append(view)
    return tuple(found)


def duties(views: Sequence[View], eid: str, reading: Reading) -> list[Duty]:
    """What the tags of some paragraphs say; rules stated in them are kept for later items."""
    found: list[Duty] = []
    for tag, scope in _with_scopes(views):
        found += [Duty(claim, tag, scope) for claim in _heard(tag, eid, reading)]
    several = len({d.scope for d in found}) > 1
    return found if several else [replace(d, scope=None) for d in found]


def prose_duties(views: Sequence[View]) -> list[Duty]:
    """What running text says of an item that has no tag; its evidence is the sentence."""
    found = prose_claims(views)
    return [Duty(claim, Tag(view.span(), claims)) for view, claims in found for claim in claims]


def headed_duties(views: Sequence[View]) -> list[Duty]:
    """What an item among items that bodies head says of its own."""
    headed = headed_claims(views, among_others=True)
    return [Duty(claim, Tag(views[0].span(), headed)) for claim in headed]


def cell_duties(view: View, role: Role, eid: str, reading: Reading) -> list[Duty]:
    """What a table cell says whose column gives the role."""
    tag = None if is_nothing(view.text) else cell_tag(view, role)
    return [Duty(claim, tag) for claim in _heard(tag, eid, reading)] if tag else []


def column_duties(cells: Sequence[Cell], eid: str, reading: Reading) -> Iterator[Duty]:
    """What those of some cells say whose columns are headed as roles."""
    for cell in cells:
        if role := _ROLES.get(cell.column):
            yield from cell_duties(cell.view, role, eid, reading)


def stated(own: Sequence[Duty], reading: Reading) -> tuple[Responsibility, ...]:
    """The responsibilities that duties give: a name once in each role, where it stands first."""
    found: dict[tuple[str, Role], Responsibility] = {}
    for duty in own:
        for one in _as_said(duty, reading):
            found.setdefault((one.name, one.role), replace(one, scope=duty.scope))
    return tuple(found.values())


def with_duties(part: Part, own: Sequence[Duty], reading: Reading) -> Part:
    """The part with its own responsibilities and deadline and, for an action, standing rules."""
    due = part.deadline or next(_deadlines(own, reading), None)
    if all_theirs := stated([d for d in own if d.tag.for_all], reading):
        reading.for_all[part.eid] = all_theirs
    return _held(replace(part, deadline=due), stated(own, reading), reading)


def with_duties_above(part: Part, reading: Reading) -> Part:
    """The part with the responsibilities of the action before, where its cell of units is empty."""
    eid, above = reading.above
    return _held(
        part, [_repeated(r, eid, r.evidence.span, "column.as-above") for r in above], reading
    )


def with_all_theirs(parts: Sequence[Part], reading: Reading) -> list[Part]:
    """The parts of a section, each action with what a later one says of all above: 以上任务由…."""
    found: list[Part] = []
    theirs: tuple[Responsibility, ...] = ()
    for part in reversed(parts):
        if part.eid in reading.for_all:
            theirs = inherited(reading.for_all[part.eid], part.eid)
            found.append(part)
        else:
            found.append(with_inherited(part, theirs))
    return found[::-1]


def inherited(theirs: Sequence[Responsibility], eid: str) -> tuple[Responsibility, ...]:
    """The responsibilities of a part as other parts have them from it."""
    return tuple(replace(one, scope=None, inherited_from=eid) for one in theirs)


def with_inherited(part: Part, theirs: Sequence[Responsibility]) -> Part:
    """An action with what it has from another part, too; any other part as it is."""
    if part.kind is not PartKind.ACTION:
        return part
    found = {(r.name, r.role): r for r in part.responsibilities}
    for one in theirs:
        found.setdefault((one.name, one.role), one)
    return replace(part, responsibilities=tuple(found.values()))


def _held(part: Part, own: Sequence[Responsibility], reading: Reading) -> Part:
    found = {(one.name, one.role): one for one in own}
    if part.kind is PartKind.ACTION:
        if any(one.inherited_from is None for one in own):
            reading.above = (part.eid, tuple(own))
        for rule, origin in reading.standing:
            for claim in rule.claims if rule.from_here or origin != part.eid else ():
                inherited = None if origin == part.eid else origin
                one = _responsibility(claim, rule.span, reading, inherited)
                found.setdefault((one.name, one.role), one)
    return replace(part, responsibilities=tuple(found.values()))


def _repeated(above: Responsibility, eid: str, span: Span, rule: str) -> Responsibility:
    return replace(above, evidence=Evidence(span, rule, _AS_ABOVE[rule]), inherited_from=eid)


def _as_said(duty: Duty, reading: Reading) -> Iterator[Responsibility]:
    """The responsibility that a duty states; for 同上 those of the action before.

    `配合单位:同上` takes those in that role, 责任单位 all.
    """
    if _SAME.fullmatch(duty.claim.name.text):
        if not reading.above[1]:
            reading.issues.append(_not_understood(duty.tag.span, reading))
        eid, above = reading.above
        role = duty.claim.role
        same = [r for r in above if r.role is role] if role is not Role.RESPONSIBLE else above
        yield from (_repeated(r, eid, duty.tag.span, "tag.same-as-above") for r in same)
    else:
        yield _responsibility(duty.claim, duty.tag.span, reading)


def _deadlines(own: Sequence[Duty], reading: Reading) -> Iterator[Deadline]:
    for view in (d for duty in own for d in duty.tag.deadlines):
        if due := deadline(view, reading.words(view), "tag.deadline", reading.since):
            yield due


def untagged(view: View) -> Iterator[View]:
    """The paragraph without its responsibility tags."""
    begin = 0
    for tag in tags(view):
        stop = bisect_left(view.at, tag.span.start)
        if stop > begin:
            yield view[begin:stop]
        begin = bisect_left(view.at, tag.span.end)
    if begin < len(view):
        yield view[begin:]


# -- reading tags -------------------------------------------------------------------------


def _with_scopes(views: Sequence[View]) -> Iterator[tuple[Tag, Span | None]]:
    """Each tag with the text before it, back to the tag before; tags side by side share it."""
    scope: Span | None = None
    since: list[Span] = []
    for view in views:
        at = 0
        for tag in tags(view):
            since += _worded(view[at : bisect_left(view.at, tag.span.start)])
            scope = Span(since[0].start, since[-1].end) if since else scope
            yield tag, scope
            since, at = [], bisect_left(view.at, tag.span.end)
        since += _worded(view[at:])


def _worded(view: View) -> Iterator[Span]:
    """The text without the marks that it begins with; none where it is nothing but marks."""
    begin = len(view) - len(view.text.lstrip("。;,"))
    if begin < len(view):
        yield view.span(begin)


def _heard(tag: Tag, eid: str, reading: Reading) -> Iterator[Claim]:
    """The claims of a tag, once its own rules are taken in and what it leaves open is noted."""
    if not tag.claims and not tag.standing:
        reading.issues.append(_not_understood(tag.span, reading))
    reading.issues += [_not_understood(view.span(), reading) for view in tag.unread]
    known = {rule.span for rule, _ in reading.standing}
    reading.standing += [(rule, eid) for rule in tag.standing if rule.span not in known]
    order = reading.order
    has_lead = any(claim.role is Role.LEAD for claim in tag.claims)
    for n, claim in enumerate(tag.claims):
        if order is None or has_lead or claim.role is not Role.RESPONSIBLE:
            yield claim
        elif n == 0:
            yield replace(claim, role=Role.LEAD, rule=_ORDER)
        else:
            yield replace(claim, role=order.others or claim.role)


def _responsibility(
    claim: Claim, span: Span, reading: Reading, inherited: str | None = None
) -> Responsibility:
    evidence = Evidence(span, claim.rule, claim.confidence)
    return Responsibility(reading.words(claim.name), claim.role, evidence, inherited)


def _not_understood(span: Span, reading: Reading) -> Issue:
    quote = tidy(reading.text[span.start : span.end])
    return Issue(
        "responsibility-not-understood",
        Severity.WARNING,
        span,
        f"看到责任标注但未能理解：{quote}",
        f"A responsibility tag was seen and not understood: {quote}",
    )
