"""What is packaged is what the program reads: the frozen folder and the wheel hold every resource."""

import runpy
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.architecture.source import ROOT
from warehouse_desk.cli.commands import build_parser

SPEC = ROOT / "packaging" / "warehouse_desk.spec"
RESOURCES = "warehouse_desk/_resources"


@pytest.fixture
def collected() -> dict[str, Any]:
    """What the spec asks PyInstaller for, run with a recorder in PyInstaller's place."""
    asked: dict[str, Any] = {}

    def analysis(scripts: list[str], **kwargs: Any) -> SimpleNamespace:
        asked.update(kwargs, scripts=scripts)
        return SimpleNamespace(pure=[], scripts=scripts, binaries=[], datas=[])

    def nothing(*_args: Any, **_kwargs: Any) -> None:
        return None

    names = {"SPECPATH": str(SPEC.parent), "Analysis": analysis, "PYZ": nothing, "EXE": nothing, "COLLECT": nothing}
    source = SPEC.read_text(encoding="utf-8").replace(
        "from PyInstaller.utils.hooks import collect_submodules", "collect_submodules = lambda package: [package]"
    )
    exec(compile(source, str(SPEC), "exec"), names)  # noqa: S102 - the spec is a program of ours
    asked["is_used"] = names["is_used"]
    return asked


def test_the_frozen_folder_gets_every_resource_and_every_licence(collected: dict[str, Any]) -> None:
    datas = {(Path(source), target) for source, target in collected["datas"]}
    assert (ROOT / "resources", RESOURCES) in datas
    assert (ROOT / "LICENSE", f"{RESOURCES}/licences") in datas
    assert any(
        source.name == "THIRD_PARTY_NOTICES.txt" and target == f"{RESOURCES}/licences" for source, target in datas
    )
    for path in sorted((ROOT / "resources").rglob("*.*")):
        target = f"{RESOURCES}/{path.relative_to(ROOT / 'resources').as_posix()}"
        assert collected["is_used"]((target, str(path), "DATA")), f"{target} would be left out"


def test_the_frozen_folder_gets_the_migrations_and_both_drivers(collected: dict[str, Any]) -> None:
    assert "warehouse_desk/data/schema/migrations" in {target for _source, target in collected["datas"]}
    assert {"warehouse_desk", "psycopg", "sqlalchemy.dialects.postgresql.psycopg"} <= set(collected["hiddenimports"])


@pytest.mark.parametrize(
    ("target", "used"),
    [
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/translations/qtbase_ar.qm", True),
        ("PySide6/Qt/lib/libQt6VirtualKeyboard.so.6", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("libcairo.so.2", False),
        ("libxcb-cursor.so.0", True),
    ],
)
def test_only_what_a_station_needs_is_frozen(collected: dict[str, Any], target: str, used: bool) -> None:
    assert collected["is_used"]((target, "", "BINARY")) is used


def test_the_frozen_folder_gets_the_parts_of_the_server_that_are_imported_by_name(collected: dict[str, Any]) -> None:
    assert {"uvicorn.lifespan.off", "uvicorn.loops.asyncio", "anyio._backends._asyncio"} <= set(
        collected["hiddenimports"]
    )


def test_the_unit_of_the_server_starts_a_command_that_the_program_knows() -> None:
    unit = (ROOT / "packaging" / "linux" / "warehouse-desk-server.service").read_text(encoding="utf-8")
    line = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    _program, *words = line.removeprefix("ExecStart=").replace("%S", "/var/lib").split()
    options = ["--host", "0.0.0.0", "--tls-cert", "cert.pem", "--tls-key", "key.pem"]  # noqa: S104 - as the page says
    arguments = build_parser().parse_args([*words[: words.index("$SERVE_OPTIONS")], *options])
    assert (arguments.run, arguments.data_dir) == ("serve.serve", "/var/lib/warehouse-desk")


def test_gnu_readline_is_not_frozen(collected: dict[str, Any]) -> None:
    assert "readline" in collected["excludes"]


def test_the_wheel_carries_the_resources_where_the_program_looks_for_them() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert "resources" in wheel["only-include"]
    assert wheel["sources"]["resources"] == RESOURCES


def test_the_notices_name_every_package_that_ships() -> None:
    """What the program itself depends on may never be among those left out."""
    left_out = runpy.run_path(str(ROOT / "packaging" / "notices.py"))["NOT_SHIPPED"]
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert [line for line in dependencies if line.split(">")[0].split("=")[0].split("[")[0] in left_out] == []
