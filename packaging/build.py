"""Build the program for this system: ``python3 packaging/build.py``.

Makes a clean environment in ``build/venv`` from the lock files, writes the notices of what ships, freezes the
program into ``dist/warehouse-desk`` and tries the result. Build on the oldest system that shall be supported:
the folder carries libraries of the system it is built on. On Windows the installer follows from
``packaging/windows/installer.iss`` with Inno Setup 6.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
RESULT = ROOT / "dist" / "warehouse-desk"


def main() -> int:
    """Build and try the program; the status is that of the first step that fails."""
    python = clean_environment()
    steps = [
        [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "-r",
            "requirements.lock",
            "-r",
            "requirements-package.lock",
        ],
        ["packaging/notices.py", str(BUILD / "THIRD_PARTY_NOTICES.txt")],
        [
            *("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", str(RESULT.parent), "--workpath", str(BUILD / "pyinstaller")),
            "packaging/warehouse_desk.spec",
        ],
        ["packaging/smoke_test.py", str(RESULT)],
    ]
    for step in steps:
        status = subprocess.run([python, *step], check=False, cwd=ROOT).returncode
        if status != 0:
            print(f"build: {step[0]} {step[1]} ended with status {status}", file=sys.stderr)
            return status
    return 0


def clean_environment() -> Path:
    """Create an environment that holds nothing yet; whatever it holds in the end is shipped."""
    folder = BUILD / "venv"
    venv.create(folder, clear=True, with_pip=True)
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


if __name__ == "__main__":
    raise SystemExit(main())
