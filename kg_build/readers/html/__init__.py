"""Pages of government sites: the text of the document, its tables, what the page says about it."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from kg_build.errors import UnreadableSource
from kg_build.families import patterns
from kg_build.lex.view import fold, tidy
from kg_build.model import BlockKind, Issue, Parsed, Severity, Span
from kg_build.readers.decoding import decode
from kg_build.readers.draft import Draft
from kg_build.readers.html.flow import Grid, Item, Lines, flow
from kg_build.readers.html.metadata import fields, is_title, label, title_part
from kg_build.readers.html.tree import Tree, article, tree_of

__all__ = ["parse"]

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})")
_HEAD = 4096
_SENTENCE = re.compile("。|[，；].*[，；]")
_LEFT_OUT = 100  # letters of prose outside the text that are worth a word
_TITLE_WITHIN = 400  # letters at the head of a text among which its title stands
_META = ("ArticleTitle", "PubDate")
_ATTACHED = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar)(?:[?#].*)?$", re.IGNORECASE)


def parse(content: bytes, path: Path) -> Parsed:
    """The text of a page's document, below it what the page says about it.

    Raises: UnreadableSource for a page without text.
    """
    declared = _DECLARED.search(content, 0, _HEAD)
    markup, encoding, issues = decode(content, path, declared[1].decode() if declared else "")
    page = _Page(LexborHTMLParser(markup))
    draft = Draft()
    for name, value in page.fields:
        draft.field(name, value)
    if page.title:
        draft.paragraph([page.title])
    for item in page.body():
        _write(draft, item)
    if not any(item.lines if isinstance(item, Lines) else item.entries for item in page.body()):
        raise _no_text(path)
    return draft.parsed("text/html", encoding, (*issues, *page.issues()))


def _write(draft: Draft, item: Item) -> None:
    if isinstance(item, Grid):
        draft.table(item.entries)
    elif item.lines:
        kind = BlockKind.LAYOUT if all(map(_is_boilerplate, item.lines)) else BlockKind.PARAGRAPH
        draft.paragraph(item.lines, kind)
    elif item.tag == "p":
        draft.gap()


def _is_boilerplate(line: str) -> bool:
    view = fold(tidy(line))
    return any(rule.regex.fullmatch(view) for rule in patterns("page", "boilerplate"))


class _Page:
    """A page, told apart into the document and what is around it."""

    def __init__(self, parser: LexborHTMLParser) -> None:
        root = parser.root
        self.parser = parser
        self.tree = tree_of(root) if root is not None else Tree()
        self.items = flow(self.tree)
        self.within = article(self.tree)
        ends = self.tree.ends[self.within] if self.tree.nodes else 0
        self.inside = [n for n, i in enumerate(self.items) if self.within <= i.node < ends]
        inside = set(self.inside)
        self.outside = [n for n in range(len(self.items)) if n not in inside]
        head = [*takewhile(lambda n: not self._is_running(n), self.inside)]
        self._read = fields(self.items, sorted([*self.outside, *head]))

    def _is_running(self, n: int) -> bool:
        item = self.items[n]
        return isinstance(item, Lines) and any(_SENTENCE.search(line) for line in item.lines)

    @cached_property
    def fields(self) -> list[tuple[str, str]]:
        """What the page says about the document; its hidden fields where it shows none alike."""
        shown = [*dict.fromkeys(self._read.found)]
        rules = {label(name) for name, _ in shown}
        hidden = ((name, self._meta(name)) for name in _META)
        return [*shown, *((n, v) for n, v in hidden if v and label(n) not in rules)]

    def _meta(self, name: str) -> str:
        node = self.parser.css_first(f'meta[name="{name}" i]')
        return tidy(node.attributes.get("content") or "") if node else ""

    @cached_property
    def title(self) -> str:
        """The document's title where it stands outside the text; empty where it is in the text."""
        head = fold(tidy("".join(_words(self.body())))[: 2 * _TITLE_WITHIN])
        wanted = next(self._titles(), "")
        return "" if fold(wanted) in head[:_TITLE_WITHIN] else wanted

    def _titles(self) -> Iterator[str]:
        headings = (i for i in self.items if isinstance(i, Lines) and i.tag in {"h1", "h2", "h3"})
        yield from filter(is_title, (tidy("".join(i.lines)) for i in headings))
        yield from (v for n, v in self.fields if label(n) == "title" and is_title(v))
        node = self.parser.css_first("title")
        if node and (part := title_part(node.text())):
            yield tidy(part)

    def body(self) -> list[Item]:
        """The items of the document without the fields at its head."""
        return [item for n in self.inside if (item := self._rest(n)) is not None]

    def _rest(self, n: int) -> Item | None:
        item, taken = self.items[n], self._read.lines
        if isinstance(item, Grid):
            return None if (n, -1) in taken else item
        kept = tuple(line for at, line in enumerate(item.lines) if (n, at) not in taken)
        return Lines(kept, item.node, item.tag) if kept or not item.lines else None

    # -- what was seen and not read ---------------------------------------------------------

    def issues(self) -> Iterator[Issue]:
        """Prose that was taken for no part of the document, and files that hang on it."""
        left = [
            line for n in self.outside if self._is_running(n) for line in _words([self.items[n]])
        ]
        if sum(map(len, left)) > _LEFT_OUT:
            yield _issue(
                "text-outside-article",
                f"网页中另有文字未当作正文：{left[0][:40]}……",
                f"Other text of the page was not taken for the document: {left[0][:40]}…",
            )
        names = [*dict.fromkeys(self._attached())]
        if names:
            yield _issue(
                "attachment-not-read",
                f"网页的附件没有读取，请另行下载：{'、'.join(names)}",
                f"Attachments of the page were not read; download them: {', '.join(names)}",
            )

    def _attached(self) -> Iterator[str]:
        for node in self.tree.nodes:
            if node.tag == "a" and _ATTACHED.search(node.attributes.get("href") or ""):
                yield tidy(node.text())[:60] or "?"


def _words(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Lines):
            yield from item.lines
        else:
            yield from ("".join(e.lines) for e in item.entries)


def _issue(code: str, chinese: str, english: str) -> Issue:
    return Issue(code, Severity.WARNING, Span(0, 0), chinese, english)


def _no_text(path: Path) -> UnreadableSource:
    return UnreadableSource(
        f"{path}: 网页里没有正文（可能由脚本生成，或只有图片）；请从浏览器复制文字，或下载附件 / "
        "no text in the page (a script makes it, or pictures); copy it from a browser"
    )
