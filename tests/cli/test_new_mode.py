"""What it takes to give the scanner one more mode, tried on a copy of the program."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.cli.conftest import Cli, orders

MODES = "warehouse_desk/domain/scanning/modes.py"
WORK = "warehouse_desk/services/scanning/modes.py"
LOOKS = "warehouse_desk/ui/scanner/wording.py"
PIN = """
    ScanMode(
        name=ModeName.PIN,
        label=msg("Put on hold"),
        command="PINUP",
        ability=Ability.HOLD,
        needs=(Need.REASON,),
        action=Action.HOLD,
        undoable=False,
        done=msg("ON HOLD"),
        already=msg("ON HOLD BEFORE"),
        refused=msg("NOT HELD"),
    ),
"""
TRY = """
import importlib
for name in ("services.scanning.modes", "ui.scanner.wording", "ui.scanner.sticky"):
    try:
        importlib.import_module("warehouse_desk." + name)
    except RuntimeError as error:
        print(error)
"""
PLACES = """
from warehouse_desk.cli.commands import build_parser
from warehouse_desk.domain.scanning.commands import command_cards, command_text
from warehouse_desk.ui.scanner.wording import MODES
from warehouse_desk.ui.shell.keys_dialog import key_rows
print([str(card.title) for card in command_cards() if card.word == "PINUP"], command_text("PINUP"), MODES[0].name)
print([row for _, rows in key_rows() for row in rows if row[1] == "Put on hold"])
"""


@dataclass
class Copy:
    """The program as somebody changes it."""

    folder: Path

    def write_after(self, file: str, mark: str, text: str) -> None:
        path = self.folder / file
        before, found, after = path.read_text(encoding="utf-8").partition(mark)
        assert found, f"{file} has no line {mark!r} any more"
        path.write_text(before + mark + text + after, encoding="utf-8")

    def add_mode(self, entry: str) -> None:
        self.write_after(MODES, 'in which a parcel meets them."""\n\n', '    PIN = "pin"\n')
        self.write_after(MODES, "_ALL = (", entry)

    def run(self, *words: str, said: str = "") -> str:
        own = os.environ | {"PYTHONPATH": str(self.folder), "QT_QPA_PLATFORM": "offscreen"}
        answer = subprocess.run(
            [sys.executable, *words], cwd=self.folder, env=own, input=said, text=True, capture_output=True, check=False
        )
        assert not answer.stderr, answer.stderr
        return answer.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    shutil.copytree(ROOT / "warehouse_desk", tmp_path / "copy/warehouse_desk")
    shutil.copytree(ROOT / "resources", tmp_path / "copy/resources")
    return Copy(tmp_path / "copy")


def test_a_mode_that_takes_a_step_is_an_entry_and_a_look(copy: Copy, cli: Cli, sqlite_url: str, tmp_path: Path) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    copy.add_mode(PIN)
    copy.write_after(LOOKS, "_LOOKS: Mapping[ModeName, _Look] = {\n", '    ModeName.PIN: _Look("hold", "F12"),\n')
    said = copy.run("-c", PLACES).splitlines()
    assert said == ["['Put on hold'] Put on hold pin", "[('F12', 'Put on hold')]"]
    desk = ("-m", "warehouse_desk", "--database", sqlite_url, "--data-dir", str(tmp_path / "other"))
    answer = json.loads(copy.run(*desk, "scan", "--mode", "pin", "--reason", "twice", said="ORD-00001\n"))
    assert answer["outcome"] == "done"
    assert [order["reference"] for order in cli("orders", "list", "--held", "--json").body["data"]] == ["ORD-00001"]


def test_a_mode_that_is_not_finished_stops_the_program_with_its_name(copy: Copy) -> None:
    copy.add_mode("\n".join(line for line in PIN.splitlines() if "action=" not in line).replace("REASON", "SHORT_SKUS"))
    works, looks, asks = copy.run("-c", TRY).splitlines()
    assert "pin has neither a status action nor work of its own" in works
    assert looks == "scan modes without icon and key: pin"
    assert asks == "scan modes need what cannot be set at the scanner: short_skus"


def test_an_entry_that_contradicts_its_step_is_not_believed(copy: Copy) -> None:
    copy.add_mode(PIN.replace("Ability.HOLD", "Ability.VIEW").replace("Need.REASON,", "").replace("False", "True"))
    said = copy.run("-c", TRY).splitlines()[0]
    for fault in ("hold wants another ability", "hold needs more", "is for hold to say"):
        assert fault in said
