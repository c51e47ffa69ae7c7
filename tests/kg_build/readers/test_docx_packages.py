"""Word files as packages: notes, damage, bombs, entities."""

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_build.errors import UnreadableSource
from kg_build.model import BlockKind, Parsed
from kg_build.readers.docx import parse

FILE = Path("计划.docx")
SENTENCE = "为推动阅读，制定本方案。"


def saved(*paragraphs: str) -> bytes:
    file = BytesIO()
    word = docx.Document()
    for text in paragraphs:
        word.add_paragraph(text)
    word.save(file)
    return file.getvalue()


def of_kind(parsed: Parsed, kind: BlockKind) -> list[str]:
    return [
        parsed.text[b.spans[0].start : b.spans[-1].end] for b in parsed.blocks if b.kind is kind
    ]


def with_part(content: bytes, name: str, change: bytes | None) -> bytes:
    """The package with one part replaced; None takes it out."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        if change is not None:
            new.writestr(name, change)
    return file.getvalue()


SOUND = saved(SENTENCE)
MAIN = "word/document.xml"


def document_xml() -> bytes:
    return zipfile.ZipFile(BytesIO(SOUND)).read(MAIN)


def test_footnotes_are_layout_at_the_end():
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>注释。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    content = with_part(SOUND, "word/footnotes.xml", notes.encode())
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = zipfile.ZipFile(BytesIO(SOUND)).read("[Content_Types].xml").decode()
    types = types.replace(
        "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kinds}"/></Types>'
    )
    content = with_part(content, "[Content_Types].xml", types.encode())
    name = "word/_rels/document.xml.rels"
    rels = zipfile.ZipFile(BytesIO(SOUND)).read(name).decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    rels = rels.replace(
        "</Relationships>",
        f'<Relationship Id="rIdF" Type="{kind}" Target="footnotes.xml"/></Relationships>',
    )
    parsed = parse(with_part(content, name, rels.encode()), FILE)
    assert of_kind(parsed, BlockKind.PARAGRAPH) == [SENTENCE]
    assert of_kind(parsed, BlockKind.LAYOUT) == ["注释。"]


ENTITY = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document'
USUAL = b"schemas.openxmlformats.org/wordprocessingml/2006"
STRICT = b"purl.oclc.org/ooxml/wordprocessingml"


def changed(old: bytes, new: bytes) -> bytes:
    return with_part(SOUND, MAIN, document_xml().replace(old, new, 1))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_part(SOUND, MAIN, None), "docx"),
        (with_part(SOUND, MAIN, b"<w:document"), "docx"),
        (changed(b"<w:document", ENTITY), "实体"),
        (with_part(SOUND, MAIN, document_xml() + b" " * 3_000_000), "过大"),
        (changed(USUAL, STRICT), "docx"),
        (saved(), "没有文字"),
        (SOUND[: len(SOUND) // 2], "docx"),
        (b"PK\x03\x04", "docx"),
    ],
    ids=["no body", "no markup", "entities", "bomb", "strict", "empty", "cut short", "no zip"],
)  # fmt: skip
def test_a_package_that_cannot_be_read_is_refused_with_a_remedy(content, said):
    with pytest.raises(UnreadableSource, match=said) as refused:
        parse(content, FILE)
    assert str(FILE) in str(refused.value)


@settings(max_examples=50)
@given(st.binary(max_size=300), st.integers(0, 2000))
def test_any_bytes_are_read_or_refused(noise, at):
    for content in (noise, b"PK\x03\x04" + noise, SOUND[:at] + noise + SOUND[at + len(noise) :]):
        with suppress(UnreadableSource):
            assert parse(content, FILE).text.strip()
