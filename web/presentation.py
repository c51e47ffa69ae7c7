"""What templates can call: texts, names in the reader's language, addresses."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, g, request, url_for

from queries.answers.values import Label, Ref, Used
from queries.catalog import named, without_header
from web.addresses import page_of, source_of, web_link
from web.translations import LANGUAGES, Language, examples, terms, texts

__all__ = ["install", "language", "name", "pick", "text", "without_empty"]

_COOKIE = "lang"
_YEAR = 365 * 24 * 3600  # seconds


def install(app: Flask, version: str) -> None:
    """Give templates their functions and requests their language."""

    @app.context_processor
    def functions() -> dict[str, Any]:
        chosen = language()
        return {
            "lang": chosen,
            "other_language": _query_with(lang=LANGUAGES[1 - LANGUAGES.index(chosen)]),
            "t": text,
            "name": name,
            "pick": pick,
            "page_of": page_of,
            "source_of": source_of,
            "web_link": web_link,
            "query_with": _query_with,
            "title_of": _title_of,
            "hidden": _hidden,
            "question_examples": examples(chosen),
            "version": version,
            "languages": LANGUAGES,
            "texts_of": texts,
            "has_text": texts(chosen).__contains__,
            "without_header": without_header,
            "evidence_address": _evidence_address,
            "asked_again": _asked_again,
            "changes": _changes,
            "marked": _marked,
        }

    @app.after_request
    def remember(response: Response) -> Response:
        if request.args.get(_COOKIE) in LANGUAGES:
            response.set_cookie(_COOKIE, language(), max_age=_YEAR, samesite="Lax", httponly=True)
        response.vary.add("Cookie")
        return response


def language() -> Language:
    """The reader's language: asked for, remembered, else Chinese."""
    if "language" not in g:
        wanted = (request.args.get(_COOKIE), request.cookies.get(_COOKIE))
        g.language = next((code for code in LANGUAGES if code in wanted[:1]), None) or next(
            (code for code in LANGUAGES if code in wanted), LANGUAGES[0]
        )
    found: Language = g.language
    return found


def text(key: str, **values: object) -> str:
    """A text of the site in the reader's language. Raises: KeyError for a key that is not there."""
    found = texts(language())[key]
    return found.format(**values) if values else found


def pick(label: Label) -> str:
    """The name in the reader's language."""
    return label.en if language() == "en" else label.zh


def name(ref: Ref) -> str:
    """The name of a thing in the reader's language."""
    return terms(language()).get(ref.iri) or pick(ref.label)


def without_empty() -> str:
    """The query part of this page's address without values that were left empty."""
    return "?" + urlencode([(k, v) for k, v in request.args.items(multi=True) if v])


def _query_with(**changes: object) -> str:
    """The query part of this page's address with some values changed; "" takes one away."""
    pairs = [(k, v) for k, v in request.args.items(multi=True) if k not in changes]
    pairs += [(k, str(v)) for k, v in changes.items() if v != ""]
    return "?" + urlencode(pairs)


def _title_of(used: Used) -> str:
    query = named(used.name)
    return pick(Label(query.title_zh, query.title_en))


def _evidence_address(proof: Mapping[str, Any]) -> str:
    """Where a piece of evidence of an answered question stands in its text."""
    return url_for(
        "pages.text",
        slug=str(proof["document"]).rsplit("/", 1)[-1],
        start=proof["start"],
        end=proof["end"],
    )


def _asked_again(
    at: str, question: str, changes: Iterable[tuple[str, str]] = (), **besides: str
) -> str:
    """The address at which a question is asked with changes."""
    pairs = [("q", question), *changes, *((k, v) for k, v in besides.items() if v)]
    return url_for(at) + "?" + urlencode(pairs, safe=":/")


def _changes(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The changes of an answered question as pairs of an address."""
    return [(name, value) for name in ("set", "drop") for value in answer[name]]


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A text in parts, each with whether it lies in one of the spans, which are in order."""
    at = 0
    for start, end in spans:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def _hidden(*besides: str) -> list[tuple[str, str]]:
    """The values of this page's address that a form must carry along."""
    return [(k, v) for k, v in request.args.items(multi=True) if k not in {*besides, _COOKIE}]
