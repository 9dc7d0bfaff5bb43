"""Files of returned or delivered orders."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.sheets.corpus.making import text
from warehouse_desk.sheets.errors import ColumnsMissing, EmptyFile
from warehouse_desk.sheets.references import read_references

Found = tuple[int, str, date | None, str]


def _read(path: Path) -> list[Found]:
    return [
        (row.number, row.reference, row.day, str(row.problem) if row.problem else "")
        for row in read_references(path).rows
    ]


def test_references_with_days_are_read_row_by_row(tmp_path: Path) -> None:
    text(
        "Retours du courrier;\r\nN° de commande;Date de retour\r\n"
        "ORD-00001;03/11/2026\r\n;\r\nORD-00002;2026-11-04\r\nORD-00003;\r\n"
    )(tmp_path / "back.csv")
    assert _read(tmp_path / "back.csv") == [
        (3, "ORD-00001", date(2026, 11, 3), ""),
        (5, "ORD-00002", date(2026, 11, 4), ""),
        (6, "ORD-00003", None, ""),
    ]


def test_each_bad_row_of_references_is_named(tmp_path: Path) -> None:
    text(
        "reference,date\r\nORD-1,\r\nord-1,\r\n,2026-01-01\r\nORD-2,31/02/2026\r\nORD-3,soon\r\n" + "x" * 65 + ",\r\n"
    )(tmp_path / "back.csv")
    assert _read(tmp_path / "back.csv") == [
        (2, "ORD-1", None, ""),
        (3, "ord-1", None, "ord-1 is already in row 2."),
        (4, "", None, "Missing: reference."),
        (5, "ORD-2", None, "“31/02/2026” is not a date. Use 2026-01-31 or 31/01/2026."),
        (6, "ORD-3", None, "“soon” is not a date. Use 2026-01-31 or 31/01/2026."),
        (7, "x" * 65, None, "The reference is too long: 65 characters instead of 64 at most."),
    ]


def test_a_workbook_of_references_in_arabic(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    day = datetime(2026, 11, 3)  # noqa: DTZ001 - a cell has no zone
    for cells in (["رقم الطلب", "التاريخ"], ["ORD-1", day], [1234, "٠٤/١١/٢٠٢٦"], [day, None], [True, None]):
        sheet.append(cells)
    workbook.save(tmp_path / "back.xlsx")
    excel_did = "Excel turned this reference into “{}”. Type it again, in a text cell."
    assert _read(tmp_path / "back.xlsx") == [
        (2, "ORD-1", date(2026, 11, 3), ""),
        (3, "1234", date(2026, 11, 4), ""),
        (4, "2026-11-03", None, excel_did.format("2026-11-03")),
        (5, "TRUE", None, excel_did.format("TRUE")),
    ]


def test_a_list_of_references_in_one_column_is_enough(tmp_path: Path) -> None:
    text("Reference\nORD-1\nORD-2\n")(tmp_path / "back.csv")
    assert [found[1] for found in _read(tmp_path / "back.csv")] == ["ORD-1", "ORD-2"]


def test_a_file_without_a_reference_column_says_what_to_write(tmp_path: Path) -> None:
    text("ORD-1\nORD-2\n")(tmp_path / "back.csv")
    with pytest.raises(ColumnsMissing, match=r"back\.csv has no column “reference”\. Write that word above"):
        read_references(tmp_path / "back.csv")
    text("reference\n \n")(tmp_path / "back.csv")
    with pytest.raises(EmptyFile, match=r"has a heading but no references under it."):
        read_references(tmp_path / "back.csv")
