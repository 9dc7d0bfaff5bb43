"""Points, millimetres and printer dots."""

MM = 72 / 25.4
"""Points in one millimetre."""

DPI = (203, 300, 600)
"""Printer resolutions with a profile: two thermal kinds and office lasers."""

_DOTS_PER_INCH = {203: 203.2, 300: 300.0, 600: 600.0}  # a "203 dpi" head has 8 dots a millimetre


def dot(dpi: int) -> float:
    """Return the size of one printer dot in points."""
    return 72 / _DOTS_PER_INCH[dpi]


def whole_dots(points: float, dpi: int) -> int:
    """Return how many whole dots fit in a length; a hair of rounding error does not lose one."""
    return int(points / dot(dpi) + 1e-6)
