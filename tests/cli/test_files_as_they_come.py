"""Files as they come in life, by the command line: what was silently wrong once is asked, named or refused."""

import csv
import json
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.cli.conftest import Cli
from tests.sheets.corpus.making import rezipped
from warehouse_desk.sheets.headings import ORDER_HEADINGS

BASE = ("Amina Tazi", "0612345601", "", "Casablanca", "12 rue Atlas", "PROD-001", 1, 299, 299, "")
PRODUCTS = "sku,name,barcodes,stock\nPROD-001,Montre,6111000000014,50\nPROD-002,Sac,,50\nTSHIRT BLEU M,T-shirt,,50\n"
Look = Callable[..., tuple[Any, Any]]


def a_row(at: int = 1, **changed: object) -> tuple[object, ...]:
    cells = {**dict(zip(ORDER_HEADINGS, BASE, strict=True)), "phone": f"06123456{at:02d}", **changed}
    return tuple(cells.values())


def a_text(rows: Sequence[Sequence[object]], headings: Sequence[str] = ORDER_HEADINGS, delimiter: str = ";") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows([headings, *rows])
    return out.getvalue().encode()


@pytest.fixture
def shop(cli: Cli, tmp_path: Path) -> Cli:
    """A desk with three products in a warehouse."""
    (tmp_path / "p.csv").write_text(PRODUCTS, "utf-8")
    cli("warehouses", "add", "CASA", "Casablanca")
    assert cli("products", "import", str(tmp_path / "p.csv"), "--warehouse", "CASA").status == 0
    return cli


@pytest.fixture
def look(
    shop: Cli, tmp_path: Path
) -> Callable[..., tuple[dict[str, object], dict[tuple[int, str], dict[str, object]]]]:
    """Returns the dry run of a file: its whole answer, and its problems by row and column."""

    def dry(content: bytes | Callable[[Path], object], *options: str, name: str = "f.csv") -> tuple[Any, Any]:
        path = tmp_path / name
        path.write_bytes(content) if isinstance(content, bytes) else content(path)
        said = json.loads(shop("--json", "import", str(path), "--dry-run", *options).out)
        rows = {(row["row"], each["column"]): each for row in said["rows"] for each in row["problems"]}
        return said, rows

    return dry


def test_blanks_and_marks_in_amounts_are_asked_or_refused(look: Look) -> None:
    rows = [
        a_row(1, prices="299 399", total="299 399"),
        a_row(2, prices="299.000", total="299.000"),
        a_row(3, quantities="1 2", total=3588),
        a_row(4, total="299 DH 50"),
        a_row(5, total="299 DH"),
    ]
    said, found = look(a_text(rows), "--accept-repairs")
    assert (said["meta"]["valid"], said["meta"]["rejected"]) == (1, 4)
    assert found[2, "total"]["choices"] == ["299399"]
    assert found[3, "total"]["choices"] == ["299", "299000"]
    assert found[4, "quantities"]["severity"] == found[5, "total"]["severity"] == "error"


def a_book(
    *rows: Sequence[object], headings: Sequence[str] = ORDER_HEADINGS, hidden: Sequence[int] = ()
) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for cells in (headings, *rows):
            sheet.append(list(cells))
        for row in hidden:
            sheet.row_dimensions[row].hidden = True
        book.save(path)

    return make


def test_a_formula_proposes_what_its_cell_shows(look: Look) -> None:
    made = a_book(a_row(1, total=261.625), a_row(2, total=298.395), a_row(3, total=164.175))
    _, found = look(made, name="f.xlsx")
    assert [found[row, "total"]["proposed"] for row in (2, 3, 4)] == ["261.63", "298.40", "164.18"]


def test_one_bad_byte_marks_its_row(look: Look) -> None:
    rows = [
        *(a_row(at, full_name="فاطمة الزهراء", address=f"حي السلام {at}") for at in range(3)),
        a_row(9, full_name="Ren#"),
    ]
    said, found = look(a_text(rows).replace(b"Ren#", b"Ren\xe9"))
    assert said["meta"]["valid"] == 3
    assert (set(found), found[5, "full_name"]["proposed"]) == ({(5, "full_name")}, "René")


def test_a_pair_of_open_quotation_marks_swallows_nothing(look: Look) -> None:
    text = a_text([a_row(at) for at in range(5)], delimiter=",").decode().splitlines(keepends=True)
    for at in (1, 4):
        text[at] = text[at].replace("12 rue", '"12 rue')
    said, found = look("".join(text).encode())
    assert (said["meta"]["total"], said["meta"]["valid"], sorted(found)) == (5, 3, [(2, ""), (5, "")])


def test_hidden_rows_and_statuses_wait_for_a_word(shop: Cli, look: Look, tmp_path: Path) -> None:
    said, _ = look(a_book(*(a_row(at) for at in range(4)), hidden=(3, 4)), name="h.xlsx")
    assert "2 hidden rows: rows 3, 4." in said["notices"]
    assert shop("import", str(tmp_path / "h.xlsx")).status == 2
    assert "Orders imported: 2" in shop("import", str(tmp_path / "h.xlsx"), "--no-hidden-rows").out
    statuses = ["Annulé", "Confirmé", "Pas de réponse"]
    rows = [(*a_row(20 + at), status) for at, status in enumerate(statuses)]
    said, _ = look(a_text(rows, (*ORDER_HEADINGS, "Statut")), name="s.csv")
    assert said["questions"][0]["choices"] == dict.fromkeys(statuses, 1)
    assert "Annulé (1)" in shop("import", str(tmp_path / "s.csv")).err
    done = shop("import", str(tmp_path / "s.csv"), "--only-status", "confirme")
    assert "1 order imported" in done.out
    assert "2 rows were ignored" in done.out


def test_a_statement_of_five_ends_delivers_one(shop: Cli, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_bytes(a_text([a_row(at) for at in range(5)]))
    shop("import", str(tmp_path / "o.csv"))
    references = [f"ORD-{at:05d}" for at in range(1, 6)]
    shop("do", "pack", *references)
    assert shop("do", "ship", "--warehouse", "CASA", *references).status == 0
    ends = ["Livré", "Refusé", "Retourné", "Reporté", "Annulé"]
    lines = [
        f"ASAP-{at};{each};X;Non payé;{end};299" for at, (each, end) in enumerate(zip(references, ends, strict=True))
    ]
    text = "\n".join(["Code d'envoi;Référence;Ville;État;Statut;Prix", *lines, ";;;;;1495", "Total;;;;;1495", ""])
    (tmp_path / "r.csv").write_text(text, "utf-8")
    assert shop("import-delivered", str(tmp_path / "r.csv")).status == 2
    done = json.loads(shop("--json", "import-delivered", str(tmp_path / "r.csv"), "--only-status", "Livré").out)
    assert (done["meta"]["done"], done["meta"]["left_out"], done["meta"]["total"]) == (1, 4, 1)
    assert "2 rows with totals were ignored: rows 7, 8." in done["notices"]


def test_columns_are_chosen_joined_and_named(look: Look) -> None:
    headings = (
        "Nom,Prénom,Téléphone,Téléphone 2,Ville,Adresse,Adresse 2,Quartier,Produit,SKU,Quantité,Prix,Remise,Total,Note"
    )
    row = (
        "Tazi",
        "Amina",
        "0612345678",
        "-",
        "Casa",
        "12 rue",
        "Etg 3",
        "Maarif",
        "Montre",
        "PROD-001",
        1,
        299,
        50,
        249,
        "",
    )
    said, found = look(a_text([row], headings.split(",")))
    assert (said["meta"]["valid"], list(found)) == (1, [(2, "total")])
    assert "Columns not read: Remise." in said["notices"]


def test_stock_with_thousands_is_asked(shop: Cli, tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_text('sku,name,stock\nB-1,Coques,"1,000"\nB-2,Verres,2.000\nB-3,Boites,3 4\n', "utf-8")
    refused = shop("products", "import", str(path), "--warehouse", "CASA")
    assert refused.status == 1
    assert all(f"Row {row}" in refused.out for row in (2, 3, 4))


def test_many_columns_far_cells_and_other_programs_parts_are_no_hindrance(
    look: Look,
) -> None:
    headings = (*ORDER_HEADINGS, *(f"Extra {at}" for at in range(69)))
    said, _ = look(a_text([(*a_row(), *[""] * 69)], headings))
    assert (said["meta"]["valid"], said["notices"]) == (1, [])

    def far(name: str, old: bytes) -> bytes:
        return old.replace(b"</row></sheetData>", b'<c r="XFD2" s="0"/></row></sheetData>') if "sheet1" in name else old

    said, _ = look(rezipped(a_book(a_row()), far), name="far.xlsx")
    assert said["meta"]["valid"] == 1


def test_web_codes_two_phones_and_spellings_are_proposed(look: Look) -> None:
    rows = [
        a_row(1, full_name="O&#039;Hara &amp; Fils", address="12 rue<br/>Fes"),
        a_row(2, phone="0612345601/0698765401"),
        a_row(3, second_phone="N/A", city="كازا", skus="6111000000014"),
        a_row(4, phone="0612345603 0698765403", skus="tshirt bleu m"),
    ]
    _, found = look(a_text(rows))
    assert (found[2, "full_name"]["proposed"], found[2, "address"]["proposed"]) == ("O'Hara & Fils", "12 rue\nFes")
    assert [found[3, name]["proposed"] for name in ("phone", "second_phone")] == ["0612345601", "0698765401"]
    assert found[4, "skus"]["proposed"] == "PROD-001"
    assert (4, "second_phone") not in found
    assert (4, "city") not in found
    assert (found[5, "second_phone"]["proposed"], found[5, "skus"]["proposed"]) == ("0698765403", "TSHIRT BLEU M")


def test_an_amount_far_from_the_others_is_marked(look: Look) -> None:
    rows = [*(a_row(at) for at in range(4)), a_row(9, prices=299_000, total=299_000)]
    _, found = look(a_text(rows))
    assert (found[6, "total"]["severity"], "299000 DH" in found[6, "total"]["message"]) == ("warning", True)


def test_one_order_over_two_rows_becomes_no_two_orders(look: Look) -> None:
    rows = [
        ("#1", *a_row(1, prices=299, total=633)),
        ("#1", *a_row(1, skus="PROD-002", prices=299, total=633)),
        ("#2", *a_row(2)),
        ("#3", *a_row(3)),
        ("#4", *a_row(3, skus="PROD-002")),
    ]
    said, found = look(a_text(rows, ("Order no", *ORDER_HEADINGS)))
    assert (said["meta"]["valid"], [row for row, column in found if not column]) == (3, [2, 3])
