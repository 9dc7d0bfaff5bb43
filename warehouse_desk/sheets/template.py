"""The empty sheet we give away: the ten columns, one order as an example, instructions in three languages."""

import tempfile
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.sheets.amounts import MAX_AMOUNT, MIN_AMOUNT
from warehouse_desk.sheets.drafts import DraftLine, OrderDraft
from warehouse_desk.sheets.order_columns import ORDER_COLUMNS, order_cells
from warehouse_desk.sheets.rows import MAX_ADDRESS, MAX_NAME
from warehouse_desk.sheets.writing import open_workbook, replace_file, write_headings

SAMPLE: Final = OrderDraft(
    full_name="Fatima Zahra El Amrani / فاطمة الزهراء",
    phone="0612345678",
    second_phone="",
    city="Casablanca",
    address="12, rue Ibn Batouta, Maârif",
    lines=(DraftLine("PROD-001", 2, 19_950), DraftLine("PROD-002", 1, 10_000)),
    total=49_900,
    notes="Appeler avant la livraison",
)
_ROWS: Final = 5_000
"""Rows prepared with text format and checks."""

_LANGUAGES: Final = {"fr": "Français", "ar": "العربية", "en": "English"}
INSTRUCTIONS: Final[tuple[Message, ...]] = (
    msg("Keep the headings of the first row. The order of the columns does not matter."),
    msg("One row is one order. Delete the example in row 2."),
    msg("Phones are text: 0612345678 or +212612345678."),
    msg("Write the city as in the list of cities."),
    msg(
        "Several products: the SKUs in skus, the pieces in quantities and the price of one piece in prices,"
        " each separated by | and in the same order. At most 10 products."
    ),
    msg("The total is what the customer pays, from 1 to 999,999 MAD."),
    msg("second_phone and notes may stay empty; their headings must stay."),
)


def write_template(path: Path) -> None:
    """Write the template as .xlsx; raises CannotWrite."""
    replace_file(path, _write)


def _write(path: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        workbook = open_workbook(path, scratch)
        try:
            sheet = workbook.add_worksheet("orders")
            write_headings(workbook, sheet, ORDER_COLUMNS)
            _write_sample(workbook, sheet)
            _add_checks(sheet)
            _write_instructions(workbook)
        finally:
            workbook.close()


def _write_sample(workbook: Workbook, sheet: Worksheet) -> None:
    text, money = workbook.add_format({"num_format": "@"}), workbook.add_format({"num_format": "#,##0.00"})
    for at, (column, value) in enumerate(zip(ORDER_COLUMNS, order_cells(SAMPLE), strict=True)):
        if column.kind == "money":
            sheet.write_number(1, at, SAMPLE.total / 100, money)
        else:
            sheet.write_string(1, at, str(value), text)


def _add_checks(sheet: Worksheet) -> None:
    """Let Excel itself refuse what the import would refuse, while the cell is being typed."""
    for at, column in enumerate(ORDER_COLUMNS):
        check: dict[str, object] | None = None
        if column.title == "total":
            check = {"validate": "decimal", "minimum": MIN_AMOUNT // 100, "maximum": MAX_AMOUNT // 100}
        elif column.title in {"full_name", "phone", "address"}:
            check = {
                "validate": "length",
                "minimum": 1,
                "maximum": MAX_ADDRESS if column.title == "address" else MAX_NAME,
            }
        if check is not None:
            sheet.data_validation(1, at, _ROWS, at, {"criteria": "between", "error_type": "stop", **check})


def _write_instructions(workbook: Workbook) -> None:
    sheet = workbook.add_worksheet("FR - AR - EN")
    sheet.set_column(0, 0, 110)
    left = workbook.add_format({"text_wrap": True, "valign": "top"})
    right = workbook.add_format({"text_wrap": True, "valign": "top", "align": "right", "reading_order": 2})
    sheet.fit_to_pages(1, 0)
    title = {"bold": True, "font_size": 14}
    left_title = workbook.add_format(title)
    right_title = workbook.add_format({**title, "align": "right", "reading_order": 2})
    row = 0
    for language, name in _LANGUAGES.items():
        sheet.write_string(row, 0, name, right_title if language == "ar" else left_title)
        row += 1
        for sentence in INSTRUCTIONS:
            sheet.write_string(row, 0, sentence.in_language(language), right if language == "ar" else left)
            row += 1
        row += 1
