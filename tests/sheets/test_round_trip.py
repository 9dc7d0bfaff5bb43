"""What is exported can be imported again and is the same."""

import string
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse_desk.common.languages import LANGUAGES
from warehouse_desk.common.messages import set_language
from warehouse_desk.sheets.damaged_text import is_suspect
from warehouse_desk.sheets.drafts import DraftLine, FileOrder
from warehouse_desk.sheets.importing import read_orders
from warehouse_desk.sheets.order_columns import ORDER_COLUMNS, order_cells
from warehouse_desk.sheets.writing import ColumnSpec, write_orders

_LETTERS = string.ascii_letters + string.digits + string.punctuation + " éèçàœ’«»محمدفاطمة١٢٣😀＝＋－＠"
_TEXT = st.text(_LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool).filter(lambda text: not is_suspect(text))
_LONG = (
    st.text(_LETTERS + "\n\t", max_size=60)
    .map(lambda text: text.replace("\t", " ").strip())
    .filter(lambda text: not is_suspect(text))  # what looks damaged is asked about
)
_PHONES = st.from_regex(r"(0|\+212)[567][0-9]{8}", fullmatch=True)
_SKUS = st.text(string.ascii_uppercase + string.digits + "-_./+=@", min_size=1, max_size=12)
_AMOUNTS = st.integers(100, 99_999_900)
_LINES = st.lists(
    st.builds(DraftLine, _SKUS, st.integers(1, 999_999), _AMOUNTS),
    min_size=1,
    max_size=10,
    unique_by=lambda line: line.sku,
).map(tuple)
_ORDERS = st.builds(
    FileOrder,
    full_name=_TEXT,
    phone=_PHONES,
    second_phone=st.one_of(st.just(""), _PHONES),
    city=_TEXT,
    address=_LONG.filter(bool),
    lines=_LINES,
    total=_AMOUNTS,
    notes=_LONG,
    area=st.just(""),
)


def _exported_and_imported(orders: list[FileOrder], ending: str) -> list[FileOrder]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"orders{ending}"
        write_orders(path, map(order_cells, orders), ORDER_COLUMNS)
        skus = {line.sku: True for order in orders for line in order.lines}
        preview = read_orders(path, known_skus=skus, cities={})
        blocking = [str(p.message) for row in preview.rows for p in row.problems if p.blocks]
        assert blocking == []
        return list(preview.valid_rows())


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@settings(max_examples=60)
@given(orders=st.lists(_ORDERS, min_size=1, max_size=5, unique_by=lambda order: order.phone))
def test_an_export_imported_again_gives_the_same_orders(ending: str, orders: list[FileOrder]) -> None:
    assert _exported_and_imported(orders, ending) == orders


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_csv_in_the_delimiter_of_each_language_is_read_back(language: str) -> None:
    order = FileOrder(
        "Amina; Bennani, «x»",
        "+212612345678",
        "",
        "Fès",
        "a;b,c|d",
        (DraftLine("A;1", 2, 19_950),),
        39_900,
        "1;2",
    )
    set_language(language)
    try:
        assert _exported_and_imported([order], ".csv") == [order]
    finally:
        set_language("en")


def test_an_export_with_more_columns_around_is_still_understood(tmp_path: Path) -> None:
    order = FileOrder("Ali", "0612345678", "", "Rabat", "1 rue A", (DraftLine("P1", 1, 10_000),), 10_000, "")
    columns = [ColumnSpec("reference"), ColumnSpec("status"), *ORDER_COLUMNS, ColumnSpec("created", "moment")]
    write_orders(tmp_path / "all.xlsx", [("ORD-1", "NEW", *order_cells(order), None)], columns)
    preview = read_orders(tmp_path / "all.xlsx", known_skus={"P1": True}, cities={})
    assert list(preview.valid_rows()) == [order]
