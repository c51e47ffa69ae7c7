"""Word files (.docx): text with the numbers that Word shows, tables, notes.

Never: what is deleted under tracked changes, headers, footers, comments, hidden text.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from kg_build.errors import UnreadableSource
from kg_build.model import BlockKind, Issue, Parsed, Severity, Span
from kg_build.readers.docx.body import Body
from kg_build.readers.docx.numbering import Numbering
from kg_build.readers.docx.words import Element, Words
from kg_build.readers.draft import Draft

__all__ = ["parse"]

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LARGEST = 256 * 2**20  # bytes of a file unpacked
_MOST_PACKED = 200  # how many times larger a part may become
_SMALL = 2**20  # parts of that size may be packed as tightly as they like
_NOTES = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)


@dataclass(frozen=True, slots=True)
class _Package:
    """The parts of a Word file that are read."""

    body: Element
    numbering: Element | None
    styles: Element
    notes: tuple[Element, ...]


def parse(content: bytes, path: Path) -> Parsed:
    """The text of a Word file's body, its notes as layout behind it.

    Raises: UnreadableSource, naming the remedy.
    """
    _check_size(content, path)
    package = _opened(content, path)
    body = Body(Numbering(package.numbering, package.styles))
    draft = Draft()
    body.write(package.body, draft)
    for note in package.notes:
        draft.paragraph([*_lines(note)], BlockKind.LAYOUT)
    parsed = draft.parsed(_MEDIA_TYPE, issues=[*_issues(body)])
    if not parsed.text.strip():
        raise _refused(
            path, "没有文字（可能是扫描图片），请先做文字识别", "no text, pictures perhaps"
        )
    return parsed


def _check_size(content: bytes, path: Path) -> None:
    """Refuses what unpacks to far more than any document holds."""
    try:
        parts = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _damaged(path) from error
    if any(part.flag_bits & 1 for part in parts):
        raise _refused(
            path, "文件已加密，请去掉密码后另存", "encrypted; save it without a password"
        )
    bombs = (p for p in parts if p.file_size > max(_SMALL, p.compress_size * _MOST_PACKED))
    if sum(p.file_size for p in parts) > _LARGEST or any(bombs):
        raise _refused(
            path, "解压后过大，请拆分或重新另存", "too large when unpacked; save it again"
        )


def _opened(content: bytes, path: Path) -> _Package:
    try:
        document = docx.Document(BytesIO(content))
        package = _package(document)
    except Exception as error:  # whatever a damaged package makes the library raise
        raise _damaged(path) from error
    if package.body is None:
        raise _damaged(path)
    if any(e.getroottree().docinfo.doctype for e in (package.body, *package.notes)):
        raise _refused(path, "文件含有实体定义，不予读取，请重新另存", "declares entities")
    return package


def _package(document: Document) -> _Package:
    related = [r for r in document.part.rels.values() if not r.is_external]
    # the library makes up a list part where a file has none
    has_lists = any(r.reltype == RELATIONSHIP_TYPE.NUMBERING for r in related)
    return _Package(
        body=document.element.body,
        numbering=document.part.numbering_part.element if has_lists else None,
        styles=document.styles.element,
        notes=tuple(
            note
            for r in related
            if r.reltype in _NOTES
            for note in parse_xml(r.target_part.blob)
            if note.get(qn("w:type")) is None  # else the line that parts notes from the text
        ),
    )


def _lines(note: Element) -> Iterator[str]:
    for paragraph in note.iter(qn("w:p")):
        yield from (line for line in map(str.strip, Words().read(paragraph).lines) if line)


def _issues(body: Body) -> Iterator[Issue]:
    if body.removed:
        yield _issue(
            "tracked-changes",
            f"文件带有修订：{body.removed} 处删除未读，插入按已接受处理",
            f"The file has tracked changes: {body.removed} deletions left out, insertions read",
        )
    if body.embedded:
        yield _issue(
            "embedded-not-read",
            f"有 {body.embedded} 处嵌入的内容没有读取",
            f"{body.embedded} embedded parts were not read",
        )
    if body.pictures:
        yield _issue(
            "picture-not-read",
            f"有 {body.pictures} 处图片，其中的文字没有读取",
            f"{body.pictures} pictures; words in them were not read",
            Severity.INFO,
        )


def _issue(code: str, chinese: str, english: str, severity: Severity = Severity.WARNING) -> Issue:
    return Issue(code, severity, Span(0, 0), chinese, english)


def _damaged(path: Path) -> UnreadableSource:
    return _refused(
        path,
        "不是完好的 docx 文件，请用 Word 或 WPS 打开后另存为 docx",
        "no sound docx; open it in Word or WPS and save it as docx",
    )


def _refused(path: Path, chinese: str, english: str) -> UnreadableSource:
    return UnreadableSource(f"{path}: {chinese} / {english}")
