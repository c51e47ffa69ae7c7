"""Who does what: labels, verbs, asterisks and rules that are stated once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg_build.extract.brackets import groups, split
from kg_build.extract.unit_names import is_unit_name, unit_names
from kg_build.families import Pattern, patterns
from kg_build.lex.view import View
from kg_build.model import Role, Span

__all__ = ["Claim", "Standing", "Tag", "cell_tag", "label_tag", "stated", "tags"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One name in one role."""

    name: View
    role: Role
    rule: str
    confidence: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule stated once: units that every later item has, or that the first of a list leads."""

    claims: tuple[Claim, ...]
    order_gives_lead: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Tag:
    """A piece of text that lays down responsibilities. No claims: seen, not understood."""

    span: Span
    claims: tuple[Claim, ...]
    standing: tuple[Standing, ...] = ()


_LONGEST_TAG = 1000  # a list of sixty departments has some 400 characters
_LONGEST_VERB = 24
_SIGNS = re.compile(
    r"牵头|(?:责任|负责|配合|参与|主办|协办|指导|落实)(?:单位|部门)|负责$|按职责分工"
)
_DEADLINE_OR_POINTS = re.compile(
    r"[0-9.]+分|.{0,12}(?:前|底|内|年|月|日)(?:完成|落实|到位)?|长期坚持|持续推进|全年"
)


def tags(view: View) -> Iterator[Tag]:
    """The responsibility tags of a paragraph: a label line as a whole, brackets, or sentences."""
    whole = label_tag(view)
    if whole:
        yield whole
        return
    yield from sorted((*_bracketed(view), *_sentences(view)), key=lambda tag: tag.span)


def _sentences(view: View) -> Iterator[Tag]:
    """Sentences without brackets that are tags, such as `责任单位:A、B。` and `由A牵头,B配合。`."""
    for n, sentence in enumerate(split(view, "。;")):
        if n == 0:
            continue  # an item begins with what shall be done
        claims: tuple[Claim, ...] = ()
        if _label_at(sentence.text, 0):
            claims = tuple(_labelled(sentence))
        elif sentence.text.startswith("由"):
            claims = tuple(_by_verbs(sentence))
        if claims:
            yield Tag(sentence.span(), claims)


def _bracketed(view: View) -> Iterator[Tag]:
    for begin, end in groups(view):
        inner = view[begin + 1 : end - 1 if view.text[end - 1] in ")】〕]" else end]
        found = _bracket(inner)
        if found is not None:
            yield Tag(view.span(begin, end), found.claims, found.standing)
        elif _SIGNS.search(inner.text):
            yield Tag(view.span(begin, end), ())


def stated(view: View) -> tuple[Standing, ...]:
    """The rules that a paragraph before the tasks states, such as 排在首位的为牵头单位."""
    return tuple(rule for rule in _standing(view)[1] if rule.order_gives_lead)


def label_tag(view: View) -> Tag | None:
    """The tag of a paragraph that begins with a label, such as `牵头单位:区教育局`."""
    first = _label_at(view.text, 0)
    if first is None or not len(view):
        return None
    return Tag(view.span(), tuple(_labelled(view)))


def cell_tag(view: View, role: Role) -> Tag | None:
    """The tag of a table cell whose column gives the role; verbs and labels inside it win."""
    if not len(view):
        return None
    found = _bracket(view)
    if found is not None:
        return Tag(view.span(), found.claims, found.standing)
    return Tag(view.span(), tuple(_starred(view, role, f"column.{role}")))


def _bracket(inner: View) -> Tag | None:
    """The claims in a bracket, or None where it is no responsibility tag."""
    if len(inner) > _LONGEST_TAG:
        return None
    content, standing = _standing(inner)
    if not len(content):
        return Tag(inner.span(), (), standing) if standing else None
    label = _first_label(content)
    claims = tuple(_labelled(content[label:]) if label is not None else _by_verbs(content))
    if not claims and not standing:
        return None
    return Tag(inner.span(), claims, standing)


# -- labels -------------------------------------------------------------------------------


@cache
def _labels() -> tuple[tuple[Pattern, re.Pattern[str]], ...]:
    return tuple(
        (rule, re.compile(rf"(?:{rule.regex.pattern})[:]")) for rule in patterns("roles", "label")
    )


def _label_at(text: str, at: int) -> tuple[Pattern, int] | None:
    """The label that begins at a place, and where the list after it begins."""
    for rule, regex in _labels():
        match = regex.match(text, at)
        if match:
            return rule, match.end()
    return None


def _first_label(view: View) -> int | None:
    """Where the first label begins; deadlines and points may precede it."""
    return next((at for at in _begins(view) if _label_at(view.text, at)), None)


def _labelled(view: View) -> Iterator[Claim]:
    """The claims of text that begins with a label and may hold further labels and fields."""
    found = [(at, label) for at in _begins(view) if (label := _label_at(view.text, at))]
    fields = [at for at in _begins(view) if _field().match(view.text, at)]
    for n, (_, (rule, start)) in enumerate(found):
        following = found[n + 1][0] if n + 1 < len(found) else len(view)
        stop = min([following, *(at for at in fields if at >= start)])
        listed = view[start:stop]
        verbs = tuple(_by_verbs(listed))
        yield from verbs or _starred(listed, Role(rule.values["role"]), rule.id)


def _begins(view: View) -> Iterator[int]:
    """Where a label may begin: at the start, after a separator, after white space."""
    for at in range(len(view)):
        if at == 0 or view.text[at - 1] in ",;。、)" or view.at[at] > view.at[at - 1] + 1:
            yield at


@cache
def _field() -> re.Pattern[str]:
    fields = "|".join(p.regex.pattern for p in patterns("roles", "field"))
    return re.compile(rf"(?:{fields}):")


def _starred(listed: View, role: Role, rule: str) -> Iterator[Claim]:
    """The names of a list; where some carry an asterisk, those lead and the others answer."""
    names = [n for n in unit_names(listed) if not _DEADLINE_OR_POINTS.fullmatch(n.text)]
    has_star = any("*" in n.text for n in names)
    for name in names:
        plain = _without_star(name)
        if not len(plain):
            continue
        if "*" in name.text:
            yield Claim(plain, Role.LEAD, "asterisk")
        else:
            certain = Decimal(1) if is_unit_name(plain.text) else Decimal("0.8")
            yield Claim(plain, Role.RESPONSIBLE if has_star else role, rule, certain)


def _without_star(name: View) -> View:
    text = name.text
    begin = len(text) - len(text.lstrip("*"))
    return name[begin : len(text.rstrip("*"))]


# -- verbs --------------------------------------------------------------------------------


@cache
def _verbs() -> tuple[tuple[Pattern, re.Pattern[str]], ...]:
    rules = patterns("roles", "verb")
    found = [(r, re.compile(rf"(?P<verb>{r.regex.pattern})。?$")) for r in rules]
    named = [
        (rule, re.compile(rf"(?P<verb>为(?:{rule.regex.pattern}))。?$"))
        for rule in patterns("roles", "label")
    ]
    return (*found, *named)


def _by_verbs(view: View) -> Iterator[Claim]:
    """The claims of `A牵头,B、C按职责分工负责`; none where a clause is no list of bodies."""
    claims: list[Claim] = []
    waiting: list[View] = []
    for clause in split(view, ",;。"):
        if _DEADLINE_OR_POINTS.fullmatch(clause.text):
            continue
        verb = _verb(clause)
        if verb is None:
            waiting.append(clause)
            continue
        rule, end = verb
        listed = [*waiting, clause[:end]]
        waiting = []
        found = [c for part in listed for c in _clause_claims(part, rule)]
        if not found or not all(is_unit_name(c.name.text) for c in found):
            return
        claims += found
    if claims and waiting:
        claims += [c for part in waiting for c in _tail(part, claims[-1])]
    yield from claims


def _verb(clause: View) -> tuple[Pattern, int] | None:
    """The verb that ends a clause and where the list before it ends: the longest verb counts."""
    best: tuple[Pattern, int] | None = None
    for rule, regex in _verbs():
        match = regex.search(clause.text, max(1, len(clause) - _LONGEST_VERB))
        if match and (best is None or match.start("verb") < best[1]):
            best = rule, match.start("verb")
    return best


def _clause_claims(listed: View, rule: Pattern) -> Iterator[Claim]:
    """The names before a verb; those after 会同 take part."""
    role = Role(rule.values["role"])
    for joint in patterns("roles", "joint"):
        match = joint.regex.search(listed.text)
        if match and match.start():
            for name in unit_names(listed[: match.start()]):
                yield Claim(_without_star(name), role, rule.id)
            for name in unit_names(listed[match.end() :]):
                yield Claim(_without_star(name), Role(joint.values["role"]), joint.id)
            return
    yield from _starred(listed, role, rule.id)


def _tail(part: View, last: Claim) -> Iterator[Claim]:
    """Names after the last verb, as in `A牵头,B配合,各镇(街道)`: they support."""
    role = Role.PARTICIPATING if last.role is Role.LEAD else last.role
    for name in unit_names(part):
        if is_unit_name(name.text):
            yield Claim(name, role, last.rule, Decimal("0.8"))


# -- standing rules -----------------------------------------------------------------------


def _standing(inner: View) -> tuple[View, tuple[Standing, ...]]:
    """The bracket without the rules stated in it, and those rules."""
    found: list[Standing] = []
    begin_of_first = len(inner)
    for rule in patterns("roles", "standing"):
        match = rule.regex.search(inner.text)
        if match is None:
            continue
        begin_of_first = min(begin_of_first, match.start())
        span = inner.span(match.start(), match.end())
        claims: Sequence[Claim] = ()
        if rule.regex.groups:
            claims = tuple(_standing_claims(inner, match, rule.id))
        found.append(Standing(tuple(claims), rule.id == "standing.order-gives-lead", span))
    kept = inner[:begin_of_first]
    return kept[: len(kept.text.rstrip("。;,"))], tuple(found)


def _standing_claims(inner: View, match: re.Match[str], rule: str) -> Iterator[Claim]:
    verb = match["verb"]
    for candidate in patterns("roles", "verb"):
        if candidate.regex.fullmatch(verb):
            for name in unit_names(inner[match.start("units") : match.end("units")]):
                yield Claim(name, Role(candidate.values["role"]), rule)
            return
