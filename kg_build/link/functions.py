"""Functions of government that a unit's name says, and what else the name says."""

from dataclasses import dataclass
from functools import cache

from kg_build.lex.gazetteer import Gazetteer
from kg_build.lex.view import fold, tidy
from kg_build.link.unit_names import UnitNames, unit_names
from ontology import ZT, Concept, concepts

__all__ = ["Essence", "essence", "folded", "functions_of"]

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LEVEL = ZT + "level"
_BRACKETS = str.maketrans("〈〉《》「」〔〕[]{}【】", "()()()()()()()")
_GOVERNMENT = "local-government"


@dataclass(frozen=True, slots=True)
class Essence:
    """What of a name tells bodies apart: functions, a kind of former body, and the rest."""

    functions: frozenset[str]
    former: str | None
    rest: str


def folded(name: str) -> str:
    """A unit's name as the word lists have it: folded, tight, with one kind of brackets."""
    return fold(tidy(name)).translate(_BRACKETS)


def functions_of(name: str) -> tuple[str, ...]:
    """The codes of the functions of government that a unit's name says, in reading order.

    Example:
        >>> functions_of("区教育和体育局")
        ('education', 'sports')
    """
    words, text = unit_names(), folded(name)
    if words.is_mixed_group(text):
        return ()
    if words.is_territory(text):
        return (_GOVERNMENT,)
    _, stem = words.stem(text)
    # 县委办 says what it does only with its owner.
    return _functions(stem) or _functions(text)


def essence(stem: str, *, level: str | None = None) -> Essence:
    """What a stem says in its department's own words, and what else it says.

    `level` is that of the body: 国家林业局 is a former body, a county's 林业局 is none.

    Example:
        >>> essence("公安局交警大队")
        Essence(functions=frozenset({'public-security'}), former=None, rest='交警大队')
    """
    words = unit_names()
    former, only = _formers().get(words.alike(stem), (None, None))
    if former and only in (None, level):
        return Essence(frozenset(), former, "")
    functions: set[str] = set()
    rest, last = "", 0
    for match in _own_words().find(stem):
        functions.update(match.codes)
        rest, last = rest + stem[last : match.start], match.end
    return Essence(frozenset(functions), None, words.alike(rest + stem[last:]))


def _functions(text: str) -> tuple[str, ...]:
    words = unit_names()
    found = [(m.end, code) for m in _stems().find(text) for code in m.codes]
    codes = tuple(dict.fromkeys(code for _, code in found))
    ruling = [code for code in codes if code in words.dominant]
    at_end = [code for end, code in found if _rules_at(text, end, code, words)]
    rest = tuple(code for code in codes if code not in words.dominant_at_end)
    return tuple(ruling[:1] or at_end[:1]) or rest or codes


def _rules_at(text: str, end: int, code: str, words: UnitNames) -> bool:
    """Whether a function holds alone because its word ends the name, but for a bracket."""
    after = text[end:].strip(")")
    return code in words.dominant_at_end and (not after or _is_bracket(text[end:]))


def _is_bracket(text: str) -> bool:
    return text.startswith("(") and text.find(")") in (-1, len(text) - 1)


@cache
def _stems() -> Gazetteer:
    """Every word by which a department carries a function."""
    return Gazetteer(
        (fold(label), concept.notation)
        for concept in concepts("function")
        for label in concept.labels
    )


@cache
def _own_words() -> Gazetteer:
    """Only those words that are interchangeable names of the department itself."""
    return Gazetteer(
        (fold(label), concept.notation)
        for concept in concepts("function")
        for label in _names(concept)
    )


@cache
def _formers() -> dict[str, tuple[str, str | None]]:
    """Kinds of bodies that reforms ended, and the one level they are of, by their names' stems."""
    alike = unit_names().alike
    return {
        alike(fold(label)): (concept.notation, next(iter(concept.values.get(_LEVEL, ())), None))
        for concept in concepts("body")
        for label in _names(concept)
    }


def _names(concept: Concept) -> list[str]:
    named = (concept.label_zh, *concept.values.get(_SKOS + "altLabel", ()))
    return [label for label in named if not label.isascii()]
