"""Spreadsheets through the command line."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Cli, made_at_new_year, order

HEADINGS = "full_name,phone,second_phone,city,address,skus,quantities,prices,total,notes"
GOOD = "Amina Bennani,0612345678,,Casablanca,3 rue des Fleurs,TEA|POT,1|2,100|20,140,"
OTHER = "Omar Alaoui,0612345679,,Rabat,4 rue des Fleurs,TEA,1,100,100,"
BAD = "Sara Idrissi,0612345670,,Atlantis,5 rue des Fleurs,TEA,1,100,100,"


def a_file(folder: Path, *lines: str, name: str = "orders.csv") -> str:
    path = folder / name
    path.write_text("\n".join([HEADINGS, *lines]), "utf-8")
    return str(path)


def test_a_clean_file_is_imported(cli_everywhere: Cli, tmp_path: Path) -> None:
    answer = cli_everywhere("import", a_file(tmp_path, GOOD, OTHER))
    assert (answer.status, answer.out.splitlines()[-1]) == (0, "Orders imported: 2 (ORD-00001 to ORD-00002).")
    shown = cli_everywhere("--json", "orders", "show", "ORD-00001").body["data"][0]
    assert [(line["sku"], line["quantity"], line["price"]) for line in shown["products"]] == [
        ("TEA", 1, 100),
        ("POT", 2, 20),
    ]
    assert shown["history"][0]["source"] == "file"


def test_a_bad_row_is_named_and_keeps_all_out(cli: Cli, tmp_path: Path) -> None:
    answer = cli("import", a_file(tmp_path, GOOD, BAD))
    assert answer.status == 1
    assert "row 3: city: There is no city Atlantis" in answer.out
    assert answer.err.startswith("Nothing was imported: 1 row of 2 has an error. Row 3:")
    assert cli("--json", "orders", "list").body["meta"]["total"] == 0


def test_json_names_the_faults_by_row_and_column(cli: Cli, tmp_path: Path) -> None:
    answer = cli("--json", "import", a_file(tmp_path, GOOD, BAD))
    assert answer.status == 1
    assert list(answer.body["errors"]) == ["rows.3.city"]


def test_valid_rows_go_in_and_the_others_into_a_file(cli: Cli, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    answer = cli("--json", "import", a_file(tmp_path, GOOD, BAD), "--valid-only", "--rejects", str(rejects))
    assert (answer.status, answer.body["imported"], answer.body["references"]) == (1, 1, ["ORD-00001"])
    assert answer.body["meta"] == {"total": 2, "valid": 1, "rejected": 1, "known": 0}
    assert answer.body["rows"][0]["problems"][0]["column"] == "city"
    assert "Atlantis" in rejects.read_text("utf-8-sig")


def test_a_dry_run_writes_nothing(cli: Cli, tmp_path: Path) -> None:
    answer = cli("import", "--dry-run", a_file(tmp_path, GOOD, BAD))
    assert answer.status == 1
    assert answer.out.splitlines()[-1] == (
        "Rows: 2 (valid: 1, with errors: 1, already there: 0). Nothing was imported."
    )
    clean = cli("--json", "import", "--dry-run", a_file(tmp_path, GOOD))
    assert (clean.status, clean.body["meta"]["valid"], clean.body["imported"]) == (0, 1, 0)
    assert cli("--json", "orders", "list").body["meta"]["total"] == 0


def test_the_same_file_again_wants_a_word(cli: Cli, tmp_path: Path) -> None:
    path = a_file(tmp_path, GOOD)
    assert cli("import", path).status == 0
    again = cli("import", path)
    assert again.status == 1
    assert "was already imported:" in again.err
    assert cli("import", path, "--again").status == 0


def test_rejects_never_overwrite_the_file_itself(cli: Cli, tmp_path: Path) -> None:
    path = a_file(tmp_path, BAD)
    assert cli("import", path, "--rejects", path).status == 2
    assert Path(path).read_text("utf-8").endswith(BAD)


@pytest.mark.parametrize("name", ["missing.xlsx", "."])
def test_a_file_that_cannot_be_read_is_a_sentence(cli: Cli, tmp_path: Path, name: str) -> None:
    answer = cli("import", str(tmp_path / name))
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.count("\n") == 0


def test_returned_and_delivered_by_file_answer_every_row(
    cli_everywhere: Cli, database_url: str, tmp_path: Path
) -> None:
    cli = cli_everywhere
    cli("import", a_file(tmp_path, OTHER, OTHER.replace("0612345679", "0612345680")))
    cli("do", "pack", "ORD-00001", "ORD-00002")
    cli("do", "ship", "--warehouse", "MAIN", "ORD-00001", "ORD-00002")
    made_at_new_year(database_url)
    path = tmp_path / "r.csv"
    path.write_text("Référence;date\nORD-00001;31/01/2026\nNOPE;\n", "utf-8")
    answer = cli("--json", "import-delivered", str(path))
    assert answer.status == 1
    assert [(each["row"], each["outcome"]) for each in answer.body["results"]] == [(2, "done"), (3, "unknown")]
    assert answer.body["meta"]["total"] == 2
    shown = cli("--json", "orders", "show", "ORD-00001").body["data"][0]
    assert (shown["status"], shown["delivered_on"]) == ("DELIVERED", "2026-01-31")
    path.write_text("reference\nORD-00002\n", "utf-8")
    told = cli("import-returned", str(path), "--date", "2026-02-01")
    assert (told.status, told.out.splitlines()[0]) == (0, "row 2: done     ORD-00002 is now “Returned”.")


def test_a_file_of_several_ends_wants_a_word(cli: Cli, tmp_path: Path) -> None:
    cli("import", a_file(tmp_path, OTHER, GOOD))
    cli("do", "pack", "ORD-00001", "ORD-00002")
    cli("do", "ship", "--warehouse", "MAIN", "ORD-00001")
    path = tmp_path / "r.csv"
    path.write_text("reference,statut\nORD-00001,Livré\nORD-00002,Refusé\n", "utf-8")
    refused = cli("import-delivered", str(path))
    assert (
        refused.status,
        "has several statuses (Livré (1), Refusé (1)). Choose those that count." in refused.err,
    ) == (2, True)
    dry = cli("import-delivered", str(path), "--only-status", "livre", "--dry-run")
    assert (dry.status, "Nothing was changed" in dry.out) == (0, True)
    told = cli("--json", "import-delivered", str(path), "--status-column", "Statut", "--only-status", "livre")
    assert (told.status, told.body["meta"]["done"], told.body["meta"]["left_out"]) == (0, 1, 1)
    assert "1 row was ignored" in told.body["notices"][0]


def test_an_import_profile_that_does_not_exist_is_wrong_usage(cli: Cli, tmp_path: Path) -> None:
    answer = cli("import", a_file(tmp_path, GOOD), "--profile", "amana")
    assert (answer.status, "no import profile “amana”" in answer.err) == (2, True)
    assert cli("import", a_file(tmp_path, GOOD.replace("0612345678", "612345678")), "--accept-repairs").status == 0


def test_an_export_holds_the_filter_and_the_columns_asked_for(cli: Cli, tmp_path: Path) -> None:
    cli("import", a_file(tmp_path, GOOD, OTHER))
    path = tmp_path / "out.csv"
    answer = cli("export", str(path), "--search-by", "city", "--keyword", "rabat", "--columns", "reference, phone")
    assert (answer.status, answer.out) == (0, f"Orders in {path}: 1.\n")
    assert path.read_text("utf-8-sig").splitlines() == ["reference,phone", "ORD-00002,0612345679"]
    chosen = cli("--json", "export", str(tmp_path / "out.xlsx"), "ORD-00001")
    assert (chosen.body["orders"], chosen.body["file"]) == (1, str(tmp_path / "out.xlsx"))
    assert load_workbook(tmp_path / "out.xlsx").worksheets[0]["A2"].value == "ORD-00001"
    unknown = cli("export", str(tmp_path / "none.xlsx"), "ORD-00001", "ORD-99999")
    assert (unknown.status, "No order has the code ORD-99999" in unknown.err) == (1, True)
    assert not (tmp_path / "none.xlsx").exists()


def test_an_export_with_a_wrong_word_is_wrong_usage(cli: Cli, tmp_path: Path) -> None:
    for words in (("x.csv", "--columns", "colour"), ("x.pdf",), ("x.csv", "--status", "LOST")):
        assert cli("export", str(tmp_path / words[0]), *words[1:]).status == 2
    assert list(tmp_path.glob("x.*")) == []


def test_a_template_is_what_its_name_says(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    assert cli("template", str(path)).status == 0
    heading, example, *rest = path.read_text(encoding="utf-8-sig").splitlines()
    assert heading.startswith("full_name,phone,second_phone,city,address")
    assert "PROD-001" in example
    assert rest == []
    refused = cli("template", str(tmp_path / "template.ods"))
    assert (refused.status, refused.err) == (1, "template.ods must end in .xlsx or .csv.")


def test_the_template_offers_the_cities(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    assert cli("template", str(path)).status == 0
    book = load_workbook(path)
    checks = {str(check.sqref): check.formula1 for check in book["orders"].data_validations.dataValidation}
    assert checks["D2:D5001"] == f"cities!$A$1:$A${book['cities'].max_row}"
    assert "Casablanca" in [cell.value for cell in book["cities"]["A"]]


def test_the_fees_setting_is_kept_for_imports(cli: Cli, tmp_path: Path) -> None:
    assert order()["is_fees_paid_by_customer"]
    assert cli("settings", "set", "import_fees_paid_by_customer", "on").status == 0
    cli("import", a_file(tmp_path, GOOD))
    assert cli("--json", "orders", "show", "ORD-00001").body["data"][0]["is_fees_paid_by_customer"]


def test_a_row_that_stands_twice_in_a_file_wants_a_word(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "deux.csv"
    heading = "full_name,phone,second_phone,city,address,skus,quantities,prices,total,notes"
    row = "Amina Bennani,0612345678,,Casablanca,3 rue des Fleurs,TEA,1,120,120,"
    file.write_text("\n".join((heading, row, row)), encoding="utf-8")
    held = cli("import", str(file))
    assert (held.status, "row 3: The same order is in row 2." in held.out) == (1, True)
    assert cli("--json", "orders", "list").body["meta"]["total"] == 0
    assert cli("import", str(file), "--accept-twins").status == 0
    assert cli("--json", "orders", "list", "--twins").body["meta"]["total"] == 1
