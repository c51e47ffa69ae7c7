"""How each number of a document is explained: what the facts make of it, or why none does."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from kg_build.extract.attributive import attributive
from kg_build.extract.clauses import Sentence, sentences
from kg_build.extract.quantities import Quantity, quantities
from kg_build.families import marker, pattern, patterns
from kg_build.lex.view import View, view_of
from kg_build.model import BlockKind, Document, Facts, Span
from kg_build.structure.paragraphs import DOCUMENT_NUMBER

__all__ = ["UNEXPLAINED", "explained"]

#: the kind of a number that nothing explains
UNEXPLAINED = "unexplained"
#: digits with thousands and decimals, not the number of an item before a year: 2.2025年
_RUN = re.compile(r"[0-9]{1,20}(?:[.,](?!20[0-9]{2}年)[0-9]{1,9}){0,4}")
_NUMERAL = re.compile("[一二两三四五六七八九十百千万亿零点分之半]{1,20}")
_NEAR = 16  # how far before a Chinese numeral words make it a promise
_DATE = re.compile(
    r"""(?:19|20)[0-9]{2}(?:年|[-~至到./—]|(?=[》”)]))
      | (?<=[-~至到])(?:19|20)[0-9]{2}
      | [0-9]{1,2}[月日]
      | (?:19|20)[0-9]{2}[-./][01]?[0-9][-./][0-3]?[0-9]
      | [0-9]{1,2}:[0-9]{2}
      | (?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?:年|个月|个?工作日|天|周)""",
    re.VERBOSE,
)
_CALENDAR = re.compile("(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?")
_STRUCTURE = re.compile(
    r"""第[0-9]{1,4}
      | (?:附件|附表|专栏|[表图]|序号|页)[0-9]{1,3}(?:[-.][0-9]{1,3}){0,2}
      | [(][0-9]{1,2}[)]
      | (?:^|(?<=[。;:)!?]))[0-9]{1,2}[.、](?![0-9]{2}(?!年|[0-9]))
      | (?<![0-9.])[0-9]{1,2}(?:[.][0-9]{1,2}){1,3}(?=[一-鿿])
      | ^[0-9]{1,3}$""",
    re.VERBOSE,
)
_INDEX_NUMBER = re.compile(r"[0-9]{6,12}/[0-9]{4}-[0-9]{3,6}")
_MONEY = re.compile(r"[0-9][0-9.,]{0,12}[千百十万亿]{0,2}(?:美|欧|港)?元")
_NUMBERED, _DESCRIBING = "document number", "measure name"


def explained(document: Document, facts: Facts) -> Iterator[tuple[Span, str]]:
    """Each number of a document with what explains it, in reading order.

    Runs of digits, and Chinese numerals where the words around make them a promise (三农 is none).

    Kinds: `target`, `baseline` (what is there already or a value starts from), `date`, `age`,
    `amount`, `document number`, `structure`, `quoted name`, `name`, `measure name`, `points`,
    `other`, and `UNEXPLAINED`.
    """
    stated = _targets(facts)
    for block in document.blocks:
        view = view_of(document.text, block.spans)
        said = list(_sentences(view))
        runs = sorted({*(m.span() for m in _RUN.finditer(view.text)), *_worded(said)})
        if not runs:
            continue
        is_layout = block.kind is BlockKind.LAYOUT
        reasons = [] if is_layout else list(_reasons(view, runs, said, stated))
        default = "structure" if is_layout else UNEXPLAINED
        for begin, end in runs:
            kinds = (k for low, high, k in reasons if low <= begin and end <= high)
            yield view.span(begin, end), next(kinds, default)


def _sentences(view: View) -> Iterator[tuple[int, Sentence]]:
    """The sentences of a paragraph, each with where it begins."""
    begin = 0
    for sentence in sentences(view):
        begin = view.text.find(sentence.view.text, begin)
        yield begin, sentence


def _worded(said: Iterable[tuple[int, Sentence]]) -> Iterator[tuple[int, int]]:
    """The Chinese numerals that promise something: 新建三个, 百分之五十; not 第三, 十分, 三农."""
    for begin, sentence in said:
        for quantity in quantities(sentence.text):
            numeral = _NUMERAL.match(sentence.text, quantity.at)
            if numeral and _is_promise(sentence, quantity):
                yield begin + numeral.start(), begin + numeral.end()


def _is_promise(sentence: Sentence, quantity: Quantity) -> bool:
    if not quantity.is_chinese or quantity.begin < quantity.at or quantity.has_bound:
        return True
    near = sentence.text[max(sentence.clause(quantity.at)[0], quantity.at - _NEAR) : quantity.at]
    words = (pattern("quantities", "quantifying", kind) for kind in ("quantifying", "made"))
    return quantity.value != 1 and any(word.search(near) for word in words)


def _targets(facts: Facts) -> list[Span]:
    """Where the targets stand that could be read."""
    parts = (part for plan in facts.plans for part in plan.parts)
    found = [*(t for p in facts.plans for t in p.goals), *(t for p in parts for t in p.targets)]
    return sorted({t.evidence.span for t in found if t.is_parsed})


def _reasons(
    view: View,
    runs: Sequence[tuple[int, int]],
    said: Sequence[tuple[int, Sentence]],
    stated: Sequence[Span],
) -> Iterator[tuple[int, int, str]]:
    """Pieces of a paragraph that explain the numbers in them, the surest first."""
    head = marker(view.text)
    if head is not None:
        yield 0, head.length, "structure"
    for regex, kind in _forms():
        yield from ((*m.span(), kind) for m in regex.finditer(view.text))
    yield from _promised(view, runs, stated)
    yield from ((*m.span(), "date") for m in _DATE.finditer(view.text))
    for begin, sentence in said:
        for low, high, kind in _not_promised(sentence):
            yield begin + low, begin + high, kind
    yield from ((*m.span(), "amount") for m in _MONEY.finditer(view.text))


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Forms that need no context, each with what it explains a number as."""
    masks = ((p.regex, p.values["explains"]) for p in patterns("quantities", "mask"))
    return (
        (DOCUMENT_NUMBER, _NUMBERED),
        (_INDEX_NUMBER, _NUMBERED),
        (_STRUCTURE, "structure"),
        *masks,
    )


def _promised(
    view: View, runs: Sequence[tuple[int, int]], stated: Sequence[Span]
) -> Iterator[tuple[int, int, str]]:
    """The quantities that stand where a target is stated."""
    years = [m.span() for m in _CALENDAR.finditer(view.text)]
    for begin, end in runs:
        span = view.span(begin, end)
        is_year = any(low <= begin < high for low, high in years)
        if not is_year and any(s.start <= span.start and span.end <= s.end for s in stated):
            yield begin, end, "target"


def _not_promised(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Quantities that are there already, that only describe, or that a definition holds."""
    found = list(quantities(sentence.text))
    for quantity in found:
        if sentence.is_past(quantity.at):
            yield quantity.begin, quantity.end, "baseline"
        elif _describes(sentence, quantity, found):
            yield quantity.begin, quantity.end, _DESCRIBING


def _describes(sentence: Sentence, quantity: Quantity, found: Sequence[Quantity]) -> bool:
    return (
        sentence.is_definition
        or sentence.is_condition(quantity.at)
        or attributive(sentence, quantity, found)
    )
