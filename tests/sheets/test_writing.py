"""Files for other people's spreadsheets: right types, nothing that runs, all or nothing."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.sheets.corpus.making import CITIES, SKUS, book, row
from warehouse_desk.common.languages import LANGUAGES
from warehouse_desk.common.messages import set_language
from warehouse_desk.sheets.errors import CannotWrite, Stopped, WrongFileKind
from warehouse_desk.sheets.headings import ORDER_HEADINGS
from warehouse_desk.sheets.importing import read_orders
from warehouse_desk.sheets.template import INSTRUCTIONS, SAMPLE, write_template
from warehouse_desk.sheets.writing import ColumnSpec, write_orders

_COLUMNS = [
    ColumnSpec("reference"),
    ColumnSpec("phone"),
    ColumnSpec("total", "money", 12),
    ColumnSpec("pieces", "whole"),
    ColumnSpec("shipped", "day"),
    ColumnSpec("changed", "moment"),
]
_ROW = ("ORD-1", "0612345678", 19_950, 3, date(2026, 11, 3), datetime(2026, 11, 3, 14, 5))  # noqa: DTZ001
_FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x")',
    "+1+cmd",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋x",
    "－x",
    "＠x",
]


def _texts(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_a_workbook_holds_real_numbers_days_and_phones_as_text(tmp_path: Path) -> None:
    assert write_orders(tmp_path / "orders.xlsx", [_ROW], _COLUMNS) == 1
    sheet = load_workbook(tmp_path / "orders.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [
        "ORD-1", "0612345678", 199.5, 3, datetime(2026, 11, 3), datetime(2026, 11, 3, 14, 5)  # noqa: DTZ001
    ]  # fmt: skip
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n", "d", "d"]
    assert [cell.number_format for cell in sheet[2]] == [
        "@", "@", "#,##0.00", "0", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
    ]  # fmt: skip


def test_the_headings_stay_in_sight_and_can_be_filtered(tmp_path: Path) -> None:
    write_orders(tmp_path / "orders.xlsx", [_ROW, _ROW], _COLUMNS)
    sheet = load_workbook(tmp_path / "orders.xlsx").active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.column_dimensions["C"].width == pytest.approx(12, abs=1)


@pytest.mark.parametrize("formula", _FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_text(formula: str, tmp_path: Path) -> None:
    write_orders(tmp_path / "orders.xlsx", [(formula,)], _COLUMNS[:1])
    sheet = load_workbook(tmp_path / "orders.xlsx").active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"
    write_orders(tmp_path / "orders.csv", [(formula,)], _COLUMNS[:1])
    assert _texts(tmp_path / "orders.csv")[1][0].startswith("'")


@pytest.mark.parametrize("plain", ["+212612345678", "0612345678", "-12.50", "+212 612 345 678", "=".join("ab")])
def test_a_phone_or_number_is_not_touched(plain: str, tmp_path: Path) -> None:
    write_orders(tmp_path / "orders.csv", [(plain,)], _COLUMNS[:1])
    assert _texts(tmp_path / "orders.csv")[1] == [plain]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_control_characters_do_not_break_a_file(ending: str, tmp_path: Path) -> None:
    rows = [("a\x00b\x0bc\x1f\ufffe\ud800d",)]
    write_orders(tmp_path / f"orders{ending}", rows, _COLUMNS[:1])
    if ending == ".csv":
        assert _texts(tmp_path / "orders.csv")[1] == ["abcd"]
    else:
        sheet = load_workbook(tmp_path / "orders.xlsx").active
        assert sheet is not None
        assert sheet["A2"].value == "abcd"


@pytest.mark.parametrize(("language", "delimiter"), [("fr", ";"), ("ar", ";"), ("en", ",")])
def test_a_csv_opens_in_the_excel_of_each_language(language: str, delimiter: str, tmp_path: Path) -> None:
    set_language(language)
    try:
        write_orders(tmp_path / "orders.csv", [_ROW], _COLUMNS)
    finally:
        set_language("en")
    content = (tmp_path / "orders.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[1] == delimiter.join(
        (
            "ORD-1",
            "0612345678",
            "199,50" if language != "en" else "199.50",
            "3",
            "2026-11-03",
            "2026-11-03 14:05",
        )
    )


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_stopped_export_leaves_the_old_file_and_nothing_else(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"orders{ending}"
    path.write_bytes(b"yesterday")
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(Stopped):
        write_orders(path, [_ROW] * 5_000, _COLUMNS, cancelled=stop)
    assert path.read_bytes() == b"yesterday"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_fault_while_reading_the_orders_leaves_nothing(ending: str, tmp_path: Path) -> None:
    def rows() -> Iterator[Sequence[object]]:
        yield _ROW
        raise ConnectionError("database gone")

    with pytest.raises(ConnectionError):
        write_orders(tmp_path / f"orders{ending}", rows(), _COLUMNS)
    assert list(tmp_path.iterdir()) == []


def test_progress_ends_at_the_number_of_rows(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_orders(tmp_path / "o.csv", [_ROW] * 4_500, _COLUMNS, progress=lambda *done: seen.append(done), total=4_500)
    assert seen == [(0, 4_500), (2_000, 4_500), (4_000, 4_500), (4_500, 4_500)]


def test_where_nothing_can_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"The folder for orders\.csv does not exist\."):
        write_orders(tmp_path / "no" / "orders.csv", [_ROW], _COLUMNS)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(CannotWrite, match=r"folder\.csv cannot be written"):
        write_orders(tmp_path / "folder.csv", [_ROW], _COLUMNS)
    with pytest.raises(WrongFileKind, match=r"orders\.pdf must end in \.xlsx or \.csv\."):
        write_orders(tmp_path / "orders.pdf", [_ROW], _COLUMNS)


def test_the_template_is_itself_an_import(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    skus = {line.sku: True for line in SAMPLE.lines}
    preview = read_orders(tmp_path / "template.xlsx", known_skus=skus, cities={"casablanca": "Casablanca"})
    assert list(preview.valid_rows()) == [SAMPLE]
    assert [row.problems for row in preview.rows] == [()]


def test_the_template_explains_and_checks_itself(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    book = load_workbook(tmp_path / "template.xlsx")
    assert book.sheetnames == ["orders", "FR - AR - EN"]
    checks = {str(check.sqref): check.type for check in book["orders"].data_validations.dataValidation}
    assert checks == {
        "A2:A5001": "textLength", "B2:B5001": "textLength", "E2:E5001": "textLength", "I2:I5001": "decimal"
    }  # fmt: skip
    assert book["orders"]["F2"].value == "PROD-001|PROD-002"
    said = [cell.value for cell in book["FR - AR - EN"]["A"] if cell.value]
    assert said[:: len(INSTRUCTIONS) + 1] == [each.name for each in LANGUAGES.values()]
    assert len(said) == (len(INSTRUCTIONS) + 1) * len(LANGUAGES)


def test_rejected_rows_keep_their_cells_and_say_why(tmp_path: Path) -> None:
    columns = (*ORDER_HEADINGS, "commercial")
    book((*row(), "Omar"), (*row(phone=612345678, total=0), "Sara"), headings=columns)(tmp_path / "in.xlsx")
    preview = read_orders(tmp_path / "in.xlsx", known_skus=SKUS, cities=CITIES)
    assert preview.write_rejects(tmp_path / "rejected.xlsx") == 1
    sheet = load_workbook(tmp_path / "rejected.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == [*columns, "reason"]
    assert [cell.value for cell in sheet[2]][:3] == ["Amina Bennani", 612345678, None]
    assert sheet["B2"].number_format == "@"  # what is typed over it keeps its leading zero
    assert sheet["K2"].value == "Sara"
    assert sheet["L2"].value == (
        "612345678 lost its leading 0 in Excel. Proposed: 0612345678 · The amount 0 DH is not between 1 and 999,999."
    )
    again = read_orders(tmp_path / "rejected.xlsx", known_skus=SKUS, cities=CITIES)
    again.accept(0, "phone")
    again.fix(0, "total", "199")
    assert [order.total for order in again.valid_rows()] == [19_900]
    again.fix(0, "total", "")
    again.write_rejects(tmp_path / "third.csv")
    assert _texts(tmp_path / "third.csv")[0] == [*columns, "reason"]
