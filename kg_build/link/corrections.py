"""What people decided on links stands in the place of what the rules found."""

from collections.abc import Iterable

from kg_build.link.national import concept_of
from kg_build.links import NO_MATCH, Correction, Link

__all__ = ["corrected"]

_MANUAL = "ManualMappingCuration"


def corrected(links: Iterable[Link], decided: Iterable[Correction]) -> tuple[Link, ...]:
    """The links, with each decision in the place of the link to the same entry, or beside them.

    A decision on an entry that no vocabulary has changes nothing.
    """
    found = {link.concept: link for link in links}
    for correction in decided:
        if concept := concept_of(correction.code):
            found[concept] = _decided(concept, correction)
    return tuple(found.values())


def _decided(concept: str, correction: Correction) -> Link:
    is_match = correction.strength != NO_MATCH
    return Link(
        concept=concept,
        strength=correction.strength,
        justification=correction.note or ("人工核定" if is_match else "人工核定为不对应"),
        method=_MANUAL,
        review=correction.review,
    )
