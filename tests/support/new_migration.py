"""Write the next migration, or the sample database of the newest: ``python3 dev.py migration`` runs this file."""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import UpgradeOps
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.support import samples, schemas
from warehouse_desk.data.engine.database import Database, sqlite_url
from warehouse_desk.data.engine.types import UtcDateTime
from warehouse_desk.data.schema import upgrade as schema
from warehouse_desk.data.tables import metadata

NEXT_STEPS = """{file} was written{how}.

Still to do:
1. Read it and complete it: it must work on SQLite and PostgreSQL, with rows in the tables. Say by hand what
   data/tables cannot: rows to fill, triggers, the search index. Import nothing of the program: it will change.
2. python3 dev.py test tests/data  (that of the sample fails until step 3)
3. python3 dev.py migration --sample  makes {sample}. Commit it with the migration.
"""


def main(words: list[str]) -> int:
    """Do what the command line asks and return the exit status."""
    parser = argparse.ArgumentParser(prog="dev.py migration", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("name", nargs="?", type=_name, metavar="NAME", help="what it does, as in: carrier_phones")
    what.add_argument("--sample", action="store_true", help="make the sample database of the newest migration")
    arguments = parser.parse_args(words)
    if arguments.sample:
        return samples.main()
    newest = schema.newest_revision()
    if not samples.file_of(newest).exists():
        parser.error(f"migration {newest} has no sample yet. First: python3 dev.py migration --sample")
    statements = missing_statements()
    file = write(arguments.name, statements)
    how = "; it holds what data/tables says and the database does not" if statements else ", empty"
    sample = samples.file_of(f"{int(newest) + 1:04d}").relative_to(samples.ROOT)
    sys.stdout.write(NEXT_STEPS.format(file=file.relative_to(samples.ROOT), how=how, sample=sample))
    return 0


def _name(word: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{2,39}", word):
        raise argparse.ArgumentTypeError(f"“{word}” is no file name: use small letters, digits and underscores")
    return word


def missing_statements() -> str:
    """Return what brings a database of the newest migration to what ``data/tables`` says, as far as Alembic sees."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "newest.db"))
        schema.upgrade(database)
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts=schemas.COMPARISON)
            changes = produce_migrations(context, metadata).upgrade_ops
        database.close()
    if not isinstance(changes, UpgradeOps) or changes.is_empty():
        return ""
    code = render_python_code(changes, render_item=_render, migration_context=context)
    return re.sub(r"\s*# ###.*", "", code).strip()


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own types as what they are in a database; a migration may not change when they do."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def write(name: str, statements: str) -> Path:
    """Write the file of the next migration and return it."""
    number = f"{int(schema.newest_revision()) + 1:04d}"
    sentence = name.replace("_", " ").capitalize()
    scripts = ScriptDirectory.from_config(schemas.alembic_config())
    script = scripts.generate_revision(number, sentence, upgrades=statements)
    if script is None:
        raise RuntimeError("Alembic wrote no file")
    file = Path(script.path)
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(file)], check=True, cwd=samples.ROOT)
    return file


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
