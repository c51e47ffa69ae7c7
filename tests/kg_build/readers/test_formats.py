"""A file is read as what it is, whatever its name says, or refused with a remedy."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from kg_build.errors import UnreadableSource
from kg_build.readers import READERS, is_document, read
from kg_build.readers.formats import reader_of

SENTENCE = "为推动阅读，制定本方案，请各单位认真组织实施。"
PAGE = f"<!-- 页 --><html><body><p>{SENTENCE}</p></body></html>"


def word() -> bytes:
    file = BytesIO()
    made = docx.Document()
    made.add_paragraph(SENTENCE)
    made.save(file)
    return file.getvalue()


def archive(name: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", SENTENCE.encode(), "text/plain"),
        ("a.txt", PAGE.encode(), "text/html"),
        ("a.txt", PAGE.encode("utf-16"), "text/html"),
        ("a.txt", PAGE.encode("utf-8-sig"), "text/html"),
        ("a.html", SENTENCE.encode(), "text/plain"),
        ("a.HTM", f"<span>{SENTENCE}</span>".encode(), "text/html"),
        ("a.txt", word(), "wordprocessingml"),
        ("a.html", word(), "wordprocessingml"),
        ("a.doc", word(), "wordprocessingml"),
        ("a.doc", PAGE.encode(), "text/html"),
    ],
)
def test_a_file_is_read_as_what_it_is(tmp_path, name, content, media_type):
    path = tmp_path / name
    path.write_bytes(content)
    document = read(path)
    assert media_type in document.source.media_type
    assert document.text.strip() == SENTENCE


def test_a_pdf_is_known_by_its_mark(pdf):
    drawn = pdf(lambda canvas: canvas.drawString(100, 700, SENTENCE))
    assert reader_of(b"\n" + drawn, Path("a.txt")) == READERS[".pdf"]


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 docx"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 docx"),
        ("a.wps", b"\x01\x02", "另存为 docx"),
        ("a.rtf", b"{\\rtf1 x}", "另存为 docx"),
        ("a.ofd", archive("Doc_0/Document.xml"), "另存为 docx"),
        ("a.txt", archive("xl/workbook.xml"), "电子表格"),
        ("a.docx", archive("a/b.txt"), "压缩包"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "文字识别"),
        ("a.txt", b"BM\x00\x01\x02\x03\x00\x00\x00\x00", "文字识别"),
        ("a.html", b"MIME-Version: 1.0\n", "仅 HTML"),
        ("a.xlsx", archive("xl/workbook.xml"), "可读"),
    ],
)
def test_what_has_no_reader_is_refused_with_a_remedy(tmp_path, name, content, remedy):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableSource, match=remedy) as refused:
        read(path)
    assert str(path) in str(refused.value)


def test_a_text_that_begins_like_a_picture_is_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("BM25 检索：" + SENTENCE, encoding="utf-8")
    assert read(path).source.media_type == "text/plain"


def test_old_formats_are_documents_so_that_a_build_names_them():
    assert all(is_document(Path(f"计划{ending}")) for ending in (*READERS, ".doc", ".wps"))
    assert not is_document(Path("~$计划.docx"))
    assert not is_document(Path("表.xlsx"))
