"""Files made to harm their reader: each is read or refused with a remedy, soon, and never raises.

Formats with a library are read in a child with the limits below, so what is measured here is that
the limits hold and that the process that asks goes on.
"""

import random
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg_build.errors import UnreadableSource
from kg_build.pipeline import build
from kg_build.readers import READERS, read
from kg_build.readers.confined import Limits

LIMITS = Limits(seconds=8, memory_mb=512)
SOON = 60  # seconds, on a busy machine, for all stages
SHARED = Path(__file__).parents[4] / "shared" / "hostile"
HEAD = "青河县全民阅读行动方案\n\n一、重点任务\n\n（一）阅读\n\n"

# -- PDF ------------------------------------------------------------------------------------


def pdf(*objects: bytes) -> bytes:
    """A PDF of numbered objects, the first its catalogue."""
    content, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    size = len(objects) + 1
    trailer = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def zeros() -> bytes:
    """Very many zeros, compressed once."""
    press = zlib.compressobj(9)
    return b"".join(press.compress(bytes(1 << 20)) for _ in range(400)) + press.flush()


def stream(drawing: bytes, *, times: int) -> bytes:
    """A compressed stream; the drawing is compressed already if it is so more than once."""
    packed = zlib.compress(drawing, 9)
    filters = b"[" + b"/FlateDecode" * times + b"]"
    return b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(packed), filters, packed)


def page(drawing: bytes, *, times: int = 1) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources"
        b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</X 5 0 R>>>>>>",
        stream(drawing, times=times),
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
        b"/Length 4>>stream\n/X Do\nendstream",
    )


def cut(whole: bytes, share: float) -> bytes:
    return whole[: int(len(whole) * share)]


ROOT = b"<</Type/Catalog/Pages 2 0 R>>"

PDFS: dict[str, Callable[[], bytes]] = {
    "pages that hold themselves": lambda: pdf(ROOT, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "a billion pages": lambda: pdf(ROOT, b"<</Type/Pages/Kids[]/Count 1000000000>>"),
    "a stream of many megabytes": lambda: page(zeros(), times=2),
    "two million saved states": lambda: page(b"q " * 2_000_000),
    "many texts": lambda: page(b"BT /F 9 Tf " + b"1 0 Td (a) Tj " * 300_000 + b"ET"),
    "many lines": lambda: page(b"0 0 m 9 9 l S " * 100_000),
    "a form that draws itself": lambda: page(b"/X Do"),
    "endless nesting": lambda: page(b"[" * 200_000),
    "far coordinates": lambda: page(b"BT /F 9 Tf 1e30 1e30 Td (a) Tj -1e38 0 Td (b) Tj ET"),
    "huge figures": lambda: page(b"BT /F 1e9 Tf (abc) Tj ET 0 0 1e9 1e9 re S"),
    "cut at 0.3": lambda: cut(page(b"BT /F 9 Tf (abcdef) Tj ET"), 0.3),
    "cut at 0.6": lambda: cut(page(b"BT /F 9 Tf (abcdef) Tj ET"), 0.6),
    "cut at 0.9": lambda: cut(page(b"BT /F 9 Tf (abcdef) Tj ET"), 0.9),
}


# -- Word -----------------------------------------------------------------------------------

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(document: bytes, **more: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", document)
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def body(inner: str, declared: str = "") -> bytes:
    return f'{declared}<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'.encode()


def said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
outside = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
huge = '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>' + said("a") + "</w:tc>"
whole = docx(body(said("建设图书角")))

DOCXS: dict[str, Callable[[], bytes]] = {
    "billion laughs": lambda: docx(
        body(said("&a11;"), f'<!DOCTYPE d [<!ENTITY a0 "ha">{laughs}]>')
    ),
    "an entity repeated": lambda: docx(
        body(said("&a;" * 20_000), f'<!DOCTYPE d [<!ENTITY a "{"x" * 20_000}">]>')
    ),
    "an entity outside": lambda: docx(body(said("&a;"), outside)),
    "a part of many megabytes": lambda: docx(body(said("a") + " " * 200_000_000)),
    "many paragraphs": lambda: docx(body(said("建") * 300_000)),
    "deep nesting": lambda: docx(
        body("<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000)
    ),
    "members outside": lambda: docx(body(said("建设图书角")), ______passwd=b"x"),
    "a cell of a billion columns": lambda: docx(body(f"<w:tbl><w:tr>{huge}</w:tr></w:tbl>")),
    "cut": lambda: whole[: len(whole) // 2],
    "an empty archive": lambda: b"PK\5\6" + bytes(18),
}


# -- web pages and text ---------------------------------------------------------------------


HTMLS: dict[str, Callable[[], bytes | str]] = {
    "deep nesting": lambda: b"<div>" * 200_000 + b"x",
    "many attributes": lambda: b"<div " + b"".join(b"a%d=1 " % n for n in range(200_000)) + b">x",
    "a cell of a million rows": lambda: (
        "<table>" + "<tr><td rowspan=1000000 colspan=1000>建</td></tr>" * 50 + "</table>"
    ),
    "tables in tables": lambda: b"<table><tr><td>" * 20_000,
    "open comments": lambda: b"<!--" * 200_000,
    "references": lambda: b"&#x4e00;" * 100_000 + b"&#xD800;&#0;&#x110000;",
    "no end": lambda: b"<html><body>" + b"<" * 500_000,
}


TEXTS: dict[str, Callable[[], bytes | str]] = {
    "fifty megabytes on a line": lambda: "建设" * 8_000_000,
    "one long line": lambda: HEAD + "建设图书角，到2025年达到20个。" * 3_000,
    "open brackets": lambda: HEAD + "1．建" + "（" * 100_000,
    "nested brackets": lambda: HEAD + "1．" + "（" * 50_000 + "）" * 50_000,
    "open titles": lambda: HEAD + "1．" + "《" * 100_000,
    "many items": lambda: HEAD + "".join(f"{n}．建\n" for n in range(4_000)),
    "many units": lambda: HEAD + "1．建（牵头单位：" + "县教育局、" * 20_000 + "）",
    "many shares": lambda: HEAD + "1．建" + "达到95%、" * 15_000,
    "many titles": lambda: "青河县行动方案\n" * 6_000,
    "many plans": lambda: "".join(
        f"青河县第{n}号行动方案\n一、建\n二、设\n三、养\n" for n in range(3_000)
    ),
    "many cells": lambda: "\t任务\n\t责任单位\n" + "\t建\n\t县教育局\n" * 3_000,
    "lines that go on": lambda: HEAD + "1．建，\n" + "设，\n" * 40_000,
    "deep numbers": lambda: "\n".join("1." * (n % 40 + 1) + "建设" for n in range(3_000)),
    "digits": lambda: HEAD + "1．" + "1" * 100_000,
    "spaces": lambda: HEAD + "1．建" + " " * 100_000 + "设",
    "half of a pair": lambda: b"\xff\xfe" + b"\x00\xd8" * 1000 + "建".encode("utf-16-le"),
    "utf-16 of chance": lambda: b"\xff\xfe" + random.Random(1).randbytes(20_000),
    "zeros": lambda: bytes(10_000),
    "zeros in text": lambda: HEAD + "1．建\0设。",
    "directions": lambda: HEAD + "1．建\u202e设\u2066\ufeff。",
}


FILES = [
    pytest.param(content, ending, id=f"{ending} {name}")
    for ending, files in ((".pdf", PDFS), (".docx", DOCXS), (".html", HTMLS), (".txt", TEXTS))
    for name, content in files.items()
]


def outcome(path: Path) -> str:
    """What a file says, or why it was refused."""
    try:
        return build(path, LIMITS).plan_json
    except UnreadableSource as error:
        return str(error)


@pytest.mark.parametrize(("content", "ending"), FILES)
def test_a_hostile_file_is_read_or_refused_soon(content, ending, tmp_path):
    path = tmp_path / f"计划{ending}"
    made = content()
    path.write_bytes(made.encode() if isinstance(made, str) else made)
    begin = time.monotonic()
    said = outcome(path)
    assert path.name in said
    assert "root:" not in said
    assert time.monotonic() - begin < SOON


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize("seed", range(3))
def test_bytes_of_chance_are_refused(ending, seed, tmp_path):
    path = tmp_path / f"计划{ending}"
    path.write_bytes(random.Random(seed).randbytes(5_000))
    with suppress(UnreadableSource):
        read(path, LIMITS)


BEGINNINGS = st.sampled_from([b"", b"%PDF-1.7\n", b"PK\3\4", b"\xff\xfe", b"<html>", HEAD.encode()])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(start=BEGINNINGS, rest=st.binary(max_size=300), ending=st.sampled_from(sorted(READERS)))
def test_any_bytes_with_any_ending_are_read_or_refused(start, rest, ending, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"任何{ending}"
    path.write_bytes(start + rest)
    with suppress(UnreadableSource):
        document = read(path, LIMITS)
        document.text.encode()
        assert all(s.end <= len(document.text) for b in document.blocks for s in b.spans)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")
@pytest.mark.parametrize("ending", READERS)
def test_files_that_broke_others_are_read_or_refused(ending, tmp_path):
    for source in sorted(SHARED.rglob("*.*")):
        path = tmp_path / f"{source.stem}{ending}"
        path.write_bytes(source.read_bytes())
        with suppress(UnreadableSource):
            build(path, LIMITS)
