"""What lies in a local database file and beside it."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copies(file: Path) -> list[Path]:
    return sorted(path for path in file.parent.glob("*.db") if path.name.startswith(f"{file.stem}.") and path != file)


def names(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM city")}
