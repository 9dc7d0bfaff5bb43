"""Label stocks: rolls and sheets, each described by one TOML file in ``resources/stocks``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from warehouse_desk.common.languages import ENGLISH
from warehouse_desk.common.messages import Message, current_language, msg
from warehouse_desk.common.resources import resource_folder
from warehouse_desk.common.system_errors import place_in_text, system_reason
from warehouse_desk.documents.errors import BadStock
from warehouse_desk.documents.units import DPI, MM

# Inside the margins, in millimetres; in less, address, amount and barcode do not all stay readable.
_SMALLEST_TALL = (64.0, 79.0)
_SMALLEST_WIDE = (84.0, 58.0)
_TOLERANCE_MM = 0.05
_LONGEST_MM = 2000
_PAGE_KEYS = ("width", "height")
_LABEL_KEYS = ("width", "height", "margin")
_GRID_KEYS = ("columns", "rows", "left", "top", "pitch_x", "pitch_y")


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in millimetres."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Where labels lie on a sheet: the first one's corner and the steps to the next, in millimetres."""

    columns: int = 1
    rows: int = 1
    left: float = 0.0
    top: float = 0.0
    pitch_x: float = 0.0
    pitch_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Nudge:
    """How far one printer must be corrected, in millimetres to the right and downwards."""

    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class LabelStock:
    """One kind of label paper. Lengths in millimetres; ``margin`` is kept free inside each label.

    ``cut_marks`` asks for marks between the labels of plain paper that is cut by hand.
    """

    key: str
    names: Mapping[str, str] = field(hash=False)
    page: Size
    label: Size
    margin: float
    grid: Grid
    dpi: int
    cut_marks: bool = False

    @property
    def name(self) -> str:
        """The name in the language of the program."""
        return self.name_in(current_language().code)

    def name_in(self, language: str) -> str:
        """Return the name in a language; the English one where it has no other."""
        return self.names.get(language) or self.names[ENGLISH.code]

    @property
    def per_page(self) -> int:
        """Labels on one page."""
        return self.grid.columns * self.grid.rows

    def corner(self, cell: int) -> tuple[float, float]:
        """Return left and top of a cell in points; cells count from 0 along the rows."""
        row, column = divmod(cell, self.grid.columns)
        return (self.grid.left + column * self.grid.pitch_x) * MM, (self.grid.top + row * self.grid.pitch_y) * MM


@cache
def shipped_stocks() -> Mapping[str, LabelStock]:
    """Return every stock that ships with the program by its key, which is its file's name."""
    files = sorted(resource_folder("stocks").glob("*.toml"))
    return {file.stem: load_stock(file) for file in files}


def load_stock(file: Path) -> LabelStock:
    """Read one stock file.

    Raises:
        BadStock: the file is missing, is not TOML, lacks a fact, or its labels overlap or leave the page.
    """
    try:
        facts = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise _refused(file, msg("it cannot be read ({reason})", reason=system_reason(error))) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _refused(file, msg("it is not valid TOML ({place})", place=place_in_text(error))) from error
    try:
        return _stock(file.stem, facts)
    except _Fault as fault:
        raise _refused(file, fault.reason) from None


class _Fault(Exception):
    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def _refused(file: Path, reason: Message) -> BadStock:
    return BadStock(
        msg(
            "The label format {file} cannot be used: {reason}. Correct the file or choose another format.",
            file=file.name,
            reason=reason,
        )
    )


def _stock(key: str, facts: dict[str, Any]) -> LabelStock:
    _only(facts, "", ("name", "dpi", "cut_marks", "page", "label", "grid"))
    names, page, label = (_table(facts, part) for part in ("name", "page", "label"))
    _only(page, "page.", _PAGE_KEYS)
    _only(label, "label.", _LABEL_KEYS)
    stock = LabelStock(
        key=key,
        names=_names(names),
        page=Size(*(_positive(page, "page", part) for part in _PAGE_KEYS)),
        label=Size(*(_positive(label, "label", part) for part in _LABEL_KEYS[:2])),
        margin=_number(label, "label", "margin"),
        grid=_grid(facts),
        dpi=_dpi(facts),
        cut_marks=_yes_or_no(facts, "cut_marks"),
    )
    _check_sizes(stock)
    _check_grid(stock)
    return stock


def _grid(facts: dict[str, Any]) -> Grid:
    if "grid" not in facts:
        return Grid()
    grid = _table(facts, "grid")
    _only(grid, "grid.", _GRID_KEYS)
    counts = [_number(grid, "grid", part) for part in _GRID_KEYS[:2]]
    for part, count in zip(_GRID_KEYS, counts, strict=False):
        if count != int(count) or count < 1:
            raise _Fault(msg("{key} must be a whole number from 1", key=f"grid.{part}"))
    places = [_number(grid, "grid", part) for part in _GRID_KEYS[2:]]
    return Grid(int(counts[0]), int(counts[1]), *places)


def _check_sizes(stock: LabelStock) -> None:
    inside = (stock.label.width - 2 * stock.margin, stock.label.height - 2 * stock.margin)
    if not any(inside[0] >= least[0] and inside[1] >= least[1] for least in (_SMALLEST_TALL, _SMALLEST_WIDE)):
        raise _Fault(
            msg(
                "a label of {width} × {height} mm with a margin of {margin} mm leaves too little; inside its "
                "margins it must offer 64 × 79 mm or 84 × 58 mm",
                width=f"{stock.label.width:g}",
                height=f"{stock.label.height:g}",
                margin=f"{stock.margin:g}",
            )
        )


def _check_grid(stock: LabelStock) -> None:
    grid = stock.grid
    for count, pitch, side, key in (
        (grid.columns, grid.pitch_x, stock.label.width, "grid.pitch_x"),
        (grid.rows, grid.pitch_y, stock.label.height, "grid.pitch_y"),
    ):
        if count > 1 and pitch < side - _TOLERANCE_MM:
            raise _Fault(
                msg(
                    "{key} of {pitch} mm is less than the label's {side} mm, so labels would overlap",
                    key=key,
                    pitch=f"{pitch:g}",
                    side=f"{side:g}",
                )
            )
    right = grid.left + (grid.columns - 1) * grid.pitch_x + stock.label.width
    bottom = grid.top + (grid.rows - 1) * grid.pitch_y + stock.label.height
    for end, side, key in (
        (right, stock.page.width, "page.width"),
        (bottom, stock.page.height, "page.height"),
    ):
        if end > side + _TOLERANCE_MM or min(grid.left, grid.top) < 0:
            raise _Fault(
                msg(
                    "the labels end at {end} mm, past {key} of {side} mm",
                    end=f"{end:g}",
                    key=key,
                    side=f"{side:g}",
                )
            )


def _only(facts: Mapping[str, Any], prefix: str, known: tuple[str, ...]) -> None:
    for key in facts:
        if key not in known:
            raise _Fault(msg("unknown setting: {key}", key=prefix + key))


def _table(facts: Mapping[str, Any], key: str) -> dict[str, Any]:
    table = facts.get(key)
    if not isinstance(table, dict):
        raise _Fault(msg("the part [{key}] is missing", key=key))
    return table


def _names(names: Mapping[str, Any]) -> dict[str, str]:
    if ENGLISH.code not in names:
        raise _Fault(msg("{key} is missing", key=f"name.{ENGLISH.code}"))
    for language, text in names.items():
        if not isinstance(text, str) or not text.strip():
            raise _Fault(msg("{key} must be a text", key=f"name.{language}"))
    return dict(names)


def _number(table: Mapping[str, Any], part: str, key: str) -> float:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LONGEST_MM:
        raise _Fault(msg("{key} must be a number of millimetres from 0", key=f"{part}.{key}"))
    return float(value)


def _positive(table: Mapping[str, Any], part: str, key: str) -> float:
    value = _number(table, part, key)
    if value <= 0:
        raise _Fault(msg("{key} must be more than 0", key=f"{part}.{key}"))
    return value


def _dpi(facts: Mapping[str, Any]) -> int:
    dpi = facts.get("dpi")
    if dpi not in DPI:
        raise _Fault(msg("dpi must be one of {known}", known=list(map(str, DPI))))
    return int(dpi)


def _yes_or_no(facts: Mapping[str, Any], key: str) -> bool:
    value = facts.get(key, False)
    if not isinstance(value, bool):
        raise _Fault(msg("{key} must be true or false", key=key))
    return value
