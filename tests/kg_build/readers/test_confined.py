"""A reader that misbehaves ends itself and nothing else."""

import os
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from kg_build.errors import UnreadableSource
from kg_build.model import Block, BlockKind, Issue, Parsed, Severity, Span
from kg_build.readers import confined
from kg_build.readers.confined import Limits, parse

PATH = Path("计划.pdf")
#: a reader that does what the bytes of its document say
READER = """
import os, signal, sys, time
from kg_build.errors import UnreadableSource
from kg_build.model import Block, BlockKind, Issue, Parsed, Severity, Span

def parse(content, path):
    exec(content.decode())
    return Parsed(
        "字\\ud800" + str(os.getpid()),
        (Block(BlockKind.CELL, (Span(0, 1), Span(1, 2)), 1, 2, 3, 4, 5, 6),),
        "application/x", "gbk",
        (Issue("odd", Severity.INFO, Span(0, 1), "怪", "odd"),),
    )
"""


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """Reads `does` with the reader above, in a server that can import it."""
    (tmp_path / "obedient.py").write_text(READER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    confined.stop()
    yield lambda does, seconds=20: parse("obedient", does.encode(), PATH, Limits(seconds))
    confined.stop()


def test_a_value_comes_back_as_it_was_made(reader):
    parsed = reader("pass")
    assert parsed.text.startswith("字?")
    assert parsed == Parsed(
        parsed.text,
        (Block(BlockKind.CELL, (Span(0, 1), Span(1, 2)), 1, 2, 3, 4, 5, 6),),
        "application/x",
        "gbk",
        (Issue("odd", Severity.INFO, Span(0, 1), "怪", "odd"),),
    )


def test_each_document_has_a_process_of_its_own_that_is_not_this_one(reader):
    processes = {reader("pass").text for _ in range(3)}
    assert len(processes) == 3
    assert not any(text.endswith(str(os.getpid())) for text in processes)


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("raise UnreadableSource('计划.pdf: 锁')", "计划.pdf: 锁"),
        ("raise ValueError('odd')", "ValueError: odd"),
        ("f = lambda f: f(f)\nf(f)", "RecursionError"),
        ("raise MemoryError", "read_memory_mb"),
        ("x = bytearray(3 << 30)", "read_memory_mb"),
        ("os.abort()", r"崩溃（-6）"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", r"崩溃（-11）"),
        ("os.kill(os.getpid(), signal.SIGKILL)", r"崩溃（-9）"),
        ("os._exit(3)", r"崩溃（3）"),
        (
            "os.write(os.open(__file__ + '.made', os.O_CREAT | os.O_WRONLY), b'x')",
            "OSError: .*large",
        ),
        ("sys.stdout.buffer.write(b'\\xff' * 64); os._exit(0)", "崩溃"),
    ],
)
def test_what_goes_wrong_is_named_and_the_next_document_reads(reader, does, said):
    with pytest.raises(UnreadableSource, match=said) as refused:
        reader(does)
    assert str(refused.value).startswith("计划.pdf")
    assert reader("pass").media_type == "application/x"


@pytest.mark.parametrize("does", ["while True: pass", "time.sleep(60)", "signal.pause()"])
def test_a_reader_that_takes_too_long_is_stopped(reader, does):
    reader("pass")
    begin = time.monotonic()
    with pytest.raises(UnreadableSource, match=r"超过 1 秒.*read_seconds"):
        reader(does, 1)
    assert time.monotonic() - begin < 5
    assert reader("pass").encoding == "gbk"


def test_memory_is_counted_for_each_document_by_itself(reader):
    for _ in range(4):
        reader("x = bytearray(400 << 20)")


def test_a_pool_reads_in_processes_of_its_workers(reader, pdf):
    reader("pass")  # this process has a server already, which the workers must not use
    content = pdf(lambda canvas: canvas.drawString(100, 700, "重点任务和保障措施的具体内容"))
    one = partial(parse, "kg_build.readers.pdf", path=PATH)
    with ProcessPoolExecutor(2) as pool:
        texts = {parsed.text for parsed in pool.map(one, [content] * 8)}
    assert texts == {"重点任务和保障措施的具体内容\n"}
