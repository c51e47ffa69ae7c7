"""Messages between the pool and its workers: a JSON header and a body, both with their length.

A frame is read whole or not at all, so an answer cut off by its worker's death is never seen.
"""

import json
import struct
from typing import Any, BinaryIO

__all__ = ["read_frame", "write_frame"]

_LENGTHS = struct.Struct(">IQ")


def write_frame(out: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    """Writes one frame and flushes it."""
    head = json.dumps(header).encode()
    out.write(_LENGTHS.pack(len(head), len(body)) + head)
    out.write(body)
    out.flush()


def read_frame(source: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """The next frame.

    Raises: `EOFError` where the other side ended before the frame did.
    """
    head, body = _LENGTHS.unpack(_exactly(source, _LENGTHS.size))
    return json.loads(_exactly(source, head)), _exactly(source, body)


def _exactly(source: BinaryIO, size: int) -> bytes:
    content = source.read(size)
    if len(content) < size:
        raise EOFError
    return content
