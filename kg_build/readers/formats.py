"""Which reader takes a file: by what its bytes are, then by its ending.

`READERS` names the module of each ending; a module is imported when its format is met.
"""

import re
from pathlib import Path

from kg_build.errors import UnreadableSource

__all__ = ["READERS", "is_document", "reader_of"]

READERS = {
    ".docx": "kg_build.readers.docx",
    ".htm": "kg_build.readers.html",
    ".html": "kg_build.readers.html",
    ".pdf": "kg_build.readers.pdf",
    ".txt": "kg_build.readers.txt",
}

_AS_DOCX = (
    "请用 Word 或 WPS 打开后另存为 docx",
    "open it in Word or WPS and save it as docx",
)
_AS_TEXT = ("请另存为 docx、PDF 或 UTF-8 文本", "save it as docx, PDF or UTF-8 text")
_AS_PAGE = ("请另存为“网页，仅 HTML”", "save it as a web page, HTML only")
_RECOGNISE = ("请先做文字识别，另存为文本", "recognise its text first")

#: what some formats begin with that are refused: their name in both languages, and the remedy
_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ("旧版 Word、WPS 文件或加密文件", "an old Word or WPS file, or an encrypted one"),
        _AS_DOCX,
    ),
    (b"{\\rtf", ("RTF 文件", "an RTF file"), _AS_DOCX),
    (b"\x89PNG", ("图片", "a picture"), _RECOGNISE),
    (b"\xff\xd8\xff", ("图片", "a picture"), _RECOGNISE),
    (b"GIF8", ("图片", "a picture"), _RECOGNISE),
    (b"BM", ("图片", "a picture"), _RECOGNISE),
    (b"II*\0", ("图片", "a picture"), _RECOGNISE),
    (b"MM\0*", ("图片", "a picture"), _RECOGNISE),
    (b"MIME-Version:", ("单文件网页", "a web archive"), _AS_PAGE),
    (b"From: <", ("单文件网页", "a web archive"), _AS_PAGE),
    (b"Rar!", ("压缩包", "an archive"), ("请解压后再放入", "unpack it first")),
    (b"7z\xbc\xaf", ("压缩包", "an archive"), ("请解压后再放入", "unpack it first")),
)
#: endings of documents that people put beside others: to be named, not passed over
_KNOWN = {".doc": _AS_DOCX, ".wps": _AS_DOCX, ".rtf": _AS_DOCX, ".ofd": _AS_TEXT}
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,4}"
    rb"<(?:!doctype\s+html|html|head|body|div|table|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096
_PDF_WITHIN = 1024  # other bytes may stand before the mark


def is_document(path: Path) -> bool:
    """Whether a file of a documents folder is taken for a document, readable or not."""
    ending = path.suffix.lower()
    return (ending in READERS or ending in _KNOWN) and not path.name.startswith((".", "~$"))


def reader_of(content: bytes, path: Path) -> str:
    """The module that reads a file.

    Raises: UnreadableSource for a format without a reader, naming the remedy.
    """
    ending = path.suffix.lower()
    if ending not in READERS and ending not in _KNOWN:
        known = "、".join(READERS)
        raise UnreadableSource(
            f"{path}: 不支持的文件格式 / no reader for this format；可读 readable: {known}"
        )
    found = _by_bytes(content, path)
    if found is None and ending in _KNOWN:
        raise _refused(path, (f"{ending} 文件", f"a {ending} file"), _KNOWN[ending])
    if found is None and ending in {".htm", ".html"} and b"<" not in content:
        found = ".txt"
    return READERS[found or ending]


def _by_bytes(content: bytes, path: Path) -> str | None:
    """The ending that a file should have by its first bytes; None where these do not tell."""
    for begin, name, remedy in _REFUSED:
        if content.startswith(begin) and not (begin == b"BM" and content[6:10] != b"\0" * 4):
            raise _refused(path, name, remedy)
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return ".pdf"
    if content.startswith(b"PK\x03\x04"):
        return _by_parts(content, path)
    return ".html" if _MARKUP.match(_plain(content[:_HEAD])) else None


def _by_parts(content: bytes, path: Path) -> str:
    """What a zip file holds by the names in it: a Word file, or something else."""
    if b"word/" in content or b"/" not in content:
        return ".docx"  # damaged ones too: their reader says so
    if b"xl/workbook" in content:
        raise _refused(path, ("电子表格", "a spreadsheet"), _AS_TEXT)
    raise _refused(path, ("压缩包或其他格式", "an archive or another format"), _AS_TEXT)


def _plain(head: bytes) -> bytes:
    """The first bytes with marks and every second byte of UTF-16 taken away."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _refused(path: Path, name: tuple[str, str], remedy: tuple[str, str]) -> UnreadableSource:
    return UnreadableSource(f"{path}: 这是{name[0]}，{remedy[0]} / {name[1]}; {remedy[1]}")
