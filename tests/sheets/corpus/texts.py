"""Delimited texts with orders, from the programs and countries that write them."""

from tests.sheets.corpus.making import Damaged, lines, row, text

_FRENCH_ROW = row(full_name="Amélie Fès", city="Fès", notes="À l’étage, « deux » fois")
_ARABIC_ROW = row(full_name="فاطمة الزهراء", address="شارع محمد الخامس، رقم ١٢", city="طنجة")
_LOST = " were lost when the file was saved. Save it as .xlsx or “CSV UTF-8”."

TEXTS = [
    Damaged("utf8.csv", text(lines(_ARABIC_ROW)), valid=1, check={"encoding": "utf-8", "delimiter": ";"}),
    Damaged(
        "utf8-with-mark.csv",
        text(lines(_ARABIC_ROW, delimiter=","), "utf-8-sig"),
        valid=1,
        check={"encoding": "utf-8-sig", "delimiter": ","},
    ),
    Damaged("windows-french.csv", text(lines(_FRENCH_ROW), "cp1252"), valid=1, check={"encoding": "cp1252"}),
    Damaged(
        "windows-arabic.csv",
        text(lines(_ARABIC_ROW).replace("١٢", "12"), "cp1256"),
        valid=1,
        check={"encoding": "cp1256"},
    ),
    Damaged(
        "unicode-text.csv",
        text(lines(_ARABIC_ROW, delimiter="\t"), "utf-16"),
        valid=1,
        check={"encoding": "utf-16", "delimiter": "\t"},
    ),
    Damaged(
        "utf16-without-mark.csv", text(lines(row()), "utf-16-be"), valid=1, check={"encoding": "utf-16-be"}
    ),
    Damaged(
        "sep-line.csv",
        text("sep=|\r\n" + lines(row(), delimiter="|")),
        valid=1,
        check={"delimiter": "|"},
    ),
    Damaged("pipes.csv", text(lines(row(), delimiter="|")), valid=1, check={"delimiter": "|"}),
    Damaged("text-called.xlsx", text(lines(row())), valid=1, notices=[
        "text-called.xlsx is really a delimited text; it was read as one."
    ]),
    Damaged(
        "address-not-quoted.csv",
        text(lines(row(address="12, rue Atlas", notes="fragile"), delimiter=",")),
        [
            (2, "", "error",
             "The row has 1 cell more than the headings: a text with a delimiter in it needs quotation marks.",
             ""),
        ],
    ),
    Damaged(
        "quotation-mark-left-open.csv",
        text(lines(row(), row(address='"12 rue Atlas'), row(), row())),
        refusal=(
            "DamagedFile",
            "Row 3 of quotation-mark-left-open.csv opens a quotation mark that is never closed.",
        ),
    ),
    Damaged("inch-sign.csv", text(lines(row(notes='TV 32"'))), valid=1),
    Damaged(
        "saved-by-excel.csv",
        text(
            lines(
                row(phone="2,12612E+11"),
                row(phone="2,12612345678E+11"),
                row(phone="612345678"),
                row(skus="PROD-001,PROD-002", quantities="01-févr", prices="100|50", total="200,00"),
            )
        ),
        [
            (2, "phone", "error",
             ("Excel turned this number into 2,12612E+11 and its last digits are lost."
             " Type it again, in a text cell."), ""),
            (3, "phone", "repair", "Excel turned this number into 2,12612345678E+11.", "+212612345678"),
            (4, "phone", "repair", "612345678 lost its leading 0 in Excel.", "0612345678"),
            (5, "quantities", "repair",
             "Excel changed this list into “01-févr”. Use | between the items.", "1|2"),
        ],
    ),
    Damaged(
        "arabic-saved-as-ansi.csv",
        text(lines(row(full_name="?????? Bennani", address="12 rue \ufffd"))),
        [
            (2, "full_name", "warning",
             f"Letters of “?????? Bennani”{_LOST}", ""),
            (2, "address", "warning",
             f"Letters of “12 rue \ufffd”{_LOST}", ""),
        ],
        valid=1,
    ),
    Damaged("guarded.csv", text(lines(row(notes="'=2+2 sonnettes"))), valid=1),
]  # fmt: skip
