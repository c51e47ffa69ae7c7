"""PDF files as tests draw them."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg_build.model import Parsed
from kg_build.readers.pdf import parse

Draw = Callable[[Canvas], None]
WIDTH, HEIGHT = 600, 800


def _pdf(*pages: Draw) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=True)
    for draw in pages:
        canvas.setFont("STSong-Light", 16)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    """A PDF of 600 by 800 points, each page drawn by a function of its canvas."""
    return _pdf


@pytest.fixture(scope="session")
def parsed_pdf() -> Callable[..., Parsed]:
    """What the reader makes of a PDF whose pages are drawn."""
    return lambda *pages: parse(_pdf(*pages), Path("计划.pdf"))
