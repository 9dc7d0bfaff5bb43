"""A fourth language is one entry of the table and one catalogue: everything that speaks offers it and speaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WALK = Path(__file__).with_name("new_language_walk.py")
ENTRY = """
        Language(
            code="eo", name="Esperanto", locale="eo", plurals="nplurals=2; plural=(n != 1)", single_forms=(0,),
            percent="{number} pc",
        ),
        ENGLISH,
"""
TRANSLATE = """
import sys
sys.path.insert(0, "packaging")
import translations
catalogue = translations.read("eo")
for message in catalogue:
    if message.id:
        forms = (message.id,) if isinstance(message.id, str) else message.id
        said = tuple(text[: len(text) - len(text.lstrip())] + "ĉ " + text.lstrip() for text in forms)
        message.string = said[0] if isinstance(message.id, str) else said
translations.write("eo", catalogue)
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program with one entry more in its table of languages."""
    unwanted = shutil.ignore_patterns("__pycache__")
    for folder in ("warehouse_desk", "resources", "packaging"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=unwanted)
    table = tmp_path / "warehouse_desk" / "common" / "languages.py"
    text = table.read_text(encoding="utf-8")
    assert text.count("\n        ENGLISH,\n") == 1
    table.write_text(text.replace("\n        ENGLISH,\n", ENTRY), encoding="utf-8")
    return tmp_path


def run(copy: Path, *command: str) -> tuple[int, str]:
    places = {"PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8", "HOME": str(copy)}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=copy,
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_a_fourth_language_is_one_entry_and_one_catalogue(copy: Path) -> None:
    status, said = run(copy, "packaging/translations.py", "update")
    assert status == 1
    assert "eo: “Save” is not translated" in said
    assert run(copy, "-c", TRANSLATE) == (0, "")
    run(copy, "packaging/translations.py", "compile")
    status, said = run(copy, "packaging/translations.py", "check")
    assert (status, said.splitlines()[-1].partition(", in ")[2]) == (0, "3 languages: all translated.")
    assert run(copy, str(WALK)) == (0, "")
