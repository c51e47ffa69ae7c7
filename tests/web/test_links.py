"""Every link within the site leads somewhere, in both languages; every page has one heading."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

import pytest

SAME_SHAPE = 2  # pages of one kind that are visited: all plans' pages are made alike
ENOUGH = 150  # addresses, so that a page that leads nowhere is no proof


def shape(address: str) -> tuple[str, ...]:
    """What addresses of one kind have in common: how they begin and end, and their parameters."""
    parts = urlsplit(address)
    named = sorted({name for name, _ in parse_qsl(parts.query)})
    head = re.sub(r"^(/doc/\w+|/query/\w+|/ontology)/.*?(/text)?(\.\w+)?$", r"\1/…\2\3", parts.path)
    return (head, *named)


def within(page: str, address: str) -> Iterator[str]:
    """The addresses of this site that a page links to, without those that change its language."""
    for found in re.findall(r'(?:href|action|src)="([^"#][^"]*)"', page):
        target = urldefrag(urljoin(address, unescape(found))).url
        if target.startswith("/") and not target.startswith("//") and "lang=" not in target:
            yield target


def faults(page: str) -> Iterator[str]:
    ids = re.findall(r'\bid="([^"]+)"', page)
    yield from (f"twice {it}" for it, count in Counter(ids).items() if count > 1)
    jumps = {unquote(unescape(it)) for it in re.findall(r'href="#([^"]+)"', page)}
    yield from (f"no #{it}" for it in jumps - {unescape(it) for it in ids})
    yield from [] if page.count("<h1") == 1 else ["not one h1"]
    yield from [] if re.search(r"<title>\s*\S", page) else ["no title"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_link_is_dead_and_every_page_is_whole(client, language):
    client.set_cookie("lang", language)
    waiting, seen, shapes, found = deque(["/"]), {"/"}, Counter[tuple[str, ...]](), []
    while waiting:
        address = waiting.popleft()
        shapes[shape(address)] += 1
        if shapes[shape(address)] > SAME_SHAPE:
            continue
        response = client.get(address)
        if response.status_code not in {200, 303}:
            found.append((address, response.status_code))
        elif response.mimetype == "text/html":
            page = response.get_data(as_text=True)
            found += [(address, fault) for fault in faults(page)]
            new = [it for it in dict.fromkeys(within(page, address)) if it not in seen]
            seen.update(new)
            waiting.extend(new)
        response.close()
    assert found == []
    assert len(seen) > ENOUGH
