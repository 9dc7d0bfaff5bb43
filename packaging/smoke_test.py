"""Try a frozen program: ``python packaging/smoke_test.py dist/warehouse-desk``.

It must start without this checkout or its virtual environment, and its folder must hold no library that may not
be shipped. Every complaint is printed; the exit status is 1 if there is one.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN_LIBRARIES = ("Qt6Charts", "Qt6DataVisualization", "Qt6Graphs", "Qt6VirtualKeyboard", "Qt6HttpServer")
NEEDED_FILES = tuple(
    f"licences/{name}" for name in ("THIRD_PARTY_NOTICES.txt", "LICENSE", "LGPL-3.0.txt", "GPL-3.0.txt")
)
SECONDS = 120


def main(folder: Path) -> int:
    """Return 0 if the program in ``folder`` may be given to a station."""
    complaints = [*check_files(folder), *check_commands(folder), *check_window(folder)]
    for complaint in complaints:
        print(f"smoke test: {complaint}", file=sys.stderr)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"smoke test: {len(complaints)} complaints, {size / 1e6:.0f} MB in {folder}")
    return int(bool(complaints))


def check_files(folder: Path) -> list[str]:
    """Return a complaint for each library that must not be there and each file that must."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    bad = [f"{name} must not be shipped" for name in names if any(word in name for word in FORBIDDEN_LIBRARIES)]
    resources = "_internal/warehouse_desk/_resources"
    return bad + [f"{name} is missing" for name in NEEDED_FILES if f"{resources}/{name}" not in names]


def check_commands(folder: Path) -> list[str]:
    """Run the commands that need no screen."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    complaints = []
    page = ["sheets", "test-page", "--output", "page.pdf"]  # a PDF wants fonts, barcodes and stocks at hand
    for words, expected in (
        (["--version"], version),
        (["--help"], "usage"),
        (["orders", "list", "--json"], ""),
        (page, "page.pdf was written"),
    ):
        status, output = run(folder, words)
        if status != 0 or expected not in output:
            complaints.append(f"{' '.join(words)} ended with {status} and said: {output.strip()[-500:]}")
    return complaints


def check_window(folder: Path) -> list[str]:
    """Open the window without a screen; it must still be open after a moment."""
    try:
        status, output = run(folder, [], seconds=10)
    except subprocess.TimeoutExpired:
        return []
    return [f"the window closed by itself with {status} and said: {output.strip()[-500:]}"]


def run(folder: Path, words: list[str], seconds: int = SECONDS) -> tuple[int, str]:
    """Run the program with an empty home, away from the checkout; return its status and what it said."""
    name = "warehouse-desk-cli.exe" if os.name == "nt" else "warehouse-desk"
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    with tempfile.TemporaryDirectory() as home:
        profile = {"HOME": home, "USERPROFILE": home, "APPDATA": home, "LOCALAPPDATA": home}
        done = subprocess.run(
            [folder.resolve() / name, *words],
            check=False,
            cwd=home,
            env={**kept, **profile, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=seconds,
        )
    return done.returncode, done.stdout


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
