"""The empty sheet we give away: the ten columns, one order as an example, instructions in each language."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from warehouse_desk.common.languages import LANGUAGES
from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.orders.drafts import MAX_ADDRESS, MAX_NAME
from warehouse_desk.sheets.amounts import MAX_AMOUNT, MIN_AMOUNT
from warehouse_desk.sheets.drafts import DraftLine, FileOrder
from warehouse_desk.sheets.order_columns import ORDER_COLUMNS, order_cells
from warehouse_desk.sheets.writing import HEADER_BACK, HEADER_FRONT, replace_file, write_orders

SAMPLE: Final = FileOrder(
    full_name="Fatima Zahra El Amrani / فاطمة الزهراء",
    phone="0612345678",
    second_phone="",
    city="Casablanca",
    address="12, rue Ibn Batouta, Maârif",
    lines=(DraftLine("PROD-001", 2, 19_950), DraftLine("PROD-002", 1, 10_000)),
    total=49_900,
    notes="Appeler avant la livraison",
)
_ROWS: Final = 5_001
"""Last row with checks; the columns themselves are text down to the end."""

_FONT: Final = "Calibri"
"""Named, since a style without a name gets whatever face the program opens with."""
INSTRUCTIONS: Final[tuple[Message, ...]] = (
    msg("Keep the headings of the first row. The order of the columns does not matter."),
    msg("One row is one order. Delete the example in row 2."),
    msg("Phones are text: 0612345678 or +212612345678."),
    msg("Write the city as in the list of cities."),
    msg(
        "Several products: the SKUs in skus, the pieces in quantities and the price of one piece in prices,"
        " each separated by | and in the same order. At most 10 products."
    ),
    msg("The total is what the customer pays, from 1 to 999,999 DH."),
    msg("second_phone and notes may stay empty; their headings must stay."),
)


def write_template(path: Path, cities: Sequence[str] = ()) -> None:
    """Write the template: as .xlsx with checks and the cities to choose from, as .csv with headings and example.

    Raises WrongFileKind for another ending, or CannotWrite.
    """
    if path.suffix.lower() == ".xlsx":
        replace_file(path, lambda temporary: _write(temporary, cities))
    else:
        write_orders(path, [order_cells(SAMPLE)], ORDER_COLUMNS)


def _write(path: Path, cities: Sequence[str]) -> None:
    workbook = Workbook(write_only=False)
    sheet: Worksheet = workbook.active  # type: ignore[assignment]  # a new workbook has a sheet of cells
    sheet.title = "orders"
    _write_columns(sheet)
    _add_checks(sheet)
    _write_instructions(workbook.create_sheet(" - ".join(LANGUAGES).upper()))
    if cities:
        _offer_cities(sheet, workbook.create_sheet("cities"), cities)
    workbook.save(path)


def _write_columns(sheet: Worksheet) -> None:
    for at, (column, value) in enumerate(zip(ORDER_COLUMNS, order_cells(SAMPLE), strict=True), start=1):
        is_money = column.kind == "money"
        form = "#,##0.00" if is_money else "@"
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].number_format = form
        head = sheet.cell(1, at, column.title)
        head.font = Font(name=_FONT, bold=True, color=HEADER_FRONT)
        head.fill = PatternFill("solid", fgColor=HEADER_BACK)
        cell = sheet.cell(2, at, SAMPLE.total / 100 if is_money else str(value))
        cell.number_format = form
        if not is_money:
            cell.data_type = "s"  # never a formula, whatever the text begins with
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    _fit_width(sheet)


def _fit_width(sheet: Worksheet) -> None:
    """Print all columns on one sheet of paper, as many sheets down as it takes."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _add_checks(sheet: Worksheet) -> None:
    """Let Excel itself refuse what the import would refuse, while the cell is being typed."""
    for at, column in enumerate(ORDER_COLUMNS, start=1):
        bounds: tuple[str, int, int] | None = None
        if column.title == "total":
            bounds = ("decimal", MIN_AMOUNT // 100, MAX_AMOUNT // 100)
        elif column.title in {"full_name", "phone", "address"}:
            bounds = ("textLength", 1, MAX_ADDRESS if column.title == "address" else MAX_NAME)
        if bounds is not None:
            kind, least, most = bounds
            check = DataValidation(kind, formula1=str(least), formula2=str(most), operator="between")  # type: ignore[arg-type]
            check.errorTitle = column.title
            check.error = tr("{column}: from {least} to {most}.", column=column.title, least=least, most=most)
            _apply(sheet, check, at)


def _apply(sheet: Worksheet, check: DataValidation, at: int) -> None:
    check.showErrorMessage = True
    letter = get_column_letter(at)
    check.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(check)


def _offer_cities(sheet: Worksheet, listed: Worksheet, cities: Sequence[str]) -> None:
    """Offer the cities as a list to choose from; another spelling is asked about, not refused."""
    for row, city in enumerate(cities, start=1):
        listed.cell(row, 1, city).data_type = "s"
    check = DataValidation("list", formula1=f"cities!$A$1:$A${len(cities)}", allow_blank=True, errorStyle="warning")
    check.errorTitle = "city"
    check.error = tr("This city is not in the list of cities.")
    _apply(sheet, check, [column.title for column in ORDER_COLUMNS].index("city") + 1)


def _write_instructions(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 110
    _fit_width(sheet)
    row = 1
    for language in LANGUAGES.values():
        side = Alignment(
            wrap_text=True,
            vertical="top",
            horizontal="right" if language.right_to_left else "left",
            readingOrder=2 * language.right_to_left,
        )
        sheet.cell(row, 1, language.name).font = Font(name=_FONT, bold=True, size=14)
        for more, sentence in enumerate(INSTRUCTIONS, start=1):
            sheet.cell(row + more, 1, sentence.in_language(language.code)).alignment = side
        sheet.cell(row, 1).alignment = side
        row += len(INSTRUCTIONS) + 2
