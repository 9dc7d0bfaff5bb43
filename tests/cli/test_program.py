"""The program as the shell starts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from warehouse_desk import __version__
from warehouse_desk.app.run import run

PROGRAM = [sys.executable, "-m", "warehouse_desk"]


def _start(*words: str, stdin: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*PROGRAM, *words],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


def test_the_version_is_told() -> None:
    done = _start("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"warehouse-desk {__version__}\n", "")


def test_help_shows_examples_and_exit_statuses_and_loads_no_database() -> None:
    script = (
        "import sys; from warehouse_desk.app.run import run; status = run(['--help'])\n"
        "print([m for m in ('sqlalchemy', 'alembic', 'psycopg', 'PySide6', 'argon2') if m in sys.modules], status)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert "warehouse-desk do ship --warehouse MAIN ORD-00001 ORD-00002" in done.stdout
    assert "exit status:" in done.stdout
    assert done.stdout.splitlines()[-1] == "[] 0"


def test_a_shell_pipeline_lists_orders_and_packs_them(tmp_path: Path) -> None:
    here = ("--data-dir", str(tmp_path))
    assert _start("demo", "--orders", "40", *here).returncode == 0
    listed = _start("orders", "list", "--status", "NEW", *here)
    references = "\n".join(line.split()[0] for line in listed.stdout.splitlines() if line.startswith("ORD-"))
    packed = _start("do", "pack", "-", *here, stdin=references, PYTHONIOENCODING="ascii")
    assert packed.returncode == 0
    assert packed.stdout.count("is now “Packed”.") == references.count("ORD-") > 0


def test_without_a_screen_and_a_command_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    done = _start(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "There is no screen for the window. Use a command; see: warehouse-desk --help\n"


def test_a_reader_that_goes_away_ends_the_program_quietly(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "cities", "list", "--data-dir", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(timeout=60) == 141


def test_a_fault_of_the_program_is_one_sentence_and_its_traceback_is_in_the_log(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log_guard: object
) -> None:
    from tests.support.log_guard import LogGuard

    assert isinstance(log_guard, LogGuard)
    log_guard.expect("a fault of the program", level=40)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("customer +212600000001")

    monkeypatch.setattr("warehouse_desk.services.directories.directories.Directories.cities", broken)
    answer = cli("cities", "list")
    (file,) = (tmp_path / "data" / "logs").iterdir()
    assert (answer.status, answer.out) == (70, "")
    assert answer.err == f"Something went wrong and the program stopped. What happened is written in {file}."
    text = file.read_text(encoding="utf-8")
    assert "ZeroDivisionError: customer +2126****001" in text


def test_ctrl_c_ends_quietly(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("warehouse_desk.services.directories.directories.Directories.cities", interrupted)
    answer = cli("cities", "list")
    assert (answer.status, answer.out, answer.err) == (130, "", "")


@pytest.mark.parametrize("words", [[], ["orders"], ["do"], ["do", "ship"], ["scan"], ["stock"], ["db"]])
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert run([*words, "--help"]) == 0
    assert capsys.readouterr().out.startswith(" ".join(["usage: warehouse-desk", *words]))
