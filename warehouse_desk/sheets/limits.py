"""How big a file may be, checked before it is opened, so that no file can exhaust the station.

A sheet of 100,000 orders with long Arabic addresses measures about 9 MB zipped and 75 MB unzipped; the limits
leave room for twice that.
"""

from collections.abc import Callable
from typing import Final

Progress = Callable[[int, int], None]
"""Called with the rows done and the rows in all."""

Cancelled = Callable[[], bool]
"""Asked between slices of rows; true stops the work with :class:`~warehouse_desk.sheets.errors.Stopped`."""

MAX_FILE_BYTES: Final = 40_000_000
MAX_ENTRIES: Final = 1_000
MAX_UNZIPPED_BYTES: Final = 200_000_000
MAX_RATIO: Final = 100
"""Unzipped bytes for one zipped byte; sheets of orders measure 8 to 30."""
RATIO_FREE_BYTES: Final = 10_000_000
"""Below this size a high ratio is harmless: an almost empty sheet compresses well."""
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 16_384
"""Excel's own; exports of shops have 80 to 230."""
MAX_PLACES: Final = 10_000_000
"""Rows times columns up to the furthest cells with a value: places of 24 bytes in the reader's dense grid."""
MAX_CELL_CHARS: Final = 32_767
"""Excel's own limit for the text of one cell."""
SLICE: Final = 2_000
"""Rows between two reports of progress."""
