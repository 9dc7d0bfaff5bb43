"""Find the programs that the tests start, or fail with the command that installs them."""

import os
import shutil
import sys
from pathlib import Path

import pytest

POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Fedora, RHEL
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
INSTALL_COMMANDS = {
    "linux": "sudo apt-get install --yes --no-install-recommends",
    "darwin": "brew install",
}


def find_program(name: str, package: str) -> Path:
    """Return the path of a program; fail the test with the command that installs ``package``.

    A missing program is a failure, never a skip: a run that tested half must not look green.
    """
    found = shutil.which(name)
    if found is None:
        command = INSTALL_COMMANDS.get(sys.platform, "install the package")
        pytest.fail(f"The tests need the program '{name}'. Install it with: {command} {package}", pytrace=False)
    return Path(found)


def find_postgres_folder() -> Path:
    """Return the folder of the newest PostgreSQL server's programs (``initdb``, ``pg_ctl``).

    Debian keeps them out of PATH, one folder per major version.
    """
    folders = [folder for pattern in POSTGRES_FOLDERS for folder in Path("/").glob(pattern.lstrip("/"))]
    with_server = [folder for folder in folders if (folder / "initdb").exists()]
    if with_server:
        return max(with_server, key=_major_version)
    return find_program("initdb", "postgresql").parent


def _major_version(folder: Path) -> int:
    digits = "".join(character for character in folder.parent.name if character.isdigit())
    return int(digits or 0)


def is_root() -> bool:
    """Tell whether the tests run as the superuser, under which PostgreSQL refuses to start."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
