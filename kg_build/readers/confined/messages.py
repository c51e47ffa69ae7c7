"""What the reading process and its child say to one another: lengths, bytes and JSON.

Nothing that a child says is ever run: a reply is numbers and strings, checked as they are read.
"""

from pathlib import Path
from typing import IO, Any

from kg_build.errors import UnreadableSource
from kg_build.model import Block, BlockKind, Issue, Parsed, Severity, Span

__all__ = ["parsed", "received", "said", "send"]

_HEADER = 8  # bytes of a length
_MOST_REPLY = 512 * 1024 * 1024


def send(stream: IO[bytes], message: bytes) -> None:
    """Sends a message."""
    stream.write(len(message).to_bytes(_HEADER))
    stream.write(message)
    stream.flush()


def received(stream: IO[bytes]) -> bytes | None:
    """The next message; None where the other side is gone or says too much."""
    header = stream.read(_HEADER)
    length = int.from_bytes(header)
    if len(header) < _HEADER or length > _MOST_REPLY:
        return None
    message = stream.read(length)
    return message if len(message) == length else None


def said(value: Parsed) -> dict[str, Any]:
    """What a reader made, as JSON holds it."""
    return {
        "text": value.text,
        "media_type": value.media_type,
        "encoding": value.encoding,
        "blocks": [
            [str(b.kind), [[s.start, s.end] for s in b.spans], *_place(b)] for b in value.blocks
        ],
        "issues": [
            [i.code, str(i.severity), i.span.start, i.span.end, i.message_zh, i.message_en]
            for i in value.issues
        ],
    }


def _place(block: Block) -> tuple[int, ...]:
    at = (block.table, block.row, block.column, block.row_span, block.column_span)
    return (*at, block.page)


def parsed(reply: dict[str, Any], path: Path, memory_mb: int) -> Parsed:
    """The reply as a value.

    Raises: UnreadableSource where the reply is why there is none.
    """
    if "refused" in reply:
        raise UnreadableSource(reply["refused"])
    if "lacked" in reply:
        raise UnreadableSource(
            f"{path}: 所需内存超过 {memory_mb} MB；请拆分文件，或调大设置 read_memory_mb / "
            f"takes more than {memory_mb} MB; split the file or raise read_memory_mb"
        )
    if "failed" in reply:
        raise UnreadableSource(
            f"{path}: 读取出错（{reply['failed']}），文件可能损坏；请重新获取或另存 / "
            "reading failed, the file may be damaged; get or save it anew"
        )
    return Parsed(
        reply["text"],
        tuple(
            Block(BlockKind(kind), tuple(Span(*s) for s in spans), *place)
            for kind, spans, *place in reply["blocks"]
        ),
        reply["media_type"],
        reply["encoding"],
        tuple(Issue(c, Severity(v), Span(s, e), zh, en) for c, v, s, e, zh, en in reply["issues"]),
    )
