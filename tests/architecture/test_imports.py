"""What the program may import: no GPL-only part of Qt, nothing relative, no database while the window opens."""

import subprocess
import sys

from tests.architecture.source import ROOT, all_files, imports, place, python_files

# Licensed GPL-3.0-only or commercially by the Qt Company; the program's licence is MIT.
GPL_ONLY_QT = (
    "PySide6.QtCharts",
    "PySide6.QtDataVisualization",
    "PySide6.QtGraphs",
    "PySide6.QtGraphsWidgets",
    "PySide6.QtHttpServer",
    "PySide6.QtNetworkAuth",
    "PySide6.QtVirtualKeyboard",
)
OTHER_BINDINGS = ("PyQt5", "PyQt6", "PySide2")
SLOW_TO_IMPORT = ("sqlalchemy", "requests", "openpyxl", "alembic", "psycopg")
IMPORT_ALL = """
import importlib, sys
slow = sys.argv[1].split(",")
for name in sys.argv[2:]:
    importlib.import_module(name)
    for library in slow:
        if library in sys.modules:
            print(f"{name} imports {library}")
            slow.remove(library)
"""


def _belongs(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_no_gpl_only_part_of_qt_and_no_second_binding_is_imported() -> None:
    found = [
        f"{place(path, node)} {name}"
        for path in all_files()
        for name, node in imports(path)
        if _belongs(name, GPL_ONLY_QT + OTHER_BINDINGS)
    ]
    assert found == []


def test_imports_are_absolute() -> None:
    assert [place(path, node) for path in all_files() for name, node in imports(path) if name.startswith(".")] == []


def test_the_window_opens_without_waiting_for_the_database_or_the_network() -> None:
    """Every module of ``ui`` is imported in one fresh process; the libraries named cost 100 ms and more each."""
    files = [path.relative_to(ROOT).with_suffix("") for path in python_files("warehouse_desk/ui")]
    names = [".".join(file.parts).removesuffix(".__init__") for file in files]
    command = [sys.executable, "-c", IMPORT_ALL, ",".join(SLOW_TO_IMPORT), *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == []
