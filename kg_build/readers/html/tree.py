"""The tree of a page as lists, and the part of it that holds the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from selectolax.lexbor import LexborNode

from kg_build.families import table

__all__ = ["Tree", "article", "tree_of"]

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HAN = re.compile("[一-鿿]")
_SENTENCE = re.compile("[，。；、：]")
_WHOLE = 0.9  # the share of a page's prose that its document has at least
_KNOWN = 0.5  # the share that is enough for a container of a known name
_FEW_LINKED = 0.2  # the share of linked letters that the neighbours of a text have at most
#: what holds a piece of a document, never the whole
_PIECES = {"table", "tbody", "thead", "tr", "ul", "ol", "dl", "li", "p"}


@dataclass(slots=True)
class Tree:
    """All nodes that are shown, in reading order, and what is in each of them.

    `ends` holds the number of the first node that is behind a node and all in it.
    `letters` counts Chinese letters, `linked` those in links, `prose` those of other text that has
    the marks of a sentence.
    """

    nodes: list[LexborNode] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)


def tree_of(root: LexborNode) -> Tree:
    """The nodes of a page without what is hidden or no text."""
    tree = Tree()
    in_link: list[bool] = []
    for node, parent in _shown(root):
        in_link.append(node.tag == "a" or (parent >= 0 and in_link[parent]))
        text = node.text_content or "" if node.is_text_node else ""
        letters = len(_HAN.findall(text))
        is_prose = letters and not in_link[-1] and _SENTENCE.search(text)
        tree.nodes.append(node)
        tree.parents.append(parent)
        tree.letters.append(letters)
        tree.linked.append(letters if in_link[-1] else 0)
        tree.prose.append(letters if is_prose else 0)
    tree.ends = [n + 1 for n in range(len(tree.nodes))]
    for at in range(len(tree.nodes) - 1, 0, -1):
        above = tree.parents[at]
        tree.ends[above] = max(tree.ends[above], tree.ends[at])
        for counts in (tree.letters, tree.linked, tree.prose):
            counts[above] += counts[at]
    return tree


def _shown(root: LexborNode) -> Iterator[tuple[LexborNode, int]]:
    """Each node that is shown with the number of its parent, in reading order."""
    waiting = [(root, -1)]
    count = 0
    while waiting:
        node, parent = waiting.pop()
        yield node, parent
        children = [c for c in node.iter(include_text=True) if _is_shown(c)]
        waiting.extend((child, count) for child in reversed(children))
        count += 1


def _is_shown(node: LexborNode) -> bool:
    if node.is_text_node:
        return True
    dropped = table("page")["dropped"]
    if not node.is_element_node or node.tag in dropped["tags"]:
        return False
    attributes = node.attributes
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
        return False
    return not any(_around().search(name) for name in _names(attributes))


def _names(attributes: dict[str, str | None]) -> list[str]:
    return f"{attributes.get('id') or ''} {attributes.get('class') or ''}".lower().split()


@cache
def _around() -> re.Pattern[str]:
    return re.compile(table("page")["dropped"]["pattern"])


def article(tree: Tree) -> int:
    """The number of the node that holds the document; 0, the page, where none stands out.

    A container of a known name that has half of the prose, else the innermost that has nearly
    all; and upwards as long as what comes with the next is no list of links.
    """
    whole = tree.prose[0] if tree.nodes else 0
    if whole == 0:
        return 0
    at = _known(tree, whole)
    if at is None:
        at = max(n for n, own in enumerate(tree.prose) if own >= whole * _WHOLE)
    return _with_neighbours(tree, _container(tree, at))


def _known(tree: Tree, whole: int) -> int | None:
    names = set(table("page")["article"]["names"])
    large = [n for n, own in enumerate(tree.prose) if own >= whole * _KNOWN]
    known = (n for n in large if names.intersection(_names(_attributes(tree.nodes[n]))))
    return next(known, None)


def _attributes(node: LexborNode) -> dict[str, str | None]:
    return node.attributes if node.is_element_node else {}


def _container(tree: Tree, at: int) -> int:
    """The node itself, or the one around the table, list or paragraph that it is a piece of."""
    while tree.nodes[at].is_text_node or tree.nodes[at].tag in _PIECES:
        at = tree.parents[at]
    return at


def _with_neighbours(tree: Tree, at: int) -> int:
    """The widest node around one that adds no links to speak of."""
    while at > 0:
        above = tree.parents[at]
        more = tree.letters[above] - tree.letters[at]
        if tree.linked[above] - tree.linked[at] > more * _FEW_LINKED:
            return at
        at = above
    return at
