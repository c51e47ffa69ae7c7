"""Text files in all encodings that offices save, and files that are no text."""

import hashlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.errors import UnreadableSource
from kg_build.model import BlockKind
from kg_build.readers import READERS, is_document, read
from kg_build.readers.decoding import decode
from kg_build.readers.txt import blocks, parse

TEXT = "某县全民阅读行动方案\n\n一、重点任务\n\n1．建设图书角，为群众阅读提供方便。\n"


def saved(folder: Path, content: bytes, name: str = "计划.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.replace("\n", "\r\n").encode("gbk"), "gb18030"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
    ],
    ids=["utf-8", "utf-8 marked", "utf-16", "utf-16 big-endian", "gb18030", "gbk, CRLF", "CR"],
)
def test_a_text_is_the_same_in_every_encoding(tmp_path, content, encoding):
    document = read(saved(tmp_path, content))
    assert document.text == TEXT
    assert document.source.encoding == encoding
    assert document.source.sha256 == hashlib.sha256(content).hexdigest()
    assert [b.kind for b in document.blocks] == [BlockKind.PARAGRAPH] * 3


def test_letters_that_only_gb18030_has_are_read(tmp_path):
    text = TEXT + "责任单位：㵲阳镇、𠮷林街道的和建设工作。\n"
    assert read(saved(tmp_path, text.encode("gb18030"))).text == text


def test_traditional_characters_in_big5_are_not_taken_for_others(tmp_path):
    text = (
        "某縣全民閱讀行動方案\n一、重點任務\n1．建設圖書角，為群眾的閱讀提供方便，展開工作。\n" * 5
    )
    assert read(saved(tmp_path, text.encode("big5"))).text == text


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 40,
        b"\x01\x02\x03\x04" * 50,
    ],
    ids=["all bytes", "controls"],
)
def test_what_is_no_text_is_refused_with_a_remedy(tmp_path, content):
    path = saved(tmp_path, content)
    with pytest.raises(UnreadableSource, match="UTF-8") as refused:
        read(path)
    assert str(path) in str(refused.value)


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "　\n".encode()])
def test_an_empty_file_is_refused_with_a_remedy(tmp_path, content):
    path = saved(tmp_path, content)
    with pytest.raises(UnreadableSource, match="空") as refused:
        read(path)
    assert str(path) in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableSource, match="不存在") as refused:
        read(tmp_path / "没有.txt")
    assert "没有.txt" in str(refused.value)


def test_a_folder_is_no_document(tmp_path):
    (tmp_path / "夹.txt").mkdir()
    with pytest.raises(UnreadableSource, match=r"夹\.txt"):
        read(tmp_path / "夹.txt")


def test_a_format_without_a_reader_names_those_there_are(tmp_path):
    path = saved(tmp_path, TEXT.encode(), "计划.odt")
    with pytest.raises(UnreadableSource, match=r"\.txt"):
        read(path)
    assert not is_document(path)


def test_an_ending_in_capitals_is_read(tmp_path):
    assert read(saved(tmp_path, TEXT.encode(), "计划.TXT")).text == TEXT


def test_hidden_files_are_no_documents():
    assert not is_document(Path(".计划.txt"))
    assert all(is_document(Path("计划" + ending)) for ending in READERS)


def test_damaged_utf16_still_reads():
    text, encoding, _ = decode(TEXT.encode("utf-16") + b"\x00", Path("a.txt"))
    assert (text.startswith(TEXT), encoding) == (True, "utf-16")


LONG = TEXT.replace("建设图书角", "建设图书角，开展活动，为工作和生活服务") * 3
TRADITIONAL = (
    "某縣全民閱讀行動方案\n一、重點任務\n1．建設圖書角，為群眾的閱讀提供方便，展開工作。\n" * 5
)


@pytest.mark.parametrize(
    ("content", "text", "encoding", "issues"),
    [
        (LONG.encode(), LONG, "utf-8", []),
        (LONG.encode("gbk"), LONG, "gb18030", []),
        (LONG.encode("utf-16-le"), LONG, "utf-16-le", ["encoding-guessed"]),
        (LONG.encode("utf-16-be"), LONG, "utf-16-be", ["encoding-guessed"]),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "big5", ["encoding-guessed"]),
        (LONG.encode() + b"\xe4\xb8", LONG + "\ufffd", "utf-8", ["characters-replaced"]),
        (LONG.encode("gbk") + b"\xff\n", LONG + "\ufffd\n", "gb18030", ["characters-replaced"]),
        ((LONG + "锟斤拷").encode(), LONG + "锟斤拷", "utf-8", ["characters-replaced"]),
        ("naïve café, déjà vu".encode("cp1252"), None, None, ["encoding-guessed"]),
    ],
    ids=["utf-8", "gbk", "utf-16-le", "utf-16-be", "big5", "cut", "damaged", "mojibake", "other"],
)
def test_a_guess_and_a_loss_are_said(content, text, encoding, issues):
    found, name, said = decode(content, Path("a.txt"))
    assert (found, name) == (text or found, encoding or name)
    assert [i.code for i in said] == issues
    assert all(name in i.message_zh for i in said if i.code == "encoding-guessed")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    with suppress(UnreadableSource):
        parsed = parse(content, Path("a.txt"))
        assert all(
            s.start <= s.end <= len(parsed.text) for block in parsed.blocks for s in block.spans
        )


# -- metadata ------------------------------------------------------------------------------


def beside(folder: Path, metadata: str | bytes) -> Path:
    path = saved(folder, TEXT.encode())
    content = metadata if isinstance(metadata, bytes) else metadata.encode()
    path.with_suffix(".toml").write_bytes(content)
    return path


def test_a_metadata_file_adds_source_and_overrides(tmp_path):
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    path = beside(
        tmp_path,
        f'sha256 = "{digest}"\nsource = "http://example.org/1"\n[override]\nperiod_end = 2025\n',
    )
    document = read(path)
    assert document.source_url == "http://example.org/1"
    assert [(o.name, o.value) for o in document.overrides] == [("period_end", "2025")]


def test_a_text_that_differs_from_its_seal_is_refused_and_told_its_digest(tmp_path):
    path = beside(tmp_path, f'sha256 = "{"0" * 64}"\n')
    with pytest.raises(UnreadableSource, match=hashlib.sha256(TEXT.encode()).hexdigest()):
        read(path)


@pytest.mark.parametrize(
    "metadata",
    ["sha256 = \n", "[override\n", b"note = '\xff\xfe'\n", "a = 1\na = 2\n"],
    ids=["no value", "half a table", "no utf-8", "twice"],
)
def test_broken_metadata_is_named(tmp_path, metadata):
    path = beside(tmp_path, metadata)
    with pytest.raises(UnreadableSource, match="TOML") as refused:
        read(path)
    assert str(path.with_suffix(".toml")) in str(refused.value)


@pytest.mark.parametrize(
    "metadata",
    ['override = "title"\n', "override = [1]\n", "override = 3\n", "sha256 = 12\n", "source = 5\n"],
)
def test_metadata_of_the_wrong_kind_is_refused_not_raised(tmp_path, metadata):
    with pytest.raises(UnreadableSource):
        read(beside(tmp_path, metadata))


def test_metadata_with_a_byte_order_mark_is_read(tmp_path):
    path = beside(tmp_path, b"\xef\xbb\xbf" + b'source = "http://example.org/1"\n')
    assert read(path).source_url == "http://example.org/1"


def test_paragraphs_whose_line_ends_were_lost_begin_at_their_indents():
    begun = "　　各乡镇：　　现通知如下：　　一、查漏。全面排查。　　（一）换表。到二〇二五年完成。"
    text = f"青河县节水方案\n{begun}　　青河县水利局　　二〇二四年三月一日\n"
    said = [text[b.spans[0].start : b.spans[-1].end] for b in blocks(text)]
    assert said[1:] == [
        "　　各乡镇：",
        "　　现通知如下：",
        "　　一、查漏。全面排查。",
        "　　（一）换表。到二〇二五年完成。",
        "　　青河县水利局",
        "　　二〇二四年三月一日",
    ]


def test_two_plain_spaces_stand_for_lost_line_ends_too():
    text = "青河县水利局文件  试点通知  各乡镇:  现通知如下:  一、目标。试点先行。  二、任务。\n"
    assert len(blocks(text)) == 6


def test_two_wide_spaces_in_a_title_or_between_names_are_no_lost_line_ends():
    text = "青河县节水　　实施方案\n组长：王　　某　　副组长：李　　某\n"
    assert len(blocks(text)) == 2
