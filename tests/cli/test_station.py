"""Who works where on which database: options, environment, settings file, in this order."""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, door, orders
from tests.support.terminal import at_a_terminal
from warehouse_desk.app.run import run
from warehouse_desk.common.messages import current_language


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder named by the environment."""
    monkeypatch.setenv("WAREHOUSE_DESK_DATA_DIR", str(tmp_path / "station"))
    return tmp_path / "station"


def _place(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert run(["--json", *words, "db", "upgrade"]) == 0
    return Path(json.loads(capsys.readouterr().out)["database"]).name


def test_the_command_line_comes_before_environment_settings_file_and_default(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _place(capsys) == "warehouse-desk.db"
    (folder / "settings.toml").write_text(f'database_url = "sqlite:///{folder.as_posix()}/from-file.db"\n')
    assert _place(capsys) == "from-file.db"
    monkeypatch.setenv("WAREHOUSE_DESK_DATABASE", f"sqlite:///{folder.as_posix()}/from-environment.db")
    assert _place(capsys) == "from-environment.db"
    assert _place(capsys, "--database", f"sqlite:///{folder.as_posix()}/given.db") == "given.db"


def test_a_data_folder_may_have_any_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "dépôt 100% #1 ?"
    assert run(["db", "upgrade", "--data-dir", str(folder)]) == 0
    assert (folder / "warehouse-desk.db").is_file()


def test_common_options_stand_before_or_after_the_command(cli: Cli) -> None:
    assert cli("--json", "cities", "list").body == cli("cities", "--json", "list").body
    assert cli("cities", "list", "--json").body["meta"]["total"] > 50


def test_user_and_station_are_kept_in_the_history(cli: Cli) -> None:
    cli("--user", "salma", "--station", "Quai 2", "orders", "create", "-", stdin=orders(1))
    event = cli("--json", "orders", "show", "ORD-00001").body["data"][0]["history"][0]
    assert (event["user"], event["station"], event["source"]) == ("salma", "Quai 2", "cli")


def test_an_unknown_or_impossible_setting_is_told_and_the_work_goes_on(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text('theme = "pink"\ncolour = "red"\n')
    answer = cli("cities", "list")
    assert answer.status == 0
    assert "The setting theme cannot be pink. Write one of system, light, dark. It is ignored." in answer.err
    assert "There is no setting colour. Known: database_url, " in answer.err


def test_a_database_with_users_wants_the_password_from_the_environment(
    cli: Cli, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAREHOUSE_DESK_NEW_PASSWORD", "secret-1")
    assert cli("users", "add", "Amal", "--role", "Admin").status == 0
    silent = cli("users", "list")
    monkeypatch.setenv("WAREHOUSE_DESK_PASSWORD", "wrong")
    wrong = cli("users", "list")
    monkeypatch.setenv("WAREHOUSE_DESK_PASSWORD", "secret-1")
    right = cli("--json", "users", "list")
    assert (silent.status, wrong.status, right.status) == (1, 1, 0)
    assert silent.err == ("This database has users: add --user NAME and put the password in WAREHOUSE_DESK_PASSWORD.")
    assert wrong.err == "The name “amal” or its password is wrong. Try again, or ask a supervisor."
    assert [(user["name"], user["role"], user["active"]) for user in right.body["data"]] == [("Amal", "Admin", True)]


def test_a_packer_may_not_cancel(
    cli: Cli, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    for variable in ("WAREHOUSE_DESK_NEW_PASSWORD", "WAREHOUSE_DESK_PASSWORD"):
        monkeypatch.setenv(variable, "secret-1")
    cli("users", "add", "amal", "--role", "Admin")
    cli("users", "add", "omar", "--role", "Packer")
    packer = door(sqlite_url, tmp_path / "data", capsys, monkeypatch, user="omar")
    answer = packer("do", "cancel", "ORD-00001", "--reason", "no")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("omar may not do this: the right “markAsCanceledByScanner” is missing.")
    assert packer("do", "pack", "ORD-00001").status == 0


def test_a_healthy_database_is_checked_and_not_changed(cli_everywhere: Cli) -> None:
    answer = cli_everywhere("--json", "db", "check")
    assert (answer.status, answer.body["ok"], answer.body["faults"]) == (0, True, [])


def test_a_total_that_the_ledger_does_not_prove_is_told(cli: Cli, sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE stock SET on_hand = on_hand + 5")
    answer = cli("--json", "db", "check")
    assert (answer.status, answer.body["ok"]) == (1, False)
    assert answer.err == answer.body["faults"][0]
    assert "is 105, the stock history says 100" in answer.err


def test_check_makes_no_database_where_there_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["db", "check", "--data-dir", str(tmp_path)]) == 3
    assert capsys.readouterr().err.endswith("Run: warehouse-desk db upgrade\n")
    assert not (tmp_path / "warehouse-desk.db").exists()


@pytest.mark.parametrize(
    ("url", "status", "sentence"),
    [
        ("postgresql://desk:geheim@127.0.0.1:1/orders", 3, "127.0.0.1/orders cannot be reached. "),
        ("sqlite:////no/such/folder/desk.db", 3, "/no/such/folder/desk.db cannot be opened. "),
        ("mysql://server/orders", 2, "“mysql://server/orders” is not a database address. "),
        ("sqlite://", 2, "“sqlite://” is not a database address. "),
    ],
)
def test_a_database_out_of_reach_is_one_sentence_without_its_password(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str, status: int, sentence: str
) -> None:
    assert run(["orders", "list", "--database", url, "--data-dir", str(tmp_path)]) == status
    said = capsys.readouterr()
    assert said.err.startswith(sentence)
    assert "geheim" not in said.err + said.out


def test_a_file_that_is_no_database_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "warehouse-desk.db").write_text("orders of last week\n" * 100)
    assert run(["orders", "list", "--data-dir", str(tmp_path)]) == 3
    assert "is not a Warehouse Desk database. Choose another file." in capsys.readouterr().err


def test_the_log_tells_the_shift_without_naming_a_customer(cli: Cli, tmp_path: Path) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    cli("scan", "--mode", "pack", stdin="ORD-00001\nClient 1\n0612345678\n")
    (file,) = (tmp_path / "data" / "logs").iterdir()
    text = file.read_text(encoding="utf-8")
    assert "[S1/amal] created 1 orders" in text
    assert "[S1/amal] scan pack ORD-00001: done" in text
    assert "scan pack: unknown, a code of 8 characters" in text
    assert "Client" not in text
    assert "0612345678" not in text


@pytest.mark.parametrize(
    ("asked", "environment", "spoken"),
    [("fr", "ar_MA.UTF-8", "fr"), ("", "ar_MA.UTF-8", "ar"), ("", "de_DE.UTF-8", "en"), ("", "", "en")],
)
def test_the_language_is_the_one_asked_for_else_the_environments(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, asked: str, environment: str, spoken: str
) -> None:
    monkeypatch.setenv("LANG", environment)
    assert cli("cities", "list", *(["--lang", asked] if asked else [])).status == 0
    assert current_language().code == spoken


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of one's own is a POSIX thing")
def test_on_a_terminal_the_password_is_asked_for(
    cli: Cli, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAREHOUSE_DESK_NEW_PASSWORD", "secret-1")
    cli("users", "add", "amal", "--role", "Admin")
    said, status = at_a_terminal(
        ["--database", sqlite_url, "--data-dir", str(tmp_path / "data"), "--user", "amal", "users", "list"],
        answer="secret-1\n",
    )
    assert status == 0
    assert "Password of amal: " in said
    assert "secret-1" not in said
    assert "Admin" in said
