import io

import pytest

from queries.pool.frames import read_frame, write_frame


def frame() -> bytes:
    out = io.BytesIO()
    write_frame(out, {"media_type": "text/csv", "题": "一"}, b"a\r\nb")
    return out.getvalue()


def test_a_frame_arrives_as_it_was_sent() -> None:
    source = io.BytesIO(frame() * 2)
    for _ in range(2):
        assert read_frame(source) == ({"media_type": "text/csv", "题": "一"}, b"a\r\nb")


@pytest.mark.parametrize("length", range(len(frame())))
def test_a_frame_cut_anywhere_is_no_frame(length: int) -> None:
    with pytest.raises(EOFError):
        read_frame(io.BytesIO(frame()[:length]))
