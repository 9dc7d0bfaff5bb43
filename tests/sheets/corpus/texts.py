"""Delimited texts with orders, from the programs and countries that write them."""

from tests.sheets.corpus.making import Damaged, lines, row, text

_FRENCH_ROW = row(full_name="Amélie Fès", city="Fès", notes="À l’étage, « deux » fois")
_ARABIC_ROW = row(full_name="فاطمة الزهراء", address="شارع محمد الخامس، رقم ١٢", city="طنجة")
_LOST = " were lost when the file was saved. Save it as .xlsx or “CSV UTF-8”."
_OPEN = "A quotation mark is left open in this row."
_WRONGLY_READ = " was read in a wrong encoding before it came into this file."
_OTHERS = [row(full_name=f"Client {n}", phone=f"061234568{n}") for n in range(3)]

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
        text(lines(row(), row(address='"12 rue Atlas'), *_OTHERS[:2])),
        [(3, "", "error", "A quotation mark is left open in this row.", "")],
        valid=3,
    ),
    Damaged(
        "quotation-marks-left-open-in-two-rows.csv",
        text(lines(row(), row(address='"12 rue'), *_OTHERS, row(address='"Imm 5', phone="0612345690"), delimiter=",")),
        [(3, "", "error", _OPEN, ""), (7, "", "error", _OPEN, "")],
        valid=4,
    ),
    Damaged(
        "quotation-mark-left-open-before-a-quoted-row.csv",
        text(lines(row(address='"12 rue'), row(phone="0612345690", address='"12, rue ""A"""'), delimiter=",")),
        [(2, "", "error", _OPEN, "")],
        valid=1,
    ),
    Damaged(
        "an-address-on-two-lines.csv",
        text(lines(row(address='"12 rue Atlas\nEtg 3, apt 4"'), row(phone="0612345690"), delimiter=",")),
        valid=2,
    ),
    Damaged(
        "cut-within-its-last-row.csv",
        text(lines(row(), row(full_name="Ali")).removesuffix(";199;\r\n")[:-2]),
        [(3, "", "error", "The file ends within this row: its copy or download did not finish.", "")],
        valid=1,
    ),
    Damaged(
        "one-byte-of-another-encoding.csv",
        lambda path: path.write_bytes(lines(_ARABIC_ROW, row(full_name="Ren#")).encode().replace(b"Ren#", b"Ren\xe9")),
        [(3, "full_name", "repair",
          "“Ren\ufffd” holds letters in another encoding than the rest of the file.", "René")],
        valid=1,
        check={"encoding": "utf-8"},
    ),
    Damaged("mac.csv", text(lines(_FRENCH_ROW), "mac_roman"), valid=1, check={"encoding": "mac_roman"}),
    Damaged(
        "dos.csv",
        text(lines(row(full_name="Amélie Fès", address="à côté du café, 3e étage", city="Fès")), "cp850"),
        valid=1,
        check={"encoding": "cp850"},
    ),
    Damaged("iso-arabic.csv", text(lines(_ARABIC_ROW).replace("١٢", "12"), "iso8859_6"), valid=1,
            check={"encoding": "iso8859_6"}),
    Damaged(
        "read-in-a-wrong-encoding.csv",
        text(lines(
            row(full_name="Amélie".encode().decode("cp1252"), address="حي السلام".encode().decode("cp1256")),
        )),
        [(2, "full_name", "repair", f"“AmÃ©lie”{_WRONGLY_READ}", "Amélie"),
         (2, "address", "repair", f"“طظٹ ط§ظ„ط³ظ„ط§ظ…”{_WRONGLY_READ}", "حي السلام")],
    ),
    Damaged(
        "codes-of-a-web-page.csv",
        text(lines(
            row(full_name="O&#039;Hara &amp; Fils", address="12 rue de l&#8217;Atlas<br/>Fes", notes="R&D; 3 < 4"),
            delimiter=",",
        )),
        [(2, "full_name", "repair", "“O&#039;Hara &amp; Fils” holds codes of a web page.", "O'Hara & Fils"),
         (2, "address", "repair", "“12 rue de l&#8217;Atlas<br/>Fes” holds codes of a web page.",
          "12 rue de l’Atlas\nFes")],
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
