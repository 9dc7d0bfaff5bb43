"""Try the program as a station gets it: ``python packaging/smoke_test.py dist/warehouse-desk``.

Takes the frozen folder, or the program that a wheel installed (``.../bin/warehouse-desk``). It must work without this
checkout or its virtual environment, and a frozen folder must hold no library that may not be shipped. Prints sizes
and times and every complaint; the exit status is 1 if there is one. Runs under an environment that has openpyxl.
"""

import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Qt's parts that are GPL (or commercial) only, and the GNU libraries that Python's own modules may pull in.
FORBIDDEN_LIBRARIES = (
    *("Qt6Charts", "Qt6CoAp", "Qt6DataVisualization", "Qt6Graphs", "Qt6Grpc", "Qt6HttpServer", "Qt6InsightTracker"),
    *("Qt6Lottie", "Qt6Mqtt", "Qt6NetworkAuth", "Qt6Protobuf", "Qt6Quick3D", "Qt6QuickTimeline", "Qt6ShaderTools"),
    *("Qt6VirtualKeyboard", "Qt6WaylandCompositor", "libreadline", "libgdbm"),
)
NEEDED_FILES = tuple(
    f"licences/{name}"
    for name in ("THIRD_PARTY_NOTICES.txt", "LICENSE", "LGPL-2.1.txt", "LGPL-3.0.txt", "GPL-3.0.txt", "Apache-2.0.txt")
)
NOTICED = ("PySide6", "psycopg", "SQLAlchemy", "reportlab", "tomlkit", "pypdfium2", "uvicorn", "starlette", "h11")
SECONDS = 120
WINDOW_SECONDS = 60
NO_SERVER = "postgresql://nobody@127.0.0.1:1/nothing"
OUT_OF_REACH = 3


@dataclass
class Trial:
    """The program, and a home of its own that is empty at first."""

    program: Path
    home: Path
    complaints: list[str] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        """Return an environment that knows nothing of this checkout."""
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
        places = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(self.home))
        return {**kept, **places, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8", **more}

    def run(self, *words: str, expected: str = "", status: int = 0) -> None:
        """Run a command; complain where it ends or says otherwise than expected."""
        began = time.monotonic()
        done = subprocess.run(
            [self.program, *words],
            check=False,
            cwd=self.home,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
        )
        tell(" ".join(words), began)
        if done.returncode != status or expected not in done.stdout:
            said = done.stdout.strip()[-500:]
            self.complaints.append(f"{' '.join(words)} ended with {done.returncode} and said: {said}")


def tell(what: str, began: float) -> None:
    """Print how long something took."""
    print(f"smoke test: {time.monotonic() - began:6.2f} s  {what}")


def main(package: Path) -> int:
    """Return 0 if the program may be given to a station."""
    complaints = check_files(package) if package.is_dir() else []
    name = "warehouse-desk-cli.exe" if os.name == "nt" else "warehouse-desk"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        trial = Trial((package / name if package.is_dir() else package).resolve(), Path(home), complaints)
        check_commands(trial)
        check_server(trial)
        check_window(trial)
    for complaint in complaints:
        print(f"smoke test: {complaint}", file=sys.stderr)
    print(f"smoke test: {len(complaints)} complaints about {package}")
    return int(bool(complaints))


def check_files(folder: Path) -> list[str]:
    """Return a complaint for each library that must not be there, and each file that must and is not."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    names = {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}
    print(f"smoke test: {sum(names.values()) / 1e6:.0f} MB in {len(names)} files; the largest:")
    for name, size in sorted(names.items(), key=lambda each: -each[1])[:5]:
        print(f"smoke test: {size / 1e6:6.1f} MB  {name}")
    bad = [f"{name} must not be shipped" for name in names if any(word in name for word in FORBIDDEN_LIBRARIES)]
    inside = "_internal/warehouse_desk/_resources"
    shipped = [path.relative_to(ROOT / "resources").as_posix() for path in sorted((ROOT / "resources").rglob("*.*"))]
    missing = [name for name in (*NEEDED_FILES, *shipped) if f"{inside}/{name}" not in names]
    notices = folder / inside / "licences" / "THIRD_PARTY_NOTICES.txt"
    told = notices.read_text(encoding="utf-8").lower() if notices.is_file() else ""
    unnoticed = [f"THIRD_PARTY_NOTICES.txt does not name {name}" for name in NOTICED if name.lower() not in told]
    return [*bad, *(f"{name} is missing" for name in dict.fromkeys(missing)), *unnoticed]


def check_commands(trial: Trial) -> None:
    """Take a new database from nothing to printed labels, and spreadsheets in and out."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    trial.run("--version", expected=version)
    trial.run("--help", expected="usage")
    trial.run("--lang", "fr", "orders", "list", expected="commandes sur")
    trial.run("warehouses", "add", "MAIN", "Casablanca", expected="MAIN was added")
    write_workbook(
        trial.home / "products.xlsx", ["sku", "name", "barcodes", "stock"], ["TEA", "Thé", "6110000000017", 9]
    )
    trial.run("products", "import", "products.xlsx", "--warehouse", "MAIN", expected="1 product was added")
    (trial.home / "orders.json").write_text(json.dumps({"orders": [ORDER]}), encoding="utf-8")
    trial.run("orders", "create", "orders.json", expected="ORD-00001")
    trial.run("template", "orders.xlsx", expected="orders.xlsx")
    write_workbook(trial.home / "import.xlsx", HEADINGS, ROW)
    trial.run("import", "import.xlsx", expected="ORD-00002")
    trial.run("labels", "--output", "labels.pdf", "ORD-00001", "ORD-00002", expected="2 labels")
    trial.run("sheets", "products", "TEA", "--output", "products.pdf", expected="products.pdf was written")
    trial.run("sheets", "test-page", "--output", "page.pdf", expected="page.pdf was written")
    trial.run("export", "out.xlsx", expected="out.xlsx")
    trial.run("db", "check")
    # Without a server the driver is loaded all the same, and says that nobody answers.
    trial.run("--database", NO_SERVER, "orders", "list", expected="127.0.0.1", status=OUT_OF_REACH)
    for name in ("labels.pdf", "products.pdf", "page.pdf"):
        path = trial.home / name
        if not path.is_file() or not path.read_bytes().startswith(b"%PDF"):
            trial.complaints.append(f"{name} is no PDF")


def check_server(trial: Trial) -> None:
    """Serve the API; it must be up, reach its database, and let nobody in without a token."""
    began = time.monotonic()
    with opened(trial, trial.environment(), "--json", "serve", "--port", "0") as program:
        line = program.stdout.readline() if program.stdout else ""
        try:
            url = json.loads(line)["url"]
        except (ValueError, KeyError):
            trial.complaints.append(f"the server did not say where it listens: {line.strip()}")
            return
        tell("until the API is served", began)
        wanted = {"/up": 200, "/ready": 200, "/api/web/1.0/orders": 401}
        for path, status in wanted.items():
            answered = status_of(url, path)
            if answered != status:
                trial.complaints.append(f"{path} was answered {answered}, not {status}")
        if os.name != "nt":
            program.terminate()
            if program.wait(timeout=SECONDS) != 0:
                trial.complaints.append(f"the server did not end in order, but with {program.returncode}")


def status_of(url: str, path: str) -> int:
    """Return the status with which a server answers a path."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


ORDER = {
    "full_name": "Youssef El Idrissi",
    "phone": "+212600000001",
    "city": "Casablanca",
    "address": "Rue 45, Maarif",
    "is_fees_paid_by_customer": True,
    "total": 399.5,
    "products": [{"sku": "TEA", "quantity": 1, "price": 399.5}],
}
HEADINGS = ["full_name", "phone", "second_phone", "city", "address", "skus", "quantities", "prices", "total", "notes"]
ROW = ["فاطمة الزهراء", "0612345678", "", "Fes", "12 Rue Atlas", "TEA", 2, 150, 300, ""]


def write_workbook(path: Path, *rows: list[object]) -> None:
    """Write rows as Excel would."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    book.save(path)


def check_window(trial: Trial) -> None:
    """Open the window, on a real X display where there is one to be had; it must show itself and stay."""
    if os.name == "nt" or not (shutil.which("Xvfb") and shutil.which("xdotool")):
        stays_open(trial, trial.environment())
        return
    with x_display() as display:
        began = time.monotonic()
        shown = trial.environment(DISPLAY=display, QT_QPA_PLATFORM="xcb")
        with opened(trial, shown) as program:
            search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Warehouse Desk"]
            try:
                subprocess.run(search, check=True, env=shown, capture_output=True, timeout=WINDOW_SECONDS)
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
                trial.complaints.append(f"no window was shown within {WINDOW_SECONDS} s")
                return
            tell("until the window is shown", began)
            stays(trial, program)


def stays_open(trial: Trial, environment: dict[str, str]) -> None:
    """Open the window without a screen; it must still be open after a moment."""
    with opened(trial, environment) as program:
        stays(trial, program)


def stays(trial: Trial, program: "subprocess.Popen[str]") -> None:
    """Wait a moment; complain where the program ends by itself."""
    try:
        program.wait(timeout=10)
    except subprocess.TimeoutExpired:
        faults = [path for path in trial.home.rglob("*.log") if "Traceback" in path.read_text(encoding="utf-8")]
        trial.complaints.extend(f"the window wrote a fault into {path.name}" for path in faults)
        return
    said = program.stdout.read()[-500:] if program.stdout else ""
    trial.complaints.append(f"the window closed by itself with {program.returncode} and said: {said}")


@contextmanager
def opened(trial: Trial, environment: dict[str, str], *words: str) -> "Iterator[subprocess.Popen[str]]":
    """Run the window, or a command, in the background."""
    program = subprocess.Popen(
        [trial.program, *words],
        cwd=trial.home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    try:
        yield program
    finally:
        program.kill()
        program.wait()


@contextmanager
def x_display() -> Iterator[str]:
    """Start an X server without a screen on a free display and yield its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
