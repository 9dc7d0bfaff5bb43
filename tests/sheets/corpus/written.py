"""Files as other programs really write them, kept as they came out: see ``written/``.

LibreOffice 7.4 made its files from a text of delimited columns (numbers recognised, French) and from a workbook with
a title, a formula, a merged cell and a day; the texts in Windows-1252, Windows-1256 and UTF-16 are its "Save as".
pandas 2 wrote through openpyxl (with its index) and XlsxWriter, and a text in which numbers became 700000000.0.
openpyxl wrote in its write-only mode, XlsxWriter a table with rich text and a sheet in constant memory. msoffcrypto
encrypted a workbook as Excel does.
"""

from functools import partial
from pathlib import Path
from shutil import copyfile

from tests.sheets.corpus.making import Damaged

_FOLDER = Path(__file__).parent / "written"
_SAVE_AS = "Open it in Excel or LibreOffice, choose “Save as”, then “Excel workbook (.xlsx)”."


def _lost_zero(row: int, column: str, value: str) -> tuple[int, str, str, str, str]:
    return row, column, "repair", f"{value} lost its leading 0 in Excel.", f"0{value}"


def _changed(row: int, column: str, value: str, proposed: str) -> tuple[int, str, str, str, str]:
    return row, column, "repair", f"Excel changed this list into “{value}”. Use | between the items.", proposed


_TWO_LOST = (_lost_zero(2, "phone", "612345678"), _lost_zero(4, "phone", "661234567"))

WRITTEN = [
    Damaged("libreoffice-from-csv.xlsx", partial(copyfile, _FOLDER / "libreoffice-from-csv.xlsx"), _TWO_LOST, 1),
    Damaged(
        "libreoffice-saved.xlsx",
        partial(copyfile, _FOLDER / "libreoffice-saved.xlsx"),
        [
            _lost_zero(5, "phone", "661234567"),
            _changed(5, "quantities", "1.2", "1|2"),
            (6, "skus", "repair", "There is no product 2026-11-10. Perhaps 10-11?", "10-11"),
            (
                6,
                "city",
                "warning",
                "city: taken from a merged cell above. Check that it belongs to this row too.",
                "",
            ),
        ],
        1,
        notices=["1 row took a value from a merged cell above it."],
        check={"sheet": "Commandes"},
    ),
    Damaged(
        "libreoffice-windows.csv",
        partial(copyfile, _FOLDER / "libreoffice-windows.csv"),
        [
            _lost_zero(5, "phone", "661234567"),
            _changed(5, "quantities", "1.2", "1|2"),
            (6, "city", "error", "Missing: city.", ""),
            (6, "skus", "repair", "There is no product 10/11/2026. Perhaps 10-11?", "10-11"),
        ],
        1,
        check={"delimiter": ";"},
    ),
    Damaged(
        "libreoffice-arabic.csv",
        partial(copyfile, _FOLDER / "libreoffice-arabic.csv"),
        _TWO_LOST,
        1,
        check={"encoding": "cp1256", "delimiter": "\t"},
    ),
    Damaged(
        "libreoffice-utf16.csv",
        partial(copyfile, _FOLDER / "libreoffice-utf16.csv"),
        _TWO_LOST,
        1,
        check={"encoding": "utf-16", "delimiter": ";"},
    ),
    Damaged(
        "libreoffice.ods",
        partial(copyfile, _FOLDER / "libreoffice.ods"),
        refusal=("WrongFileKind", f"libreoffice.ods cannot be read: an .ods workbook. {_SAVE_AS}"),
    ),
    Damaged(
        "libreoffice.xls",
        partial(copyfile, _FOLDER / "libreoffice.xls"),
        refusal=("WrongFileKind", f"libreoffice.xls cannot be read: an old .xls workbook. {_SAVE_AS}"),
    ),
    Damaged(
        "encrypted.xlsx",
        partial(copyfile, _FOLDER / "encrypted.xlsx"),
        refusal=(
            "FileProtected",
            (
                "encrypted.xlsx asks for a password. Open it in Excel, remove the password"
                " (File, Info, Protect workbook) and save it."
            ),
        ),
    ),
    Damaged(
        "pandas-openpyxl.xlsx",
        partial(copyfile, _FOLDER / "pandas-openpyxl.xlsx"),
        [_lost_zero(3, "second_phone", "700000000")],
        1,
        notices=["Columns not read: A."],
    ),
    Damaged(
        "pandas-xlsxwriter.xlsx",
        partial(copyfile, _FOLDER / "pandas-xlsxwriter.xlsx"),
        [_lost_zero(3, "second_phone", "700000000")],
        1,
    ),
    Damaged(
        "pandas.csv",
        partial(copyfile, _FOLDER / "pandas.csv"),
        [_lost_zero(2, "phone", "612345678"), _lost_zero(3, "second_phone", "700000000")],
        notices=["Columns not read: A."],
        check={"delimiter": ","},
    ),
    Damaged(
        "openpyxl-write-only.xlsx",
        partial(copyfile, _FOLDER / "openpyxl-write-only.xlsx"),
        [_lost_zero(2, "phone", "612345678")],
        1,
        blank=1,
    ),
    Damaged(
        "xlsxwriter-table.xlsx",
        partial(copyfile, _FOLDER / "xlsxwriter-table.xlsx"),
        [_changed(5, "quantities", "2026-02-01", "1|2")],
        1,
    ),
    Damaged(
        "xlsxwriter-constant-memory.xlsx",
        partial(copyfile, _FOLDER / "xlsxwriter-constant-memory.xlsx"),
        [(3, "city", "repair", "There is no city Casablanka. Perhaps Casablanca?", "Casablanca")],
        1,
    ),
]
