"""The vocabularies: which there are, what is found in them by name, and each from A to Z."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request

from queries import answers
from queries.answers.values import Ref
from queries.matching import Matcher, Named
from queries.stores.port import Store
from web.presentation import language, name

__all__ = ["blueprint"]

_FOUND = 100  # entries of a search
_LONGEST = 200  # characters sought
_PAGE = 400  # names of a page of the list from A to Z


@dataclass(frozen=True, slots=True)
class _Found:
    """An entry found by a name, which is "" where it is the one shown."""

    ref: Ref
    name: str
    code: str
    scheme: Ref


def blueprint(store: Store, matcher: Matcher) -> Blueprint:
    """The pages of all vocabularies; each vocabulary and entry has a page of its own."""
    vocabularies = Blueprint("vocabularies", __name__)

    @vocabularies.get("/vocabularies")
    def overview() -> str:
        return render_template("vocabularies.html", **_overview(store, matcher))

    @vocabularies.get("/vocabularies.json")
    def overview_json() -> Response:
        return jsonify(_overview(store, matcher))

    @vocabularies.get("/vocabularies/alphabet")
    def alphabet() -> str:
        scheme = matcher.names.entities.get(request.args.get("scheme", "")) or abort(404)
        return render_template("alphabet.html", scheme=scheme.ref, **_alphabet(matcher, scheme.iri))

    return vocabularies


def _overview(store: Store, matcher: Matcher) -> dict[str, Any]:
    """All vocabularies, and where something is sought, what is found in one or all of them."""
    sought, within = request.args.get("q", "").strip(), request.args.get("scheme", "")
    if len(sought) > _LONGEST:
        abort(413)
    found = list(_search(matcher, sought, within)) if sought else []
    return {
        "sought": sought,
        "within": within,
        "found": found[:_FOUND],
        "total": len(found),
        "answer": answers.listing(store, "browse/vocabularies", {}),
    }


def _search(matcher: Matcher, sought: str, within: str) -> Iterator[_Found]:
    for it in matcher.names.having(sought):
        scheme = matcher.names.entities.get(it.entity.first("scheme"))
        if scheme and within in {"", scheme.iri}:
            yield _Found(it.entity.ref, _by(it), _code(it), scheme.ref)


def _by(it: Named) -> str:
    shown = {it.entity.label_zh, it.entity.label_en} if it.form == "name" else set()
    return "" if it.name in {*shown, name(it.entity.ref), _code(it)} else it.name


def _code(it: Named) -> str:
    return it.entity.first("code")


def _alphabet(matcher: Matcher, scheme: str) -> dict[str, Any]:
    """A page of a vocabulary's entries by name."""
    entities = matcher.names.entities.values()
    named = [(name(e.ref), e.ref) for e in entities if scheme in e.properties.get("scheme", ())]
    named.sort(key=lambda entry: _place_of(entry[0]))
    page, pages = request.args.get("page", "1"), max(1, -(-len(named) // _PAGE))
    if not page.isdecimal() or len(page) > 6 or not 1 <= int(page) <= pages:
        abort(404)
    first = (int(page) - 1) * _PAGE
    return {
        "entries": [ref for _, ref in named[first : first + _PAGE]],
        "total": len(named),
        "page": int(page),
        "pages": pages,
    }


def _place_of(label: str) -> bytes:
    # GB 18030 keeps the order of GB 2312, whose common characters stand by their sound (pinyin).
    return label.casefold().encode("utf-8" if language() == "en" else "gb18030", "replace")
