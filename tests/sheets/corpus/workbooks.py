"""Workbooks with orders, as Excel and people leave them."""

from datetime import datetime

from tests.sheets.corpus.making import Damaged, book, rezipped, row, several_sheets, with_part
from warehouse_desk.sheets.headings import ORDER_HEADINGS

_TWO = {"skus": "PROD-001,PROD-002", "prices": "100|50"}
_LOST_ZERO = "612345678 lost its leading 0 in Excel."
_FRENCH = (
    "Nom complet", "Téléphone", "Téléphone 2", "VILLE", "Adresse de livraison", "Produits", "Qté",
    "Prix unitaire", "Total à encaisser", "Remarques",
)  # fmt: skip
_ARABIC = (
    "الإسم الكامل", "رقم الهاتف", "الهاتف الثاني", "المدينة", "العنوان", "رموز المنتجات",
    "الكمية", "السعر", "المجموع", "ملاحظات",
)  # fmt: skip


def _changed(value: str) -> str:
    return f"Excel changed this list into “{value}”. Use | between the items."


def _merged(column: str) -> str:
    return f"{column}: taken from a merged cell above. Check that it belongs to this row too."


WORKBOOKS = [
    Damaged("headings-in-another-order.xlsx", book(row()[::-1], headings=ORDER_HEADINGS[::-1]), valid=1),
    Damaged("headings-french.xlsx", book(row(), headings=_FRENCH), valid=1),
    Damaged("headings-arabic.xlsx", book(row(city="طنجة"), headings=_ARABIC), valid=1),
    Damaged(
        "headings-under-a-title.xlsx",
        book(row(), above=[["Commandes du 3 novembre"], [], ["", "Agence Maârif"]], merge=["A1:J1"]),
        valid=1,
    ),
    Damaged(
        "headings-twice-the-same.xlsx",
        book((*row(), "0700000000"), headings=[*ORDER_HEADINGS, "Tél"]),
        valid=1,
        notices=["Two columns can be phone: “phone” was read, “Tél” was ignored."],
    ),
    Damaged(
        "column-missing.xlsx",
        book(row()[:-1], headings=ORDER_HEADINGS[:-1]),
        refusal=(
            "ColumnsMissing",
            (
                "Missing in column-missing.xlsx: notes. Row 1 has: full_name, phone, second_phone, city, address,"
                " skus, quantities, prices, total. Add the missing headings, even over empty columns."
            ),
        ),
    ),
    Damaged(
        "no-headings.xlsx",
        book(headings=row()),  # type: ignore[arg-type]
        refusal=(
            "ColumnsMissing",
            (
                "There are no headings in the first 10 rows of no-headings.xlsx. Columns needed:"
                " full_name, phone, second_phone, city, address, skus, quantities, prices, total, notes."
                " The template has them all."
            ),
        ),
    ),
    Damaged(
        "only-headings.xlsx",
        book(),
        refusal=("EmptyFile", "only-headings.xlsx has headings but no orders under them."),
    ),
    Damaged("phone-as-number.xlsx", book(row(phone=612345678)), [(2, "phone", "repair", _LOST_ZERO, "0612345678")]),
    Damaged("phone-with-country-as-number.xlsx", book(row(phone=212612345678)), valid=1),
    Damaged(
        "phone-scientific.xlsx",
        book(row(phone=2.126e11)),
        [
            (
                2,
                "phone",
                "error",
                (
                    "Excel turned this number into 212600000000 and its last digits are lost."
                    " Type it again, in a text cell."
                ),
                "",
            )
        ],
    ),
    Damaged("phone-arabic-digits.xlsx", book(row(phone="٠٦١٢\u00a0٣٤٥٦٧٨\u200f")), valid=1),
    Damaged(
        "phone-foreign.xlsx",
        book(row(phone="+33 6 12 34 56 78")),
        [
            (
                2,
                "phone",
                "warning",
                "+33612345678 is not a Moroccan number: shipping companies may refuse it.",
                "",
            )
        ],
        valid=1,
    ),
    Damaged(
        "phone-two-in-a-cell.xlsx",
        book(
            row(phone="0612345678 / 0699887766"),
            row(phone="0612345670 0699887760", second_phone="-", full_name="Ali"),
            row(phone="0612345671/0699887761", second_phone="0522123456", full_name="Sara"),
        ),
        [
            (2, "phone", "repair", "“0612345678 / 0699887766” holds two numbers: one for each column.", "0612345678"),
            (
                2,
                "second_phone",
                "repair",
                "“0612345678 / 0699887766” holds two numbers: one for each column.",
                "0699887766",
            ),
            (3, "phone", "repair", "“0612345670 0699887760” holds two numbers: one for each column.", "0612345670"),
            (
                3,
                "second_phone",
                "repair",
                "“0612345670 0699887760” holds two numbers: one for each column.",
                "0699887760",
            ),
            (4, "phone", "warning", "“0612345671/0699887761” is more than one number: all are kept.", ""),
        ],
        valid=1,
    ),
    Damaged(
        "no-second-phone.xlsx",
        book(
            *[
                row(second_phone=none, phone=f"06123456{at:02d}")
                for at, none in enumerate(["-", "N/A", 0, "لا يوجد", "--", "Néant"])
            ]
        ),
        valid=6,
    ),
    Damaged(
        "list-became-decimal.xlsx",
        book(row(**_TWO, quantities=1.2, total=200)),
        [(2, "quantities", "repair", _changed("1.2"), "1|2")],
    ),
    Damaged(
        "list-lost-a-zero.xlsx",
        book(row(**_TWO, quantities=1.1, total=600)),  # typed as 1,10
        [(2, "quantities", "repair", _changed("1.1"), "1|10")],
    ),
    Damaged(
        "list-became-a-day.xlsx",
        book(row(**_TWO, quantities=datetime(2026, 2, 1), total=200)),  # noqa: DTZ001 - a cell has no zone
        [(2, "quantities", "repair", _changed("2026-02-01"), "1|2")],
    ),
    Damaged(
        "list-became-an-american-day.xlsx",
        book(row(**_TWO, quantities=datetime(2026, 1, 2), total=200)),  # noqa: DTZ001 - a cell has no zone
        [(2, "quantities", "repair", _changed("2026-01-02"), "1|2")],
    ),
    Damaged(
        "prices-became-thousands.xlsx",
        book(row(skus="PROD-001,PROD-002", quantities="1|2", prices=100200, total=500)),
        [(2, "prices", "repair", _changed("100200"), "100|200")],
    ),
    Damaged(
        "prices-in-doubt.xlsx",
        book(row(skus="PROD-001,PROD-002", quantities="1|1", prices=199.25, total=300)),
        [(2, "prices", "error", _changed("199.25"), "")],
    ),
    Damaged(
        "prices-confirmed-by-total.xlsx",
        book(row(skus="PROD-001,PROD-002", quantities="1|1", prices=199.25, total=449)),
        [(2, "prices", "repair", _changed("199.25"), "199|250")],
    ),
    Damaged(
        "prices-decimal-commas.xlsx",
        book(row(skus="PROD-001,PROD-002", quantities="1,1", prices="199,50,20,00", total=219.5)),
        [
            (
                2,
                "prices",
                "repair",
                "“199,50,20,00” can be read in two ways. Use | between the prices.",
                "199.50|20.00",
            )
        ],
    ),
    Damaged(
        "counts-differ.xlsx",
        book(row(skus="PROD-001|PROD-002", quantities="1|2|3", prices="100|50")),
        [(2, "quantities", "error", "Items: 3, products: 2. They must be the same: “1|2|3”.", "")],
    ),
    Damaged(
        "sku-lost-zeros.xlsx",
        book(row(skus=123)),
        [(2, "skus", "repair", "There is no product 123. Perhaps 00123?", "00123")],
    ),
    Damaged(
        "sku-in-another-case-and-with-blanks.xlsx",
        book(row(skus="prod 001"), row(skus="p-3", phone="0612345670")),
        [
            (2, "skus", "repair", "There is no product prod 001. Perhaps PROD-001?", "PROD-001"),
            (3, "skus", "repair", "There is no product p-3. Perhaps P3?", "P3"),
        ],
    ),
    Damaged(
        "sku-became-a-day.xlsx",
        book(row(skus=datetime(2026, 11, 10))),  # noqa: DTZ001 - a cell has no zone
        [(2, "skus", "repair", "There is no product 2026-11-10. Perhaps 10-11?", "10-11")],
    ),
    Damaged(
        "sku-unknown-and-inactive.xlsx",
        book(row(skus="NOPE"), row(skus="PROD-OLD")),
        [
            (2, "skus", "error", "There is no product NOPE.", ""),
            (3, "skus", "error", "The product PROD-OLD is not active.", ""),
        ],
    ),
    Damaged(
        "sku-twice.xlsx",
        book(row(skus="PROD-001|PROD-001|", quantities="1|2|", prices="199|199", total=597)),
        [(2, "skus", "warning", "PROD-001 is listed twice; its pieces were added up.", "")],
        valid=1,
    ),
    Damaged(
        "eleven-products.xlsx",
        book(row(skus="|".join(f"P{n}" for n in range(1, 12)))),
        [(2, "skus", "error", "Too many products: 11 instead of 10 at most.", "")],
    ),
    Damaged(
        "half-a-piece.xlsx",
        book(row(quantities=1.5)),
        [(2, "quantities", "error", "“1.5” is not a whole number of pieces.", "")],
    ),
    Damaged(
        "true-as-quantity.xlsx",
        book(row(total="199,00 DH"), row(full_name="Ali", quantities=True)),
        [(3, "quantities", "error", "“TRUE” is not a whole number of pieces.", "")],
        valid=1,
    ),
    Damaged(
        "amounts-out-of-range.xlsx",
        book(row(total=0), row(total=1_000_000), row(prices="-5")),
        [
            (2, "total", "error", "The amount 0 DH is not between 1 and 999,999.", ""),
            (3, "total", "error", "The amount 1000000 DH is not between 1 and 999,999.", ""),
            (4, "prices", "error", "“-5” is not an amount of money.", ""),
        ],
    ),
    Damaged(
        "thousands-became-decimals.xlsx",
        book(row(prices="1 299,00 DH", total=1.299)),
        [(2, "total", "repair", "“1.299” can be read as 1.30 or as 1299.", "")],
    ),
    Damaged(
        "total-differs.xlsx",
        book(row(total=234.5)),
        [(2, "total", "warning", "The total is 234.50 DH, the products together 199 DH.", "")],
        valid=1,
    ),
    Damaged(
        "cities.xlsx",
        book(row(city="EL-JADIDA"), row(city="Fes\u00a0", phone="0612345670"), row(city="Paris")),
        [
            (4, "city", "error", "There is no city Paris in the list of cities.", ""),
        ],
        valid=2,
    ),
    Damaged(
        "cells-missing.xlsx",
        book(row(full_name=None, phone=None, city=None, address="\u200f ", skus=None, total=None)),
        [
            (2, "full_name", "error", "Missing: full_name.", ""),
            (2, "phone", "error", "Missing: phone.", ""),
            (2, "city", "error", "Missing: city.", ""),
            (2, "address", "error", "Missing: address.", ""),
            (2, "total", "error", "Missing: total.", ""),
            (2, "skus", "error", "There is no product.", ""),
        ],
    ),
    Damaged(
        "too-long.xlsx",
        book(row(full_name="x" * 101, address="y" * 1001)),
        [
            (2, "full_name", "error", "full_name: too long, 101 characters instead of 100 at most.", ""),
            (2, "address", "error", "address: too long, 1001 characters instead of 1000 at most.", ""),
        ],
    ),
    Damaged(
        "merged-cells.xlsx",
        book(row(), row(full_name=None, skus="PROD-002"), merge=["A2:A3"]),
        [(3, "full_name", "warning", _merged("full_name"), "")],
        valid=2,
        notices=["1 row took a value from a merged cell above it."],
    ),
    Damaged("blank-rows.xlsx", book(row(), (None,) * 10, (" ",) * 10, row(phone="0612345679")), valid=2, blank=2),
    Damaged(
        "headings-repeated.xlsx",
        book(row(), ORDER_HEADINGS, row(phone="0612345679")),
        valid=2,
        notices=["1 row repeats the headings and was ignored."],
    ),
    Damaged(
        "same-order-twice.xlsx",
        book(row(), row(full_name="AMINA  bennani", phone="+212612345678")),
        [(3, "", "warning", "The same order is in row 2.", "")],
        valid=2,
    ),
    Damaged(
        "formula-never-calculated.xlsx",
        book(row(total="=G2*H2")),
        [(2, "total", "error", "Missing: total.", "")],
        notices=[
            (
                "The file has formulas whose results were never saved; they were read as empty."
                " Open it in Excel and save it."
            )
        ],
    ),
    Damaged(
        "formula-with-value.xlsx",
        rezipped(
            book(row(total="=G2*H2")),
            lambda _, old: old.replace(b"<f>G2*H2</f><v />", b"<f>G2*H2</f><v>199</v>"),
        ),
        valid=1,
    ),
    Damaged(
        "formula-error.xlsx",
        book(row(notes="#N/A")),
        valid=1,
        notices=["The file has formula errors such as #N/A; they were read as empty."],
    ),
    Damaged(
        "third-sheet-not-in-the-corner.xlsx",
        several_sheets,
        [(5, "city", "error", "There is no city Paris in the list of cities.", "")],
        valid=1,
        notices=["Only the sheet “Commandes” was read. Ignored: Sheet, Villes."],
        check={"sheet": "Commandes"},
    ),
    Damaged(
        "formatted-far-away.xlsx",
        rezipped(
            book(row()),
            lambda _, old: old.replace(
                b"</sheetData>",
                b'<row r="3"><c r="XFD3" s="0"/></row><row r="1048576" s="1" customFormat="1"/></sheetData>',
            ),
        ),
        valid=1,
    ),
    Damaged(
        "formatted-to-the-end.xlsx",
        rezipped(
            book(row()),
            lambda _, old: old.replace(
                b"</sheetData>",
                b'<row r="1048576"><c r="A1048576" s="0"></c><c r="XFD1048576" s="0"/></row></sheetData>',
            ),
        ),
        valid=1,
    ),
    Damaged(
        "a-value-far-to-the-right.xlsx",
        rezipped(
            book(row()),
            lambda _, old: old.replace(b"</row></sheetData>", b'<c r="ZZ2"><v>7</v></c></row></sheetData>'),
        ),
        valid=1,
        notices=["Columns not read: ZZ."],
    ),
    Damaged(
        "data-of-another-program-in-utf16.xlsx",
        with_part("customXml/item1.xml", "<?xml version='1.0' encoding='utf-16'?><DataMashup/>".encode("utf-16")),
        valid=1,
    ),
    Damaged(
        "workbook-called.csv",
        book(row()),
        valid=1,
        notices=["workbook-called.csv is really an Excel workbook; it was read as one."],
    ),
]
