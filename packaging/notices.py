"""Write THIRD_PARTY_NOTICES.txt: who made the packages that ship with the program, and under which licences.

Run it with the Python of an environment that holds exactly what ships:

    python packaging/notices.py build/THIRD_PARTY_NOTICES.txt
"""

import sys
import sysconfig
from importlib.metadata import Distribution, distributions
from pathlib import Path

# Set up the environment or the build, and are not part of the program's folder.
NOT_SHIPPED = {
    "altgraph",
    "editables",
    "hatchling",
    "packaging",
    "pathspec",
    "pip",
    "pluggy",
    "pyinstaller",
    "pyinstaller-hooks-contrib",
    "setuptools",
    "trove-classifiers",
    "warehouse-desk",
}
LICENCE_FILES = ("LICEN", "COPYING", "NOTICE", "AUTHORS")
RULE = "=" * 100
HEAD = """Warehouse Desk is made with the work of others. Each package is listed with its licence and, where the package
carries them, the licence's text and its notices.

Qt and Qt for Python (PySide6) are used under the GNU Lesser General Public License, version 3. Their libraries lie
as separate files in this program's folder and may be replaced by compatible ones; nothing in this program's licence
forbids taking it apart to debug such a change. Their source is published at https://download.qt.io/official_releases/,
the works that Qt itself contains are listed at https://doc.qt.io/qt-6/licenses-used-in-qt.html. The texts of the LGPL
and of the GPL that it refers to lie beside this file as LGPL-3.0.txt and GPL-3.0.txt.

On Linux the folder also carries libraries of the system it was built on (X11, D-Bus, CUPS, GLib, GnuTLS and what they
need). Several of them are used under the GNU Lesser General Public License, version 2.1 or later (LGPL-2.1.txt); they
too are separate files that may be replaced. Their source is published by that system: https://www.debian.org/.

The ranges of phone numbers (plans.json in the folder phones) were written from the metadata of libphonenumber,
https://github.com/google/libphonenumber, under the Apache License, version 2.0 (Apache-2.0.txt).
"""


def main(target: Path) -> int:
    """Write the notices of this environment's packages to ``target``."""
    shipped = {_name(one): one for one in distributions() if _name(one) not in NOT_SHIPPED}
    sections = [HEAD, python_section(), *(section(shipped[name]) for name in sorted(shipped))]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"\n{RULE}\n".join(sections), encoding="utf-8")
    print(f"{target}: {len(shipped)} packages")
    return 0


def python_section() -> str:
    """Return the licence of the interpreter that the frozen program contains."""
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    version = sys.version.partition(" ")[0]
    words = text.read_text(encoding="utf-8") if text.is_file() else "https://docs.python.org/3/license.html"
    return f"Python {version}\nLicence: PSF-2.0\nHome: https://www.python.org/\n\n{words}\n"


def section(distribution: Distribution) -> str:
    """Return one package's name, version, licence, home page and licence texts."""
    metadata = distribution.metadata
    lines = [f"{metadata['Name']} {metadata['Version']}", f"Licence: {licence(distribution)}"]
    pages = [
        metadata.get("Home-page", ""),
        *(url.partition(",")[2].strip() for url in metadata.get_all("Project-URL", [])),
    ]
    lines += [f"Home: {page}" for page in pages if page][:1]
    texts = [
        path.read_text(encoding="utf-8", errors="replace").strip()
        for file in distribution.files or []
        if ".dist-info" in file.parts[0] and any(word in file.name.upper() for word in LICENCE_FILES)
        for path in [Path(str(distribution.locate_file(file)))]
        if path.is_file()
    ]
    return "\n\n".join(["\n".join(lines), *texts]) + "\n"


def licence(distribution: Distribution) -> str:
    """Return the licence as the package names it, in the newest of the three ways of naming one.

    Raises:
        LookupError: the package names none, so nobody may ship it without asking.
    """
    metadata = distribution.metadata
    classified = [line for line in metadata.get_all("Classifier", []) if line.startswith("License ::")]
    named = metadata.get("License-Expression") or metadata.get("License", "").strip().partition("\n")[0]
    named = named or ", ".join(line.rpartition(" :: ")[2] for line in classified)
    if not named:
        raise LookupError(f"{metadata['Name']} names no licence; add a rule for it or do without it")
    return named


def _name(distribution: Distribution) -> str:
    return distribution.metadata["Name"].lower().replace("_", "-")


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
