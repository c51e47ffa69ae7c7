"""Tags: the pieces of a text that say who does what."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from kg_build.extract.brackets import groups, split
from kg_build.extract.claims import Claim, is_aside, is_deadline, listed
from kg_build.extract.labels import BULLETS, first_mark, is_bare_label, is_label, labelled
from kg_build.extract.prose import divided, prose_claims, speaks_of_duty
from kg_build.extract.standing import Standing, standing
from kg_build.extract.unit_names import (
    could_be_name,
    is_department,
    is_generic,
    is_unit_name,
    unit_names,
)
from kg_build.extract.verbs import by_verbs, is_verb, together
from kg_build.families import patterns
from kg_build.lex.view import View
from kg_build.model import Role, Span

__all__ = ["Tag", "cell_tag", "tags"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A piece of text that lays down responsibilities. Nothing in it: seen, not understood.

    `unread` are pieces of its lists that are no names; `deadlines` say by when. One `for_all` is
    for the items above it, too: 以上任务由….
    """

    span: Span
    claims: tuple[Claim, ...] = ()
    standing: tuple[Standing, ...] = ()
    deadlines: tuple[View, ...] = ()
    unread: tuple[View, ...] = ()
    has_label: bool = False
    for_all: bool = False


_LONGEST_TAG = 1500  # a list of sixty departments has some 400 characters
_PROBABLE = Decimal("0.8")
_POSSIBLE = Decimal("0.6")
_BARE = "bracket.units"
_SIGNS = re.compile(
    r"牵头|(?:责任|负责|配合|参与|主办|协办|指导|落实)(?:单位|部门)|负责$|按职责分工"
)
#: how a sentence outside brackets begins or ends that may be a tag
_SENTENCE = re.compile(
    r"[。;](?:由|[【〔\[]|[^。;(]{0,12}(?:\([^()]{0,8}\))?(?::|(?:单位|部门)[为是]))"
    r"|(?:负责|牵头|配合|参与|落实|协助|为(?:牵头|责任|配合|参与|成员|落实)(?:单位|部门))(?:[。;]|$)"
    r"|不再[^。;]{0,8}(?:[。;]|$)"
)


@lru_cache(maxsize=512)  # of the paragraphs of a chapter they are asked for again and again
def tags(view: View) -> tuple[Tag, ...]:
    """The responsibility tags of a paragraph: label lines, brackets, or sentences."""
    end = _end_of_labels(view)
    rest = view[end:]
    found = sorted((*_bracketed(rest), *_sentences(rest)), key=lambda tag: tag.span)
    return (_label_tag(view[:end]), *found) if end else tuple(found)


def _end_of_labels(view: View) -> int:
    """Where a paragraph that begins with a label (`牵头单位:区教育局`) says something else."""
    bullets = BULLETS.match(view.text)
    end = 0
    for sentence in split(view, "。"):
        first = bullets.end() if bullets and not end else 0
        if not (
            is_label(sentence, first)
            or (end and (by_verbs(sentence, strict=True) or _states(sentence)))
        ):
            break
        end = bisect_left(view.at, sentence.at[-1]) + 1
    return end + (end and view.text[end : end + 1] == "。")


def _states(sentence: View) -> bool:
    return bool(standing(sentence)[1])


def _label_tag(view: View) -> Tag:
    content, rules = standing(view)
    return _labelled(content, rules, view.span())


def cell_tag(view: View, role: Role) -> Tag | None:
    """The tag of a table cell whose column gives the role; verbs and labels inside it win."""
    if not len(view):
        return None
    content, rules = standing(view)
    found = _labelled(content, rules, view.span())
    if found.claims or found.has_label:
        begin = first_mark(view) or 0
        is_heard = any(c.name.at[0] < view.at[begin] for c in found.claims)
        before = () if is_heard else listed(view[:begin], role, f"column.{role}")
        return replace(found, claims=(*before, *found.claims))
    claims = together(content) or tuple(listed(content, role, f"column.{role}"))
    return Tag(view.span(), claims, rules)


def _bracketed(view: View) -> Iterator[Tag]:
    for begin, end in groups(view):
        inner = view[begin + 1 : end - 1 if view.text[end - 1] in ")】〕]" else end]
        if len(inner) > _LONGEST_TAG or (is_bare_label(inner) and inner.text[-1] != ":"):
            continue
        span = view.span(begin, end)
        found = _content(inner, span, _stands_alone(view, begin, end))
        if found is not None:
            yield replace(found, for_all=_is_for_all(inner))
        elif claims := divided(inner):
            yield Tag(span, claims, deadlines=_deadlines(inner))
        elif _SIGNS.search(inner.text) or speaks_of_duty(inner):
            yield Tag(span)


def _sentences(view: View) -> Iterator[Tag]:
    """Sentences without brackets that are tags, such as `责任单位:A、B。` and `由A牵头,B配合。`."""
    if not _SENTENCE.search(view.text):
        return
    for n, sentence in enumerate(split(view, "。;")):
        for_all = _is_for_all(sentence)
        if (n == 0 and not for_all) or len(sentence) > _LONGEST_TAG:
            continue  # an item begins with what shall be done
        content, rules = standing(sentence)
        if is_label(sentence):
            yield _label_tag(sentence)
        elif claims := by_verbs(content, strict=True):
            yield Tag(sentence.span(), _with_others(claims, content), rules, for_all=for_all)
        elif rules:
            yield Tag(sentence.span(), standing=rules)


def _with_others(claims: Sequence[Claim], sentence: View) -> tuple[Claim, ...]:
    """The claims with those of clauses that do not end in a verb: A牵头制定办法,B配合."""
    known = {claim.name.at[0] for claim in claims}
    told = [c for _, more in prose_claims((sentence,)) for c in more if c.name.at[0] not in known]
    return tuple(sorted((*claims, *told), key=lambda claim: claim.name.at[0]))


def _is_for_all(sentence: View) -> bool:
    return any(rule.regex.match(sentence.text) for rule in patterns("roles", "for_all"))


def _content(inner: View, span: Span, certainty: Decimal | None = None) -> Tag | None:
    """The tag in a bracket or cell: by labels, verbs, a rule, or names with nothing else.

    `certainty` is how sure such a bare list is to be one; None where it is none.
    """
    content, rules = standing(inner)
    tag = _labelled(content, rules, span)
    if tag.claims or tag.has_label:
        return tag
    names = tuple(_names(content, certainty))
    return replace(tag, claims=names) if names or rules else None


def _labelled(content: View, rules: tuple[Standing, ...], span: Span) -> Tag:
    """The tag of text with labels; what stands before the first of them may be verbs."""
    begin = first_mark(content)
    head = content if begin is None else content[:begin]
    before = by_verbs(head)
    found = labelled(content[len(head) :])
    pieces = (*(split(head, ",;。") if before else ()), *found.pieces)
    claims = (*before, *found.claims)
    deadlines = (*_deadlines(head), *found.deadlines)
    return Tag(span, claims, rules, deadlines, _unread(pieces, claims), found.has_label)


def _deadlines(content: View) -> tuple[View, ...]:
    return tuple(c for c in split(content, ",;。") if is_deadline(c.text))


def _unread(pieces: Iterable[View], claims: Sequence[Claim]) -> tuple[View, ...]:
    """The pieces of a tag's lists that hold no claim and say nothing known."""
    held = sorted(claim.name.at[0] for claim in claims)
    return tuple(
        piece
        for piece in pieces
        if len(piece) > 1
        and bisect_left(held, piece.at[0]) == bisect_right(held, piece.at[-1])
        and not (is_deadline(piece.text) or is_aside(piece.text) or is_verb(piece.text))
    )


def _names(content: View, certainty: Decimal | None) -> Iterator[Claim]:
    """The claims of a list of names alone: joint (`A会同B`), noted (`A(牵头)`) or bare."""
    if claims := together(content):
        yield from claims
        return
    claims = tuple(listed(content, Role.RESPONSIBLE, _BARE))
    stated = [n for n in unit_names(content) if not (is_deadline(n.text) or is_aside(n.text))]
    if len(claims) != len(stated):
        return
    if any(c.rule != _BARE for c in claims):
        yield from claims
    elif certainty and _are_bodies([c.name.text for c in claims], certainty):
        yield from (replace(c, confidence=certainty) for c in claims)


def _stands_alone(view: View, begin: int, end: int) -> Decimal | None:
    """How sure a bare list of bodies is to be a tag: behind a sentence, or at its end."""
    if begin and view.text[begin - 1] in "。;!":
        return _PROBABLE
    return _POSSIBLE if len(view) - end <= 1 else None


def _are_bodies(names: Sequence[str], certainty: Decimal) -> bool:
    """Whether a list says surely enough that it is one of bodies.

    Among departments, the first of them one, others may have less telling names: 县教育局、高校.
    """
    departments = sum(map(is_department, names))
    if len(names) == departments or (certainty >= _PROBABLE and all(map(_is_telling, names))):
        return True
    is_like = is_unit_name if certainty < _PROBABLE else could_be_name
    return is_department(names[0]) and 2 * departments >= len(names) and all(map(is_like, names))


def _is_telling(name: str) -> bool:
    return is_unit_name(name) and not is_generic(name)
