#!/usr/bin/env python3
"""Set up, run, test and measure Warehouse Desk: ``python3 dev.py --help``.

Needs nothing but Python's standard library; everything else goes into ``.venv`` beside this file, in the
versions that the lock files pin. What this file itself has to say goes to standard error.

Exit statuses of its own: 2 wrong usage, 3 a window was asked for but there is no screen, 4 something has to be
installed or changed first (the sentence says what), 130 interrupted. Others are those of the program run.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
NO_SCREEN, NOT_READY, INTERRUPTED = 3, 4, 130

VENV = ROOT / ".venv"
STAMP = VENV / "dev-stamp.json"  # what was installed, so that a second start has nothing to do
RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
PACKAGE_LOCK = ROOT / "requirements-package.lock"  # for packaging/build.py

# The libraries outside the wheels that Qt's window, drawing and printing parts are linked to (from their ELF
# headers), with the Debian and Ubuntu package of each.
QT_PARTS = ("lib/libQt6Widgets.so.6", "lib/libQt6Network.so.6", "plugins/printsupport/libcupsprintersupport.so")
QT_WINDOW_PARTS = ("plugins/platforms/libqxcb.so",)
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}

# What the tests start or read, by the file (below /) that proves its presence.
TEST_FILES = {
    "fonts-dejavu-core": "usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "poppler-utils": "usr/bin/pdftotext",
}
FULL_TEST_FILES = {
    "cups": "usr/sbin/cupsd",
    "postgresql": "usr/lib/postgresql/*/bin/initdb",
    "postgresql-contrib": "usr/share/postgresql/*/extension/pg_trgm.control",
    "x11-xkb-utils": "usr/bin/setxkbmap",
    "xdotool": "usr/bin/xdotool",
    "xkb-data": "usr/share/X11/xkb/symbols/fr",
    "xvfb": "usr/bin/Xvfb",
}
FAST_MARKERS = "not slow and not postgres and not x11"
CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "lint-imports": ["lint-imports"],
}
"""What is checked besides behaviour, by programs of ``.venv``; also before each commit (.pre-commit-config.yaml)."""


class NotReady(Exception):
    """Something that a person has to do first; the text says what, why and how."""


def say(sentence: str) -> None:
    """Tell the person at the terminal, leaving standard output to the program that is run."""
    print("dev.py: " + sentence, file=sys.stderr, flush=True)


def main() -> int:
    """Do what the command line asks and return the exit status."""
    if sys.version_info < OLDEST_PYTHON:
        here = ".".join(str(part) for part in sys.version_info[:3])
        wanted = ".".join(str(part) for part in OLDEST_PYTHON)
        say(f"Warehouse Desk needs Python {wanted} or newer, and this is {here}. Start dev.py with a newer one.")
        return NOT_READY
    arguments, rest = parse(sys.argv[1:])
    actions = {"run": run, "test": test, "bench": bench, "migration": migration, "lock": lock}
    try:
        return actions[arguments.command](arguments, rest)
    except NotReady as problem:
        say(str(problem))
        return NOT_READY
    except OSError as problem:
        say(f"{problem.filename or 'The system'}: {problem.strerror}.")
        return NOT_READY
    except KeyboardInterrupt:
        return INTERRUPTED


def parse(words: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Split the command line into dev.py's own options and the words to pass on."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="dev.py", allow_abbrev=False, formatter_class=raw, description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, summary: str, usage: str) -> argparse.ArgumentParser:
        usage = f"dev.py {name} {usage}"
        return commands.add_parser(name, help=summary, description=summary, usage=usage, allow_abbrev=False)

    add("run", "start the program, or its window where ARGS hold no command; what is missing is set up", "[-- ARGS...]")
    tests = add("test", "check style, types, layers, behaviour; other words go to pytest", "[--fast] [PYTEST ARGS...]")
    tests.add_argument("--fast", action="store_true", help="leave out slow tests, PostgreSQL and the X display")
    bench_parser = add("bench", "measure the program's speed and size", "[NAME...] [--json FILE]")
    bench_parser.add_argument("names", nargs="*", metavar="NAME", help="the measurements to take (default: all)")
    bench_parser.add_argument("--json", metavar="FILE", help="also write the figures to FILE")
    add("migration", "write the next migration, or the sample database of the newest", "NAME | --sample")
    locks = add("lock", "write the lock files anew from pyproject.toml", "[--upgrade]")
    locks.add_argument("--upgrade", action="store_true", help="take the newest allowed version of everything")
    arguments, rest = parser.parse_known_args(words)
    if rest and arguments.command in ("bench", "lock"):
        parser.error(f"{arguments.command} does not know {' '.join(rest)}")
    if arguments.command == "run" and rest and rest[0] != "--":
        parser.error("write the program's own words after --, as in: dev.py run -- --help")
    return arguments, rest[1:] if rest[:1] == ["--"] else rest


def run(_: argparse.Namespace, words: list[str]) -> int:
    """Start the program; the process becomes the program, so signals and the status are its own."""
    if opens_window(words):
        if not has_screen():
            say("There is no screen to open a window on (DISPLAY and WAYLAND_DISPLAY are not set).")
            return NO_SCREEN
        prepare(RUNTIME_LOCK)
        need_debian_packages(missing_libraries(QT_PARTS + QT_WINDOW_PARTS), "the window")
    else:
        prepare(RUNTIME_LOCK)
    command = [str(venv_program("python")), "-m", "warehouse_desk", *words]
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - there is no shell to protect
    return call(command, cwd=None)


def test(arguments: argparse.Namespace, words: list[str]) -> int:
    """Run every check, also after one failed, and sum up."""
    prepare(RUNTIME_LOCK, DEV_LOCK)
    results = {"system packages": install_test_packages(fast=arguments.fast)}
    select = ["-m", FAST_MARKERS] if arguments.fast else []
    parts = {**CHECKS, "pytest": ["pytest", "-n", "2", *select, *words]}
    if not arguments.fast and not words:  # a scanner's keys want a machine that does nothing else meanwhile
        parts["pytest"] += ["-m", "not x11"]
        parts["pytest on the display"] = ["pytest", "-m", "x11"]
    for name, command in parts.items():
        say(f"---- {name} ----")
        start = time.monotonic()
        status = call([str(venv_program(command[0])), *command[1:]])
        verdict = "passed" if status == 0 else f"FAILED (status {status})"
        results[name] = f"{verdict} in {time.monotonic() - start:.0f} s"
    say("---- summary ----")
    for name, verdict in results.items():
        say(f"{name}: {verdict}")
    return int(any("FAILED" in verdict for verdict in results.values()))


def bench(arguments: argparse.Namespace, _: list[str]) -> int:
    """Take the measurements in ``tests/benchmarks``."""
    prepare(RUNTIME_LOCK, DEV_LOCK)
    words = [*arguments.names]
    if arguments.json:
        words += ["--json", str(Path(arguments.json).absolute())]
    return call([str(venv_program("python")), "-m", "tests.benchmarks", *words])


def migration(_: argparse.Namespace, words: list[str]) -> int:
    """Write the next migration from what ``data/tables`` says, or the sample database of the newest one."""
    prepare(RUNTIME_LOCK, DEV_LOCK)
    return call([str(venv_program("python")), "-m", "tests.support.new_migration", *words])


def lock(arguments: argparse.Namespace, _: list[str]) -> int:
    """Resolve pyproject.toml's requirements into the lock files, with the hash of every file."""
    make_venv()
    if not venv_program("uv").exists():
        wanted = re.search(r'"(uv==[^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        if wanted is None:
            raise NotReady("pyproject.toml names no version of uv in its group 'dev', and uv writes the lock files.")
        pip("install", wanted.group(1))
    compile_command = [str(venv_program("uv")), "pip", "compile", "--quiet", "--generate-hashes", "--universal"]
    compile_command += ["--python-version", ".".join(map(str, OLDEST_PYTHON)), "--no-emit-index-url"]
    compile_command += ["--no-emit-find-links", "--no-annotate", "--custom-compile-command", "python3 dev.py lock"]
    compile_command += ["--upgrade"] if arguments.upgrade else []
    constrained = ["--constraints", RUNTIME_LOCK.name]
    runtime = ["pyproject.toml", "--extra", "server", "--group", "build"]
    others = {DEV_LOCK: ["--group", "dev", *constrained], PACKAGE_LOCK: ["--group", "package", *constrained]}
    for target, sources in {RUNTIME_LOCK: runtime, **others}.items():
        if call([*compile_command, *sources, "--output-file", target.name]) != 0:
            raise NotReady(f"{target.name} could not be written; uv's own message stands above.")
        text = target.read_text(encoding="utf-8")
        if re.search(r"://|^--|^\S+ @ ", text, re.MULTILINE):
            raise NotReady(f"{target.name} names an index, an address or a folder; it must name versions and hashes.")
    return 0


# --- the virtual environment ----------------------------------------------------------------------------------


def prepare(*locks: Path) -> None:
    """Bring ``.venv`` up to date with the lock files and the project; usually there is nothing to do."""
    done = read_stamp()
    todo = {lock_file.name: digest(lock_file) for lock_file in locks}
    todo["project"] = digest(ROOT / "pyproject.toml") + str(ROOT)
    todo = {name: value for name, value in todo.items() if done.get(name) != value}
    if not todo:
        return
    make_venv()
    lock_names = [name for name in todo if name != "project"]
    if lock_names:
        say(f"installing the packages of {' and '.join(lock_names)} into .venv (some minutes the first time)")
        files = [word for name in lock_names for word in ("--requirement", str(ROOT / name))]
        pip("install", "--require-hashes", *files)
        write_stamp({name: todo[name] for name in lock_names})
    if "project" in todo:
        pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        write_stamp({"project": todo["project"]})


def make_venv() -> None:
    """Create ``.venv`` with this Python unless a working one is there."""
    if venv_program("python").exists() and venv_program("pip").exists():
        return
    if not os.access(ROOT, os.W_OK):
        raise NotReady(f"{ROOT} may not be written to. Use a copy of the project that belongs to you.")
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        need_debian_packages([package], "creating .venv")
    say(f"creating {VENV}")
    done = ask([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if done.returncode != 0:
        raise NotReady(f".venv could not be created: {(done.stderr or done.stdout).strip()}")


def pip(*words: str) -> None:
    """Run pip in ``.venv``; its last lines are shown when it fails."""
    command = [str(venv_program("python")), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    done = ask([*command, *words])
    if done.returncode == 0:
        return
    output = (done.stdout + done.stderr).strip()
    if re.search(r"NewConnectionError|NameResolution|ConnectTimeout|ConnectionError|Max retries", output):
        raise NotReady("The packages could not be downloaded. Is this machine online? Then start the command again.")
    print("\n".join(output.splitlines()[-12:]), file=sys.stderr)
    raise NotReady("pip could not install the packages; its own message stands above.")


def read_stamp() -> dict[str, str]:
    """Return what ``.venv`` holds, or nothing when it has to be made."""
    if not venv_program("python").exists() or not STAMP.exists():
        return {}
    stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    return stamp


def write_stamp(installed: dict[str, str]) -> None:
    """Note what ``.venv`` now holds besides what it held."""
    STAMP.write_text(json.dumps({**read_stamp(), **installed}), encoding="utf-8")


def venv_program(name: str) -> Path:
    """Return the path of a program in ``.venv``."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def digest(path: Path) -> str:
    """Return the fingerprint of a file of the project."""
    if not path.exists():
        raise NotReady(f"{path} is missing; take a complete copy of the project.")
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- the system -----------------------------------------------------------------------------------------------


def opens_window(words: list[str]) -> bool:
    """Tell whether the program would open its window: no command word among its arguments."""
    return all(word.startswith("-") for word in words) and not {"--version", "--help", "-h"} & set(words)


def has_screen() -> bool:
    """Tell whether a window can be seen; Qt's platforms without a screen count, when chosen by name."""
    if not sys.platform.startswith("linux"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "xcb")
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(named) or not platform.startswith(("xcb", "wayland"))


def missing_libraries(parts: tuple[str, ...]) -> list[str]:
    """Return the Debian packages of the libraries that the named parts of Qt do not find."""
    ldd = shutil.which("ldd")
    qt = list(VENV.glob("lib/python3*/site-packages/PySide6/Qt"))
    if not sys.platform.startswith("linux") or ldd is None or not qt:
        return []
    files = [str(qt[0] / part) for part in parts]
    missing = set(re.findall(r"(\S+) => not found", ask([ldd, *files]).stdout))
    return sorted({DEBIAN_PACKAGES.get(name, name) for name in missing if not name.startswith(("libQt6", "libicu"))})


def install_test_packages(*, fast: bool) -> str:
    """Install what the tests need from the system; return the verdict for the summary."""
    if not sys.platform.startswith("linux"):
        return "not checked on this system"
    files = TEST_FILES if fast else {**TEST_FILES, **FULL_TEST_FILES}
    missing = [package for package, pattern in files.items() if not list(Path("/").glob(pattern))]
    try:
        need_debian_packages([*missing, *missing_libraries(QT_PARTS + (() if fast else QT_WINDOW_PARTS))], "the tests")
    except NotReady as problem:
        say(str(problem))
        return "FAILED"
    return "passed"


def need_debian_packages(packages: list[str], purpose: str) -> None:
    """Install packages through apt when that needs no password; else raise with the command to type."""
    if not packages:
        return
    apt = shutil.which("apt-get")
    if apt is None:
        raise NotReady(f"Install these for {purpose} with your system's package manager: {', '.join(packages)}.")
    install = ["install", "--yes", "--no-install-recommends", *packages]
    prefix = root_prefix()
    if prefix is None:
        raise NotReady(f"Missing for {purpose}. Type: sudo apt-get {' '.join(install)}")
    say(f"installing {' '.join(packages)} for {purpose}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    for steps in ([install], [["update"], install]):  # the lists of packages are fetched only if they are needed
        done = [ask([*prefix, apt, *step]) for step in steps]
        if done[-1].returncode == 0:
            return
    print("\n".join(done[-1].stderr.splitlines()[-12:]), file=sys.stderr)
    raise NotReady(f"apt-get could not install what {purpose} needs. Type: sudo apt-get {' '.join(install)}")


def root_prefix() -> list[str] | None:
    """Return the words before a command that needs the superuser, or None when a password would be asked."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None or ask([sudo, "-n", "true"]).returncode != 0:
        return None
    return [sudo, "-n"]


def ask(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command out of sight and return what it answered."""
    return subprocess.run(command, check=False, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def call(command: list[str], cwd: Path | None = ROOT) -> int:
    """Run a command on this terminal and return its status; it ends before dev.py does, also on a signal."""
    process = subprocess.Popen(command, cwd=cwd)

    def end(number: int, _: object) -> None:
        process.terminate()
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, end)
    try:
        return process.wait()
    except (KeyboardInterrupt, SystemExit):
        process.wait()  # from the terminal it got Ctrl+C too, and it ends in its own way
        raise


if __name__ == "__main__":
    raise SystemExit(main())
