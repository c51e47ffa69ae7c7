"""Bytes to characters: which encoding a file is in, and how sure that is."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from kg_build.errors import UnreadableSource
from kg_build.model import Issue, Severity, Span

__all__ = ["Decoded", "decode"]

#: text, the encoding's name, and what is in doubt about it
Decoded = tuple[str, str, tuple[Issue, ...]]

_MARKED = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CANDIDATES = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
_CERTAIN = {"utf-8", "utf-8-sig", "utf-16", "gb18030"}
#: what other programs leave where they could not read a character
_LOST = re.compile("\ufffd|锟斤拷?|烫烫烫|屯屯屯")
_COMMON = re.compile("[的和、，。展建设工作一在为與設為]")
_TEXT_CONTROLS = "\t\n\r\f\v\x1c\x1d\x1e\x85"
_SAMPLE = 65536
_FEW = 50  # one character in so many


def decode(content: bytes, path: Path, declared: str = "") -> Decoded:
    """The text with line feeds, its encoding, and issues: that is a guess, characters are lost.

    UTF-8 proves itself, a mark says it. Else what a page declares is tried, then the encodings
    that Chinese offices use, and that is taken which reads as Chinese; the rest is detection.
    Raises: UnreadableSource for bytes that are no text.
    """
    text, encoding, is_sure = _decoded(content, path, declared)
    sample = text[:_SAMPLE]
    if sum(ord(c) < 32 and c not in _TEXT_CONTROLS for c in sample) > len(sample) / 100:
        raise _not_text(path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    name = encoding.removesuffix("-sig")
    issues = [_lost(text)] if _LOST.search(text) else []
    return text, name, (*([] if is_sure else [_guessed(name)]), *issues)


def _decoded(content: bytes, path: Path, declared: str) -> tuple[str, str, bool]:
    for mark, encoding in _MARKED.items():
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding, True
    for encoding, is_sure in _exact(declared, is_binary=b"\0" in content[:_SAMPLE]):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding == "utf-8" or _reads_as_chinese(text):
            return text, encoding, is_sure
    return _damaged(content, path)


def _exact(declared: str, *, is_binary: bool) -> Iterator[tuple[str, bool]]:
    """The encodings to be tried in order, and whether each is certain where it fits."""
    if not is_binary:
        yield "utf-8", True
        if declared:
            yield _wider(declared), True
    yield from ((e, e in _CERTAIN) for e in _CANDIDATES if not is_binary or "16" in e)


def _wider(declared: str) -> str:
    """What is declared as GB 2312 or GBK holds letters that only GB 18030 has."""
    return "gb18030" if declared.lower().startswith("gb") else declared


def _damaged(content: bytes, path: Path) -> tuple[str, str, bool]:
    """Text of which a few bytes are wrong, in the encoding that makes most sense of it."""
    readings = [(content.decode(e, "replace"), e) for e in _CANDIDATES]
    text, encoding = max(readings, key=lambda r: _sense(r[0]))
    if _reads_as_chinese(text) and text.count("\ufffd") <= len(text) / _FEW:
        return text, encoding, encoding in _CERTAIN
    best = None if b"\0" in content[:_SAMPLE] else from_bytes(content[:_SAMPLE]).best()
    if best is None:
        raise _not_text(path)
    return content.decode(best.encoding, "replace"), best.encoding, False


def _sense(text: str) -> int:
    """How many characters are common in Chinese, less those that are lost."""
    return len(_COMMON.findall(text[:_SAMPLE])) - 2 * text[:_SAMPLE].count("\ufffd")


def _reads_as_chinese(text: str) -> bool:
    """Whether common function words of Chinese occur, as they do in any plan."""
    sample = text[:_SAMPLE]
    letters = sum(ord(c) > 127 for c in sample)
    return letters > 0 and len(_COMMON.findall(sample)) > letters / _FEW


def _not_text(path: Path) -> UnreadableSource:
    return UnreadableSource(
        f"{path}: 不是文本（可能是二进制文件或编码损坏）；请另存为 UTF-8 文本 / "
        "not text (binary, or damaged encoding); save it as UTF-8 text"
    )


def _guessed(encoding: str) -> Issue:
    return Issue(
        "encoding-guessed",
        Severity.WARNING,
        Span(0, 0),
        f"文件没有标明编码，按 {encoding} 读取；若有乱码，请另存为 UTF-8",
        f"The file does not say its encoding and was read as {encoding}; save it as UTF-8",
    )


def _lost(text: str) -> Issue:
    found = [*_LOST.finditer(text)]
    return Issue(
        "characters-replaced",
        Severity.WARNING,
        Span(*found[0].span()),
        f"有 {len(found)} 处字符已损坏，无法还原；请用原文件重新另存为 UTF-8",
        f"{len(found)} damaged places in the text; save the original as UTF-8 again",
    )
