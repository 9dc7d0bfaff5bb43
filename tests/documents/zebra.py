"""Labels as a Zebra ZD621 prints them: an interpreter of ZPL draws them in the printer's dots."""

import re

import zplkit
from PIL import Image
from zplkit.rendering import Limits

_ANY_SIZE = 100_000_000
_LONGEST_INCHES = 8  # where a job leaves it to the printer where a label ends
_SET_UP = re.compile(rb"\^(?:MN|MT|MM|PR|PQ|LT|JZ|ID)[^\^~]*")
"""What a driver tells a printer of paper, speed and memory; the interpreter does not know it, and it draws nothing."""


def printed(zpl: bytes, dpi: int = 203) -> list[Image.Image]:
    """Return the labels of a job, one pixel a dot; a driver's jobs end each label with an empty one."""
    limits = Limits().replace(graphic_bytes=_ANY_SIZE, input_bytes=_ANY_SIZE)
    options = zplkit.Options(profile="zd621", dpi=dpi, height=_LONGEST_INCHES * dpi)
    document = zplkit.render(_SET_UP.sub(b"", zpl), options, limits=limits)
    assert document.warnings == []
    drawn = [label.rasterize() for label in document.labels]
    images = [Image.frombytes("L", (label.width, label.height), label.pixels) for label in drawn]
    return [image for image in images if image.getextrema()[0] == 0]


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of what is black, in dots."""
    box = image.point(lambda level: 255 - level).getbbox()
    assert box is not None
    return box
