"""Build the program for this system: ``python3 packaging/build.py``, or its wheel: ``... --wheel``.

Makes a clean environment in ``build/venv`` from the lock files, writes the notices of what ships, freezes the
program into ``dist/warehouse-desk`` and tries the result. Build on the oldest system that shall be supported:
the folder carries libraries of the system it is built on. On Windows the installer follows from
``packaging/windows/installer.iss`` with Inno Setup 6. The wheel goes to ``dist`` and is tried in an environment of
its own, away from the checkout.
"""

import os
import subprocess
import sys
import time
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
RESULT = ROOT / "dist" / "warehouse-desk"


def main() -> int:
    """Build and try the program; the status is that of the first step that fails."""
    wheel = sys.argv[1:] == ["--wheel"]
    if sys.argv[1:] and not wheel:
        print("usage: python3 packaging/build.py [--wheel]", file=sys.stderr)
        return 2
    python = clean_environment()
    for step in wheel_steps(python) if wheel else frozen_steps():
        began = time.monotonic()
        status = subprocess.run([python, *step], check=False, cwd=ROOT).returncode
        print(f"build: {time.monotonic() - began:6.1f} s  {' '.join(step[:3])}", flush=True)
        if status != 0:
            print(f"build: {step[0]} {step[1]} ended with status {status}", file=sys.stderr)
            return status
    return 0


def install(*locks: str) -> list[str]:
    """Return the step that installs what some lock files pin."""
    named = [word for lock in locks for word in ("-r", lock)]
    return ["-m", "pip", "install", "--quiet", "--require-hashes", *named]


def frozen_steps() -> list[list[str]]:
    """Return the steps that make and try the frozen folder, each as arguments for the new Python."""
    return [
        install("requirements.lock", "requirements-package.lock"),
        ["packaging/notices.py", str(BUILD / "THIRD_PARTY_NOTICES.txt")],
        [
            *("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", str(RESULT.parent), "--workpath", str(BUILD / "pyinstaller")),
            "packaging/warehouse_desk.spec",
        ],
        ["packaging/smoke_test.py", str(RESULT)],
    ]


def wheel_steps(python: Path) -> list[list[str]]:
    """Return the steps that make the wheel, install it and try what it installed."""
    folder = RESULT.parent
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wheel = folder / f"{project['name'].replace('-', '_')}-{project['version']}-py3-none-any.whl"
    program = python.with_name("warehouse-desk.exe" if os.name == "nt" else "warehouse-desk")
    pip = ["-m", "pip"]
    return [
        install("requirements.lock"),
        [*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), "."],
        [*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        ["packaging/smoke_test.py", str(program)],
    ]


def clean_environment() -> Path:
    """Create an environment that holds nothing yet; whatever it holds in the end is shipped."""
    folder = BUILD / "venv"
    venv.create(folder, clear=True, with_pip=True)
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


if __name__ == "__main__":
    raise SystemExit(main())
