"""How the damaged files are made: good rows first, then one thing done to them that people or programs do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from warehouse_desk.sheets.headings import ORDER_HEADINGS

SKUS = {
    "PROD-001": True,
    "PROD-002": True,
    "PROD-OLD": False,
    "00123": True,
    "10-11": True,
    **{f"P{n}": True for n in range(1, 13)},
}
CITIES = {
    "casablanca": "Casablanca",
    "rabat": "Rabat",
    "el jadida": "El Jadida",
    "fes": "Fès",
    "طنجه": "Tanger",
}

GOOD = ("Amina Bennani", "0612345678", "", "Casablanca", "12 rue Atlas", "PROD-001", 1, 199, 199, "")


@dataclass(frozen=True)
class Damaged:
    """One file of the corpus: how it is made, and every problem that must be found in it."""

    name: str
    make: Callable[[Path], object]
    problems: Sequence[tuple[int, str, str, str, str]] = ()
    """Row in Excel, column, severity, sentence, proposed value."""
    valid: int = 0
    """Rows that can be imported at once."""
    notices: Sequence[str] = ()
    refusal: tuple[str, str] | None = None
    """The error's class and sentence, when the file as a whole is refused."""
    blank: int = 0
    check: dict[str, str] = field(default_factory=dict)
    """Facts of the file: sheet, encoding, delimiter."""


def row(**changes: object) -> tuple[object, ...]:
    """Return a good row with some cells changed."""
    return tuple({**dict(zip(ORDER_HEADINGS, GOOD, strict=True)), **changes}.values())


def book(
    *rows: Sequence[object],
    headings: Sequence[str] = ORDER_HEADINGS,
    above: Sequence[Sequence[object]] = (),
    merge: Sequence[str] = (),
) -> Callable[[Path], object]:
    """Return a maker of a workbook with these rows under the headings."""

    def make(path: Path) -> None:
        workbook = Workbook()
        sheet = workbook.active
        assert sheet is not None
        for cells in (*above, headings, *rows):
            sheet.append(list(cells))
        for area in merge:
            sheet.merge_cells(area)
        workbook.save(path)

    return make


def several_sheets(path: Path) -> None:
    """A workbook whose orders start at C3 of its third sheet, behind a hidden one and another list."""
    workbook = Workbook()
    hidden = workbook.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    hidden.append(ORDER_HEADINGS)
    workbook.create_sheet("Villes").append(["Casablanca"])
    orders = workbook.create_sheet("Commandes")
    for number, cells in enumerate((ORDER_HEADINGS, row(), row(city="Paris")), 3):
        for column, cell in enumerate(cells, 3):
            orders.cell(number, column, cell)
    workbook.save(path)


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    """Return a maker of a text file."""
    return lambda path: path.write_bytes(content.encode(encoding))


def lines(*rows: Sequence[object], delimiter: str = ";", headings: Sequence[str] = ORDER_HEADINGS) -> str:
    """Return delimited text written by hand, without quotation marks."""
    return "".join(delimiter.join(map(str, cells)) + "\r\n" for cells in (headings, *rows))


def rezipped(make: Callable[[Path], object], change: Callable[[str, bytes], bytes | None]) -> Callable[[Path], object]:
    """Return a maker that rewrites the parts of another's workbook; a part changed to nothing is dropped."""

    def again(path: Path) -> None:
        plain = path.with_suffix(".made.xlsx")
        make(plain)
        out = BytesIO()
        with ZipFile(plain) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
            for part in old.infolist():
                content = change(part.filename, old.read(part))
                if content is not None:
                    new.writestr(part.filename, content)
        plain.unlink()
        path.write_bytes(out.getvalue())

    return again


def with_sheet(xml: str) -> Callable[[Path], object]:
    """Return a maker of a workbook whose first sheet is this XML."""
    return rezipped(book(), lambda name, old: xml.encode() if name.endswith("sheet1.xml") else old)


def with_part(name: str, content: bytes) -> Callable[[Path], object]:
    """Return a maker of a good workbook with one part more."""

    def make(path: Path) -> None:
        book(row())(path)
        with ZipFile(path, "a", ZIP_DEFLATED) as archive:
            archive.writestr(name, content)

    return make
