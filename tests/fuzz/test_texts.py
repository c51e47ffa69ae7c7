"""A fuzzing target: any bytes of a text file become facts or a refusal, and nothing else.

`make fuzz` lets atheris look for bytes that break it; the tests only run it once.
"""

import sys
from contextlib import suppress
from pathlib import Path

from kg_build.errors import UnreadableSource
from kg_build.model import Document, Source
from kg_build.pipeline import facts_of
from kg_build.plan_json import plan_json
from kg_build.readers.txt import parse

PATH = Path("计划.txt")


def one(content: bytes) -> None:
    """Reads some bytes as far as the plan JSON."""
    with suppress(UnreadableSource):
        parsed = parse(content, PATH)
        source = Source(PATH.name, parsed.media_type, parsed.encoding, "0" * 64)
        document = Document("plan", parsed.text, parsed.blocks, source)
        plan_json(document, facts_of(document)).encode()


def test_the_target_of_fuzzing_runs():
    for content in (b"", b"\xff", "一、重点任务\n1．建设图书角。（县教育局负责）\n".encode()):
        one(content)


if __name__ == "__main__":
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
